package questions_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"wainao/calendar"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/questions"
)

var (
	now    = time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC) // 09:00 in Shanghai.
	office = people.Person{User: "UOFFICE", Roles: []people.Role{people.Secretariat}}
	admin  = people.Person{User: "UADMIN", Roles: []people.Role{people.Admin}}
	member = people.Person{User: "UMEMBER", Roles: []people.Role{people.Member}}
)

const howTo questions.Key = "unknown words=申请 认定"

func form(change ...func(*questions.Form)) questions.Form {
	f := questions.Form{
		Key: howTo, AnswerZH: "请向所在板块的主管部门提交。", AnswerEN: "Apply to your district's office.",
		Citation: "秘书处通知 2026-11", Expires: "2027-06-30",
	}
	for _, c := range change {
		c(&f)
	}
	return f
}

// world folds decisions one after the other, as the journal does.
type world struct {
	t   require
	s   questions.State
	log []journal.Entry
}

type require interface {
	Fatalf(format string, args ...any)
}

// do folds what was decided at a moment and returns how many entries that is.
func (w *world) do(at time.Time, drafts []journal.Draft, err error) int {
	if err != nil {
		w.t.Fatalf("decide: %v", err)
	}
	for _, d := range drafts {
		data, err := json.Marshal(d.Data)
		if err != nil {
			w.t.Fatalf("marshal: %v", err)
		}
		e := journal.Entry{Number: uint64(len(w.log) + 1), Time: at, Kind: d.Kind, Version: d.Version, Data: data}
		if w.s, err = w.s.Apply(e); err != nil {
			w.t.Fatalf("apply: %v", err)
		}
		w.log = append(w.log, e)
	}
	return len(drafts)
}

func (w *world) ask(k questions.Key, text string, who people.UserID, at time.Time) int {
	drafts, err := questions.Record(w.s, k, text, who, at)
	return w.do(at, drafts, err)
}

func (w *world) answer(f questions.Form, at time.Time) int {
	drafts, err := questions.Answer(w.s, office, f, at)
	return w.do(at, drafts, err)
}

func TestEqualQuestionsAreOne(t *testing.T) {
	t.Parallel()
	w := &world{t: t}
	w.ask(howTo, "怎么申请认定?", "U1", now)
	if n := w.ask(howTo, "再问：怎么申请认定", "U1", now.Add(questions.CountEvery-time.Second)); n != 0 {
		t.Errorf("one person's equal question within a day took %d entries", n)
	}
	w.ask(howTo, "how do I apply?", "U2", now.Add(time.Hour))
	w.ask("unknown words=食堂", "食堂在哪", "U2", now.Add(2*time.Hour))
	w.ask(howTo, "  怎么\n申请\x00认定  ", "U1", now.Add(questions.CountEvery))
	want := []questions.Unanswered{
		{Key: howTo, Text: "怎么 申请 认定", Count: 3, People: 2, First: now, Last: now.Add(questions.CountEvery)},
		{Key: "unknown words=食堂", Text: "食堂在哪", Count: 1, People: 1, First: now.Add(2 * time.Hour), Last: now.Add(2 * time.Hour)},
	}
	if diff := cmp.Diff(want, w.s.Open()); diff != "" {
		t.Errorf("the queue (-want +got):\n%s", diff)
	}
}

func TestChatterDoesNotFlood(t *testing.T) {
	t.Parallel()
	w := &world{t: t}
	for i := range 2 * questions.PerDay {
		w.ask(questions.Key(fmt.Sprint("k", i)), "chatter", "U1", now)
	}
	if n := len(w.s.Open()); n != questions.PerDay {
		t.Errorf("%d questions of one person in a day were kept, want %d", n, questions.PerDay)
	}
	if questions.Seen(w.s, "more", "chatter", "U1", now) {
		t.Error("a question beyond the bound is said to be seen")
	}
	if w.ask("more", "chatter", "U2", now) != 1 || w.ask("more", "chatter", "U1", now.Add(24*time.Hour)) != 1 {
		t.Error("the bound holds for somebody else or on the next day")
	}
	if w.ask("", "no key", "U2", now)+w.ask("k", " \n ", "U2", now)+w.ask("k", "nobody", "", now) != 0 {
		t.Error("a question without key, words or person was kept")
	}
}

func TestVerifiedAnswers(t *testing.T) {
	t.Parallel()
	w := &world{t: t}
	w.ask(howTo, "怎么申请认定?", "U1", now)
	w.answer(form(), now)
	if len(w.s.Open()) != 0 {
		t.Error("an answered question still waits")
	}
	if w.answer(form(), now.Add(time.Second)) != 0 {
		t.Error("the same form sent twice is two answers")
	}
	end := time.Date(2027, 7, 1, 0, 0, 0, 0, calendar.Shanghai())
	want := questions.Verified{
		Key: howTo, Question: "怎么申请认定?", Words: lang.T("请向所在板块的主管部门提交。", "Apply to your district's office."),
		Citation: "秘书处通知 2026-11", Expires: end.UTC(), By: "UOFFICE", At: now,
	}
	got, ok := w.s.Verified(howTo, end.Add(-time.Second))
	if diff := cmp.Diff(want, got); !ok || diff != "" {
		t.Errorf("on its last day, %v (-want +got):\n%s", ok, diff)
	}
	if _, ok := w.s.Verified(howTo, end); ok {
		t.Error("an expired answer still answers")
	}
	if w.ask(howTo, "怎么申请?", "U1", end.Add(-time.Second)) != 0 {
		t.Error("an answered question was taken in as unanswered")
	}
	if w.ask(howTo, "怎么申请?", "U1", end) != 1 || !w.s.Waits(howTo) || len(w.s.AllVerified()) != 1 {
		t.Error("behind the expiry the question does not wait beside its old answer")
	}
	w.answer(form(func(f *questions.Form) { f.AnswerZH, f.Expires = "改由市里受理。", "2028-01-31" }), end)
	if v, ok := w.s.Verified(howTo, end); !ok || v.Words.ZH != "改由市里受理。" || v.Question != "怎么申请?" || len(w.s.AllVerified()) != 1 {
		t.Errorf("the newer answer did not replace the older: %+v", w.s.AllVerified())
	}
	drafts, err := questions.Retract(w.s, office, howTo, end)
	w.do(end, drafts, err)
	if _, ok := w.s.Verified(howTo, end); ok || len(w.s.AllVerified()) != 0 {
		t.Error("a retracted answer still answers")
	}
	if drafts, err = questions.Retract(w.s, office, howTo, end); len(drafts) != 0 || err != nil {
		t.Errorf("retracted twice: %v, %v", drafts, err)
	}
}

func TestAnswerRefuses(t *testing.T) {
	t.Parallel()
	w := &world{t: t}
	w.ask(howTo, "怎么申请认定?", "U1", now)
	for _, tt := range []struct {
		name, field, code string
		change            func(*questions.Form)
	}{
		{"no Chinese", questions.FieldAnswerZH, "missing", func(f *questions.Form) { f.AnswerZH = " " }},
		{"no English", questions.FieldAnswerEN, "missing", func(f *questions.Form) { f.AnswerEN = "" }},
		{"too much Chinese", questions.FieldAnswerZH, "too_long", func(f *questions.Form) { f.AnswerZH = strings.Repeat("长", questions.MaxAnswer+1) }},
		{"too much English", questions.FieldAnswerEN, "too_long", func(f *questions.Form) { f.AnswerEN = strings.Repeat("x", questions.MaxAnswer+1) }},
		{"no source", questions.FieldCitation, "missing", func(f *questions.Form) { f.Citation = "\n" }},
		{"a source too long", questions.FieldCitation, "too_long", func(f *questions.Form) { f.Citation = strings.Repeat("长", questions.MaxCitation+1) }},
		{"no day", questions.FieldExpires, "missing", func(f *questions.Form) { f.Expires = "" }},
		{"not a day", questions.FieldExpires, "no_day", func(f *questions.Form) { f.Expires = "明年" }},
		{"no such day", questions.FieldExpires, "no_day", func(f *questions.Form) { f.Expires = "2027-02-30" }},
		{"yesterday", questions.FieldExpires, "past", func(f *questions.Form) { f.Expires = "2026-11-22" }},
		{"over two years", questions.FieldExpires, "too_far", func(f *questions.Form) { f.Expires = "2028-11-24" }},
	} {
		drafts, err := questions.Answer(w.s, office, form(tt.change), now)
		problems, ok := errors.AsType[lang.FieldProblems](err)
		if !ok || len(problems) != 1 || problems[tt.field] == nil || problems[tt.field].Code != tt.code || !problems[tt.field].Words.Complete() || drafts != nil {
			t.Errorf("%s: %v, %v; want %s at %s", tt.name, drafts, err, tt.code, tt.field)
		}
	}
	for _, day := range []string{"2026-11-23", "2028-11-23"} {
		if _, err := questions.Answer(w.s, admin, form(func(f *questions.Form) { f.Expires = day }), now); err != nil {
			t.Errorf("until %s: %v", day, err)
		}
	}
	if _, err := questions.Answer(w.s, office, form(func(f *questions.Form) { f.Key = "other" }), now); !errors.Is(err, &lang.Problem{Code: "question_gone"}) {
		t.Errorf("a question that nobody asked: %v", err)
	}
	_, answering := questions.Answer(w.s, member, form(), now)
	_, dismissing := questions.Dismiss(w.s, member, howTo, now)
	_, retracting := questions.Retract(w.s, member, howTo, now)
	for _, err := range []error{answering, dismissing, retracting} {
		if !errors.Is(err, &lang.Problem{Code: "not_allowed"}) {
			t.Errorf("a member: %v, want not_allowed", err)
		}
	}
}

func TestDismiss(t *testing.T) {
	t.Parallel()
	w := &world{t: t}
	w.ask(howTo, "怎么申请认定?", "U1", now)
	dismiss := func() int {
		drafts, err := questions.Dismiss(w.s, office, howTo, now)
		return w.do(now, drafts, err)
	}
	if dismiss() != 1 || dismiss() != 0 || len(w.s.Open()) != 0 {
		t.Error("dismissing does not take it out of the queue once")
	}
	later := now.Add(questions.DismissedFor)
	if w.ask(howTo, "怎么申请", "U2", later.Add(-time.Second)) != 0 || questions.Seen(w.s, howTo, "怎么申请", "U2", later.Add(-time.Second)) {
		t.Error("a dismissed question came back too early")
	}
	w.ask(howTo, "怎么申请", "U1", later)
	want := []questions.Unanswered{{Key: howTo, Text: "怎么申请", Count: 1, People: 1, First: later, Last: later}}
	if diff := cmp.Diff(want, w.s.Open()); diff != "" {
		t.Errorf("came back (-want +got):\n%s", diff)
	}
	if !questions.Seen(w.s, howTo, "怎么申请", "U1", later) {
		t.Error("what waits is not said to be seen")
	}
}

func TestAnAnswerWhileTheQuestionIsDismissed(t *testing.T) {
	t.Parallel()
	w := &world{t: t}
	w.ask(howTo, "怎么申请认定?", "U1", now)
	drafts, err := questions.Dismiss(w.s, office, howTo, now)
	w.do(now, drafts, err)
	w.answer(form(), now) // The form was open already.
	if _, ok := w.s.Verified(howTo, now); !ok {
		t.Error("the answer was lost")
	}
}

func TestTheLastOpinionCounts(t *testing.T) {
	t.Parallel()
	w := &world{t: t}
	rate := func(k questions.Key, who people.UserID, useful bool) int {
		drafts, err := questions.Rate(w.s, k, "氢能由谁牵头", who, useful, now)
		return w.do(now, drafts, err)
	}
	rate("lead", "U1", true)
	rate("lead", "U2", true)
	rate("lead", "U1", false)
	if rate("lead", "U1", false) != 0 {
		t.Error("the same opinion twice is two entries")
	}
	rate("good", "U1", true)
	rate("bad", "U1", false)
	rate("bad", "U2", false)
	want := []questions.Rating{
		{Key: "bad", Text: "氢能由谁牵头", NotUseful: 2, Last: now},
		{Key: "lead", Text: "氢能由谁牵头", Useful: 1, NotUseful: 1, Last: now},
	}
	if diff := cmp.Diff(want, w.s.Worst()); diff != "" {
		t.Errorf("worst (-want +got):\n%s", diff)
	}
	for _, k := range []questions.Key{"", questions.Key(strings.Repeat("k", questions.MaxKey+1))} {
		if _, err := questions.Rate(w.s, k, "", "U1", true, now); !errors.Is(err, &lang.Problem{Code: "no_question"}) {
			t.Errorf("rated %q: %v", k, err)
		}
	}
}

func TestKeyOf(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		long := rapid.StringN(0, 2000, -1).Draw(t, "form")
		k := questions.KeyOf(long)
		if len(k) > questions.MaxKey || k != questions.KeyOf(long) {
			t.Fatalf("key of %d bytes: %q", len(k), k)
		}
		if raw, err := json.Marshal(k); err != nil || !json.Valid(raw) {
			t.Fatalf("marshal: %v", err)
		}
		if other := questions.KeyOf(long + "x"); other == k {
			t.Fatalf("two forms have the key %q", k)
		}
	})
}

// view is all that a state tells at a moment.
type view struct {
	Open     []questions.Unanswered
	Verified []questions.Verified
	Worst    []questions.Rating
	Holding  map[questions.Key]bool
}

var keys = []questions.Key{"a", "b", "c", "d"}

func look(s questions.State, at time.Time) view {
	v := view{s.Open(), s.AllVerified(), s.Worst(), map[questions.Key]bool{}}
	for _, k := range keys {
		_, v.Holding[k] = s.Verified(k, at)
	}
	return v
}

// TestReplayEqualsLive decides at random and finds that the journal folds into
// the same state again, that no older state has changed, and that a question
// never waits while a verified answer to it holds.
func TestReplayEqualsLive(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := &world{t: t}
		at := now
		var states []questions.State
		var seen []view
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			at = at.Add(time.Duration(rapid.IntRange(0, 40*24).Draw(t, "hours")) * time.Hour)
			k := rapid.SampledFrom(keys).Draw(t, "key")
			who := people.UserID(rapid.SampledFrom([]string{"U1", "U2", "U3"}).Draw(t, "who"))
			var drafts []journal.Draft
			var err error
			switch rapid.IntRange(0, 4).Draw(t, "what") {
			case 0:
				drafts, err = questions.Dismiss(w.s, office, k, at)
			case 1:
				day := at.AddDate(0, 0, rapid.IntRange(0, 60).Draw(t, "days")).In(calendar.Shanghai()).Format(time.DateOnly)
				drafts, err = questions.Answer(w.s, office, form(func(f *questions.Form) { f.Key, f.Expires = k, day }), at)
				if errors.Is(err, &lang.Problem{Code: "question_gone"}) {
					err = nil
				}
			case 2:
				drafts, err = questions.Retract(w.s, admin, k, at)
			case 3:
				drafts, err = questions.Rate(w.s, k, "问", who, rapid.Bool().Draw(t, "useful"), at)
			default:
				drafts, err = questions.Record(w.s, k, "问", who, at)
			}
			w.do(at, drafts, err)
			states, seen = append(states, w.s), append(seen, look(w.s, now))
			if _, ok := w.s.Verified(k, at); ok && w.s.Waits(k) {
				t.Fatalf("%s waits though its answer holds", k)
			}
		}
		for i, s := range states {
			if diff := cmp.Diff(seen[i], look(s, now)); diff != "" {
				t.Fatalf("state %d changed (-then +now):\n%s", i, diff)
			}
		}
		var again questions.State
		for _, e := range w.log {
			var err error
			if again, err = again.Apply(e); err != nil {
				t.Fatalf("replay: %v", err)
			}
		}
		if diff := cmp.Diff(look(w.s, at), look(again, at)); diff != "" {
			t.Fatalf("replay (-live +replay):\n%s", diff)
		}
	})
}

func TestApplyRefusesALaterVersion(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{
		"questions.question.unanswered", "questions.question.dismissed", "questions.answer.verified",
		"questions.answer.retracted", "questions.answer.rated",
	} {
		for _, e := range []journal.Entry{{Kind: kind, Version: 2, Data: []byte("{}")}, {Kind: kind, Version: 1, Data: []byte("[]")}} {
			if _, err := (questions.State{}).Apply(e); err == nil {
				t.Errorf("%s v%d %s was folded", e.Kind, e.Version, e.Data)
			}
		}
	}
	if _, err := (questions.State{}).Apply(journal.Entry{Kind: "something.else", Version: 9}); err != nil {
		t.Errorf("an unknown kind: %v", err)
	}
}
