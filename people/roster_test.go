package people_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

const roster = `# Who takes part from January on.
people:
  - user: UADM
    name: {zh: 管, en: Admin}
    roles: [admin, 秘书处]

  - {user: zhou.min, name: 周敏, roles: 板块联络员, districts: [昆山, sip]}
  - user: "U0001"
    name:
      zh: "  陆国平 "
    roles:
      - deputy
      - district lead
    districts: zhangjiagang
`

func TestParseRoster(t *testing.T) {
	t.Parallel()
	got, err := people.ParseRoster(strings.NewReader("\ufeff" + roster))
	if err != nil {
		t.Fatal(err)
	}
	want := []people.Entry{
		{Line: 3, Person: people.Person{User: "UADM", Name: lang.T("管", "Admin"), Roles: []people.Role{people.Secretariat, people.Admin}}},
		{Line: 7, Person: people.Person{User: "zhou.min", Name: lang.T("周敏", "周敏"), Roles: []people.Role{people.Liaison}, Districts: []policy.DistrictID{policy.Kunshan, policy.SIP}}},
		{Line: 8, Person: people.Person{User: "U0001", Name: lang.T("陆国平", "陆国平"), Roles: []people.Role{people.Deputy, people.Lead}, Districts: []policy.DistrictID{policy.Zhangjiagang}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestParseRosterTellsEveryLine(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, in string
		want     []string // Parts of the Chinese and the English words.
	}{
		{"empty", "", []string{"以 people: 开头", "begins with people:"}},
		{"no mapping", "- a", []string{"第 1 行：这里应写 people", "line 1: people is expected"}},
		{"no list", "people: 3", []string{"第 1 行：缺少 people", "line 1: there is no list"}},
		{"nothing in it", "people:", []string{"缺少 people"}},
		{"two documents", "people: []\n---\npeople: []", []string{"应有一份名单"}},
		{"no YAML", "people:\n  - user: [", []string{"第 2 行：YAML 写得不对"}},
		{"a key twice", "people:\n  - user: A\n    user: B\n", []string{"第 3 行：YAML 写得不对"}},
		{"not text", "people:\n  - user: {a: b}\n    roles: [member]\n", []string{"没有写明是谁", "第 2 行：这里应是文字"}[1:]},
		{"an alias", "people:\n  - &a {user: A, roles: [member]}\n  - *a\n", []string{"第 2 行：这里应写 user"}},
		{
			"everything at once", `people:
  - user: A
    roles: [king]
  - user: B
    roles: [liaison]
  - user: C
    roles: [member]
    districts: [atlantis]
    district: [sip]
  - user: A
    roles: [member]
  - roles: [member]
  - user: D
  - user: E
    roles: [member]
    districts: [sip]
  - user: F
    roles: [true]
`,
			[]string{
				"第 3 行：没有“king”这个角色，可选：liaison, deputy", "line 3: there is no role \"king\"", "第 4 行：联络员、副联络员和板块分管领导至少要负责一个板块。\n",
				"第 8 行：没有“atlantis”这个板块", "第 9 行：没有“district”这一项", "第 10 行：“A”在第 2 行已经有了", "第 12 行：没有写明是谁", "第 13 行：没有写角色",
				"第 14 行：只有联络员", "line 14: Only a liaison", "第 18 行：这里应是文字",
			},
		},
		{"too long", strings.Repeat("# long\n", people.MaxRosterSize/6), []string{"超过 1 MB", "more than 1 MB"}},
		{"too many", "people:\n" + strings.Repeat("  - {user: A, roles: [member]}\n", people.MaxRosterPeople+1), []string{"超过 5000 人"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := people.ParseRoster(strings.NewReader(tt.in))
			p, ok := errors.AsType[*lang.Problem](err)
			if !ok || p.Code != "roster" || got != nil {
				t.Fatalf("got %v, %v", got, err)
			}
			for _, w := range tt.want {
				if !strings.Contains(p.Words.ZH+"\n"+p.Words.EN, w) {
					t.Errorf("%q is not in:\n%s\n%s", w, p.Words.ZH, p.Words.EN)
				}
			}
		})
	}
}

func FuzzParseRoster(f *testing.F) {
	f.Add(roster)
	f.Add("people: [{user: A, roles: member}]")
	f.Add("people: [&a A, *a, !!int 3, |\n x]")
	f.Fuzz(func(t *testing.T, in string) {
		got, err := people.ParseRoster(strings.NewReader(in))
		if err != nil {
			if p, ok := errors.AsType[*lang.Problem](err); !ok || !p.Words.Complete() {
				t.Fatalf("no problem in words: %v", err)
			}
			return
		}
		for _, e := range got {
			if err := e.Check(); err != nil || e.Stranger() {
				t.Fatalf("line %d: %+v: %v", e.Line, e.Person, err)
			}
		}
	})
}

func parse(t *testing.T, in string) []people.Entry {
	t.Helper()
	got, err := people.ParseRoster(strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestImportRoster(t *testing.T) {
	t.Parallel()
	b := with(t, admin, secretar, member, kunshan)
	entries := parse(t, `people:
  - {user: UADM, roles: [admin]}
  - {user: USEC, name: 沈文静, roles: [secretariat]}
  - {user: U1, roles: [liaison], districts: [kunshan, taicang]}
  - {user: UNEW, name: 新, roles: [lead], districts: [sip]}
`)
	got, drafts, err := people.ImportRoster(b.State, admin, entries, now)
	if err != nil {
		t.Fatal(err)
	}
	before := b.State
	b.do(t, drafts, nil)
	after := func(user people.UserID) people.Person { p, _ := b.Person(user); return p }
	want := people.RosterChanges{
		New:       []people.Person{after("UNEW")},
		Changed:   []people.PersonChange{{kunshan, after("U1")}, {secretar, after("USEC")}},
		Removed:   []people.Person{member},
		Unchanged: 1,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	if !after("UMEM").Stranger() || len(after("U1").Districts) != 2 || after("U1").Name != kunshan.Name || !after("UNEW").Has(people.Lead) || after("USEC").Name.ZH != "沈文静" {
		t.Errorf("the state: %+v", b.All())
	}
	again, drafts, err := people.ImportRoster(b.State, admin, entries, now)
	if err != nil || !again.None() || drafts != nil || again.Unchanged != 4 {
		t.Errorf("the same again: %+v, %v, %v", again, drafts, err)
	}

	for _, tt := range []struct {
		name, in string
		who      people.Person
		want     []string
	}{
		{"by a member", roster, member, []string{"不能管理人员"}},
		{
			"by the secretariat, who may not take granted roles away", "people:\n  - {user: USEC, roles: [secretariat, leader]}\n", secretar,
			[]string{"名单里没有 UADM", "第 2 行：“领导”这个角色由管理员授予", "没有管理员了"},
		},
		{"nobody is administrator", "people:\n  - {user: USEC, roles: [secretariat]}\n", admin, []string{"这样就没有管理员了"}},
		{"nobody at all", "people: []\n", admin, []string{"这样就没有管理员了"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			changes, drafts, err := people.ImportRoster(before, tt.who, parse(t, tt.in), now)
			p, ok := errors.AsType[*lang.Problem](err)
			if !ok || drafts != nil || !changes.None() {
				t.Fatalf("got %+v, %v, %v", changes, drafts, err)
			}
			for _, w := range tt.want {
				if !strings.Contains(p.Words.ZH, w) {
					t.Errorf("%q is not in:\n%s", w, p.Words.ZH)
				}
			}
		})
	}

	// Names that turned out to be the same person, and somebody who has left.
	drafts, err = people.MarkDeparted(before, "UMEM", now)
	left := &book{State: before}
	left.do(t, drafts, err)
	_, _, err = people.ImportRoster(left.State, admin, []people.Entry{
		{Line: 2, Person: admin}, {Line: 3, Person: role("UMEM", people.Leader)}, {Line: 4, Person: admin}, {Line: 5, Person: role("UX", "king")},
	}, now)
	for _, w := range []string{"line 3: This person has left Slack", `line 4: "UADM" is the same person as on line 2`, "line 5: There is no role"} {
		if err == nil || !strings.Contains(err.Error(), w) {
			t.Errorf("%q is not in %v", w, err)
		}
	}
	if changes, _, err := people.ImportRoster(left.State, admin, []people.Entry{{Line: 2, Person: admin}, {Line: 3, Person: member}}, now); err != nil || changes.Unchanged != 2 {
		t.Errorf("who has left may stay in the roster as they are: %+v, %v", changes, err)
	}
}

func TestImportALongRoster(t *testing.T) {
	t.Parallel()
	var in strings.Builder
	in.WriteString("people:\n  - {user: UADM, roles: [admin]}\n")
	for i := range people.MaxRosterPeople - 1 {
		fmt.Fprintf(&in, "  - {user: U%04d, roles: [liaison], districts: [%s]}\n", i, policy.DistrictIDs()[i%10])
	}
	b := with(t, admin)
	changes, drafts, err := people.ImportRoster(b.State, admin, parse(t, in.String()), now)
	if err != nil || len(changes.New) != people.MaxRosterPeople-1 {
		t.Fatalf("%d new, %v", len(changes.New), err)
	}
	b.do(t, drafts, nil)
	if n := len(b.OfDistrict(policy.SIP)); n != people.MaxRosterPeople/10 {
		t.Errorf("%d liaisons of SIP", n)
	}
}

func TestARosterIsWrittenAsItIsRead(t *testing.T) {
	t.Parallel()
	odd := role("U0007", people.Member)
	odd.Name = lang.T(`名: "x" #1 {a}`, "- yes\ttrue")
	b := with(t, admin, secretar, kunshan, odd, people.Person{User: "U9", Roles: []people.Role{people.Leader}},
		people.Person{User: "UEX", Name: lang.T("前", "Ex")}, people.Person{User: "UDL", Roles: []people.Role{people.Deputy, people.Lead}, Districts: policy.DistrictIDs()})
	raw, err := people.FormatRoster(b.State)
	if err != nil {
		t.Fatal(err)
	}
	changes, drafts, err := people.ImportRoster(b.State, admin, parse(t, string(raw)), now)
	if err != nil || !changes.None() || drafts != nil || changes.Unchanged != 6 {
		t.Errorf("%+v, %v, %v from\n%s", changes, drafts, err, raw)
	}
	if !strings.Contains(string(raw), "  - user: U1\n    name: {zh: 陈昆, en: Chen Kun}\n    roles: [liaison]\n    districts: [kunshan]\n") {
		t.Errorf("it reads\n%s", raw)
	}
	if raw, err = people.FormatRoster(people.State{}); err != nil || string(raw) != "people: []\n" {
		t.Errorf("nobody: %q, %v", raw, err)
	}
}
