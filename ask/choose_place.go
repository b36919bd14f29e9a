package ask

import (
	"regexp"
	"strconv"
	"strings"
)

// The ways in which a place of the document is written: 六(三), §6(3), 第六部分
// 第三条, section 6.3, §三.1.
var places = []*regexp.Regexp{
	regexp.MustCompile(`([一二三四五六1-6])\s*[(（]\s*([一二三四五六七八1-8])\s*[)）]`),
	regexp.MustCompile(`(?i)(?:§|sections?|sec\.|parts?|chapter|clause|第)\s*([一二三四五六1-6])\s*[.．·]\s*([1-8])`),
	regexp.MustCompile(`([三四五六])\s*[.．]\s*([1-8])`),
	regexp.MustCompile(`第([一二三四五六1-6])(?:部分|章|节|大部分|大条)[的里中下面,，、]*第\s*[(（]?([一二三四五六七八1-8])[)）]?\s*(?:条|节|点|项|款|小|部分|个)`),
	regexp.MustCompile(`(?i)(?:§|sections?|sec\.|parts?|chapter)\s*([一二三四五六1-6])(?:[^0-9.(（]|$)`),
	regexp.MustCompile(`(?i)\b(?:section|part|chapter) (one|two|three|four|five|six)\b`),
	regexp.MustCompile(`第([一二三四五六1-6])(?:大?部分|章|大块)`),
}

// place returns the number of the section that the question names by its
// numerals.
func (e *Engine) place(r *reading) (string, bool) {
	s := r.t.orig
	if !strings.ContainsAny(s, "§(（第.．") && !containsAny(r.t.buf, "section", "part", "chapter") {
		return "", false
	}
	digit := func(s string) string {
		if v, ok := hanDigits[s]; ok {
			return strconv.Itoa(int(v))
		}
		if v, ok := latinNumbers[strings.ToLower(s)]; ok {
			return strconv.Itoa(int(v))
		}
		return s
	}
	for _, p := range places {
		m := p.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		number := digit(m[1])
		if len(m) > 2 {
			number += "." + digit(m[2])
		}
		if _, ok := e.pol.Section(number); ok {
			return number, true
		}
	}
	return "", false
}

// choosePlace finds questions for the contents of a section.
func (e *Engine) choosePlace(r *reading, f frame) (frame, bool) {
	if len(r.foreign)+len(r.domains)+len(r.districts)+len(r.indicators)+len(r.terms) > 0 || f.yesNo || r.has(cueBatch) && (r.has(cueList) || strings.Count(r.t.buf, "一批") > 1) {
		return no()
	}
	number, ok := e.place(r)
	if !ok || r.alien() > alienLax {
		return no()
	}
	f.things = []thing{{kindSection, number}}
	return f.as(ruleSections)
}
