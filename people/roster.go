package people

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"wainao/lang"
	"wainao/policy"
)

// Bounds of a roster.
const (
	MaxRosterSize   = 1 << 20 // Bytes.
	MaxRosterPeople = 5000
)

// Entry is one person of a roster, and the line on which they begin.
type Entry struct {
	Line int
	Person
}

// ParseRoster reads a roster in YAML, the form of the configuration's people:
//
//	people:
//	  - user: U0123456789        # a Slack user id, or a user name
//	    name: {zh: 周敏, en: Zhou Min}
//	    roles: [liaison]         # ids or names in either language
//	    districts: [kunshan]     # ids or names
//
// User is returned as it is written: whoever knows Slack makes ids of names
// before [ImportRoster]. The error is a [lang.Problem], "roster", that tells
// everything that is wrong, each with its line.
func ParseRoster(r io.Reader) ([]Entry, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxRosterSize+1))
	if err != nil {
		return nil, fmt.Errorf("read roster: %w", err)
	}
	if len(raw) > MaxRosterSize {
		return nil, rosterProblem([]lineProblem{{0, lang.Tf("文件超过 %d MB，不像名单", "the file has more than %d MB, which is no roster", MaxRosterSize>>20)}})
	}
	file, err := parser.ParseBytes(bytes.TrimPrefix(raw, []byte("\ufeff")), 0) // Some editors begin a file with it.
	if err != nil {
		line, message := 0, err.Error()
		if e, ok := errors.AsType[*yaml.SyntaxError](err); ok {
			line, message = e.GetToken().Position.Line, e.GetMessage()
		}
		return nil, rosterProblem([]lineProblem{{line, lang.Tf("YAML 写得不对（%s）", "this is not YAML (%s)", message)}})
	}
	var in rosterReader
	entries := in.file(file)
	if len(in.problems) > 0 {
		return nil, rosterProblem(in.problems)
	}
	return entries, nil
}

// lineProblem is what is wrong on one line; 0 is the whole file.
type lineProblem struct {
	line  int
	words lang.Text
}

// rosterProblem joins problems in the order of their lines. It names the first
// ones only: what follows them is mostly of the same kind.
func rosterProblem(problems []lineProblem) *lang.Problem {
	const most = 20
	slices.SortStableFunc(problems, func(a, b lineProblem) int { return a.line - b.line })
	var zh, en strings.Builder
	for _, p := range problems[:min(len(problems), most)] {
		if p.line > 0 {
			fmt.Fprintf(&zh, "\n第 %d 行：", p.line)
			fmt.Fprintf(&en, "\nline %d: ", p.line)
		} else {
			zh.WriteString("\n")
			en.WriteString("\n")
		}
		zh.WriteString(strings.TrimSuffix(p.words.ZH, "。") + "。")
		en.WriteString(strings.TrimSuffix(p.words.EN, ".") + ".")
	}
	if more := len(problems) - most; more > 0 {
		fmt.Fprintf(&zh, "\n另有 %d 处。", more)
		fmt.Fprintf(&en, "\nand %d more.", more)
	}
	return lang.Problemf("roster", "名单有问题，没有任何改动：%s", "The roster is not right; nothing was changed:%s", lang.T(zh.String(), en.String()))
}

// rosterReader reads the tree of a roster and collects what is wrong with it.
type rosterReader struct {
	problems []lineProblem
}

func (r *rosterReader) add(n ast.Node, zh, en string, args ...any) {
	r.problems = append(r.problems, lineProblem{lineOf(n), lang.Tf(zh, en, args...)})
}

// lineOf returns the line on which a node begins.
func lineOf(n ast.Node) int {
	switch n := n.(type) {
	case *ast.MappingNode:
		if len(n.Values) > 0 && !n.IsFlowStyle {
			return lineOf(n.Values[0])
		}
	case *ast.MappingValueNode:
		return lineOf(n.Key)
	}
	return n.GetToken().Position.Line
}

func (r *rosterReader) file(f *ast.File) []Entry {
	docs := slices.DeleteFunc(slices.Clone(f.Docs), func(d *ast.DocumentNode) bool { return d.Body == nil })
	if len(docs) != 1 {
		r.problems = append(r.problems, lineProblem{0, lang.T("文件应有一份名单，以 people: 开头", "a file holds one roster, which begins with people:")})
		return nil
	}
	fields := r.fields(docs[0].Body, "people")
	list, ok := fields["people"].(*ast.SequenceNode)
	if !ok {
		r.add(docs[0].Body, "缺少 people: 下的名单", "there is no list under people:")
		return nil
	}
	if len(list.Values) > MaxRosterPeople {
		r.add(list, "名单超过 %d 人", "the roster has more than %d people", MaxRosterPeople)
		return nil
	}
	var out []Entry
	seen := map[UserID]int{}
	for _, n := range list.Values {
		e := r.person(n)
		if before, twice := seen[e.User]; twice && e.User != "" {
			r.add(n, "“%s”在第 %d 行已经有了", "%q is on line %d already", clip(string(e.User)), before)
		}
		seen[e.User] = e.Line
		out = append(out, e)
	}
	return out
}

func (r *rosterReader) person(n ast.Node) Entry {
	before := len(r.problems)
	fields := r.fields(n, "user", "name", "roles", "districts")
	e := Entry{Line: lineOf(n)}
	e.User = UserID(r.text(fields["user"]))
	if name, ok := fields["name"]; ok {
		e.Name = r.name(name)
	}
	for _, w := range r.words(fields["roles"]) {
		role, ok := ParseRole(w.text)
		if !ok {
			r.add(w.node, "没有“%s”这个角色，可选：%s", "there is no role %q; the roles are %s", clip(w.text), RoleNames())
		}
		e.Roles = append(e.Roles, role)
	}
	for _, w := range r.words(fields["districts"]) {
		d, ok := policy.Default().FindDistrict(w.text)
		if !ok {
			r.add(w.node, "没有“%s”这个板块", "there is no district %q", clip(w.text))
		}
		e.Districts = append(e.Districts, d.ID)
	}
	if len(r.problems) > before { // What is not read right would only be told again.
		return e
	}
	if len(e.Roles) == 0 {
		r.add(n, "没有写角色（roles）；不再担任角色的人，从名单中去掉即可", "no role is given; who has none any more is left out of the roster")
	}
	problems, _ := e.Check().(lang.FieldProblems) //nolint:errorlint // It comes straight from Check.
	for _, p := range problems {
		r.problems = append(r.problems, lineProblem{e.Line, p.Words})
	}
	e.Person = e.tidy()
	return e
}

// fields returns the values of a mapping with these keys; any other key is
// wrong. An empty value counts as none.
func (r *rosterReader) fields(n ast.Node, keys ...string) map[string]ast.Node {
	var pairs []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		pairs = n.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{n}
	default:
		r.add(n, "这里应写 %s", "%s is expected here", strings.Join(keys, ", "))
	}
	out := map[string]ast.Node{}
	for _, pair := range pairs {
		key := pair.Key.GetToken().Value
		if !slices.Contains(keys, key) {
			r.add(pair, "没有“%s”这一项，可写：%s", "there is no %q here; there are: %s", clip(key), strings.Join(keys, ", "))
			continue
		}
		if _, empty := pair.Value.(*ast.NullNode); !empty {
			out[key] = pair.Value
		}
	}
	return out
}

// name reads a name in both languages, or one for both.
func (r *rosterReader) name(n ast.Node) lang.Text {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		fields := r.fields(n, "zh", "en")
		return lang.T(r.text(fields["zh"]), r.text(fields["en"]))
	}
	name := r.text(n)
	return lang.T(name, name)
}

// text reads a word; without a node there is none.
func (r *rosterReader) text(n ast.Node) string {
	switch n := n.(type) {
	case nil:
		return ""
	case *ast.StringNode:
		return strings.TrimSpace(n.Value)
	case *ast.IntegerNode:
		return n.GetToken().Value
	}
	r.add(n, "这里应是文字", "a word is expected here")
	return ""
}

// word is a word of a list, and where it stands.
type word struct {
	text string
	node ast.Node
}

// words reads a list of words, or a single one.
func (r *rosterReader) words(n ast.Node) []word {
	if n == nil {
		return nil
	}
	nodes := []ast.Node{n}
	if list, ok := n.(*ast.SequenceNode); ok {
		nodes = list.Values
	}
	var out []word
	for _, n := range nodes {
		if text := r.text(n); text != "" {
			out = append(out, word{text, n})
		}
	}
	return out
}

// rosterFile is a roster as [FormatRoster] writes it.
type rosterFile struct {
	People []rosterPerson `yaml:"people"`
}

type rosterPerson struct {
	User      UserID              `yaml:"user"`
	Name      *lang.Text          `yaml:"name,omitempty,flow"`
	Roles     []Role              `yaml:"roles,flow"`
	Districts []policy.DistrictID `yaml:"districts,omitempty,flow"`
}

// FormatRoster writes everybody who has a role, in the order of their ids, as a
// roster that [ParseRoster] reads and that changes nothing.
func FormatRoster(s State) ([]byte, error) {
	out := rosterFile{People: []rosterPerson{}}
	for _, p := range s.All() {
		if p.Stranger() {
			continue
		}
		line := rosterPerson{User: p.User, Roles: p.Roles, Districts: p.Districts}
		if !p.Name.IsZero() {
			line.Name = &p.Name
		}
		out.People = append(out.People, line)
	}
	raw, err := yaml.MarshalWithOptions(out, yaml.IndentSequence(true))
	if err != nil {
		return nil, fmt.Errorf("write roster: %w", err)
	}
	return raw, nil
}
