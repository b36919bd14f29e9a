package ledger_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
)

var (
	sip = liaison("USP", policy.SIP)
	zjg = liaison("UZJ", policy.Zhangjiagang)
)

// Codes with a right check digit.
const (
	codeA = "91320594MA1MKQ6R8K"
	codeB = "91320583MA1N7GX367"
)

// platform is a recognised platform.
func platform(key, district, name, credit, document string) ledger.Submission {
	return ledger.Submission{
		Key: key, District: district, Domain: "aerospace", Period: "2026Q4", Indicator: "platforms", Name: name, Holder: "长三角低空公司", CreditCode: credit,
		Stage: "recognised", Document: document, Date: "2026-10-20", Evidence: "https://example.com/" + key,
	}
}

func cityCount(s ledger.State, i policy.IndicatorID, at time.Time) int {
	indicator, _ := policy.Default().Indicator(i)
	t, _ := ledger.TallyOf(s, indicator, "", "", at)
	return t.Accepted
}

func districtCount(s ledger.State, i policy.IndicatorID, d policy.DistrictID, at time.Time) int {
	indicator, _ := policy.Default().Indicator(i)
	t, _ := ledger.TallyOf(s, indicator, "", d, at)
	return t.Accepted
}

func TestTheSamePlatformFromTwoDistricts(t *testing.T) {
	t.Parallel()
	var b book
	one := accepted(t, &b, must(t, &b, kunshan, platform("1", "昆山", "低空创新平台", codeA, "苏发改〔2026〕1号"), now))
	other := must(t, &b, sip, platform("2", "园区", "低空创新平台", codeA, "苏发改〔2026〕1号"), now)
	if same := b.state.SameAs(other); len(same) != 1 || same[0].Kind != ledger.SameKey {
		t.Errorf("the reviewer is told of %+v", same)
	}
	if n := cityCount(b.state, policy.Platforms, now); n != 1 {
		t.Errorf("the city counts %d while one waits", n)
	}
	other = accepted(t, &b, other)
	counts := func(want ...int) {
		t.Helper()
		got := []int{cityCount(b.state, policy.Platforms, now), districtCount(b.state, policy.Platforms, policy.Kunshan, now), districtCount(b.state, policy.Platforms, policy.SIP, now)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("city, Kunshan, SIP (-want +got):\n%s", diff)
		}
	}
	counts(1, 1, 1)
	if d := b.state.Duplicates(); len(d) != 1 || d[0].Kind != ledger.SameKey {
		t.Fatalf("suspected: %+v", d)
	}
	drafts, err := ledger.Merge(b.state, office, other.Item, one.Item, now)
	b.must(t, drafts, err)
	counts(1, 0, 1)
	if len(b.state.Duplicates()) != 0 {
		t.Error("what is merged is still suspected")
	}
	lead, _ := b.state.Item(other.Item)
	follower, _ := b.state.Item(one.Item)
	if follower.State(ledger.DayOf(now)) != ledger.ItemMerged || follower.Lead != lead.Key || cmp.Diff([]policy.DistrictID{policy.Kunshan}, lead.Collaborators) != "" {
		t.Errorf("merged: %+v under %+v", follower, lead)
	}
	drafts, err = ledger.KeepApart(b.state, office, one.Item, other.Item, now)
	b.must(t, drafts, err)
	counts(2, 1, 1)
	if len(b.state.Duplicates()) != 0 {
		t.Error("what is kept apart is still suspected")
	}
	if _, err := ledger.Merge(b.state, kunshan, one.Item, other.Item, now); problemCode(err) != "not_allowed" {
		t.Errorf("a liaison merges: %v", err)
	}
	if _, err := ledger.Merge(b.state, office, one.Item, "nothing", now); problemCode(err) != "unknown_item" {
		t.Errorf("an item that is none: %v", err)
	}
}

func TestSimilarNamesOnlySuggest(t *testing.T) {
	t.Parallel()
	var b book
	accepted(t, &b, must(t, &b, kunshan, platform("1", "昆山", "昆山低空巡检创新平台", codeA, "1号"), now))
	accepted(t, &b, must(t, &b, sip, platform("2", "园区", "低空巡检平台", codeB, "2号"), now))
	if n := cityCount(b.state, policy.Platforms, now); n != 2 {
		t.Errorf("the city counts %d of two with similar names", n)
	}
	if d := b.state.Duplicates(); len(d) != 1 || d[0].Kind != ledger.Similar {
		t.Errorf("suggested: %+v", d)
	}
	// One document recognises many: it does not make them the same.
	accepted(t, &b, must(t, &b, zjg, platform("3", "张家港", "氢能装备平台", "", "1号"), now))
	if n := cityCount(b.state, policy.Platforms, now); n != 3 {
		t.Errorf("the city counts %d of three, two of one document", n)
	}
}

func TestAnItemStaysTheSame(t *testing.T) {
	t.Parallel()
	var b book
	in := platform("1", "昆山", "低空创新平台", "", "")
	in.Period, in.Stage, in.Date = "2026Q3", "applied", ""
	first := accepted(t, &b, must(t, &b, kunshan, in, now))
	if it, _ := b.state.Item(first.Item); it.State(ledger.DayOf(now)) != ledger.ItemStage || cityCount(b.state, policy.Platforms, now) != 0 {
		t.Errorf("applied for: %+v", it)
	}
	// The next period's report adds the code and the document.
	next := ledger.PrefillItem(b.state, first.Item, "2026Q4")
	if next.Report != "" || next.Name != "低空创新平台" || next.Period != "2026Q4" {
		t.Fatalf("prefilled: %+v", next)
	}
	next.Key, next.Stage, next.CreditCode, next.Document, next.Date, next.ValidUntil = "2", "recognised", codeA, "1号", "2026-10-20", "2028-10-19"
	second := accepted(t, &b, must(t, &b, kunshan, next, now))
	if second.Item != first.Item || second.ID == first.ID {
		t.Fatalf("the next report is about %s, the first about %s", second.Item, first.Item)
	}
	for _, tt := range []struct {
		day  string
		want int
	}{{"2026-11-23", 1}, {"2028-10-19", 1}, {"2028-10-20", 0}, {"2028-11-01", 0}, {"2029-01-01", 0}} {
		if n := cityCount(b.state, policy.Platforms, ledger.Day(tt.day).Start().Add(time.Hour)); n != tt.want {
			t.Errorf("on %s %d count, want %d", tt.day, n, tt.want)
		}
	}
	if it, _ := b.state.Item(first.Item); it.State("2028-10-20") != ledger.ItemExpired || it.State("2028-10-19") != ledger.ItemCounts {
		t.Errorf("the item: %+v", it)
	}
	// Renamed through its form it is the same item under a new name.
	amend := second.Submission()
	amend.Key, amend.Name, amend.Reason = "3", "低空智能创新平台", "更名"
	third := accepted(t, &b, must(t, &b, kunshan, amend, now))
	items := b.state.Items(ledger.ItemFilter{District: policy.Kunshan})
	if third.Item != first.Item || len(items) != 1 || items[0].Name != "低空智能创新平台" || cityCount(b.state, policy.Platforms, now) != 1 {
		t.Errorf("renamed: %+v", items)
	}
	// Its end takes it out.
	ended := third.Submission()
	ended.Key, ended.Stage, ended.Reason = "4", ledger.Ended, "撤销认定"
	accepted(t, &b, must(t, &b, kunshan, ended, now))
	if n := cityCount(b.state, policy.Platforms, now); n != 0 {
		t.Errorf("ended, %d count", n)
	}
}

func TestANameDoesNotJoinTwoCodes(t *testing.T) {
	t.Parallel()
	var b book
	one := must(t, &b, kunshan, platform("1", "昆山", "低空创新平台", codeA, "1号"), now)
	other := must(t, &b, kunshan, platform("2", "昆山", "低空创新平台", codeB, "2号"), now)
	if one.ID == other.ID || one.Item == other.Item {
		t.Errorf("two holders' platforms of one name are one: %s, %s", one.Item, other.Item)
	}
}

func TestFieldsAreAskedAsTheTableSays(t *testing.T) {
	t.Parallel()
	edit := func(change func(*ledger.Submission)) ledger.Submission {
		in := platform("k", "昆山", "低空创新平台", codeA, "1号")
		change(&in)
		return in
	}
	for _, tt := range []struct {
		name string
		in   ledger.Submission
		want string
	}{
		{"wrong check digit", edit(func(s *ledger.Submission) { s.CreditCode = codeA[:17] + "Y" }), "credit_code:credit_code_check_digit"},
		{"recognised without a document", edit(func(s *ledger.Submission) { s.Document = "" }), "document:document_missing"},
		{"unknown stage", edit(func(s *ledger.Submission) { s.Stage = "built" }), "stage:unknown_stage"},
		{"a place for a platform", edit(func(s *ledger.Submission) { s.Place = "花桥" }), "place:place_not_wanted"},
		{"no date", edit(func(s *ledger.Submission) { s.Date = "2026-02-30" }), "date:bad_date"},
		{"a date to come", edit(func(s *ledger.Submission) { s.Date = "2026-12-01" }), "date:date_in_future"},
		{"ends before it begins", edit(func(s *ledger.Submission) { s.ValidUntil = "2026-01-01" }), "valid_until:valid_before_date"},
		{"next step without words", edit(func(s *ledger.Submission) { s.NextUntil = "2026-12-31" }), "next:next_missing"},
		{"unchanged with an item", edit(func(s *ledger.Submission) {
			*s = ledger.Submission{Key: "k", District: "昆山", Domain: "空天开发", Period: "2026Q4", Answer: "unchanged", Name: "平台"}
		}), "name:name_not_wanted"},
		{"unchanged", edit(func(s *ledger.Submission) {
			*s = ledger.Submission{Key: "k", District: "昆山", Domain: "空天开发", Period: "2026Q4", Answer: "本期无变化"}
		}), ""},
		{"applied for without a document", edit(func(s *ledger.Submission) { s.Stage, s.Document, s.Date = "已申报", "", "" }), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, _, err := ledger.Submit(ledger.State{}, policy.Default(), kunshan, tt.in, ledger.DefaultSettings(), now)
			if got := problemCode(err); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	for _, i := range policy.Default().Indicators {
		stages, counts := ledger.StagesOf(i), 0
		for _, s := range stages {
			if s.Counts {
				counts++
			}
		}
		if i.Takes == policy.TakesItem && counts == 0 {
			t.Errorf("no stage of %s counts", i.ID)
		}
		seen := map[string]bool{}
		for _, f := range ledger.FieldsOf(i) {
			if seen[f.Name] || !f.Label.Complete() || f.Most == 0 || (f.Kind == ledger.KindChoice) != (len(f.Options) > 0) || !new(ledger.Submission).Set(f.Name, "x") {
				t.Errorf("%s: field %+v", i.ID, f)
			}
			seen[f.Name] = true
		}
	}
}

func TestWarningsNeedANote(t *testing.T) {
	t.Parallel()
	var b book
	value := func(period, basis, year, v string) ledger.Submission {
		in := output(fmt.Sprint(period, basis, year, v))
		in.Period, in.Basis, in.Year, in.Value = period, basis, year, v
		return in
	}
	accepted(t, &b, must(t, &b, kunshan, value("2026Q1", "yearly", "2025", "100"), now))
	accepted(t, &b, must(t, &b, kunshan, value("2026Q2", "", "", "60"), now))
	dated := item("d")
	dated.Date = "2026-06-01"
	secret := item("s")
	secret.Progress = "详见内部资料。"
	for _, tt := range []struct {
		name string
		in   ledger.Submission
		want ledger.WarningCode
	}{
		{"万元 for 亿元", value("2026Q3", "", "", "2000"), ledger.WarnMagnitude},
		{"万元 for 亿元 against the year before", value("2026Q4", "yearly", "2026", "99999"), ledger.WarnMagnitude},
		{"falls", value("2026Q3", "", "", "59"), ledger.WarnFalls},
		{"jumps", value("2026Q4", "yearly", "2026", "151"), ledger.WarnJump},
		{"grows", value("2026Q4", "yearly", "2026", "150"), ""},
		{"date outside", dated, ledger.WarnDate},
		{"classified", secret, ledger.WarnClassified},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := b
			_, _, err := b.submit(kunshan, tt.in, now)
			if tt.want == "" {
				if err != nil {
					t.Errorf("got %v, want none", err)
				}
				return
			}
			needs, ok := asNeedsNote(err)
			if !ok || len(needs.Warnings) != 1 || needs.Warnings[0].Code != tt.want || !needs.Warnings[0].Words.Complete() || problemCode(err) != "note:needs_note" {
				t.Fatalf("got %v, want %s", err, tt.want)
			}
			tt.in.Note = "已核对。"
			if r, _, err := b.submit(kunshan, tt.in, now); err != nil || len(r.Warnings) != 1 || r.Note != "已核对。" {
				t.Errorf("explained: %+v, %v", r, err)
			}
		})
	}
}

func TestEvidenceIsForWhatChanged(t *testing.T) {
	t.Parallel()
	var b book
	in := item("1")
	in.Period = "2026Q3"
	first := accepted(t, &b, must(t, &b, kunshan, in, now))
	next := ledger.PrefillItem(b.state, first.Item, "2026Q4")
	next.Key, next.Evidence, next.Progress = "2", "", "运行正常。"
	words := must(t, &b, kunshan, next, now)
	if words.Evidence != "" {
		t.Errorf("nothing but words: %+v", words)
	}
	next.Key, next.Stage = "3", "accepted"
	if _, _, err := b.submit(kunshan, next, now); problemCode(err) != "evidence:evidence_missing" {
		t.Errorf("a new stage without evidence: %v", err)
	}
}

func TestPaths(t *testing.T) {
	t.Parallel()
	var b book
	pol := policy.Default()
	adopt := func(i policy.IndicatorID, p ledger.Path) error {
		drafts, err := ledger.AdoptPath(b.state, pol, office, i, p, "专委会商定", now)
		if err == nil {
			err = b.write(drafts, now)
		}
		return err
	}
	for want, p := range map[string]ledger.Path{
		"path_points": {{Year: 2030, Value: 1}}, "path_year": {{Year: 2030, Value: 1}, {Year: 2030, Value: 2}}, "path_value": {{Year: 2025, Value: -1}, {Year: 2030, Value: 2}},
	} {
		if err := adopt(policy.Platforms, p); problemCode(err) != want {
			t.Errorf("%v: %v, want %s", p, err, want)
		}
	}
	if err := adopt(policy.Talents, ledger.Path{{Year: 2025, Value: 0}, {Year: 2030, Value: 2}}); problemCode(err) != "no_target" {
		t.Errorf("a path to no target: %v", err)
	}
	if err := adopt(policy.Platforms, ledger.Path{{Year: 2030, Value: 10}, {Year: 2025, Value: 0}}); err != nil {
		t.Fatal(err)
	}
	accepted(t, &b, must(t, &b, kunshan, platform("1", "昆山", "甲平台", codeA, "1号"), now))
	for _, p := range ledger.Progress(b.state, pol, ledger.DefaultSettings(), now) {
		if p.Indicator.ID != policy.Platforms {
			continue
		}
		// 23 November lies 0.893 into 2026: the path stands at 1.79 of 10.
		if !p.Pace.OnPath || p.Pace.Expected < 1.78 || p.Pace.Expected > 1.80 || p.Pace.Light != ledger.LightFarBehind || p.Pace.Linear != nil {
			t.Errorf("pace: %+v", p.Pace)
		}
	}
	late := now.AddDate(1, 0, 0) // Nothing was accepted for more than two periods.
	for _, p := range ledger.Progress(b.state, pol, ledger.DefaultSettings(), late) {
		if p.Indicator.ID == policy.Platforms && (!p.Stale || p.Pace.Light != ledger.LightStale) {
			t.Errorf("a year later: %+v", p.Pace)
		}
	}
}

func TestCells(t *testing.T) {
	t.Parallel()
	var b book
	pol := policy.Default()
	state := func() ledger.CellState {
		return ledger.CellAt(b.state, pol, ledger.DefaultSettings(), policy.Aerospace, policy.Kunshan, "2026Q4", now).State
	}
	steps := []struct {
		do   func()
		want ledger.CellState
	}{
		{func() {}, ledger.CellNoData},
		{func() {
			old := item("old")
			old.Period = "2025Q4"
			accepted(t, &b, must(t, &b, kunshan, old, now))
		}, ledger.CellStale},
		{func() { must(t, &b, kunshan, item("1"), now) }, ledger.CellPending},
		{func() {
			r, _ := b.state.Report("R-2026Q4-0001")
			if _, err := b.review(reviewer, r, ledger.Return, "r", now); err != nil {
				t.Fatal(err)
			}
		}, ledger.CellReturned},
		{func() {
			r, _ := b.state.Report("R-2026Q4-0001")
			in := r.Submission()
			in.Key, in.Progress = "2", "已改"
			accepted(t, &b, must(t, &b, kunshan, in, now))
		}, ledger.CellAccepted},
	}
	for i, step := range steps {
		step.do()
		if got := state(); got != step.want {
			t.Errorf("step %d: %s, want %s", i, got, step.want)
		}
	}
	d := ledger.DetailsAt(b.state, pol, ledger.DefaultSettings(), policy.Aerospace, policy.Kunshan, "2026Q4", now)
	if len(d.Reports) != 1 || len(d.Items) != 1 || cmp.Diff([]people.UserID{"UKS", "URE"}, d.People) != "" || len(d.Evidence) != 1 || d.Focus.District != policy.Kunshan {
		t.Errorf("details: %+v", d)
	}
}

func TestALiaisonWhoLostTheDistrict(t *testing.T) {
	t.Parallel()
	var b book
	r := must(t, &b, kunshan, item("1"), now)
	moved := liaison("UKS", policy.SIP)
	in := r.Submission()
	in.Key, in.Progress = "2", "改"
	if _, _, err := b.submit(moved, in, now); problemCode(err) != "district:other_district" {
		t.Errorf("changed by somebody who lost the district: %v", err)
	}
	if _, _, err := ledger.Withdraw(b.state, policy.Default(), moved, r.ID, 1, "w", now); problemCode(err) != "other_district" {
		t.Errorf("withdrawn by somebody who lost the district: %v", err)
	}
	if _, _, err := ledger.Reply(b.state, policy.Default(), moved, ledger.Question{Report: r.ID, Revision: 1, Words: "x", Key: "q"}, now); problemCode(err) != "other_district" {
		t.Errorf("answered by somebody who lost the district: %v", err)
	}
}
