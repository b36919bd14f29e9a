package commands

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"wainao/ask"
	"wainao/lang"
	"wainao/policy"
	"wainao/render"
)

// textClick shows the cited places of the original text to the person who
// clicked.
func (c *Commands) textClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	var found []render.Paragraph
	if c.Text != nil {
		for number := range strings.SplitSeq(a.Value, ",") {
			if words, ok := c.Text.Paragraph(policy.Citation{Section: number}); ok {
				found = append(found, render.Paragraph{Place: place(r.Policy, number), Words: words})
			}
		}
	}
	if len(found) == 0 {
		return lang.Problemf("no_text", "原文里没有找到这一处。", "This place was not found in the original text.")
	}
	return c.answer(ctx, r, render.Original(found, r.Lang))
}

func place(pol *policy.Policy, number string) lang.Text {
	if s, ok := pol.Section(number); ok {
		return s.Cite.Place
	}
	return lang.T("§"+number, "§"+number)
}

// Bounds of a search result that is worth telling.
const (
	wholeHit  = 0.99 // The score of a paragraph that holds all of a phrase.
	maxPlaces = 3    // A phrase that stands in more places says nothing.
)

// Mentioned searches the original text for the words of a question that has no
// answer, and returns the first place that holds a whole phrase of it which
// Wainao does not know. A phrase that is short or stands everywhere is no hit,
// and neither is anything in a question that is out of the policy's scope.
func Mentioned(text *policy.Text, pol *policy.Policy, a ask.Answer) (policy.Citation, bool) {
	if text == nil || a.Status != ask.Unknown || !searchable[a.Explain.Rule] {
		return policy.Citation{}, false
	}
	best, at := "", ""
	for _, phrase := range a.Explain.Unknown {
		if !telling(phrase) || len(phrase) <= len(best) {
			continue
		}
		hits := text.Search(phrase, maxPlaces+1)
		if len(hits) == 0 || hits[0].Score < wholeHit {
			continue
		}
		if len(hits) > maxPlaces && hits[maxPlaces].Score >= wholeHit {
			continue
		}
		best, at = phrase, hits[0].Section
	}
	if best == "" {
		return policy.Citation{}, false
	}
	return policy.Citation{Section: at, Place: place(pol, at)}, true
}

// searchable are the rules by which a question goes unanswered though the text
// may well speak about it.
var searchable = map[string]bool{"unknown": true, "term-figure": true, "no-scoped-target": true}

// telling reports whether a phrase is long enough to mean something: two Han
// characters, or a word of three letters.
func telling(phrase string) bool {
	if strings.ContainsFunc(phrase, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return utf8.RuneCountInString(phrase) >= 2
	}
	return utf8.RuneCountInString(phrase) >= 3
}
