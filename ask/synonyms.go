package ask

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed bank/synonyms.list
var synonymList string

// synonyms gives the sense of a word, by its normal form: the first word of its
// line in the list.
var synonyms = sync.OnceValue(func() map[string]string {
	out := make(map[string]string, 1024)
	for line := range strings.Lines(synonymList) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		words := strings.Fields(line)
		for _, w := range words {
			k, _ := key(w)
			if latin(k) {
				k = root(k)
			}
			if out[k] == "" {
				out[k] = "~" + words[0]
			}
		}
	}
	return out
})

// senses calls add with the sense of each word of the text that has one. Of
// words within one another, all count.
func (t *text) senses(add func(string)) {
	known := synonyms()
	for i := range t.toks {
		if t.toks[i].class != classHan {
			if s, ok := known[root(t.form(i, i+1))]; ok {
				add(s)
			}
			continue
		}
		for j := i + 1; j <= len(t.toks) && j-i <= 6 && t.toks[j-1].class == classHan; j++ {
			if s, ok := known[t.form(i, j)]; ok {
				add(s)
			}
		}
	}
}
