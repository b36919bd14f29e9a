package policy

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"wainao/lang"
)

// DataError is one thing that is wrong with a data file.
type DataError struct {
	File string // its path in the loaded file system.
	Line int    // from 1; 0 when the file as a whole is meant.
	Msg  string
}

// Error returns "file:line: message".
func (e *DataError) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Msg
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Msg)
}

// place is a line of a data file.
type place struct {
	file string
	line int
}

func (p place) String() string { return fmt.Sprintf("%s:%d", p.file, p.line) }

// problems collects everything that is wrong, so that one run shows it all.
type problems struct{ all []*DataError }

func (p *problems) addf(at place, format string, args ...any) {
	p.all = append(p.all, &DataError{File: at.file, Line: at.line, Msg: fmt.Sprintf(format, args...)})
}

// err returns the problems joined, by file and line, or nil.
func (p *problems) err() error {
	slices.SortStableFunc(p.all, func(a, b *DataError) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	errs := make([]error, len(p.all))
	for i, e := range p.all {
		errs[i] = e
	}
	return errors.Join(errs...)
}

// value is one YAML value with its place. Every reader below reports what it
// finds wrong and returns a zero value, so that reading goes on.
type value struct {
	node ast.Node // nil when the file could not be read.
	at   place
	p    *problems
}

// parseFile reads and parses one file that holds one document.
func parseFile(fsys fs.FS, name string, p *problems) value {
	v := value{at: place{file: name}, p: p}
	src, err := fs.ReadFile(fsys, name)
	if err != nil {
		p.addf(v.at, "read: %v", err)
		return v
	}
	// Repeated keys are found by object, which names every one of them.
	file, err := parser.ParseBytes(src, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		at, msg := v.at, err.Error()
		if syntax, ok := errors.AsType[yaml.Error](err); ok {
			msg = syntax.GetMessage()
			if t := syntax.GetToken(); t != nil && t.Position != nil {
				at.line = t.Position.Line
			}
		}
		p.addf(at, "not YAML: %s", msg)
		return v
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		p.addf(v.at, "must hold one document")
		return v
	}
	return v.child(file.Docs[0].Body)
}

func (v value) child(n ast.Node) value {
	c := value{node: n, at: v.at, p: v.p}
	c.at.line = line(n)
	return c
}

// line returns the line on which the node begins. A mapping's own token is its
// first colon, so its first key is asked instead.
func line(n ast.Node) int {
	switch n := n.(type) {
	case *ast.MappingNode:
		if !n.IsFlowStyle && len(n.Values) > 0 {
			return line(n.Values[0].Key)
		}
	case *ast.MappingValueNode:
		return line(n.Key)
	case *ast.SequenceNode:
		if !n.IsFlowStyle && len(n.Values) > 0 {
			return line(n.Values[0])
		}
	}
	if t := n.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 0
}

// object is a mapping whose fields are taken one by one; what is left at the
// end is unknown.
type object struct {
	value
	fields map[string]value
	keys   []string
	taken  map[string]bool
}

func (v value) object() *object {
	o := &object{value: v, fields: map[string]value{}, taken: map[string]bool{}}
	var pairs []*ast.MappingValueNode
	switch n := v.node.(type) {
	case nil:
		return o
	case *ast.MappingNode:
		pairs = n.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{n}
	default:
		v.p.addf(v.at, "must be a mapping")
		return o
	}
	for _, pair := range pairs {
		key := v.child(pair.Key)
		name := key.string()
		if _, ok := o.fields[name]; ok {
			v.p.addf(key.at, "key %q is repeated", name)
			continue
		}
		field := v.child(pair.Value)
		field.at = key.at
		o.fields[name] = field
		o.keys = append(o.keys, name)
	}
	return o
}

// done reports the fields that nobody took.
func (o *object) done() {
	for _, k := range o.keys {
		if !o.taken[k] {
			o.p.addf(o.fields[k].at, "unknown key %q", k)
		}
	}
}

// opt takes a field that may be missing.
func (o *object) opt(name string) (value, bool) {
	o.taken[name] = true
	v, ok := o.fields[name]
	return v, ok
}

// need takes a field that must be there. The zero value that it returns
// otherwise makes no further errors.
func (o *object) need(name string) value {
	v, ok := o.opt(name)
	if !ok {
		if o.node != nil {
			o.p.addf(o.at, "key %q is missing", name)
		}
		return value{at: o.at, p: o.p}
	}
	return v
}

// string returns a scalar's words, which must not be empty.
func (v value) string() string {
	var s string
	switch n := v.node.(type) {
	case nil:
		return ""
	case *ast.StringNode:
		s = n.Value
	case *ast.LiteralNode:
		s = n.Value.Value
	case ast.ScalarNode:
		if n.Type() != ast.NullType {
			s = n.GetToken().Value
		}
	default:
		v.p.addf(v.at, "must be a word or a sentence")
		return ""
	}
	s = strings.TrimSpace(s)
	if s == "" {
		v.p.addf(v.at, "must not be empty")
	}
	return s
}

func (v value) number() float64 {
	switch n := v.node.(type) {
	case nil:
		return 0
	case *ast.IntegerNode:
		switch i := n.Value.(type) {
		case uint64:
			return float64(i)
		case int64:
			return float64(i)
		}
	case *ast.FloatNode:
		return n.Value
	}
	v.p.addf(v.at, "must be a number")
	return 0
}

func (v value) int() int {
	f := v.number()
	if f != math.Trunc(f) {
		v.p.addf(v.at, "must be a whole number")
		return 0
	}
	return int(f)
}

func (v value) bool() bool {
	switch n := v.node.(type) {
	case nil:
		return false
	case *ast.BoolNode:
		return n.Value
	}
	v.p.addf(v.at, "must be true or false")
	return false
}

// date returns midnight of a day such as 2023-09-01 in [Zone].
func (v value) date() time.Time {
	s := v.string()
	if s == "" {
		return time.Time{}
	}
	t, err := time.ParseInLocation(time.DateOnly, s, Zone)
	if err != nil {
		v.p.addf(v.at, "%q is not a date like 2023-09-01", s)
	}
	return t
}

func (v value) list() []value {
	switch n := v.node.(type) {
	case nil:
		return nil
	case *ast.SequenceNode:
		if len(n.Values) == 0 {
			v.p.addf(v.at, "must not be empty")
		}
		out := make([]value, len(n.Values))
		for i, e := range n.Values {
			out[i] = v.child(e)
		}
		return out
	}
	v.p.addf(v.at, "must be a list")
	return nil
}

// text returns a text that must be there in both languages.
func (v value) text() lang.Text {
	if v.node == nil {
		return lang.Text{}
	}
	o := v.object()
	defer o.done()
	t := lang.Text{}
	for _, side := range []struct {
		l  lang.Lang
		to *string
	}{{lang.ZH, &t.ZH}, {lang.EN, &t.EN}} {
		words, ok := o.opt(string(side.l))
		if !ok {
			v.p.addf(v.at, "translation %q is missing", string(side.l))
			continue
		}
		*side.to = words.string()
	}
	if t.EN != "" && hasHan(t.EN) {
		v.p.addf(v.at, "the English words hold Chinese characters")
	}
	return t
}

// words returns a list of words, none of which repeats.
func (v value) words() []string {
	var out []string
	for _, e := range v.list() {
		w := e.string()
		if slices.ContainsFunc(out, func(o string) bool { return Key(o) == Key(w) }) {
			v.p.addf(e.at, "%q is listed twice", w)
			continue
		}
		out = append(out, w)
	}
	return out
}

// optText takes a text that may be missing as a whole, but not by half.
func (o *object) optText(name string) lang.Text {
	if v, ok := o.opt(name); ok {
		return v.text()
	}
	return lang.Text{}
}

// optWords takes a list of words that may be missing.
func (o *object) optWords(name string) []string {
	if v, ok := o.opt(name); ok {
		return v.words()
	}
	return nil
}

// aliases takes the optional aliases.
func (o *object) aliases() Aliases {
	v, ok := o.opt("aliases")
	if !ok {
		return Aliases{}
	}
	in := v.object()
	defer in.done()
	return Aliases{ZH: in.optWords("zh"), EN: in.optWords("en")}
}

// oneOf takes a field whose value must be one of the given.
func oneOf[T ~string](o *object, name string, allowed ...T) T {
	v := o.need(name)
	s := T(v.string())
	if v.node != nil && s != "" && !slices.Contains(allowed, s) {
		o.p.addf(v.at, "%q is none of %v", s, allowed)
	}
	return s
}
