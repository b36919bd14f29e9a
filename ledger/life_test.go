package ledger_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wainao/journal"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
)

var (
	reviewer = people.Person{User: "URE", Roles: []people.Role{people.Secretariat}}
	deputy   = liaison("UDE", policy.Kunshan)
)

func (b *book) review(who people.Person, r ledger.Report, v ledger.Verdict, key string, at time.Time) (ledger.Report, error) {
	d := ledger.Decision{Report: r.ID, Revision: r.Revision, Verdict: v, Key: key}
	if v == ledger.Return {
		d.Code = ledger.Unclear
	}
	r, drafts, err := ledger.Review(b.state, who, d, at)
	if err != nil {
		return r, err
	}
	return r, b.write(drafts, at)
}

func (b *book) must(t *testing.T, drafts []journal.Draft, err error) {
	t.Helper()
	if err == nil {
		err = b.write(drafts, now)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func accepted(t *testing.T, b *book, r ledger.Report) ledger.Report {
	t.Helper()
	r, err := b.review(reviewer, r, ledger.Accept, "accept-"+string(r.ID)+string(rune('0'+r.Revision)), now.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// problemCode returns the code of what a person is told, at the field if it is at one.
func problemCode(err error) string {
	if fields, ok := errors.AsType[lang.FieldProblems](err); ok {
		var codes []string
		for name, p := range fields {
			codes = append(codes, name+":"+p.Code)
		}
		slices.Sort(codes)
		return strings.Join(codes, " ")
	}
	if p, ok := errors.AsType[*lang.Problem](err); ok {
		return p.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func TestTheLifeOfAReport(t *testing.T) {
	t.Parallel()
	var b book
	pol := policy.Default()
	first := must(t, &b, kunshan, item("1"), now)
	if q := b.state.Queue(ledger.Filter{}); len(q) != 1 || b.state.Waiting() != 1 {
		t.Fatalf("the queue holds %d, %d wait", len(q), b.state.Waiting())
	}

	// Returned with a reason, mended, accepted.
	returned, err := b.review(reviewer, first, ledger.Return, "r1", now)
	if err != nil || returned.Status != ledger.Returned || returned.ReturnCode != ledger.Unclear {
		t.Fatalf("returned: %+v, %v", returned, err)
	}
	if d := ledger.Owed(b.state, pol, policy.Kunshan, "2026Q4", now); d[1].Domain != policy.Aerospace || d[1].State != ledger.DutyReturned || !d[1].State.Open() {
		t.Errorf("owed behind a return: %+v", d)
	}
	in := returned.Submission()
	in.Key, in.Progress = "2", "已建成并验收。"
	second := must(t, &b, deputy, in, now)
	if second.ID != first.ID || second.Revision != 2 || second.Status != ledger.Submitted || second.Accepted != 0 {
		t.Fatalf("mended: %+v", second)
	}
	got := accepted(t, &b, second)
	if got.Accepted != 2 || got.ReviewedBy != "URE" {
		t.Fatalf("accepted: %+v", got)
	}
	if live, _ := b.state.Report(first.ID); cmp.Diff(got, live) != "" {
		t.Errorf("answered and stored differ:\n%s", cmp.Diff(got, live))
	}

	// An amendment needs a reason, and the accepted counts on whatever becomes of
	// it.
	in = got.Submission()
	in.Key, in.Stage = "3", "accepted"
	if _, _, err := b.submit(kunshan, in, now); problemCode(err) != "reason:reason_missing" {
		t.Errorf("an amendment without a reason: %v", err)
	}
	in.Reason = "已通过验收"
	amended := must(t, &b, kunshan, in, now)
	if !amended.Amends() || amended.Accepted != 2 {
		t.Fatalf("amended: %+v", amended)
	}
	counting := func(revision int, stage string) {
		t.Helper()
		r, ok := b.state.Counting(first.ID)
		items := b.state.Items(ledger.ItemFilter{Indicator: policy.Scenarios})
		if !ok || r.Revision != revision || len(items) != 1 || items[0].Stage != stage || items[0].Revision != revision {
			t.Errorf("counting: %+v, items %+v; want revision %d at stage %s", r, items, revision, stage)
		}
	}
	counting(2, "built")
	if returned, err = b.review(reviewer, amended, ledger.Return, "r3", now); err != nil || returned.Accepted != 2 {
		t.Fatalf("a returned amendment: %+v, %v", returned, err)
	}
	counting(2, "built")
	in.Key, in.Base, in.Progress = "4", 3, "验收文件已补。"
	counting(2, "built")
	accepted(t, &b, must(t, &b, kunshan, in, now))
	counting(4, "accepted")
	if n := len(b.state.Revisions(first.ID)); n != 4 || b.state.Waiting() != 0 {
		t.Errorf("%d revisions, %d wait", n, b.state.Waiting())
	}
}

func TestNobodyReviewsTheirOwn(t *testing.T) {
	t.Parallel()
	var b book
	both := people.Person{User: "UBO", Roles: []people.Role{people.Liaison, people.Secretariat}, Districts: []policy.DistrictID{policy.Kunshan}}
	first := must(t, &b, both, item("1"), now)
	in := first.Submission()
	in.Key, in.Progress = "2", "补充"
	second := must(t, &b, kunshan, in, now)
	if _, err := b.review(both, second, ledger.Accept, "k", now); problemCode(err) != "own_report" {
		t.Errorf("who submitted the first revision reviews the second: %v", err)
	}
	if _, err := b.review(kunshan, second, ledger.Accept, "k", now); problemCode(err) != "not_allowed" {
		t.Errorf("a liaison reviews: %v", err)
	}
	if _, err := b.review(reviewer, first, ledger.Accept, "k", now); problemCode(err) != "changed_meanwhile" {
		t.Errorf("an old revision is reviewed: %v", err)
	}
	_, drafts, err := ledger.Review(b.state, reviewer, ledger.Decision{Report: second.ID, Revision: 2, Verdict: ledger.Return, Code: ledger.OtherReason, Key: "k"}, now)
	if problemCode(err) != "words:words_missing" || drafts != nil {
		t.Errorf("returned for another reason without words: %v", err)
	}
	got := accepted(t, &b, second)
	if again, err := b.review(reviewer, got, ledger.Accept, "accept-"+string(got.ID)+"2", now); err != nil || again.Status != ledger.Accepted {
		t.Errorf("the same click again: %+v, %v", again, err)
	}
	if meanwhile, ok := errors.AsType[*ledger.ChangedMeanwhile](func() error { _, err := b.review(office, got, ledger.Return, "k2", now); return err }()); !ok || meanwhile.Latest.Status != ledger.Accepted {
		t.Error("a second reviewer decides on what is decided")
	}
}

func TestTwoPeopleOnOneReport(t *testing.T) {
	t.Parallel()
	var b book
	first := must(t, &b, kunshan, item("1"), now)
	mine, theirs := first.Submission(), first.Submission()
	theirs.Key, theirs.Progress = "2", "副联络员的说法"
	must(t, &b, deputy, theirs, now)
	mine.Key, mine.Progress = "3", "联络员的说法"
	_, _, err := b.submit(kunshan, mine, now)
	conflict, ok := errors.AsType[*ledger.Conflict](err)
	if !ok || conflict.Theirs.By != "UDE" || conflict.Mine.Words.Progress != "联络员的说法" || problemCode(err) != "conflict" {
		t.Fatalf("got %v, want a conflict", err)
	}
	want := []ledger.Change{{Field: "progress", Label: lang.T("进展说明", "Progress in words"), Before: lang.T("副联络员的说法", "副联络员的说法"), After: lang.T("联络员的说法", "联络员的说法")}}
	if diff := cmp.Diff(want, ledger.Diff(policy.Default(), conflict.Theirs, conflict.Mine)); diff != "" {
		t.Errorf("what differs (-want +got):\n%s", diff)
	}
	mine.Base = conflict.Theirs.Revision
	if r := must(t, &b, kunshan, mine, now); r.Revision != 3 {
		t.Errorf("submitted on theirs: %+v", r)
	}
	blank := item("4") // A new form about what another has reported.
	if _, _, err := b.submit(deputy, blank, now); problemCode(err) != "conflict" {
		t.Errorf("a new form over another's report: %v", err)
	}
}

func TestWithdraw(t *testing.T) {
	t.Parallel()
	var b book
	pol := policy.Default()
	r := must(t, &b, kunshan, item("1"), now)
	withdraw := func(who people.Person, revision int, key string) (ledger.Report, int, error) {
		r, drafts, err := ledger.Withdraw(b.state, pol, who, r.ID, revision, key, now)
		if err == nil {
			err = b.write(drafts, now)
		}
		return r, len(drafts), err
	}
	if _, _, err := withdraw(changshu, 1, "w"); problemCode(err) != "other_district" {
		t.Errorf("another district withdraws: %v", err)
	}
	if got, n, err := withdraw(deputy, 1, "w1"); err != nil || n != 1 || got.Status != ledger.Withdrawn {
		t.Fatalf("withdrawn: %+v, %v", got, err)
	}
	for _, key := range []string{"w1", "w2"} {
		if got, n, err := withdraw(deputy, 1, key); err != nil || n != 0 || got.Status != ledger.Withdrawn {
			t.Errorf("withdrawn again with %s: %+v, %d, %v", key, got, n, err)
		}
	}
	if d := ledger.Owed(b.state, pol, policy.Kunshan, "2026Q4", now); d[1].State != ledger.DutyOwed || b.state.Waiting() != 0 {
		t.Errorf("behind a withdrawal: %+v", d[1])
	}
	if _, err := b.review(reviewer, r, ledger.Accept, "k", now); problemCode(err) != "changed_meanwhile" {
		t.Errorf("what is withdrawn is reviewed: %v", err)
	}
	in := item("2")
	if again := must(t, &b, kunshan, in, now); again.ID != r.ID || again.Revision != 2 {
		t.Errorf("reported again: %+v", again)
	}
	accepted(t, &b, func() ledger.Report { r, _ := b.state.Report(r.ID); return r }())
	if _, _, err := withdraw(kunshan, 2, "w3"); problemCode(err) != "changed_meanwhile" {
		t.Errorf("what is accepted is withdrawn: %v", err)
	}
}

func TestNoChangeInOneAct(t *testing.T) {
	t.Parallel()
	var b book
	pol := policy.Default()
	must(t, &b, kunshan, item("1"), now)
	reports, drafts, err := ledger.NoChange(b.state, pol, kunshan, policy.Kunshan, "2026Q4", "n", now)
	b.must(t, drafts, err)
	if len(reports) != 1 || reports[0].Domain != policy.Metaverse || reports[0].Answer != ledger.Unchanged {
		t.Fatalf("reported: %+v", reports)
	}
	again, drafts, err := ledger.NoChange(b.state, pol, kunshan, policy.Kunshan, "2026Q4", "n", now)
	if err != nil || drafts != nil || len(again) != 1 || again[0].ID != reports[0].ID {
		t.Errorf("the same click again: %+v, %v", again, err)
	}
	if _, _, err := ledger.NoChange(b.state, pol, kunshan, policy.Kunshan, "2026Q4", "n2", now); problemCode(err) != "nothing_owed" {
		t.Errorf("nothing is owed: %v", err)
	}
	if got := b.state.Acceptable(reviewer, ledger.Filter{}); len(got) != 1 || got[0].ID != reports[0].ID {
		t.Errorf("acceptable at once: %+v", got)
	}
	done, drafts, err := ledger.AcceptUnchanged(b.state, reviewer, ledger.Filter{}, nil, "a", now)
	b.must(t, drafts, err)
	if len(done) != 1 || done[0].Status != ledger.Accepted || b.state.Waiting() != 1 {
		t.Errorf("accepted: %+v", done)
	}
	if again, drafts, err := ledger.AcceptUnchanged(b.state, reviewer, ledger.Filter{}, nil, "a", now); err != nil || drafts != nil || cmp.Diff(done, again) != "" {
		t.Errorf("the same click again: %+v, %v", again, err)
	}
	var states []ledger.DutyState
	for _, d := range ledger.Owed(b.state, pol, policy.Kunshan, "2026Q4", now) {
		states = append(states, d.State)
	}
	if diff := cmp.Diff([]ledger.DutyState{ledger.DutyUnchanged, ledger.DutySubmitted}, states); diff != "" {
		t.Errorf("owed (-want +got):\n%s", diff)
	}
}

func TestNoChangeWhereSomethingIsReported(t *testing.T) {
	t.Parallel()
	var b book
	pol := policy.Default()
	r := must(t, &b, kunshan, item("1"), now)
	for _, tc := range []struct {
		name, domain, indicator, answer, want string
	}{
		{"the whole domain", "空天开发", "", "unchanged", "reported_already"},
		{"the indicator", "空天开发", "应用场景", "unchanged", "reported_already"},
		{"no data", "空天开发", "", "no-data", "reported_already"},
		{"another indicator", "空天开发", "核心产品", "unchanged", ""},
		{"another domain", "元宇宙", "", "unchanged", ""},
	} {
		in := ledger.Submission{Key: tc.name, District: "昆山", Domain: tc.domain, Period: "2026Q4", Indicator: tc.indicator, Answer: tc.answer}
		_, _, err := ledger.Submit(b.state, pol, kunshan, in, ledger.DefaultSettings(), now)
		got := ""
		if fields, ok := errors.AsType[lang.FieldProblems](err); ok && fields[ledger.FieldAnswer] != nil {
			got = fields[ledger.FieldAnswer].Code
		} else if err != nil {
			t.Errorf("%s: %v", tc.name, err)
		}
		if got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
	drafts, err := func() ([]journal.Draft, error) {
		_, drafts, err := ledger.Withdraw(b.state, pol, kunshan, r.ID, 1, "w", now)
		return drafts, err
	}()
	b.must(t, drafts, err)
	in := ledger.Submission{Key: "then", District: "昆山", Domain: "空天开发", Period: "2026Q4", Answer: "unchanged"}
	if _, _, err := ledger.Submit(b.state, pol, kunshan, in, ledger.DefaultSettings(), now); err != nil {
		t.Errorf("what was withdrawn is in the way: %v", err)
	}
}

func TestLockedPeriod(t *testing.T) {
	t.Parallel()
	var b book
	pol := policy.Default()
	r := must(t, &b, kunshan, item("1"), now)
	if _, err := ledger.Lock(b.state, kunshan, "2026Q4", "x", now); problemCode(err) != "not_allowed" {
		t.Errorf("a liaison locks: %v", err)
	}
	if _, err := ledger.Lock(b.state, office, "2026Q4", " ", now); problemCode(err) != "reason:reason_missing" {
		t.Errorf("locked without a reason: %v", err)
	}
	drafts, err := ledger.Lock(b.state, office, "2026Q4", "季度汇总", now)
	b.must(t, drafts, err)
	in := item("2")
	in.Name = "另一项"
	if _, _, err := b.submit(kunshan, in, now); problemCode(err) != "period_locked" {
		t.Errorf("reported into a locked period: %v", err)
	}
	if _, _, err := ledger.Withdraw(b.state, pol, kunshan, r.ID, 1, "w", now); problemCode(err) != "period_locked" {
		t.Errorf("withdrawn from a locked period: %v", err)
	}
	if _, _, err := ledger.NoChange(b.state, pol, kunshan, policy.Kunshan, "2026Q4", "n", now); problemCode(err) != "period_locked" {
		t.Errorf("no change for a locked period: %v", err)
	}
	accepted(t, &b, r) // What came in time is still reviewed.
	drafts, err = ledger.Reopen(b.state, office, "2026Q4", "昆山补报", now)
	b.must(t, drafts, err)
	must(t, &b, kunshan, in, now)
	if l, ok := b.state.Locked("2026Q4"); !ok || l.Locked || l.Reason != "昆山补报" {
		t.Errorf("the lock: %+v", l)
	}
}

func TestDraftsAreTheDistrictsOwn(t *testing.T) {
	t.Parallel()
	var b book
	pol := policy.Default()
	half := ledger.Submission{District: "kunshan", Domain: "aerospace", Period: "2026Q4", Name: "写了一半", Key: "d1"}
	d, drafts, err := ledger.SaveDraft(b.state, pol, kunshan, half, now)
	b.must(t, drafts, err)
	if len(b.state.Drafts(pol, deputy)) != 1 || len(b.state.Drafts(pol, changshu)) != 0 || len(b.state.Drafts(pol, reviewer)) != 0 {
		t.Error("a draft is not its district's own")
	}
	if b.state.Waiting() != 0 || len(b.state.Reports(ledger.Filter{})) != 0 {
		t.Error("a draft counts as a report")
	}
	if duty := ledger.Owed(b.state, pol, policy.Kunshan, "2026Q4", now)[1]; duty.State != ledger.DutyDraft || !duty.State.Open() {
		t.Errorf("owed: %+v", duty)
	}
	saved, ok := b.state.Draft(pol, deputy, d.ID)
	if !ok || saved.In.FromDraft != d.ID || saved.In.Name != "写了一半" {
		t.Fatalf("saved: %+v", saved)
	}
	again := saved.In
	again.Key, again.Holder = "d2", "昆山低空公司"
	d2, drafts, err := ledger.SaveDraft(b.state, pol, deputy, again, now)
	b.must(t, drafts, err)
	if d2.ID != d.ID || len(b.state.Drafts(pol, kunshan)) != 1 {
		t.Errorf("saved again as %s", d2.ID)
	}
	in := item("s")
	in.FromDraft = d.ID
	must(t, &b, kunshan, in, now)
	if len(b.state.Drafts(pol, kunshan)) != 0 {
		t.Error("a submitted draft is still there")
	}
}

func TestQuestionsAndReplies(t *testing.T) {
	t.Parallel()
	var b book
	pol := policy.Default()
	r := must(t, &b, kunshan, item("1"), now)
	q := ledger.Question{Report: r.ID, Revision: 1, Words: "链接打不开？", Key: "q"}
	if _, _, err := ledger.Ask(b.state, kunshan, q, now); problemCode(err) != "not_allowed" {
		t.Errorf("a liaison asks: %v", err)
	}
	_, drafts, err := ledger.Ask(b.state, office, q, now)
	b.must(t, drafts, err)
	if again, drafts, err := ledger.Ask(b.state, office, q, now); err != nil || drafts != nil || again.Words != q.Words {
		t.Errorf("asked again: %+v, %v", again, err)
	}
	_, drafts, err = ledger.Reply(b.state, pol, deputy, ledger.Question{Report: r.ID, Revision: 1, Words: "已换链接。", Key: "a"}, now)
	b.must(t, drafts, err)
	notes := b.state.Notes(r.ID)
	if len(notes) != 2 || notes[0].Kind != ledger.NoteQuestion || notes[1].Kind != ledger.NoteReply || notes[1].By != "UDE" || notes[1].Number != 2 {
		t.Errorf("notes: %+v", notes)
	}
}

func TestTheCitysOwnFigures(t *testing.T) {
	t.Parallel()
	var b book
	in := output("1")
	in.District, in.Domain, in.Period, in.Basis, in.Year, in.Value = "city", "all", "2026Q4", "yearly", "2025", "4200"
	if _, _, err := b.submit(kunshan, in, now); problemCode(err) != "district:not_allowed" {
		t.Errorf("a liaison reports for the city: %v", err)
	}
	r := must(t, &b, office, in, now)
	if r.District != ledger.City || r.Domain != ledger.Whole || r.OutsideLayout {
		t.Fatalf("reported: %+v", r)
	}
	if _, err := b.review(office, r, ledger.Accept, "k", now); problemCode(err) != "own_report" {
		t.Errorf("the secretariat accepts its own figure: %v", err)
	}
	district := output("2")
	district.Basis, district.Year, district.Value, district.Period = "yearly", "2025", "300", "2026Q4"
	accepted(t, &b, must(t, &b, kunshan, district, now))
	progress := func() ledger.IndicatorProgress {
		for _, p := range ledger.Progress(b.state, policy.Default(), ledger.DefaultSettings(), now) {
			if p.Indicator.ID == policy.Output && p.Target.Year == 2030 {
				return p
			}
		}
		t.Fatal("no target")
		return ledger.IndicatorProgress{}
	}
	if p := progress(); p.Has || p.Pending == nil || p.Pending.Value.String() != "4200" {
		t.Errorf("before it is accepted: %+v", p)
	}
	accepted(t, &b, r)
	p := progress()
	if share, ok := p.Share(); !ok || share != 0.84 || p.Year != 2025 || p.Point.Status != ledger.FigureOfficial || p.Pending != nil {
		t.Errorf("once it is accepted: %+v", p)
	}
	if !p.Pace.HasRequired || p.Pace.Light != ledger.LightNone || p.Pace.Linear == nil {
		t.Errorf("pace: %+v", p.Pace)
	}
	if s := ledger.Series(b.state, policy.Kunshan, policy.Metaverse, ledger.Yearly); len(s) != 1 || s[0].Status != ledger.FigureReported {
		t.Errorf("the district's series: %+v", s)
	}
}

func asNeedsNote(err error) (*ledger.NeedsNote, bool) { return errors.AsType[*ledger.NeedsNote](err) }
