// Package picture draws the pictures that go with Slack messages: the matrix
// of domains and districts, progress towards targets, the scores of an
// evaluation and their spread, and series over time.
//
// A picture is a pure function of its data and a language: the same data give
// the same bytes. What a picture says, its alternative text says too. Colour
// never stands alone: every state has its own symbol, pattern and word, and
// "no data" is words, never a bar of length 0.
//
// It decides where things stand and what they look like. It never decides what
// a figure means: states, lights and reference values are given. It knows
// neither Slack nor the policy.
package picture
