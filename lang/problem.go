package lang

import (
	"errors"
	"sort"
	"strings"
)

// Problem is an error with words for the person who caused it. Code is stable
// and names the rule, for tests and logs; Words say in both languages what is
// wrong and what to do. A Problem means that nothing was changed.
type Problem struct {
	Code  string
	Words Text
}

// Error returns the code and the English words.
func (p *Problem) Error() string { return p.Code + ": " + p.Words.EN }

// Is reports whether target is a Problem with the same code, so that
// errors.Is works between a sentinel and the same problem with other words.
func (p *Problem) Is(target error) bool {
	t, ok := errors.AsType[*Problem](target)
	return ok && t.Code == p.Code
}

// Problemf returns a Problem whose words are formatted as by [Tf].
func Problemf(code, zh, en string, args ...any) *Problem {
	return &Problem{Code: code, Words: Tf(zh, en, args...)}
}

// FieldProblems are the problems of a filled-in form, by the name of the
// field. A form shows each at its own field.
type FieldProblems map[string]*Problem

// Error lists the fields and their problems in the fields' order by name.
func (f FieldProblems) Error() string {
	names := make([]string, 0, len(f))
	for name := range f {
		names = append(names, name)
	}
	sort.Strings(names)
	var b strings.Builder
	for i, name := range names {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(name + ": " + f[name].Error())
	}
	return b.String()
}

// OrNil returns f as an error, or nil when it holds no problem.
func (f FieldProblems) OrNil() error {
	if len(f) == 0 {
		return nil
	}
	return f
}
