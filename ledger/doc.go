// Package ledger is the districts' quarterly work ledger: what they report, in
// which state each report is, which items that makes, and how it all stands
// against the targets.
//
// It decides whether a report may be taken in, who may decide on it, what it
// counts as and what a district still owes. It is a ledger and no statistical
// survey: a figure always carries its status, "no data" is never 0, what waits
// never counts, the city's figures are its own and never the sum of the
// districts', and districts are never ranked.
//
// A report is submitted, withdrawn, returned or accepted; see [Submit],
// [Withdraw] and [Review]. Reported again in the same period, a thing gets a
// new revision; an accepted one counts until the next is accepted. The accepted
// reports of items make the register, in which items that are the same count
// once for the city; see [State.Items], [State.Duplicates], [Merge] and
// [KeepApart]. Values make series; see [Series]. [FieldsOf] is the one table of
// what is asked.
//
// It never writes, posts or reads a clock: it is pure functions of a [State],
// which return entries to be written. All that is counted is counted as the
// entries are folded, so that reading costs the same however much there is.
package ledger
