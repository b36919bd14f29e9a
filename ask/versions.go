package ask

import (
	"slices"
	"sync"

	"wainao/policy"
)

// maxVersions bounds the versions of the policy that are kept indexed. One is
// in force at a time; around an effective day, and where several adoptions
// follow each other, a few are asked.
const maxVersions = 4

// versions are the engines of other versions of the policy, each made when it
// is first asked.
type versions struct {
	mu   sync.Mutex
	made []version // the one asked last in front.
}

type version struct {
	pol    *policy.Policy
	engine func() *Engine // makes it once.
}

// of returns the engine of the policy. The first question behind an effective
// day waits for its index, a fraction of a second; all others find it made.
func (e *Engine) of(pol *policy.Policy) *Engine {
	if pol == nil || pol == e.pol {
		return e
	}
	return e.others.of(pol, e)
}

// of returns the engine of the policy, made beside first.
func (v *versions) of(pol *policy.Policy, first *Engine) *Engine {
	v.mu.Lock()
	at := slices.IndexFunc(v.made, func(m version) bool { return m.pol == pol })
	found := version{pol: pol}
	if at >= 0 {
		found = v.made[at]
		v.made = slices.Delete(v.made, at, at+1)
	} else {
		found.engine = sync.OnceValue(func() *Engine {
			next, err := newEngine(pol)
			if err != nil {
				// A version holds all that the policy's own does, so that the bank
				// fits it as well. If it ever did not, the own one still answers.
				return first
			}
			return next
		})
	}
	v.made = slices.Insert(v.made, 0, found)
	v.made = v.made[:min(len(v.made), maxVersions)]
	v.mu.Unlock()
	return found.engine()
}
