package commands_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"wainao/commands"
	"wainao/delivery"
	"wainao/evaluation"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
	"wainao/render"
)

// scoringHouse is the commands over a journal with a cycle of five members.
type scoringHouse struct {
	*house
	t *testing.T
}

const (
	cycleID  evaluation.CycleID = "2026"
	hydrogen                    = evaluation.ItemID("hydrogen:zhangjiagang")
)

var judges = []people.UserID{"UMEM", "UM02", "UM03", "UM04", "UM05"}

func (h *scoringHouse) update(decide func(s record.State, now time.Time) ([]journal.Draft, error)) {
	h.t.Helper()
	if _, err := h.journal.Update(h.t.Context(), "test", decide); err != nil {
		h.t.Fatal(err)
	}
}

func (h *scoringHouse) pol() *policy.Policy { return h.journal.State().Policy(policy.Default()) }

func who(s record.State, user people.UserID) people.Person { p, _ := s.People.Person(user); return p }

// newScoringHouse is one of which the first round began when the clock of the
// house began.
func newScoringHouse(t *testing.T) *scoringHouse {
	t.Helper()
	h := &scoringHouse{newHouse(t), t}
	for _, user := range judges[1:] {
		h.update(func(s record.State, now time.Time) ([]journal.Draft, error) {
			return people.Assign(s.People, people.Person{User: user, Name: lang.T("委员", "Member"), Roles: []people.Role{people.Member}}, now)
		})
	}
	h.update(func(s record.State, now time.Time) ([]journal.Draft, error) {
		_, drafts, err := evaluation.Begin(s.Evaluation, h.pol(), who(s, "USEC"), 2026, now)
		return drafts, err
	})
	h.update(func(s record.State, now time.Time) ([]journal.Draft, error) {
		var all []people.Person
		for _, user := range judges {
			all = append(all, who(s, user))
		}
		return evaluation.SetMembers(s.Evaluation, who(s, "USEC"), cycleID, all, now)
	})
	h.update(func(s record.State, now time.Time) ([]journal.Draft, error) {
		day := func(n int) evaluation.Day { return evaluation.DayOf(now.AddDate(0, 0, n)) }
		return evaluation.SetDates(s.Evaluation, who(s, "USEC"), cycleID, evaluation.Dates{
			ScoringFrom: day(0), ScoringUntil: day(3), SecondUntil: day(5), Deliberation: day(6), NoticeFrom: day(7), NoticeUntil: day(9), Decision: day(10), Effective: day(20),
		}, now)
	})
	h.take(evaluation.ActOpen)
	h.take(evaluation.ActStart)
	return h
}

func (h *scoringHouse) take(a evaluation.Action) {
	h.t.Helper()
	h.update(func(s record.State, now time.Time) ([]journal.Draft, error) {
		return evaluation.Take(s.Evaluation, h.pol(), who(s, "USEC"), cycleID, a, evaluation.Params{}, now)
	})
}

func (h *scoringHouse) cycle() evaluation.Cycle {
	c, _ := h.journal.State().Evaluation.Cycle(cycleID)
	return c
}

// press clicks a button that the person alone sees.
func (h *scoringHouse) pressed(user, action, value string) {
	in := click(user, action, value, true)
	in.TriggerID = fmt.Sprintf("T%d", len(h.slack.said)+len(h.slack.modals))
	h.Action(context.Background(), in)
}

// modal is the modal that was shown last.
func (h *scoringHouse) modal() slack.ModalViewRequest {
	h.t.Helper()
	if len(h.slack.modals) == 0 {
		h.t.Fatalf("no modal was shown; said %+v", h.slack.said)
	}
	return h.slack.modals[len(h.slack.modals)-1]
}

// inModal clicks a button of the modal that was shown last.
func (h *scoringHouse) inModal(user, action, value string) {
	in := click(user, action, value, false)
	in.ResponseURL, in.Channel.ID, in.Container.MessageTs = "", "", ""
	in.View.ID, in.View.Type, in.View.PrivateMetadata = "V1", slack.VTModal, h.modal().PrivateMetadata
	h.Action(context.Background(), in)
}

// scored fills in the form that was shown last, all criteria alike.
func (h *scoringHouse) scored(user, v, reason string) *slack.ViewSubmissionResponse {
	form := h.modal()
	in := slack.InteractionCallback{User: slack.User{ID: user}, TriggerID: "T"}
	in.View = slack.View{ID: "V1", CallbackID: form.CallbackID, PrivateMetadata: form.PrivateMetadata, Blocks: form.Blocks}
	state := map[string]map[string]slack.BlockAction{}
	for _, b := range form.Blocks.BlockSet {
		field, ok := b.(*slack.InputBlock)
		if !ok {
			continue
		}
		name := render.FieldName(field.BlockID)
		a := slack.BlockAction{SelectedOption: slack.OptionBlockObject{Value: v}}
		if name == evaluation.FieldReason {
			a = slack.BlockAction{Value: reason}
		}
		state[field.BlockID] = map[string]slack.BlockAction{name: a}
	}
	in.View.State = &slack.ViewState{Values: state}
	r := h.Submit(context.Background(), in)
	if r != nil && r.View != nil {
		h.slack.modals = append(h.slack.modals, *r.View)
	}
	return r
}

// scoreEverything has a member score all that is open, starting from the list.
func (h *scoringHouse) scoreEverything(user, v, reason string) {
	h.t.Helper()
	h.pressed(user, render.ActionEvaluationScore, string(cycleID))
	h.inModal(user, render.ActionScoreNext, string(cycleID))
	for range h.cycle().ItemsFor(people.UserID(user)) {
		if r := h.scored(user, v, reason); r == nil || r.ResponseAction != slack.RAUpdate {
			h.t.Fatalf("%s scores: %+v", user, r)
		}
	}
}

func shownIn(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(raw)
}

func TestScoringItemByItem(t *testing.T) {
	t.Parallel()
	h := newScoringHouse(t)
	h.pressed("UMEM", render.ActionEvaluationScore, string(cycleID))
	if list := shownIn(h.modal()); !strings.Contains(list, "已打 0 / 17 项") || !strings.Contains(list, "只有你自己能看到，其他委员和秘书处都看不到") || !strings.Contains(list, "开始打分") {
		t.Fatalf("the list: %s", list)
	}
	h.inModal("UMEM", render.ActionScoreNext, string(cycleID))
	first := h.modal()
	if r := h.scored("UMEM", "", ""); r == nil || r.ResponseAction != slack.RAErrors || len(r.Errors) != len(evaluation.DefaultCriteria())+1 {
		t.Errorf("nothing filled in: %+v", r)
	}
	for block := range h.scored("UMEM", "", "").Errors {
		if !strings.HasSuffix(block, ".1") {
			t.Errorf("a problem stands at %q, which the form does not have", block)
		}
	}
	h.scored("UMEM", "7", "很好")
	next := shownIn(h.modal())
	if !strings.Contains(next, "已保存") || !strings.Contains(next, "第 2 项，共 17 项") || strings.Contains(next, "很好") {
		t.Errorf("the next form: %s", next)
	}
	writes := h.store.Appends()
	h.slack.modals = append(h.slack.modals, first) // Slack delivers the first form twice.
	if r := h.scored("UMEM", "7", "很好"); r == nil || r.ResponseAction != slack.RAUpdate || h.store.Appends() != writes {
		t.Errorf("delivered twice: %+v, %d writes more", r, h.store.Appends()-writes)
	}
	h.inModal("UMEM", render.ActionScoreList, string(cycleID))
	if list := shownIn(h.modal()); !strings.Contains(list, "已打 1 / 17 项") || !strings.Contains(list, "你的打分 7") {
		t.Errorf("the list: %s", list)
	}
	item := string(h.cycle().Items[0].ID)
	h.inModal("UMEM", render.ActionScoreItem, render.EvaluationValue(cycleID, item))
	if form := shownIn(h.modal()); !strings.Contains(form, "很好") {
		t.Errorf("resumed: %s", form)
	}
	// Stood aside meanwhile: told so, and what was typed stays below.
	h.update(func(s record.State, now time.Time) ([]journal.Draft, error) {
		i := h.cycle().Items[0]
		return evaluation.Recuse(s.Evaluation, who(s, "UMEM"), cycleID, evaluation.Recusal{Member: "UMEM", Domain: i.Domain, Reason: "有持股"}, now)
	})
	if r := h.scored("UMEM", "9", "再来"); r == nil || r.ResponseAction != slack.RAPush || !strings.Contains(shownIn(r.View), "有持股") {
		t.Errorf("stood aside: %+v", r)
	}
	for _, user := range []string{"USEC", "ULEA", "UKUN", "USTR"} {
		before := len(h.slack.modals)
		h.pressed(user, render.ActionEvaluationScore, string(cycleID))
		if len(h.slack.modals) != before || !strings.Contains(h.last(t).text, ":warning:") {
			t.Errorf("%s scores: %s", user, h.last(t).text)
		}
	}
}

// everything is all that everybody is shown of a cycle: every action of the
// evaluation by every role, the overview, Home, deliveries, and the log.
func (h *scoringHouse) everything(log *strings.Builder) string {
	var out strings.Builder
	values := []string{string(cycleID), render.EvaluationValue(cycleID, string(hydrogen)), render.EvaluationValue(cycleID, "1"), render.Ballot{Cycle: cycleID, Item: hydrogen, Number: 1, Choice: evaluation.For}.String()}
	users := []string{"UM02", "UM05", "USEC", "ULEA", "UADM", "UKUN", "USTR"}
	for _, user := range users {
		for _, name := range h.Actions() {
			if !strings.HasPrefix(name, "eval") {
				continue
			}
			for _, value := range values {
				h.pressed(user, name, value)
				in := click(user, name, value, false)
				in.View.ID, in.View.PrivateMetadata = "V1", render.ScoreMemory{Cycle: cycleID, Lang: lang.ZH}.String()
				h.Action(context.Background(), in)
			}
		}
		h.command(context.Background(), user, "C1", "评估")
		h.Home(context.Background(), user)
	}
	for _, d := range h.journal.State().Delivery.Open() {
		m, err := h.Build(context.Background(), d)
		out.WriteString(shownIn(m.Blocks) + fmt.Sprint(err))
	}
	h.Wait()
	out.WriteString(fmt.Sprintf("%+v %s %s", h.slack.said, shownIn(h.slack.modals), shownIn(h.slack.homes)) + log.String())
	return out.String()
}

// TestNobodyIsToldWhatAnotherGave lives two cycles that differ only in what one
// member gave, and shows everything to everybody else: not a byte may differ
// before the close, and no line of the log.
func TestNobodyIsToldWhatAnotherGave(t *testing.T) {
	t.Parallel()
	live := func(v, reason string) string {
		var log strings.Builder
		h := newScoringHouse(t)
		h.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey || a.Key == "reference" {
				return slog.Attr{}
			}
			return a
		}}))
		h.scoreEverything("UMEM", v, reason)
		h.slack.modals, h.slack.said = nil, nil // What the member saw themselves.
		return h.everything(&log)
	}
	one, other := live("1", "只有本人知道的甲"), live("9", "只有本人知道的乙")
	if strings.Contains(one+other, "只有本人知道") {
		t.Error("somebody is told another's reason")
	}
	if len(one) < 10_000 {
		t.Fatalf("only %d characters were shown: %s", len(one), one)
	}
	if one != other {
		n := 0
		for n < min(len(one), len(other)) && one[n] == other[n] {
			n++
		}
		t.Errorf("what another gave shows: …%s… against …%s…", one[max(0, n-200):min(len(one), n+200)], other[max(0, n-200):min(len(other), n+200)])
	}
}

func TestDeliberationInChat(t *testing.T) {
	t.Parallel()
	h := newScoringHouse(t)
	for n, user := range judges {
		h.scoreEverything(string(user), fmt.Sprint(6+n%2), "理由")
	}
	h.take(evaluation.ActClose)
	item := h.cycle().Items[0].ID
	value := render.EvaluationValue(cycleID, string(item))

	h.pressed("USEC", render.ActionEvaluationAgenda+":o", string(cycleID))
	if m := h.last(t); m.how != "respond" || !strings.Contains(m.text, "会商议程") || !strings.Contains(m.text, render.ActionPutAll) {
		t.Fatalf("the agenda: %+v", m)
	}
	h.pressed("USEC", render.ActionPut+":0", value)
	if !strings.Contains(h.last(t).text, "已提出表决") {
		t.Fatalf("put: %s", h.last(t).text)
	}
	asked, cards := h.planned(commands.BallotJob)
	if len(asked) != len(judges) || !strings.Contains(cards[0], "赞成") {
		t.Fatalf("asked %v: %s", asked, cards)
	}
	h.pressed("USEC", render.ActionPut+":1", value) // Put already.
	if again, _ := h.planned(commands.BallotJob); len(again) != len(judges) || !strings.Contains(h.last(t).text, "正在表决") {
		t.Errorf("put twice: %v, %s", again, h.last(t).text)
	}

	first := render.Ballot{Cycle: cycleID, Item: item, Number: 1, Among: render.BallotRange{First: 1, Last: 1}}
	vote := func(user string, b render.Ballot, choice evaluation.Choice) string {
		b.Choice = choice
		h.pressed(user, render.ActionVote+":0-"+string(choice), b.String())
		return h.last(t).text
	}
	if got := vote("UM02", first, evaluation.For); !strings.Contains(got, "你投了*赞成*") || !strings.Contains(got, "✓ 赞成") {
		t.Errorf("voted: %s", got)
	}
	if got := vote("UM02", first, evaluation.Against); !strings.Contains(got, "你投了*反对*") {
		t.Errorf("voted otherwise: %s", got)
	}
	h.pressed("USEC", render.ActionEvaluationAgenda, string(cycleID))
	if got := h.last(t).text; strings.Contains(got, "你投了") || !strings.Contains(got, "1 / 5 名已投") {
		t.Errorf("the secretariat sees %s", got)
	}
	for _, user := range []string{"USEC", "ULEA", "UKUN"} {
		if got := vote(user, first, evaluation.For); !strings.Contains(got, ":warning:") {
			t.Errorf("%s votes: %s", user, got)
		}
	}
	closing := first
	closing.Among = render.BallotRange{}
	h.pressed("USEC", render.ActionEndVote, closing.String())
	if got := h.last(t).text; !strings.Contains(got, "参加的人不够，没有结果") || !strings.Contains(got, "再次提出") {
		t.Errorf("no quorum: %s", got)
	}
	// The old message's button neither votes in the next ballot nor closes it.
	h.pressed("USEC", render.ActionPut+":2", value)
	if got := vote("UM03", first, evaluation.For); !strings.Contains(got, "这次表决已经结束") {
		t.Errorf("a vote on a closed ballot: %s", got)
	}
	h.pressed("USEC", render.ActionEndVote+":1", closing.String())
	if got := h.last(t).text; !strings.Contains(got, "这次表决已经结束") {
		t.Errorf("an old button closes: %s", got)
	}
	if turnout := h.journal.State().Evaluation.VotingTurnout(h.cycle(), item); turnout.Took != 0 || turnout.Entitled != 5 {
		t.Errorf("the second ballot has %+v", turnout)
	}
	second := first
	second.Number, second.Among = 2, render.BallotRange{First: 2, Last: 2}
	for _, user := range judges {
		vote(string(user), second, evaluation.For)
	}
	second.Among = render.BallotRange{}
	h.pressed("USEC", render.ActionEndVote+":2", second.String())
	if got := h.last(t).text; !strings.Contains(got, "*通过*（赞成 5，反对 0，弃权 0") {
		t.Errorf("carried: %s", got)
	}
	// A message that is not sent yet is not needed any more.
	if _, cards := h.planned(commands.BallotJob); !slices.ContainsFunc(cards, func(s string) bool { return strings.Contains(s, "not needed") }) {
		t.Errorf("a closed vote is still asked for: %v", cards)
	}

	// Another motion of one's own wording, with its reason in the minutes.
	other := string(h.cycle().Items[1].ID)
	h.pressed("USEC", render.ActionMove+":1", render.EvaluationValue(cycleID, other))
	form := h.modal()
	submit := func(values map[string]string) *slack.ViewSubmissionResponse {
		in := slack.InteractionCallback{User: slack.User{ID: "USEC"}, TriggerID: "T"}
		in.View = slack.View{ID: "V9", CallbackID: form.CallbackID, PrivateMetadata: form.PrivateMetadata, Blocks: form.Blocks}
		state := map[string]map[string]slack.BlockAction{}
		for name, v := range values {
			state[name] = map[string]slack.BlockAction{name: {Value: v}}
		}
		in.View.State = &slack.ViewState{Values: state}
		return h.Submit(t.Context(), in)
	}
	if r := submit(map[string]string{"verdict": "adjust"}); r == nil || r.Errors["focus_zh"] == "" {
		t.Errorf("to adjust without a focus: %+v", r)
	}
	if r := submit(map[string]string{"verdict": "adjust", "focus_zh": "新方向", "focus_en": "a new focus", "reason": "场景变了"}); r != nil {
		t.Errorf("moved: %+v", r)
	}
	c := h.cycle()
	if m, ok := c.Motion(evaluation.ItemID(other)); !ok || m.Focus.ZH != "新方向" || len(c.Minutes) != 1 || c.Minutes[0].Text != "场景变了" {
		t.Errorf("motion %+v, minutes %+v", m, c.Minutes)
	}
	h.pressed("ULEA", render.ActionMinutes, string(cycleID))
	if got := shownIn(h.modal()); !strings.Contains(got, "场景变了") {
		t.Errorf("the minutes: %s", got)
	}
	// A button of the agenda in a channel answers its person alone.
	in := click("UM02", render.ActionEvaluationAgenda+":page-again", string(cycleID), false)
	h.Action(t.Context(), in)
	if m := h.last(t); m.how != "respond" {
		t.Errorf("answered %+v", m)
	}
}

func TestWhatIsOpenedFromAFormLiesOnTopOfIt(t *testing.T) {
	t.Parallel()
	h := newScoringHouse(t)
	h.pressed("UMEM", render.ActionEvaluationScore, string(cycleID))
	value := string(cycleID) + "|" + string(h.cycle().Items[0].ID)
	h.inModal("UMEM", "eval-item:0", value)
	if h.slack.pushed != 0 {
		t.Fatal("the next form lies on top of the list")
	}
	h.inModal("UMEM", render.ActionEvaluationDossier, value)
	if got := h.modal(); h.slack.pushed != 1 || got.Title.Text != "评估材料" || got.CallbackID != "" {
		t.Errorf("the dossier: %d on top, %+v", h.slack.pushed, got)
	}
	h.inModal("UMEM", render.ActionEvaluationAside, value)
	if got := h.modal(); h.slack.pushed != 2 || got.CallbackID != "evaluation-recuse" {
		t.Errorf("standing aside: %d on top, %+v", h.slack.pushed, got)
	}
	if len(h.slack.said) != 0 {
		t.Errorf("said: %+v", h.slack.said)
	}
}

// TestTheSecondRoundRemindsOfWhatDividesTheMembers holds who is reminded in the
// second round: not who scored nothing that it is for, and nobody for what they
// gave or changed themselves.
func TestTheSecondRoundRemindsOfWhatDividesTheMembers(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		divided bool // Half of the members score the first item low.
		want    string
	}{
		"divided":     {true, "[UM02 UM03 UM04 UMEM]"}, // UM05 stands aside from the item.
		"of one mind": {false, "[]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newScoringHouse(t)
			item := h.cycle().Items[0]
			h.update(func(s record.State, now time.Time) ([]journal.Draft, error) {
				return evaluation.Recuse(s.Evaluation, who(s, "UM05"), cycleID, evaluation.Recusal{Member: "UM05", Domain: item.Domain, District: item.District, Reason: "顾问"}, now)
			})
			for n, user := range judges {
				h.scoreEverything(string(user), "7", "理由")
				if tt.divided && n < 2 {
					h.update(func(s record.State, now time.Time) ([]journal.Draft, error) {
						scores := map[evaluation.CriterionID]int{}
						for _, k := range h.cycle().Criteria {
							scores[k.ID] = 1
						}
						return evaluation.Score(s.Evaluation, who(s, user), cycleID, item.ID, scores, "太早", now)
					})
				}
			}
			h.take(evaluation.ActSecond)
			last := h.cycle().Dates.SecondUntil.Start().Add(9*time.Hour - 24*time.Hour) // A Friday: the round ends on the day behind it.
			reminded := func() []string {
				to, _ := audience(h.house, last)
				return slices.DeleteFunc(slices.Sorted(maps.Keys(to)), func(user string) bool { return !slices.Contains(judges, people.UserID(user)) })
			}
			if got := fmt.Sprint(reminded()); got != tt.want {
				t.Errorf("reminded are %s, want %s", got, tt.want)
			}
			h.pressed("UM03", render.ActionEvaluationScore+":x", string(cycleID))
			if list := shownIn(h.modal()); strings.Contains(list, "分歧较大的有 1 项") != tt.divided || strings.Count(list, " · :left_right_arrow: 分歧较大") != map[bool]int{true: 1}[tt.divided] {
				t.Errorf("the member's list: %s", list)
			}
			if !tt.divided {
				return
			}
			m, err := h.Build(t.Context(), delivery.Delivery{Job: commands.RemindersJob, To: "UM03", Due: last})
			if err != nil || !strings.Contains(m.Text, "委员分歧较大的 1 项请再看一看") {
				t.Errorf("%s, %v", m.Text, err)
			}
			// Who changed a score is reminded like the others.
			h.update(func(s record.State, now time.Time) ([]journal.Draft, error) {
				scores := map[evaluation.CriterionID]int{}
				for _, k := range h.cycle().Criteria {
					scores[k.ID] = 6
				}
				return evaluation.Score(s.Evaluation, who(s, "UM03"), cycleID, item.ID, scores, "再看", now)
			})
			if got := fmt.Sprint(reminded()); got != tt.want {
				t.Errorf("behind a change reminded are %s, want %s", got, tt.want)
			}
		})
	}
}
