package ledger_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wainao/calendar"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
)

// save keeps a form as a draft.
func save(t *testing.T, b *book, who people.Person, in ledger.Submission, at time.Time) ledger.Draft {
	t.Helper()
	d, drafts, err := ledger.SaveDraft(b.state, policy.Default(), who, in, at)
	if err != nil {
		t.Fatalf("save: %v", err)
	}
	if err := b.write(drafts, at); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestADraftIsKeptAsFarAsItIsFilledIn(t *testing.T) {
	t.Parallel()
	var b book
	half := ledger.Submission{Key: "v1", District: "昆山", Indicator: "应用场景", Name: "低空巡检示范", Stage: "不知道的阶段"}
	first := save(t, &b, kunshan, half, now)
	if first.ID != "D-0001" || first.Domain != "" || first.In.Stage != "不知道的阶段" || first.By != "UKS" {
		t.Errorf("the draft is %+v", first)
	}
	// The same form again, as it was, is nothing new; with more in it, it is the same draft.
	if again := save(t, &b, kunshan, half, now.Add(time.Minute)); again.ID != first.ID || len(b.entries) != 1 {
		t.Errorf("saved again: %+v, %d entries", again, len(b.entries))
	}
	half.Domain = "空天开发"
	if more := save(t, &b, kunshan, half, now.Add(time.Hour)); more.ID != first.ID || more.Domain != policy.Aerospace || len(b.entries) != 2 {
		t.Errorf("saved with more: %+v, %d entries", more, len(b.entries))
	}
	// A colleague goes on with it, nobody else sees it.
	deputy := people.Person{User: "UDP", Roles: []people.Role{people.Deputy}, Districts: []policy.DistrictID{policy.Kunshan}}
	if d, ok := b.state.Draft(policy.Default(), deputy, first.ID); !ok || d.In.Name != "低空巡检示范" {
		t.Errorf("the deputy sees %+v, %t", d, ok)
	}
	for _, other := range []people.Person{changshu, stranger} {
		if _, ok := b.state.Draft(policy.Default(), other, first.ID); ok || len(b.state.Drafts(policy.Default(), other)) != 0 {
			t.Errorf("%s sees the draft", other.User)
		}
	}
	// Submitting it takes it away.
	whole := item("v2")
	whole.FromDraft = first.ID
	must(t, &b, deputy, whole, now.Add(2*time.Hour))
	if left := b.state.Drafts(policy.Default(), kunshan); len(left) != 0 {
		t.Errorf("left: %+v", left)
	}
}

func TestADraftIsDiscardedByItsDistrict(t *testing.T) {
	t.Parallel()
	var b book
	d := save(t, &b, kunshan, ledger.Submission{Key: "v1", District: "昆山", Name: "一"}, now)
	discard := func(who people.Person) error {
		drafts, err := ledger.DiscardDraft(b.state, policy.Default(), who, d.ID, now)
		if err != nil {
			return err
		}
		return b.write(drafts, now)
	}
	if err := discard(changshu); err == nil {
		t.Error("another district's liaison discards it")
	}
	if err := discard(kunshan); err != nil || len(b.state.Drafts(policy.Default(), kunshan)) != 0 {
		t.Errorf("discard: %v", err)
	}
	n := len(b.entries)
	if err := discard(kunshan); err != nil || len(b.entries) != n {
		t.Errorf("discarding it twice: %v, %d entries", err, len(b.entries)-n)
	}
	// Its number is not given again.
	if next := save(t, &b, kunshan, ledger.Submission{Key: "v2", District: "昆山", Name: "二"}, now); next.ID != "D-0002" {
		t.Errorf("the next draft is %s", next.ID)
	}
}

func TestWhatCannotBeADraft(t *testing.T) {
	t.Parallel()
	var b book
	d := save(t, &b, kunshan, ledger.Submission{Key: "v1", District: "昆山", Name: "一"}, now)
	both := liaison("UKC", policy.Kunshan, policy.Changshu)
	locked, err := ledger.Lock(b.state, office, "2026Q3", "数据已报市里", now)
	if err == nil {
		err = b.write(locked, now)
	}
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		who  people.Person
		in   ledger.Submission
		want string
	}{
		"another district's draft": {both, ledger.Submission{Key: "v2", District: "常熟", Name: "一", FromDraft: d.ID}, "draft_of_other_district"},
		"in a locked period":       {kunshan, ledger.Submission{Key: "v3", District: "昆山", Period: "2026Q3"}, "period_locked"},
		"by a stranger":            {stranger, ledger.Submission{Key: "v4", District: "昆山"}, "stranger"},
	} {
		_, drafts, err := ledger.SaveDraft(b.state, policy.Default(), tt.who, tt.in, now)
		if problemCode(err) != tt.want || len(drafts) != 0 {
			t.Errorf("%s: %v (%s), %d drafts", name, err, problemCode(err), len(drafts))
		}
	}
	long := ledger.Submission{Key: "v5", District: "昆山", Name: string(make([]rune, ledger.MaxName+1))}
	if _, _, err := ledger.SaveDraft(b.state, policy.Default(), kunshan, long, now); err == nil {
		t.Error("a name that is too long, of hidden characters, is kept")
	}
	for i := range 49 {
		save(t, &b, kunshan, ledger.Submission{Key: fmt.Sprint("m", i), District: "昆山", Name: fmt.Sprint("第", i)}, now)
	}
	if _, _, err := ledger.SaveDraft(b.state, policy.Default(), kunshan, ledger.Submission{Key: "v6", District: "昆山"}, now); problemCode(err) != "too_many_drafts" {
		t.Errorf("the 51st draft: %v", err)
	}
}

func TestAFormIsFilledInWithWhatIsKnown(t *testing.T) {
	t.Parallel()
	var b book
	// Nothing is known: the form says which pair it is of.
	want := ledger.Submission{District: "kunshan", Domain: "aerospace", Period: "2026Q4", Indicator: "scenarios"}
	got := ledger.Prefill(b.state, policy.Kunshan, policy.Aerospace, policy.Scenarios, "2026Q4")
	got.Answer, got.Basis = "", ""
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("of nothing (-want +got):\n%s", diff)
	}
	// One item: its next report has what stays, and its next step.
	in := item("v1")
	in.Period, in.Next, in.NextUntil, in.Note = "2026Q3", "二期验收", "2026-12-20", "说明"
	accepted(t, &b, must(t, &b, kunshan, in, now))
	got = ledger.Prefill(b.state, policy.Kunshan, policy.Aerospace, policy.Scenarios, "2026Q4")
	if got.Name != "低空巡检示范" || got.Holder != "昆山低空公司" || got.Next != "二期验收" || got.NextUntil != "2026-12-20" ||
		got.Progress != "" || got.Note != "" || got.Report != "" || got.Base != 0 || got.Period != "2026Q4" || got.Answer != string(ledger.Changed) {
		t.Errorf("of one item: %+v", got)
	}
	// The same period's own report is opened itself.
	if own := ledger.Prefill(b.state, policy.Kunshan, policy.Aerospace, policy.Scenarios, "2026Q3"); own.Report != "R-2026Q3-0001" || own.Base != 1 || own.Progress != in.Progress {
		t.Errorf("of its own period: %+v", own)
	}
	// Two items: nobody knows which one is meant.
	second := item("v2")
	second.Period, second.Name = "2026Q3", "低空消防示范"
	accepted(t, &b, must(t, &b, kunshan, second, now))
	if got = ledger.Prefill(b.state, policy.Kunshan, policy.Aerospace, policy.Scenarios, "2026Q4"); got.Name != "" || got.Holder != "" {
		t.Errorf("of two items: %+v", got)
	}
	if got = ledger.PrefillItem(b.state, "nothing", "2026Q4"); got != (ledger.Submission{Period: "2026Q4"}) {
		t.Errorf("of no item: %+v", got)
	}
	// A figure of the year so far goes on within the year and not into the next.
	accepted(t, &b, must(t, &b, kunshan, output("v3"), now))
	for period, value := range map[string]string{"2026Q4": "123.45", "2027Q1": ""} {
		got := ledger.Prefill(b.state, policy.Kunshan, policy.Metaverse, policy.Output, calendar.Period(period))
		if got.Value != value || got.Year != "" || got.Report != "" {
			t.Errorf("the figure for %s: %+v", period, got)
		}
	}
}

func TestTheDeadlineIsAWorkday(t *testing.T) {
	t.Parallel()
	off := map[string]bool{"2026-12-25": true, "2026-12-24": true}
	workday := func(at time.Time) bool { return !off[string(ledger.DayOf(at))] }
	set := ledger.DefaultSettings()
	for _, tt := range []struct {
		period calendar.Period
		day    int
		want   ledger.Day
	}{
		{"2026Q4", 25, "2026-12-23"},
		{"2026Q3", 25, "2026-09-25"},
		{"2027Q1", 10, "2027-03-10"},
	} {
		set.DeadlineDay = tt.day
		if got := ledger.DayOf(set.Deadline(tt.period, workday)); got != tt.want {
			t.Errorf("%s by the %dth: %s, want %s", tt.period, tt.day, got, tt.want)
		}
	}
}
