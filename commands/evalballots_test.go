package commands_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"wainao/commands"
	"wainao/delivery"
	"wainao/evaluation"
	"wainao/journal"
	"wainao/people"
	"wainao/record"
	"wainao/render"
)

// deliver has the open deliveries of a job posted, as far as they are needed.
func (h *scoringHouse) deliver(job delivery.JobName) {
	h.t.Helper()
	for _, d := range h.journal.State().Delivery.Open() {
		if d.Job != job {
			continue
		}
		h.update(func(s record.State, now time.Time) ([]journal.Draft, error) {
			return delivery.Record(s.Delivery, d.ID, delivery.Ref{TS: "TS-" + string(d.To), Channel: "D-" + string(d.To)}, false, now)
		})
	}
}

// deliberating is a house whose first item is being voted on, with the members'
// messages sent.
func deliberating(t *testing.T) *scoringHouse {
	t.Helper()
	h := newScoringHouse(t)
	h.slack.locales["UM02"] = "en-US"
	for n, user := range judges {
		h.scoreEverything(string(user), fmt.Sprint(6+n%2), "理由")
	}
	h.take(evaluation.ActClose)
	h.pressed("USEC", render.ActionPut+":0", render.EvaluationValue(cycleID, string(h.cycle().Items[0].ID)))
	h.deliver(commands.BallotJob)
	return h
}

// updates returns what the open updates of ballots make of the members'
// messages, by whose they are.
func (h *scoringHouse) updates() map[people.UserID]string {
	h.t.Helper()
	out := map[people.UserID]string{}
	for _, d := range h.journal.State().Delivery.Open() {
		if d.Job != commands.BallotUpdateJob {
			continue
		}
		m, err := h.Build(h.t.Context(), d)
		if err != nil {
			out[people.UserID(d.To)] = err.Error()
			continue
		}
		if want := (delivery.Ref{TS: "TS-" + string(d.To), Channel: "D-" + string(d.To)}); m.Replaces != want {
			h.t.Errorf("the update to %s takes the place of %+v, want %+v", d.To, m.Replaces, want)
		}
		raw, err := json.Marshal(m.Blocks)
		if err != nil {
			h.t.Fatal(err)
		}
		out[people.UserID(d.To)] = m.Text + string(raw)
	}
	return out
}

func TestWhatEndsAVoteBringsItsMessagesUpToDate(t *testing.T) {
	t.Parallel()
	cast := func(h *scoringHouse, users ...people.UserID) {
		for _, user := range users {
			b := render.Ballot{Cycle: cycleID, Item: h.cycle().Items[0].ID, Number: 1, Choice: evaluation.For, Among: render.BallotRange{First: 1, Last: 1}}
			h.pressed(string(user), render.ActionVote+":0-for", b.String())
		}
	}
	submit := func(h *scoringHouse, user, form, part string, values map[string]slack.BlockAction) {
		if r := h.fill(h.t, user, form, render.AboutEvaluation("zh", cycleID, part), values); r != nil {
			h.t.Fatalf("%s submits %s: %+v", user, form, r)
		}
	}
	for name, tt := range map[string]struct {
		do     func(h *scoringHouse)
		told   []people.UserID
		zh, en string
	}{
		"closed, carried": {
			func(h *scoringHouse) {
				cast(h, judges...)
				h.pressed("USEC", render.ActionEndVote+":0", render.Ballot{Cycle: cycleID, Item: h.cycle().Items[0].ID, Number: 1}.String())
			}, judges, "*通过*（赞成 5，反对 0，弃权 0", "*Carried* (5 for",
		},
		"all closed, without a quorum": {
			func(h *scoringHouse) { h.pressed("USEC", render.ActionEndVotes, string(cycleID)) },
			judges, "参加的人不够，没有结果", "Too few voted",
		},
		"cancelled": {
			func(h *scoringHouse) {
				submit(h, "USEC", render.EvaluationStepForm, string(evaluation.ActCancel), map[string]slack.BlockAction{"reason": {Value: "改到明年"}})
			}, judges, "评估已取消，这次表决没有结果", "this vote decides nothing",
		},
		"a member leaves": {
			func(h *scoringHouse) {
				submit(h, "USEC", render.EvaluationLeaveForm, "", map[string]slack.BlockAction{"member": {SelectedUser: "UM03"}, "reason": {Value: "退休"}})
			}, []people.UserID{"UM03"}, "没有等你表决的事项", "No vote waits for you",
		},
		"a member stands aside": {
			func(h *scoringHouse) {
				submit(h, "UM04", render.EvaluationAsideForm, "", map[string]slack.BlockAction{"domain": {Value: string(h.cycle().Items[0].Domain)}, "reason": {Value: "顾问"}})
			}, []people.UserID{"UM04"}, "没有等你表决的事项", "No vote waits for you",
		},
		"a minute": {
			func(h *scoringHouse) {
				submit(h, "USEC", render.MinuteForm, "", map[string]slack.BlockAction{"text": {Value: "纪要"}})
			}, nil, "", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := deliberating(t)
			tt.do(h)
			got := h.updates()
			if len(got) != len(tt.told) {
				t.Fatalf("updated: %v, want those of %v", got, tt.told)
			}
			for _, user := range tt.told {
				words := tt.zh
				if h.slack.locales[string(user)] == "en-US" {
					words = tt.en
				}
				if !strings.Contains(got[user], words) || strings.Contains(got[user], `"`+render.ActionVote+":") {
					t.Errorf("the message of %s is now: %s", user, got[user])
				}
			}
		})
	}
}

func TestABallotNotSentYetIsNotUpdated(t *testing.T) {
	t.Parallel()
	h := newScoringHouse(t)
	for _, user := range judges {
		h.scoreEverything(string(user), "7", "理由")
	}
	h.take(evaluation.ActClose)
	for n := range 2 {
		h.pressed("USEC", fmt.Sprintf("%s:%d", render.ActionPut, n), render.EvaluationValue(cycleID, string(h.cycle().Items[n].ID)))
	}
	h.pressed("USEC", render.ActionEndVote+":0", render.Ballot{Cycle: cycleID, Item: h.cycle().Items[0].ID, Number: 1}.String())
	for user, got := range h.updates() {
		if !strings.Contains(got, "not needed: it will show how things stand when it is sent") {
			t.Errorf("the update to %s: %s", user, got)
		}
	}
}

func TestOnlyTheLastUpdateOfAMessageIsMade(t *testing.T) {
	t.Parallel()
	h := newScoringHouse(t)
	for _, user := range judges {
		h.scoreEverything(string(user), "7", "理由")
	}
	h.take(evaluation.ActClose)
	h.pressed("USEC", render.ActionPutAll, string(cycleID)) // One message with 15 ballots.
	h.deliver(commands.BallotJob)
	for n := range 2 {
		h.clock.Advance(time.Second)
		h.pressed("USEC", render.ActionEndVote+":0", render.Ballot{Cycle: cycleID, Item: h.cycle().Items[n].ID, Number: n + 1}.String())
	}
	made, left := 0, 0
	for _, d := range h.journal.State().Delivery.Open() {
		if d.Job != commands.BallotUpdateJob {
			continue
		}
		m, err := h.Build(t.Context(), d)
		switch {
		case err != nil && strings.Contains(err.Error(), "a later update tells it"):
			left++
		case err != nil:
			t.Error(err)
		default:
			made++
			raw, err := json.Marshal(m.Blocks)
			if err != nil {
				t.Fatal(err)
			}
			if shown := string(raw); strings.Count(shown, `-for"`) != 13 || !strings.Contains(shown, "没有结果") && !strings.Contains(shown, "Too few voted") {
				t.Errorf("13 votes are open still: %s", shown)
			}
		}
	}
	if made != len(judges) || left != len(judges) {
		t.Errorf("%d updates are made and %d left, want %d of each", made, left, len(judges))
	}
}

// TestVotesFromTheAgendaLeaveNoCopyBehind votes in the modal that the agenda opens:
// it shows the vote, and so does the message that asked for it.
func TestVotesFromTheAgendaLeaveNoCopyBehind(t *testing.T) {
	t.Parallel()
	h := deliberating(t)
	said := len(h.slack.said)
	h.pressed("UM03", render.ActionMyBallots, string(cycleID))
	shown := shownIn(h.modal())
	if len(h.slack.said) != said || !strings.Contains(shown, render.ActionVote+":0-for") {
		t.Fatalf("opened %s, said %+v", shown, h.slack.said[said:])
	}
	b := render.Ballot{Cycle: cycleID, Item: h.cycle().Items[0].ID, Number: 1, Among: render.BallotRange{First: 1, Last: 1}}
	vote := func(choice evaluation.Choice) render.Ballot { b.Choice = choice; return b }
	h.inModal("UM03", render.ActionVote+":0-for", vote(evaluation.For).String())
	if shown := shownIn(h.modal()); !strings.Contains(shown, "✓ 赞成") {
		t.Errorf("the modal shows %s", shown)
	}
	if got := h.updates(); len(got) != 1 || !strings.Contains(got["UM03"], "✓ 赞成") {
		t.Errorf("the messages are now: %v", got)
	}
	// In the message itself a vote shows there, and plans nothing.
	in := click("UM04", render.ActionVote+":0-against", vote(evaluation.Against).String(), false)
	in.Channel.ID = "D-UM04"
	h.Action(t.Context(), in)
	if got := h.updates(); len(got) != 1 || !strings.Contains(h.last(t).text, "✓ 反对") {
		t.Errorf("the messages are now: %v; said %s", got, h.last(t).text)
	}
	// What was voted on can be changed, until it is closed.
	h.clock.Advance(time.Minute)
	h.pressed("UM03", render.ActionMyBallots, string(cycleID))
	if shown := shownIn(h.modal()); !strings.Contains(shown, "✓ 赞成") {
		t.Errorf("opened again: %s", shown)
	}
	h.pressed("USEC", render.ActionEndVote+":0", render.Ballot{Cycle: cycleID, Item: b.Item, Number: 1}.String())
	h.inModal("UM03", render.ActionVote+":0-against", vote(evaluation.Against).String())
	if shown := shownIn(h.modal()); strings.Contains(shown, render.ActionVote+":") || !strings.Contains(shown, "参加的人不够") {
		t.Errorf("behind the close: %s", shown)
	}
}
