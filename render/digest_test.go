package render_test

import (
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/render"
)

// week is a ledger with the three reports of a week, and the reports.
func week(t *testing.T) (ledger.State, []ledger.Report) {
	t.Helper()
	at := now.Add(-48 * time.Hour)
	return submitted(t, at, scenario("数字人直播基地"), scenario("元宇宙文旅街区"),
		ledger.Submission{District: "sip", Domain: "photonics", Period: "2026Q4", Indicator: "output", Value: "12.5", Evidence: "https://example.com/stat"})
}

// digestSource is what a digest is made of beside the ledger; Monday to Friday
// are worked.
func digestSource(t testing.TB, posted ...time.Time) ledger.DigestSource {
	return ledger.DigestSource{
		Policy: policy.Default(), People: peopleState(t), Settings: ledger.DefaultSettings(), Posted: posted,
		Workday: func(t time.Time) bool { return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday },
	}
}

// eventful is a week in which there is something of everything.
func eventful(t testing.TB) ledger.State {
	b := &book{t: t}
	at := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	shown := b.accepted(kunshan, scenario("数字人直播基地"), at(20))
	for n, value := range []string{"2100", "2400", "2800"} {
		b.accepted(secret, city([]string{"2023", "2024", "2025"}[n], value), at(12))
	}
	amended := scenario("数字人直播基地")
	amended.Stage, amended.Reason, amended.Report, amended.Base = "matched", "现场核查：<二期>未建成", shown.ID, 1
	b.accepted(kunshan, amended, at(4))
	land := scenario("云上工厂 <二期> & *展厅*")
	land.Problems, land.Next, land.NextUntil = "用地指标不足，<一期> & 二期同时受影响", "完成选址论证", "2026-11-20"
	land.Coordination, land.CoordinationBy, land.CoordinationUntil = "协调新增用地指标 30 亩", "市资规局", "2026-12-04"
	b.accepted(kunshan, land, at(3))
	crew := ofSIP(scenario("量子通信示范线"))
	crew.Domain, crew.Problems, crew.Next, crew.NextUntil = "new-materials", "设备到货延期", "完成安装调试", "2026-12-01"
	crew.Coordination, crew.CoordinationBy, crew.CoordinationUntil = "协调海关加快设备通关", "苏州海关", "2026-11-27"
	b.report(sip, crew, at(2))
	b.accepted(sip, ofSIP(ledger.Submission{Period: "2026Q4", Indicator: "output", Value: "12.5", Evidence: "https://example.com/stat"}), at(1))
	for _, name := range []string{"智慧停车", "无人配送", "光子体验馆", "城市数字孪生", "元宇宙文旅街区"} {
		b.accepted(sip, ofSIP(scenario(name)), at(1))
	}
	returned := b.report(kunshan, ledger.Submission{District: "kunshan", Domain: "aerospace", Period: "2026Q4", Indicator: "output", Value: "3.2", Evidence: "https://example.com/stat"}, at(2))
	reviewer := person("U44", "吴审核", "Wu Shenhe", nil, people.Secretariat)
	_, drafts, err := ledger.Review(b.state, reviewer, ledger.Decision{
		Report: returned.ID, Revision: 1, Verdict: ledger.Return, Code: ledger.WrongUnit, Words: "请按全年口径 <重报>。", Key: b.key(),
	}, at(1))
	if err != nil {
		t.Fatal(err)
	}
	b.state = fold(t, b.state, drafts, "U44", at(1))
	b.path(policy.Scenarios, ledger.Path{{Year: 2025, Value: 1}, {Year: 2026, Value: 20}, {Year: 2030, Value: 100}})
	return b.state
}

func TestDigest(t *testing.T) {
	t.Parallel()
	pol := policy.Default()
	waiting, _ := submitted(t, now.Add(-48*time.Hour), scenario("数字人直播基地"), scenario("元宇宙文旅街区"))
	full := eventful(t)
	digest := func(s ledger.State, at time.Time, posted ...time.Time) ledger.DigestData {
		return ledger.Digest(s, digestSource(t, posted...), at)
	}
	for _, l := range lang.Both() {
		empty := render.Digest(digest(ledger.State{}, now), pol, l, render.DigestOptions{})
		message(t, "digest-empty", l, empty)
		message(t, "digest-waiting-late", l, render.Digest(digest(waiting, now), pol, l, render.DigestOptions{Late: true}))
		week := render.Digest(digest(full, now.Add(time.Millisecond), now.AddDate(0, 0, -7), now.AddDate(0, 0, -14)), pol, l, render.DigestOptions{Send: true})
		message(t, "digest-week", l, week)
		if len(week.Pictures) != 1 {
			t.Errorf("%d pictures, want one", len(week.Pictures))
		}
		message(t, "digest-details", l, render.DigestDetails(digest(full, now.Add(time.Millisecond), now.AddDate(0, 0, -7), now.AddDate(0, 0, -14)), pol, l))
		message(t, "digest-quiet-before-deadline", l, render.Digest(digest(full, now.AddDate(0, 0, 24)), pol, l, render.DigestOptions{}))
	}
}

// TestTheDigestFitsAPhone holds how much a leader has to read: the conclusion
// and what needs them stand in front, and all words are fewer than what a phone
// shows on a screen and a half. What is left out stands in the details.
func TestTheDigestFitsAPhone(t *testing.T) {
	t.Parallel()
	pol := policy.Default()
	for name, s := range map[string]ledger.State{"empty": {}, "eventful": eventful(t), "busy": busy(t).state} {
		for l, most := range map[lang.Lang]int{lang.ZH: 700, lang.EN: 1400} {
			data := ledger.Digest(s, digestSource(t, now.AddDate(0, 0, -7)), now.Add(time.Millisecond))
			m := render.Digest(data, pol, l, render.DigestOptions{})
			words, chars := map[int]string{}, 0
			for i, b := range m.Blocks {
				if b, ok := b.(*slack.SectionBlock); ok {
					words[i] = link.ReplaceAllString(b.Text.Text, "$1")
					chars += utf8.RuneCountInString(words[i])
				}
			}
			if chars > most {
				t.Errorf("%s in %s: %d characters, want at most %d", name, l, chars, most)
			}
			if n := utf8.RuneCountInString(words[1]); n > most/4 {
				t.Errorf("%s in %s: the conclusion has %d characters", name, l, n)
			}
			if needs := data.Coordination.Total > 0; needs && !strings.HasPrefix(words[2], map[lang.Lang]string{lang.ZH: "*需要领导协调*", lang.EN: "*Needs a leader's coordination*"}[l]) {
				t.Errorf("%s in %s: behind the conclusion stands %q", name, l, words[2])
			}
		}
	}
}

// link is a link in mrkdwn.
var link = regexp.MustCompile(`<[^|>]*\|([^>]*)>`)

// TestTheConclusionIsThreeSentences holds it for what a week can bring.
func TestTheConclusionIsThreeSentences(t *testing.T) {
	t.Parallel()
	pol := policy.Default()
	early := &book{t: t}
	early.accepted(kunshan, scenario("数字人直播基地"), now.AddDate(0, 0, -2))
	early.path(policy.Scenarios, ledger.Path{{Year: 2027, Value: 20}, {Year: 2030, Value: 100}})
	for name, s := range map[string]ledger.State{"empty": {}, "eventful": eventful(t), "busy": busy(t).state, "before the path": early.state} {
		m := render.Digest(ledger.Digest(s, digestSource(t), now.Add(time.Millisecond)), pol, lang.ZH, render.DigestOptions{})
		_, conclusion, _ := strings.Cut(m.Text, "\n")
		if n := strings.Count(conclusion, "。"); n != 3 {
			t.Errorf("%s: %d sentences: %s", name, n, conclusion)
		}
		if name == "before the path" && (!strings.Contains(conclusion, "路径未到起始年份") || strings.Contains(conclusion, "还没有年度路径")) {
			t.Errorf("a path that begins later is told as none: %s", conclusion)
		}
	}
}

func TestNotes(t *testing.T) {
	t.Parallel()
	pol, s, src := policy.Default(), eventful(t), digestSource(t)
	for _, l := range lang.Both() {
		message(t, "note-liaison", l, render.LiaisonNote([]ledger.DistrictNote{ledger.NoteOf(s, src, policy.Kunshan, now)}, pol, l))
		message(t, "note-liaison-new", l, render.LiaisonNote([]ledger.DistrictNote{
			ledger.NoteOf(ledger.State{}, src, policy.Kunshan, now), ledger.NoteOf(ledger.State{}, src, policy.SIP, now),
		}, pol, l))
		message(t, "note-liaison-none", l, render.LiaisonNote(nil, pol, l))
		message(t, "note-queue", l, render.QueueNote(render.QueueNoteData{QueueNote: ledger.QueueOfDay(s), Questions: 2, Now: now}, pol, l))
		message(t, "note-queue-empty", l, render.QueueNote(render.QueueNoteData{Now: now}, pol, l))
	}
}

// longDigest is a digest in which everything is as long as it can be.
func longDigest(one ledger.Report, reports []ledger.Report) ledger.DigestData {
	pol := policy.Default()
	one.Words = longWords()
	d := ledger.DigestData{
		From: now.AddDate(0, 0, -7), To: now, Period: "2026Q4", Deadline: now, Accepted: 100, Reported: 100, Pending: 100, Returned: 100,
		Targets: ledger.Progress(ledger.State{}, pol, ledger.DefaultSettings(), now), Matrix: ledger.Matrix(ledger.State{}, pol, ledger.DefaultSettings(), "2026Q4", now),
	}
	d.Behind = d.Targets
	note := longNote(one, reports)
	d.Lagging, d.Coordination, d.Due = note.Lagging, note.Coordination, note.Coordination
	for i := range reports {
		d.Items = append(d.Items, ledger.DigestItem{Report: one, Revised: true})
		d.Moved = append(d.Moved, ledger.Movement{Indicator: d.Targets[0].Indicator, Value: float64(i), Has: true})
		d.Corrections = append(d.Corrections, ledger.Correction{Was: one, Report: one, Shown: now, Changes: ledger.Diff(pol, ledger.Report{}, one)})
	}
	for _, id := range policy.DistrictIDs() {
		d.Health.Missing = append(d.Health.Missing, ledger.PairsOf{District: id, Domains: policy.DomainIDs()})
	}
	d.Overdue = d.Health.Missing
	return d
}

func longWords() ledger.Words {
	words := strings.Repeat("<旧&", ledger.MaxText/3)
	return ledger.Words{
		Problems: words, Coordination: ledger.Coordination{What: words, By: words, Until: "2026-11-30"}, Next: ledger.Step{What: words, Until: "2026-11-30"},
	}
}

func longNote(one ledger.Report, reports []ledger.Report) ledger.DistrictNote {
	one.Words = longWords()
	one.ReturnWords = one.Words.Problems
	n := ledger.DistrictNote{District: policy.Kunshan, From: now, To: now, Period: "2026Q4", Deadline: now}
	for range 10 {
		m := ledger.Matter{Kind: ledger.MatterCoordination, Report: one, Day: "2026-11-30", Liaisons: []people.Person{kunshan, sip, kunshan}}
		n.Coordination.First = append(n.Coordination.First, m)
	}
	n.Coordination.Total = len(reports)
	n.Lagging = n.Coordination
	for range reports {
		n.Returned = append(n.Returned, one)
	}
	for _, id := range policy.DomainIDs() {
		n.Duties = append(n.Duties, ledger.Duty{Domain: id, State: ledger.DutyReturned})
	}
	return n
}
