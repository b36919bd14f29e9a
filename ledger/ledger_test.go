package ledger_test

import (
	"encoding/json"
	"errors"
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

// now is a Monday morning in Shanghai, in the fourth quarter.
var now = time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)

var (
	kunshan  = liaison("UKS", policy.Kunshan)
	changshu = liaison("UCS", policy.Changshu)
	office   = people.Person{User: "USE", Roles: []people.Role{people.Secretariat}}
	stranger = people.Person{User: "UXX"}
)

func liaison(user people.UserID, d ...policy.DistrictID) people.Person {
	return people.Person{User: user, Name: lang.T("联络员"+string(user), "Liaison "+string(user)), Roles: []people.Role{people.Liaison}, Districts: d}
}

// book is a journal of one ledger, without a store.
type book struct {
	state   ledger.State
	entries []journal.Entry
}

func (b *book) write(drafts []journal.Draft, at time.Time) error {
	for _, d := range drafts {
		data, err := json.Marshal(d.Data)
		if err != nil {
			return err
		}
		e := journal.Entry{Number: uint64(len(b.entries) + 1), Time: at, Kind: d.Kind, Version: d.Version, Data: data}
		if b.state, err = b.state.Apply(e); err != nil {
			return err
		}
		b.entries = append(b.entries, e)
	}
	return nil
}

func (b *book) submit(who people.Person, in ledger.Submission, at time.Time) (ledger.Report, int, error) {
	r, drafts, err := ledger.Submit(b.state, policy.Default(), who, in, ledger.DefaultSettings(), at)
	if err != nil {
		return r, len(drafts), err
	}
	return r, len(drafts), b.write(drafts, at)
}

func must(t *testing.T, b *book, who people.Person, in ledger.Submission, at time.Time) ledger.Report {
	t.Helper()
	r, _, err := b.submit(who, in, at)
	if err != nil {
		t.Fatalf("submit: %v", err)
	}
	return r
}

// item is a good report of an item.
func item(key string) ledger.Submission {
	return ledger.Submission{
		Key: key, District: "昆山", Domain: "空天开发", Period: "2026年四季度", Indicator: "应用场景",
		Name: "低空巡检示范", Holder: "昆山低空公司", Place: "花桥", Stage: "已建成", Evidence: "https://example.com/notice", Progress: "已建成。\n二期在建。",
	}
}

// output is a good report of a value.
func output(key string) ledger.Submission {
	return ledger.Submission{
		Key: key, District: "kunshan", Domain: "metaverse", Period: "2026Q3", Indicator: "output",
		Value: "123.45 亿元", Evidence: "https://example.com/stat",
	}
}

func TestSubmitTakesAnItemAndAValue(t *testing.T) {
	t.Parallel()
	var b book
	got := []ledger.Report{must(t, &b, kunshan, item("v1"), now), must(t, &b, kunshan, output("v2"), now.Add(time.Minute))}
	want := []ledger.Report{
		{
			ID: "R-2026Q4-0001", Revision: 1, District: policy.Kunshan, Domain: policy.Aerospace, Period: "2026Q4", Indicator: policy.Scenarios,
			Answer: ledger.Changed, Item: "kunshan|aerospace|scenarios|name|昆山低空公司|低空巡检示范", Name: "低空巡检示范", Holder: "昆山低空公司", Place: "花桥", Stage: "built",
			Evidence: "https://example.com/notice", Words: ledger.Words{Progress: "已建成。\n二期在建。"}, By: "UKS", At: now, First: now, Status: ledger.Submitted,
		},
		{
			ID: "R-2026Q3-0001", Revision: 1, District: policy.Kunshan, Domain: policy.Metaverse, Period: "2026Q3", Indicator: policy.Output,
			Answer: ledger.Changed, Value: new(ledger.Amount(1_234_500)), Year: 2026, Basis: ledger.YearToDate, Evidence: "https://example.com/stat", By: "UKS", At: now.Add(time.Minute), First: now.Add(time.Minute), Status: ledger.Submitted,
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("answered (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, b.state.Reports(ledger.Filter{})); diff != "" {
		t.Errorf("in the state (-want +got):\n%s", diff)
	}
	if got, want := got[1].Subject(), lang.T("123.45亿元", "RMB 12.345 billion"); got != want {
		t.Errorf("value reads %+v, want %+v", got, want)
	}
}

func TestASecondReportIsANewRevision(t *testing.T) {
	t.Parallel()
	var b book
	first := must(t, &b, kunshan, item("v1"), now)
	again := item("v1")
	again.Progress = "a redelivered form with other words is still the same act"
	if r, n, err := b.submit(kunshan, again, now.Add(time.Hour)); err != nil || n != 0 || r.ID != first.ID || r.Words != first.Words {
		t.Errorf("the same key gave %+v, %d drafts, %v", r, n, err)
	}
	unchanged := item("v2")
	unchanged.Name = first.Name
	if r, n, err := b.submit(kunshan, unchanged, now.Add(time.Hour)); err != nil || n != 0 || r.Revision != 1 {
		t.Errorf("an unchanged report gave %+v, %d drafts, %v", r, n, err)
	}
	changed := item("v3")
	changed.Progress = "三期在建。"
	second := must(t, &b, kunshan, changed, now.Add(2*time.Hour))
	if second.ID != first.ID || second.Revision != 2 || !second.First.Equal(now) || !second.At.Equal(now.Add(2*time.Hour)) {
		t.Errorf("second report is %+v", second)
	}
	if diff := cmp.Diff([]ledger.Report{first, second}, b.state.Revisions(first.ID)); diff != "" {
		t.Errorf("revisions (-want +got):\n%s", diff)
	}
	if got, ok := b.state.Report(first.ID); !ok || cmp.Diff(second, got) != "" {
		t.Errorf("the latest revision is %+v", got)
	}
	other := item("v1") // The same key from another person is another act.
	other.District, other.Domain = "常熟", "氢能"
	if r := must(t, &b, changshu, other, now); r.ID != "R-2026Q4-0002" {
		t.Errorf("another person's report is %s", r.ID)
	}
}

func TestOutsideTheLayoutIsMarkedNotBlocked(t *testing.T) {
	t.Parallel()
	var b book
	in := item("v1")
	in.Domain = "hydrogen"
	if r := must(t, &b, kunshan, in, now); !r.OutsideLayout {
		t.Error("hydrogen in Kunshan is not marked")
	}
	if got := b.state.Reports(ledger.Filter{}); len(got) != 1 || !got[0].OutsideLayout {
		t.Errorf("in the state: %+v", got)
	}
}

func TestSubmitRefuses(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("长", 10_000)
	type edit = func(*ledger.Submission)
	for _, tt := range []struct {
		name  string
		who   people.Person
		value bool
		edit  edit
		want  map[string]string
	}{
		{"unknown district", kunshan, false, func(s *ledger.Submission) { s.District = "无锡" }, map[string]string{"district": "unknown_district"}},
		{"other district", kunshan, false, func(s *ledger.Submission) { s.District = "SIP" }, map[string]string{"district": "other_district"}},
		{"unknown domain", kunshan, false, func(s *ledger.Submission) { s.Domain = "钢铁" }, map[string]string{"domain": "unknown_domain"}},
		{"unknown indicator", kunshan, false, func(s *ledger.Submission) { s.Indicator = "GDP" }, map[string]string{"indicator": "unknown_indicator"}},
		{"unknown period", kunshan, false, func(s *ledger.Submission) { s.Period = "明年" }, map[string]string{"period": "unknown_period"}},
		{"future period", kunshan, false, func(s *ledger.Submission) { s.Period = "2027Q1" }, map[string]string{"period": "future_period"}},
		{"old period", kunshan, false, func(s *ledger.Submission) { s.Period = "2025Q3" }, map[string]string{"period": "old_period"}},
		{"nothing", kunshan, false, func(s *ledger.Submission) { *s = ledger.Submission{Key: "k"} }, map[string]string{
			"district": "district_missing", "domain": "domain_missing", "period": "period_missing", "indicator": "indicator_missing", "evidence": "evidence_missing",
		}},
		{"item without name", kunshan, false, func(s *ledger.Submission) { s.Name = "  " }, map[string]string{"name": "name_missing"}},
		{"item with value", kunshan, false, func(s *ledger.Submission) { s.Value = "3" }, map[string]string{"value": "value_not_wanted"}},
		{"name of dashes", kunshan, false, func(s *ledger.Submission) { s.Name = "--" }, map[string]string{"name": "name_without_words"}},
		{"value missing", kunshan, true, func(s *ledger.Submission) { s.Value = "" }, map[string]string{"value": "value_missing"}},
		{"value with name", kunshan, true, func(s *ledger.Submission) { s.Name = "全区" }, map[string]string{"name": "name_not_wanted"}},
		{"value negative", kunshan, true, func(s *ledger.Submission) { s.Value = "-3" }, map[string]string{"value": "value_negative"}},
		{"value NaN", kunshan, true, func(s *ledger.Submission) { s.Value = "NaN" }, map[string]string{"value": "value_not_a_number"}},
		{"value absurd", kunshan, true, func(s *ledger.Submission) { s.Value = "100000.0001" }, map[string]string{"value": "value_too_large"}},
		{"value in 万元", kunshan, true, func(s *ledger.Submission) { s.Value = "3000万元" }, map[string]string{"value": "value_unit"}},
		{"no evidence", kunshan, false, func(s *ledger.Submission) { s.Evidence = "" }, map[string]string{"evidence": "evidence_missing"}},
		{"evidence no link", kunshan, false, func(s *ledger.Submission) { s.Evidence = "见附件" }, map[string]string{"evidence": "bad_link"}},
		{"evidence script", kunshan, false, func(s *ledger.Submission) { s.Evidence = "javascript:alert(1)" }, map[string]string{"evidence": "bad_link"}},
		{"evidence no host", kunshan, false, func(s *ledger.Submission) { s.Evidence = "https:///x" }, map[string]string{"evidence": "bad_link"}},
		{"evidence markup", kunshan, false, func(s *ledger.Submission) { s.Evidence = "https://a.cn/|<!channel>" }, map[string]string{"evidence": "bad_link"}},
		{"evidence password", kunshan, false, func(s *ledger.Submission) { s.Evidence = "https://u:p@a.cn/" }, map[string]string{"evidence": "link_with_password"}},
		{"10,000 characters", kunshan, false, func(s *ledger.Submission) {
			s.District, s.Domain, s.Period, s.Indicator, s.Evidence, s.Progress = long, long, long, long, long, long
		}, map[string]string{"district": "too_long", "domain": "too_long", "period": "too_long", "indicator": "too_long", "evidence": "too_long", "progress": "too_long"}},
		{"10,000 in name", kunshan, false, func(s *ledger.Submission) { s.Name = long }, map[string]string{"name": "too_long"}},
		{"10,000 in value", kunshan, true, func(s *ledger.Submission) { s.Value = strings.Repeat("9", 10_000) }, map[string]string{"value": "too_long"}},
		{"control characters", kunshan, false, func(s *ledger.Submission) { s.Name, s.Progress = "a\nb", "a\x00b" }, map[string]string{"name": "hidden_characters", "progress": "hidden_characters"}},
		{"turned text", kunshan, false, func(s *ledger.Submission) { s.Progress = "a\u202eb" }, map[string]string{"progress": "hidden_characters"}},
		{"not UTF-8", kunshan, false, func(s *ledger.Submission) { s.Progress = "a\xffb" }, map[string]string{"progress": "hidden_characters"}},
		{"stranger", stranger, false, func(*ledger.Submission) {}, map[string]string{"": "stranger"}},
		{"secretariat", office, false, func(*ledger.Submission) {}, map[string]string{"district": "not_allowed"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			in := item("k")
			if tt.value {
				in = output("k")
			}
			tt.edit(&in)
			_, drafts, err := ledger.Submit(ledger.State{}, policy.Default(), tt.who, in, ledger.DefaultSettings(), now)
			if drafts != nil {
				t.Errorf("drafts: %v", drafts)
			}
			got := map[string]string{}
			if fields, ok := errors.AsType[lang.FieldProblems](err); ok {
				for name, problem := range fields {
					got[name] = problem.Code
					if !problem.Words.Complete() || strings.Contains(problem.Words.ZH+problem.Words.EN, "%!") {
						t.Errorf("%s: words %+v", name, problem.Words)
					}
				}
			} else if problem, ok := errors.AsType[*lang.Problem](err); ok {
				got[""] = problem.Code
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s\n%v", diff, err)
			}
		})
	}
	if _, _, err := ledger.Submit(ledger.State{}, policy.Default(), kunshan, item(""), ledger.DefaultSettings(), now); err == nil {
		t.Error("a submission without a key was taken")
	}
}

func TestReportsStandInOneOrder(t *testing.T) {
	t.Parallel()
	var b book
	submit := func(who people.Person, key, district, domain, period, name string) {
		in := item(key)
		in.District, in.Domain, in.Period, in.Name = district, domain, period, name
		must(t, &b, who, in, now)
	}
	submit(kunshan, "1", "kunshan", "aerospace", "2026Q4", "b")
	submit(kunshan, "2", "kunshan", "aerospace", "2026Q4", "a")
	submit(kunshan, "3", "kunshan", "metaverse", "2026Q4", "c")
	submit(changshu, "4", "changshu", "hydrogen", "2026Q3", "d")
	submit(changshu, "5", "changshu", "hydrogen", "2026Q4", "e")
	names := func(f ledger.Filter) (s string) {
		for _, r := range b.state.Reports(f) {
			s += r.Name
		}
		return s
	}
	for _, tt := range []struct {
		f    ledger.Filter
		want string
	}{
		{ledger.Filter{}, "ecbad"},
		{ledger.Filter{Period: "2026Q3"}, "d"},
		{ledger.Filter{District: policy.Kunshan}, "cba"},
		{ledger.Filter{Domain: policy.Hydrogen, Status: ledger.Submitted}, "ed"},
		{ledger.Filter{Status: ledger.Accepted}, ""},
		{ledger.Filter{Indicator: policy.Output}, ""},
		{ledger.Filter{By: "UCS"}, "ed"},
		{ledger.Filter{Since: now.Add(time.Second)}, ""},
		{ledger.Filter{Since: now, Until: now.Add(time.Second)}, "ecbad"},
	} {
		if got := names(tt.f); got != tt.want {
			t.Errorf("%+v: %s, want %s", tt.f, got, tt.want)
		}
	}
}
