package commands

import (
	"time"

	"wainao/policy"
	"wainao/record"
)

// policyAt returns the policy in force at a moment, as the state knows it: what
// was published, with the versions of the layout, targets and definitions that
// were adopted by then. What a request or a delivery says and decides is asked
// of it. The same versions give the same pointer.
func (c *Commands) policyAt(s record.State, at time.Time) *policy.Policy {
	return c.adopted(s).At(at)
}

// adopted returns the policy with everything that the state has adopted, in
// force or not yet: what the next version is decided on.
func (c *Commands) adopted(s record.State) *policy.Policy {
	return s.Policy(c.Published)
}
