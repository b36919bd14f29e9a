package render_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wainao/ask"
	"wainao/calendar"
	"wainao/journal"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/render"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// now is a Monday morning in Suzhou.
var now = time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)

func person(user, zh, en string, districts []policy.DistrictID, roles ...people.Role) people.Person {
	return people.Person{User: people.UserID(user), Name: lang.T(zh, en), Roles: roles, Districts: districts}
}

var (
	kunshan = person("U1", "陈晨", "Chen Chen", []policy.DistrictID{policy.Kunshan}, people.Liaison)
	sip     = person("U2", "林悦", "Lin Yue", []policy.DistrictID{policy.SIP}, people.Liaison)
	member  = person("U3", "周教授", "Prof. Zhou", nil, people.Member)
	secret  = person("U4", "秘书处", "Secretariat", nil, people.Secretariat)
	leader  = person("U5", "王主任", "Director Wang", nil, people.Leader)
	admin   = person("U6", "管理员", "Admin", nil, people.Admin)
)

// fold makes a state of the drafts of one decision.
func fold[S interface {
	Apply(journal.Entry) (S, error)
}](t testing.TB, s S, drafts []journal.Draft, actor string, at time.Time) S {
	t.Helper()
	for _, d := range drafts {
		data, err := json.Marshal(d.Data)
		if err != nil {
			t.Fatal(err)
		}
		if s, err = s.Apply(journal.Entry{Time: at, Actor: actor, Kind: d.Kind, Version: d.Version, Data: data}); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func peopleState(t testing.TB) (s people.State) {
	t.Helper()
	for _, p := range []people.Person{kunshan, sip, member, secret, leader, admin} {
		drafts, err := people.Assign(s, p, now)
		if err != nil {
			t.Fatal(err)
		}
		s = fold(t, s, drafts, "config", now)
	}
	return s
}

// submitted is a ledger with the reports, each submitted by its liaison.
func submitted(t testing.TB, at time.Time, in ...ledger.Submission) (s ledger.State, reports []ledger.Report) {
	t.Helper()
	for i, sub := range in {
		by := kunshan
		if sub.District == string(policy.SIP) {
			by = sip
		}
		sub.Key = fmt.Sprint("V", i)
		r, drafts, err := ledger.Submit(s, policy.Default(), by, sub, ledger.DefaultSettings(), at)
		if err != nil {
			t.Fatal(err)
		}
		s = fold(t, s, drafts, string(by.User), at)
		reports = append(reports, r)
	}
	return s, reports
}

func scenario(name string) ledger.Submission {
	return ledger.Submission{District: "kunshan", Domain: "metaverse", Period: "2026Q4", Indicator: "scenarios", Name: name, Holder: "数字文旅公司", Place: "花桥", Stage: "built", Evidence: "https://example.com/notice?a=1&b=2", Progress: "一期已建成。\n二期需要协调 <用地> & 资金。"}
}

// visible is what a person reads in the blocks, in their order.
func visible(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		return err.Error()
	}
	var lines []string
	walk(tree, func(o map[string]any) {
		if text, ok := o["text"].(string); ok {
			lines = append(lines, text)
		}
	})
	return strings.Join(lines, "\n") + "\n"
}

// walk visits every object, the fields in a fixed order.
func walk(v any, visit func(map[string]any)) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			walk(e, visit)
		}
	case map[string]any:
		visit(v)
		for _, k := range []string{"title", "blocks", "text", "label", "hint", "element", "elements", "accessory", "placeholder", "initial_option", "options", "submit", "close"} {
			if e, ok := v[k]; ok {
				walk(e, visit)
			}
		}
	}
}

// limits checks what Slack would refuse; the figures are those of its
// documentation, https://docs.slack.dev/reference/block-kit.
func limits(v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		return err
	}
	var problems []string
	total := 0
	most := func(o map[string]any, key string, n int) {
		s, ok := o[key].(string)
		if t, isText := o[key].(map[string]any); isText {
			s, ok = t["text"].(string)
		}
		if size := len([]rune(s)); ok && (size > n || size == 0 && key == "text") {
			problems = append(problems, fmt.Sprintf("%v.%s has %d characters of at most %d", o["type"], key, size, n))
		}
	}
	walk(tree, func(o map[string]any) {
		if text, ok := o["text"].(string); ok {
			total += len([]rune(text))
		}
		switch o["type"] {
		case "section":
			most(o, "text", 3000)
		case "header":
			most(o, "text", 150)
		case "button":
			most(o, "text", 75)
			most(o, "value", 2000)
			most(o, "action_id", 255)
			if c, ok := o["confirm"].(map[string]any); ok {
				most(c, "title", 100)
				most(c, "text", 300)
				most(c, "confirm", 30)
				most(c, "deny", 30)
			}
		case "input":
			most(o, "label", 2000)
			most(o, "hint", 2000)
		case "modal":
			most(o, "title", 24)
			most(o, "submit", 24)
			most(o, "close", 24)
		case "mrkdwn":
			most(o, "text", 3000)
			problems = append(problems, unbalanced(o["text"].(string))...)
		case "actions":
			if n := len(o["elements"].([]any)); n == 0 || n > 25 {
				problems = append(problems, fmt.Sprint("actions: ", n))
			}
		}
		if options, ok := o["options"].([]any); ok && (len(options) == 0 || len(options) > 100) {
			problems = append(problems, fmt.Sprint("options: ", len(options)))
		}
	})
	if list, ok := tree.([]any); ok && (len(list) > 50 || total > 13000) {
		problems = append(problems, fmt.Sprintf("%d blocks with %d characters", len(list), total))
	}
	if len(problems) > 0 {
		return fmt.Errorf("%s", strings.Join(problems, "; "))
	}
	return nil
}

// unbalanced finds what is no whole link, no mention of ours and no whole
// entity in mrkdwn.
func unbalanced(s string) (problems []string) {
	for rest := s; ; {
		i := strings.IndexAny(rest, "<>&")
		if i < 0 {
			return problems
		}
		rest = rest[i:]
		switch rest[0] {
		case '&':
			if !strings.HasPrefix(rest, "&amp;") && !strings.HasPrefix(rest, "&lt;") && !strings.HasPrefix(rest, "&gt;") {
				problems = append(problems, "broken entity in "+s)
			}
			rest = rest[1:]
		case '<':
			end := strings.IndexByte(rest, '>')
			if end < 0 || !strings.HasPrefix(rest, "<http") && !strings.HasPrefix(rest, "<@U") || strings.ContainsAny(rest[1:end], "<\n") {
				return append(problems, "broken link in "+s)
			}
			rest = rest[end+1:]
		default:
			if i != 0 && !strings.HasSuffix(s[:len(s)-len(rest)], "\n") { // A quotation begins a line.
				problems = append(problems, "stray > in "+s)
			}
			rest = rest[1:]
		}
	}
}

// golden compares what was rendered, as Slack gets it and as people read it,
// with the files that were read as product text.
func golden(t *testing.T, name string, l lang.Lang, text string, v any) {
	t.Helper()
	if err := limits(v); err != nil {
		t.Errorf("%s: outside Slack's limits: %v", name, err)
	}
	var pretty bytes.Buffer
	e := json.NewEncoder(&pretty)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(pretty.String()+text, "%!") {
		t.Errorf("%s: words were not filled in: %s", name, pretty.String())
	}
	same(t, name+"."+string(l)+".golden.json", pretty.String())
	same(t, name+"."+string(l)+".golden.txt", "# "+text+"\n"+visible(v))
}

func same(t *testing.T, file, got string) {
	t.Helper()
	path := filepath.Join("testdata", file)
	if *update {
		if err := os.MkdirAll("testdata", 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (-want +got):\n%s\nrewrite it with: go test ./render -run %s -update", path, d, t.Name())
	}
}

func message(t *testing.T, name string, l lang.Lang, m render.Message) {
	t.Helper()
	golden(t, name, l, m.Text, m.Blocks)
}

func answers() map[string]ask.Answer {
	cite := policy.Citation{Section: "4.4", Place: lang.T("§四 表, 氢能", "§4 table, Hydrogen")}
	next := []ask.Suggestion{
		{Label: lang.T("张家港的侧重", "Zhangjiagang's focus"), Question: lang.T("张家港在氢能方面侧重什么？", "What is Zhangjiagang's focus in hydrogen?")},
		{Label: lang.T("介绍氢能", "About hydrogen"), Question: lang.T("介绍一下氢能", "Tell me about hydrogen")},
	}
	return map[string]ask.Answer{
		"answered": {
			Status: ask.Answered, Head: lang.T("氢能由张家港市、常熟市负责。", "Hydrogen is led by Zhangjiagang and Changshu."),
			Lines: []lang.Text{lang.T("张家港市：制氢、储氢 <示例> & 加氢", "Zhangjiagang: production, storage <sample> & refuelling")}, Cites: []policy.Citation{cite, cite}, Next: next,
		},
		"ambiguous": {Status: ask.Ambiguous, Head: lang.T("你问的是哪一个？", "Which one do you mean?"), Next: next},
		"unknown":   {Status: ask.Unknown, Head: lang.T("政策里没有昆山的GDP。", "The policy does not give Kunshan's GDP."), Next: next},
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	for name, a := range answers() {
		for _, l := range lang.Both() {
			message(t, "answer-"+name, l, render.Answer(a, "氢能由哪些板块负责？", l))
		}
	}
}

func TestHelpAndNotices(t *testing.T) {
	t.Parallel()
	lines := []render.HelpLine{
		{Name: "ask", Alias: "问", Usage: lang.T("<问题>", "<question>"), Summary: lang.T("问政策。", "Ask about the policy.")},
		{Name: "help", Alias: "帮助", Summary: lang.T("看命令。", "Show the commands.")},
	}
	words := lang.T("看不懂“<!channel> & <@U1>”。", "I do not understand “<!channel> & <@U1>”.")
	fields := lang.FieldProblems{"name": lang.Problemf("n", "请填写名称。", "Give the name."), "district": lang.Problemf("d", "请选择板块。", "Choose the district.")}
	for _, l := range lang.Both() {
		message(t, "help", l, render.Help(lines, l))
		message(t, "nearest", l, render.Nearest(lines, l))
		message(t, "problem", l, render.Problem(words, l))
		message(t, "note", l, render.Note(lang.T("好了。", "Done."), l))
		message(t, "problem-fields", l, render.Problem(render.FieldWords(fields), l))
		golden(t, "notice", l, "", render.Notice(words, l))
		golden(t, "notice-nothing-new", l, "", render.NothingNew(l))
	}
}

// TestDistrictsInOrder holds that districts stand in administrative order
// wherever all of them are shown.
func TestDistrictsInOrder(t *testing.T) {
	t.Parallel()
	pol := policy.Default()
	for _, l := range lang.Both() {
		text := visible(render.Matrix(ledger.Matrix(ledger.State{}, pol, ledger.DefaultSettings(), calendar.Period("2026Q4"), now), pol, l))
		_, legend, _ := strings.Cut(text[:len(text)-1], lang.T("布局未安排", "not assigned by the layout").In(l))
		at := -1
		for _, d := range pol.Districts {
			i := strings.Index(legend, d.Short.In(l))
			if i <= at {
				t.Errorf("%s stands at %d, behind %d:\n%s", d.Short.In(l), i, at, legend)
			}
			at = i
		}
	}
}
