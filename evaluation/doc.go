// Package evaluation is the committee's yearly evaluation of the layout: from
// criteria and scores to motions, public notice, a decision and the next
// version of the layout.
//
// It decides in which phase a cycle is, who may do what in it and what a step
// needs, what the scores say, and what was adopted from which day on. It
// computes and proposes; people decide. It never shows a score to anybody but
// the member who gave it: not before a round closes and not after, when only
// figures over all members are told. It never looks at reports: a cycle keeps
// the number of the journal's entry up to which it judges, and whoever builds
// a dossier takes the state at that number. It writes, posts and reads no
// clock: it is pure functions of a [State].
//
// The phases and steps are drawn in docs/evaluation.md.
package evaluation
