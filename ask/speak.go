package ask

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wainao/lang"
	"wainao/policy"
)

// speaker tells one answer.
type speaker struct {
	engine *Engine
	pol    *policy.Policy
	view   View
	layout policy.Layout
	past   bool // pol and layout are those of another year than the view's.
}

// join joins texts in each language.
func join(all []lang.Text, sep lang.Text) lang.Text {
	zh, en := make([]string, len(all)), make([]string, len(all))
	for i, t := range all {
		zh[i], en[i] = t.ZH, t.EN
	}
	return lang.T(strings.Join(zh, sep.ZH), strings.Join(en, sep.EN))
}

// list writes a list as a sentence does: 甲、乙、丙; A, B and C.
func list(all []lang.Text) lang.Text {
	en, and := "", " and "
	for _, t := range all {
		if strings.Contains(t.EN, " and ") {
			and = ", and "
		}
	}
	for i, t := range all {
		switch {
		case i == 0:
		case i == len(all)-1:
			en += and
		default:
			en += ", "
		}
		en += t.EN
	}
	return lang.T(join(all, lang.T("、", "")).ZH, en)
}

var englishNumbers = []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}

// number writes a count: digits in Chinese, a word up to ten in English.
func number(n int) lang.Text {
	if n < len(englishNumbers) {
		return lang.T(strconv.Itoa(n), englishNumbers[n])
	}
	return lang.T(strconv.Itoa(n), strconv.Itoa(n))
}

// plural picks the English form of a noun.
func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// capital makes the first letter of the English words a capital.
func capital(t lang.Text) lang.Text {
	if t.EN != "" {
		t.EN = strings.ToUpper(t.EN[:1]) + t.EN[1:]
	}
	return t
}

// stop ends each language's words with a full stop if nothing ends them yet.
func stop(t lang.Text) lang.Text {
	if t.ZH != "" && !strings.HasSuffix(t.ZH, "。") && !strings.HasSuffix(t.ZH, "？") {
		t.ZH += "。"
	}
	if t.EN != "" && !strings.HasSuffix(t.EN, ".") && !strings.HasSuffix(t.EN, "?") {
		t.EN += "."
	}
	return t
}

// domain returns the domain with the id. One that the policy of the year asked
// about did not have yet has its name all the same.
func (s *speaker) domain(id policy.DomainID) policy.Domain {
	d, ok := s.pol.Domain(id)
	if !ok {
		d, _ = s.engine.pol.Domain(id)
	}
	return d
}

func (s *speaker) district(id policy.DistrictID) policy.District {
	d, _ := s.pol.District(id)
	return d
}

func (s *speaker) indicator(id policy.IndicatorID) policy.Indicator {
	i, _ := s.pol.Indicator(id)
	return i
}

func (s *speaker) domainNames(ids []policy.DomainID) []lang.Text {
	out := make([]lang.Text, len(ids))
	for i, id := range ids {
		out[i] = s.name(id)
	}
	return out
}

// name is the domain's name as it stands inside a sentence.
func (s *speaker) name(id policy.DomainID) lang.Text {
	n := s.domain(id).Name
	en := strings.ToLower(n.EN)
	if id == policy.Metaverse {
		en = "the " + en
	}
	return lang.T(n.ZH, en)
}

func (s *speaker) districtNames(ids []policy.DistrictID) []lang.Text {
	out := make([]lang.Text, len(ids))
	for i, id := range ids {
		out[i] = s.district(id).Name
	}
	return out
}

// colon writes "name:text".
func colon(name, text lang.Text) lang.Text { return lang.Tf("%s：%s", "%s: %s", name, text) }

// focusLines tells what each district does in a domain.
func (s *speaker) focusLines(fs []policy.Focus) (lines []lang.Text, cites []policy.Citation) {
	for _, f := range fs {
		lines = append(lines, colon(s.district(f.District).Name, f.Text))
		cites = addCite(cites, f.Cite)
	}
	return lines, cites
}

// districtLines tells what a district does in each of its domains.
func (s *speaker) districtLines(fs []policy.Focus) (lines []lang.Text, cites []policy.Citation) {
	for _, f := range fs {
		lines = append(lines, colon(s.domain(f.Domain).Name, f.Text))
		cites = addCite(cites, f.Cite)
	}
	return lines, cites
}

func addCite(all []policy.Citation, c policy.Citation) []policy.Citation {
	// What was adopted has a place, and no section of the document.
	if c == (policy.Citation{}) || slices.ContainsFunc(all, func(o policy.Citation) bool { return o.Section == c.Section && (o.Section != "" || o.Place == c.Place) }) {
		return all
	}
	return append(all, c)
}

// section returns the citation of a section.
func (s *speaker) section(number string) []policy.Citation {
	if sec, ok := s.pol.Section(number); ok {
		return []policy.Citation{sec.Cite}
	}
	return nil
}

// asOf says by which layout the answer is given and since when that is in
// force, unless there has only ever been the policy's own.
func (s *speaker) asOf(a *Answer) {
	if s.layout.Version > 1 {
		a.Cites = s.ofVersion(a.Cites)
	}
	if s.layout.Version > 1 || s.past && s.layout.Version > 0 && s.engine.layout.Version > 1 {
		day := s.layout.Effective.In(policy.Zone)
		a.Lines = append(a.Lines, lang.Tf("按第%d版布局(%s起生效)。", "By layout version %d, in force from %s.",
			s.layout.Version, lang.T(day.Format("2006年1月2日"), day.Format("2 January 2006"))))
	}
}

// ofVersion replaces the places of the published table, which a later layout
// overrules, by that layout and the evaluation that it came from.
func (s *speaker) ofVersion(cites []policy.Citation) []policy.Citation {
	place := lang.Tf("第%d版布局", "layout version %d", s.layout.Version)
	for _, f := range s.layout.Focus {
		if f.Cite.Section == "" && !f.Cite.Place.IsZero() {
			place = lang.Tf("%s，%s", "%s, %s", f.Cite.Place, place)
			break
		}
	}
	var kept []policy.Citation
	for _, c := range cites {
		if c.Section != "" && c != layoutCite && !strings.HasPrefix(c.Section, "4.") {
			kept = append(kept, c)
		}
	}
	return append(kept, policy.Citation{Place: place})
}

// inForce says by which layout something is not there: the one then in force, or
// the present one.
func (s *speaker) inForce() lang.Text {
	if s.past {
		return lang.T("按当时的布局", "In the layout then in force")
	}
	return lang.T("按现行布局", "In the layout now in force")
}

// eight writes how many domains the policy has: 八, eight; 九, nine.
func (s *speaker) eight() lang.Text {
	n := len(s.pol.Domains)
	if n < len(hanNumbers) {
		return lang.T(hanNumbers[n], number(n).EN)
	}
	return number(n)
}

var hanNumbers = []string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八", "十九", "二十"}

// Suggestions.

func (s *speaker) askDomains() Suggestion {
	return ask(lang.Tf("%s个领域", "The %s domains", s.eight()), lang.T("重点发展哪些领域？", "Which domains does the policy develop?"))
}

func ask(label, question lang.Text) Suggestion { return Suggestion{Label: label, Question: question} }

func (s *speaker) askLead(id policy.DomainID) Suggestion {
	n := s.domain(id)
	return ask(lang.Tf("%s由谁牵头", "Who leads %s", lang.T(n.Short.ZH, lower(n.Short.EN))),
		lang.Tf("%s由哪些板块牵头？", "Which districts lead %s?", s.name(id)))
}

func (s *speaker) askDomain(id policy.DomainID) Suggestion {
	n := s.domain(id)
	return ask(lang.Tf("%s的方向", "Directions of %s", lang.T(n.Short.ZH, lower(n.Short.EN))),
		lang.Tf("%s有哪些重点方向？", "What are the directions of %s?", s.name(id)))
}

func (s *speaker) askDistrict(id policy.DistrictID) Suggestion {
	n := s.district(id)
	return ask(lang.Tf("%s负责什么", "What %s leads", n.Short),
		lang.Tf("%s负责哪些领域？", "What does %s lead?", n.Name))
}

func (s *speaker) askFocus(f policy.Focus) Suggestion {
	d, r := s.domain(f.Domain), s.district(f.District)
	return ask(lang.Tf("%s · %s", "%s · %s", r.Short, d.Short),
		lang.Tf("%s在%s领域侧重什么？", "What is the focus of %s in %s?", r.Name, s.name(d.ID)))
}

func (s *speaker) askTarget(id policy.IndicatorID) Suggestion {
	n := s.indicator(id).Name
	return ask(lang.Tf("%s目标", "Target: %s", short(n)), lang.Tf("%s的目标是多少？", "What is the target for %s?", lang.T(n.ZH, lower(n.EN))))
}

func (s *speaker) askProgress(id policy.IndicatorID) Suggestion {
	n := s.indicator(id).Name
	return ask(lang.Tf("%s进展", "Progress: %s", short(n)), lang.Tf("%s完成多少了？", "How far are we with %s?", lang.T(n.ZH, lower(n.EN))))
}

func (s *speaker) askTargets(year int) Suggestion {
	return ask(lang.Tf("%d年目标", "Targets for %d", year), lang.Tf("%d年有哪些目标？", "What are the targets for %d?", year))
}

var (
	askLayout = ask(lang.T("空间布局", "The layout"), lang.T("各板块分别主攻什么？", "What does each district lead?"))
	askHydro  = ask(lang.T("氢能由谁牵头", "Who leads hydrogen"), lang.T("氢能由哪些板块牵头？", "Which districts lead hydrogen?"))
	askGoals  = ask(lang.T("发展目标", "The targets"), lang.T("有哪些发展目标？", "What are the development targets?"))
)

// short drops the words that every indicator's name begins with.
func short(n lang.Text) lang.Text {
	return capital(lang.T(strings.TrimPrefix(n.ZH, "未来产业"), strings.TrimPrefix(n.EN, "Future-industry ")))
}

func lower(s string) string {
	words := strings.Split(s, " ")
	for i, w := range words {
		if len(w) > 1 && w[1] >= 'a' && w[1] <= 'z' {
			words[i] = strings.ToLower(w)
		}
	}
	return strings.Join(words, " ")
}

// yuan writes an amount of 亿元 in both languages.
func yuan(v float64) lang.Text {
	zh := strconv.FormatFloat(v, 'f', -1, 64) + "亿元"
	switch {
	case v >= 10000:
		return lang.T(zh, "RMB "+strconv.FormatFloat(v/10000, 'f', -1, 64)+" trillion")
	case v >= 10:
		return lang.T(zh, "RMB "+strconv.FormatFloat(v/10, 'f', -1, 64)+" billion")
	}
	return lang.T(zh, "RMB "+strconv.FormatFloat(v*100, 'f', -1, 64)+" million")
}

// quantity writes a number of what the indicator counts.
func (s *speaker) quantity(id policy.IndicatorID, v float64) lang.Text {
	i := s.indicator(id)
	if i.ID == policy.Output {
		return yuan(v)
	}
	n := strconv.FormatFloat(v, 'f', -1, 64)
	return lang.T(n+i.Unit.ZH, n)
}

func years(ys []int) lang.Text {
	out := make([]lang.Text, len(ys))
	for i, y := range ys {
		out[i] = lang.T(fmt.Sprintf("%d年", y), strconv.Itoa(y))
	}
	return lang.T(join(out, lang.T("和", "")).ZH, list(out).EN)
}
