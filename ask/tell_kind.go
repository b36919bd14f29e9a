package ask

import (
	"slices"

	"wainao/lang"
	"wainao/policy"
)

// counted says plainly, before the details, where the question named what the
// policy does not: quantum communications stand in the text, and quantum key
// distribution counts under them.
func (s *speaker) counted(r *reading, f *frame, a *Answer) {
	if a.Status != Answered {
		return
	}
	at := 0
	var said []string
	for i := range r.mentions {
		k, ok := s.engine.kindOf(&r.mentions[i])
		if !ok || slices.Contains(said, k.Term+k.Name.EN) || !slices.Contains(f.terms, k.Term) {
			continue
		}
		said = append(said, k.Term+k.Name.EN)
		t, _ := s.pol.Term(k.Term)
		name := k.named(r.mentions[i].key)
		line := lang.Tf("政策写的是%s，没有单列“%s”；“%s”算在其中。", "The policy names %s, not “%s”; “%s” counts under it.", t.Name, name, name)
		if f.rule == ruleTerm && f.yesNo && len(f.terms) == 1 {
			head, _, _ := s.term(t)
			a.Head, line = line, head // neither yes nor no.
		}
		a.Lines = slices.Insert(a.Lines, at, line)
		at++
	}
}

// kindOf returns what counts under a term that the phrase names, if it does.
func (e *Engine) kindOf(m *mention) (namedKind, bool) {
	i, ok := e.lex.kinds[m.key]
	if !ok || m.first().kind != kindTerm || i >= len(e.pol.Kinds) {
		return namedKind{}, false
	}
	return namedKind{e.pol.Kinds[i]}, true
}

// onlyKinds reports whether terms are named, and each only by what counts under it.
func (e *Engine) onlyKinds(r *reading) bool {
	for i := range r.mentions {
		m := &r.mentions[i]
		if _, ok := e.kindOf(m); !ok && m.first().kind == kindTerm && !m.cued() {
			return false
		}
	}
	return len(r.terms) > 0
}

// namedKind is a kind that a question named.
type namedKind struct{ policy.Kind }

// named returns the name by which it was called, where a language has it, and
// otherwise its first.
func (k namedKind) named(written string) lang.Text {
	out := k.Name
	for _, n := range k.Names.ZH {
		if w, _ := key(n); w == written {
			out.ZH = n
		}
	}
	for _, n := range k.Names.EN {
		if w, _ := key(n); w == written {
			out.EN = n
		}
	}
	return out
}
