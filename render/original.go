package render

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"wainao/lang"
	"wainao/policy"
)

// Bounds of what is shown of the original text at once.
const (
	maxOriginals = 4    // Places.
	maxOriginal  = 2000 // Characters of one place.
)

// Paragraph is one place of the original text, in its own words.
type Paragraph struct {
	Place lang.Text
	Words string
}

// Original renders paragraphs of the official document, quoted and with their
// places.
func Original(paragraphs []Paragraph, l lang.Lang) Message {
	m := Message{Text: lang.T("政策原文", "The policy's original text").In(l)}
	for _, p := range paragraphs[:min(len(paragraphs), maxOriginals)] {
		m.Blocks = append(m.Blocks,
			contextLine(lang.T("原文：《关于加快培育未来产业的工作意见》", "Original text: Opinions on Accelerating the Cultivation of Future Industries, ").In(l)+Escape(p.Place.In(l))),
			section(quote(p.Words)))
	}
	if l == lang.EN {
		m.Blocks = append(m.Blocks, contextLine("The official document is in Chinese; there is no official translation."))
	}
	return m
}

// quote marks every line as quoted, and cuts what is too long.
func quote(s string) string {
	return ">" + strings.ReplaceAll(escapeCut(s, maxOriginal), "\n", "\n>")
}

// Mentioned says that a search, and nothing more, found something.
func Mentioned(c policy.Citation) lang.Text {
	return lang.Tf("搜索结果（未经核对）：原文在%s提到了问题里的词。", "Search result, not checked: the text mentions words of the question in %s.", c.Place)
}

// original is the button that shows the cited places in the original text, or
// nothing when no place is cited.
func original(cites []policy.Citation, l lang.Lang) []slack.BlockElement {
	var sections []string
	for _, c := range cites {
		if c.Section != "" && !slices.Contains(sections, c.Section) && len(sections) < maxOriginals {
			sections = append(sections, c.Section)
		}
	}
	if len(sections) == 0 {
		return nil
	}
	return []slack.BlockElement{button(ActionText, strings.Join(sections, ","), lang.T("原文", "Original").In(l))}
}
