// Package policy holds the policy on future industries as data in both
// languages: eight domains with their directions and terms, ten districts, the
// layout that gives domains to districts, the indicators and targets, what the
// city starts from, principles, actions, safeguards, governance, and the places
// where the published page lost characters.
//
// It decides what the policy says, under which stable id, in which words and
// where in the document. It never understands a question (that is ask), never
// counts progress (that is ledger), and never holds the official text: its
// facts, terms and figures are carried over, its prose is told in our own
// words, and the text itself is the operator's to supply, see [ParseText].
//
// Which district leads which domain changes over the years. It is asked of a
// [Layout], taken from [Layouts] as of a date; nothing else in a [Policy] knows
// a pair of domain and district. The data hold version 1. What is adopted later,
// a layout with the domains that are new in it, targets, definitions of
// indicators, is an [Adoption] with its effective date: [Policy.With] checks it,
// [Policy.Adopting] joins all of them, and [Policy.At] gives the policy as of a
// date.
//
// The data are the YAML files under data, one a subject, embedded in the
// binary. [Load] is strict: an unknown key, a missing translation, a dangling
// or repeated id, an alias that names two things of a kind, or a set that is
// not complete is an error with file and line, and all errors are reported at
// once.
package policy
