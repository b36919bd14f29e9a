package commands

import (
	"net/url"
	"strings"
	"unicode"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/policy"
)

// parseReport reads the short form of a report: words that name a district, a
// domain, a period or an indicator, a link, and behind the indicator the
// item's name or the value.
func parseReport(pol *policy.Policy, text string) (ledger.Submission, error) {
	var s ledger.Submission
	var rest []string
	words := strings.FieldsFunc(text, unicode.IsSpace)
	for len(words) > 0 {
		n := 0
		if s.Name == "" && len(rest) == 0 {
			n = parseName(pol, words, &s)
		}
		if n == 0 {
			n = 1
			if s.Evidence == "" && isLink(words[0]) {
				s.Evidence = words[0]
			} else {
				rest = append(rest, words[0])
			}
		}
		words = words[n:]
	}
	if len(rest) == 0 {
		return s, nil
	}
	i, ok := pol.Indicator(policy.IndicatorID(s.Indicator))
	if !ok {
		if s.District == "" && s.Domain == "" {
			return s, unknownDistrict(pol, rest[0])
		}
		return s, lang.Problemf("unknown_word", "看不懂“%s”。写法是：`/future 上报 领域 指标 名称或数值 链接`，例如 `/future 上报 氢能 应用场景 港口氢能重卡示范`。",
			"I do not understand %q. Write `/future report domain indicator name-or-value link`, for example `/future report hydrogen scenarios Hydrogen trucks in the port`.", short(rest[0]))
	}
	if i.Takes == policy.TakesValue {
		s.Value = strings.Join(rest, " ")
	} else {
		s.Name = strings.Join(rest, " ")
	}
	return s, nil
}

// maxNameWords is how many words a name in English may have ("Suzhou
// Industrial Park", "Photonic chips and optical devices").
const maxNameWords = 6

// parseName takes the longest run of words that names something the report
// does not have yet, and returns how many words that is.
func parseName(pol *policy.Policy, words []string, s *ledger.Submission) int {
	for n := min(maxNameWords, len(words)); n > 0; n-- {
		name := strings.Join(words[:n], " ")
		if d, ok := pol.FindDistrict(name); ok && s.District == "" {
			s.District = string(d.ID)
			return n
		}
		if d, ok := pol.FindDomain(name); ok && s.Domain == "" && !isNumber(name) {
			s.Domain = string(d.ID)
			return n
		}
		if i, ok := pol.FindIndicator(name); ok && s.Indicator == "" {
			s.Indicator = string(i.ID)
			return n
		}
		if p, ok := calendar.ParsePeriod(name); ok && s.Period == "" {
			s.Period = string(p)
			return n
		}
	}
	return 0
}

// isNumber keeps a value from being read as a domain's number.
func isNumber(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsDigit(r) })
}

func isLink(word string) bool {
	u, err := url.Parse(word)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

// stated returns what a form's field holds, whatever its kind.
func stated(in slack.InteractionCallback, name string) string {
	if in.View.State == nil {
		return ""
	}
	a := in.View.State.Values[name][name]
	if a.SelectedOption.Value != "" {
		return a.SelectedOption.Value
	}
	return strings.TrimSpace(a.Value)
}
