package ask_test

import (
	"regexp"
	"testing"
)

// halfWidth is a mark of Latin print beside a Chinese character. The comma of a
// place in the document (§四 表, 氢能) is followed by a space.
var halfWidth = regexp.MustCompile(`\p{Han}[(;:?!]|[);:?!]\p{Han}|\p{Han},\S|\p{Han}\)`)

// place is a place with brackets, as the policy's data write it.
var place = regexp.MustCompile(`§\p{Han}\(\p{Han}\)`)

// TestPunctuation looks for Latin marks in the Chinese of every answer.
func TestPunctuation(t *testing.T) {
	t.Parallel()
	e := engine(t)
	for _, file := range []string{"work.jsonl", "work-2.jsonl", "work-3.jsonl"} {
		for _, q := range corpus(t, file) {
			a := put(e, q)
			texts := []string{a.Head.ZH}
			for _, line := range a.Lines {
				texts = append(texts, line.ZH)
			}
			for _, n := range a.Next {
				texts = append(texts, n.Label.ZH, n.Question.ZH)
			}
			for _, s := range texts {
				if found := halfWidth.FindString(place.ReplaceAllString(s, "")); found != "" {
					t.Errorf("%s: %q in %q", q.ID, found, s)
				}
			}
		}
	}
}
