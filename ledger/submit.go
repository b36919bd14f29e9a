package ledger

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"wainao/calendar"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// Submission is a report as a person typed it: ids, names or aliases. The
// fields' JSON names are the names of the form's fields and the keys of the
// [lang.FieldProblems].
type Submission struct {
	District  string `json:"district"`
	Domain    string `json:"domain"`
	Period    string `json:"period"`
	Indicator string `json:"indicator"`
	Name      string `json:"name"`
	Value     string `json:"value"`
	Evidence  string `json:"evidence"`
	Text      string `json:"text"`

	// Key names the act of submitting, for example the id of the form's view:
	// the same key from the same person is the same act, however often it
	// arrives.
	Key string `json:"-"`
}

// Bounds of what a person types, in characters.
const (
	MaxWord     = 100  // Of district, domain, period, indicator and value.
	MaxName     = 200  // Of an item's name.
	MaxEvidence = 2000 // Of an evidence link.
	MaxText     = 3000 // Of the text: one section of a Slack message, https://docs.slack.dev/reference/block-kit/blocks/section-block.
	maxKey      = 255
)

// OldestPeriod is how many periods before the current one may still be
// reported for.
const OldestPeriod = 4

// Periods returns the periods that can be reported for at now, the current one
// first.
func Periods(now time.Time) []calendar.Period {
	out := []calendar.Period{calendar.PeriodOf(now)}
	for range OldestPeriod {
		out = append(out, out[len(out)-1].Prev())
	}
	return out
}

// Submit takes in a report. It returns the report as it will stand, and what
// is to be written: nothing when the same key was submitted before, or when
// the ledger says exactly this already. A second report about the same thing
// is its next revision.
//
// The error is a [lang.Problem] when the person may not report at all, and
// [lang.FieldProblems] when something in the form is wrong; nothing is
// to be written then.
func Submit(s State, pol *policy.Policy, who people.Person, in Submission, now time.Time) (Report, []journal.Draft, error) {
	if err := people.Allow(who, people.Report); err != nil {
		return Report{}, nil, err
	}
	if in.Key == "" || len(in.Key) > maxKey {
		return Report{}, nil, fmt.Errorf("submit report: key of %d bytes, want 1 to %d", len(in.Key), maxKey)
	}
	if done, ok := s.keys.Get(ownKey(who.User, in.Key)); ok {
		r, _ := s.revisions.Get(revisionKey(done.report, done.revision))
		return r, nil, nil
	}
	r, err := check(pol, who, in, now)
	if err != nil {
		return Report{}, nil, err
	}
	r.By, r.Status, r.Revision = who.User, Submitted, 1
	r.At = now.UTC().Truncate(time.Millisecond)
	r.First = r.At
	if id, ok := s.things.Get(r.thing()); ok {
		before, _ := s.reports.Get(id)
		if before.Status == Submitted && before.same(r) {
			return before, nil, nil
		}
		r.ID, r.Revision, r.First = id, before.Revision+1, before.First
	} else {
		n, _ := s.counts.Get(r.Period)
		r.ID = ReportID(fmt.Sprintf("R-%s-%04d", r.Period, n+1))
	}
	return r, []journal.Draft{{Kind: kindSubmitted, Version: 1, Data: submittedV1{
		ID: r.ID, Revision: r.Revision, Key: in.Key, By: r.By, District: r.District, Domain: r.Domain, Period: r.Period,
		Indicator: r.Indicator, Name: r.Name, Value: r.Value, Evidence: r.Evidence, Text: r.Text, OutsideLayout: r.OutsideLayout,
	}}}, nil
}

// check reads the form's fields, and reports every problem of every field.
func check(pol *policy.Policy, who people.Person, in Submission, now time.Time) (Report, error) {
	form := form{problems: lang.FieldProblems{}}
	district, districtOK := form.district(pol, who, in.District)
	domain, domainOK := form.domain(pol, in.Domain)
	period, periodOK := form.period(in.Period, now)
	indicator, indicatorOK := form.indicator(pol, in.Indicator)
	r := Report{
		District: district.ID, Domain: domain.ID, Period: period, Indicator: indicator.ID,
		Evidence: form.evidence(in.Evidence),
		Text:     form.line("text", in.Text, MaxText, true),
	}
	if indicatorOK {
		form.subject(indicator, in, &r)
	}
	if err := form.problems.OrNil(); err != nil {
		return Report{}, err
	}
	if districtOK && domainOK && periodOK {
		r.OutsideLayout = Outside(pol, r.Domain, r.District, r.Period, now)
	}
	return r, nil
}

// Outside reports whether the layout leaves the domain to other districts: the
// one in force at the end of the period, or now while the period lasts.
func Outside(pol *policy.Policy, domain policy.DomainID, district policy.DistrictID, period calendar.Period, now time.Time) bool {
	_, assigned := layoutOf(pol, period, now).FocusOf(domain, district)
	return !assigned
}

func layoutOf(pol *policy.Policy, period calendar.Period, now time.Time) policy.Layout {
	at := period.End().Add(-time.Nanosecond)
	if at.After(now) {
		at = now
	}
	return pol.LayoutAt(at)
}

// form collects the problems of a form's fields.
type form struct{ problems lang.FieldProblems }

func (f form) add(field, code, zh, en string, args ...any) {
	f.problems[field] = lang.Problemf(code, zh, en, args...)
}

func (f form) has(field string) bool { return f.problems[field] != nil }

// line returns what stands in a field without the space around it, or "" with
// a problem when it is too long or holds what cannot be seen.
func (f form) line(field, s string, most int, manyLines bool) string {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
	if n := utf8.RuneCountInString(s); n > most {
		f.add(field, "too_long", "最多 %d 个字，现在有 %d 个。请缩短。", "At most %d characters; this has %d. Please shorten it.", most, n)
		return ""
	}
	if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return hidden(r, manyLines) }) {
		f.add(field, "hidden_characters", "含有看不见的控制字符。请重新输入，不要从其他软件粘贴。",
			"It holds control characters that cannot be seen. Please type it anew instead of pasting it.")
		return ""
	}
	return s
}

// hidden reports whether r is a control character, or one that changes the
// direction of what stands around it.
func hidden(r rune, manyLines bool) bool {
	if manyLines && (r == '\n' || r == '\t') {
		return false
	}
	return unicode.IsControl(r) || (r >= 0x202A && r <= 0x202E) || (r >= 0x2066 && r <= 0x2069) || r == 0x2028 || r == 0x2029
}

// word is a line that must be there.
func (f form) word(field, s string, most int, missing lang.Text) (string, bool) {
	s = f.line(field, s, most, false)
	if f.has(field) {
		return "", false
	}
	if s == "" {
		f.problems[field] = &lang.Problem{Code: field + "_missing", Words: missing}
		return "", false
	}
	return s, true
}

func (f form) district(pol *policy.Policy, who people.Person, s string) (d policy.District, ok bool) {
	const field = "district"
	if s, ok = f.word(field, s, MaxWord, lang.T("请选择板块。", "Choose the district.")); !ok {
		return d, false
	}
	if d, ok = pol.FindDistrict(s); !ok {
		f.add(field, "unknown_district", "没有“%s”这个板块。板块有：%s。", "There is no district “%s”. The districts are: %s.",
			clip(s), lang.List(pol.Districts, func(d policy.District) lang.Text { return d.Short }))
		return d, false
	}
	if problem, isProblem := errors.AsType[*lang.Problem](people.MayReport(who, d)); isProblem {
		f.problems[field] = problem
		return d, false
	}
	return d, true
}

func (f form) domain(pol *policy.Policy, s string) (d policy.Domain, ok bool) {
	const field = "domain"
	if s, ok = f.word(field, s, MaxWord, lang.T("请选择领域。", "Choose the domain.")); !ok {
		return d, false
	}
	if d, ok = pol.FindDomain(s); !ok {
		f.add(field, "unknown_domain", "没有“%s”这个领域。领域有：%s。", "There is no domain “%s”. The domains are: %s.",
			clip(s), lang.List(pol.Domains, func(d policy.Domain) lang.Text { return d.Name }))
	}
	return d, ok
}

func (f form) indicator(pol *policy.Policy, s string) (i policy.Indicator, ok bool) {
	const field = "indicator"
	if s, ok = f.word(field, s, MaxWord, lang.T("请选择指标。", "Choose the indicator.")); !ok {
		return i, false
	}
	if i, ok = pol.FindIndicator(s); !ok {
		f.add(field, "unknown_indicator", "没有“%s”这个指标。指标有：%s。", "There is no indicator “%s”. The indicators are: %s.",
			clip(s), lang.List(pol.Indicators, func(i policy.Indicator) lang.Text { return i.Name }))
	}
	return i, ok
}

func (f form) period(s string, now time.Time) (p calendar.Period, ok bool) {
	const field = "period"
	current := calendar.PeriodOf(now)
	if s, ok = f.word(field, s, MaxWord, lang.Tf("请选择报告期，例如 %s。", "Choose the period, for example %s.", string(current))); !ok {
		return "", false
	}
	p, ok = calendar.ParsePeriod(s)
	oldest := current.Add(-OldestPeriod)
	switch {
	case !ok:
		f.add(field, "unknown_period", "“%s”不是季度。请写成 %s。", "“%s” is not a quarter. Write it as %s.", clip(s), string(current))
	case p > current:
		f.add(field, "future_period", "%s还没有开始。现在可以上报%s及之前的季度。", "%s has not begun. You can report for %s and earlier quarters.", p.Label(), current.Label())
	case p < oldest:
		f.add(field, "old_period", "%s太早了。最早可以上报%s；更早的数据请交给秘书处。", "%s is too long ago. The earliest is %s; give older data to the secretariat.", p.Label(), oldest.Label())
	default:
		return p, true
	}
	return p, false
}

// evidence reads the link. Whatever is reported needs one: nobody vouches for
// what cannot be looked at.
func (f form) evidence(s string) string {
	const field = "evidence"
	s, ok := f.word(field, s, MaxEvidence, lang.T("请填写佐证材料的链接（http 或 https 开头）。", "Give a link to the evidence, beginning with http or https."))
	if !ok {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || strings.ContainsFunc(s, unicode.IsSpace) || strings.ContainsAny(s, "<>|\"") {
		f.add(field, "bad_link", "佐证材料要是一个完整的网址，例如 https://example.com/notice.pdf。", "The evidence must be a whole web address, for example https://example.com/notice.pdf.")
		return ""
	}
	if u.User != nil {
		f.add(field, "link_with_password", "网址里不要带用户名或密码。", "The address must not hold a user name or a password.")
		return ""
	}
	return u.String()
}

// subject reads the item or the value, whichever the indicator takes. The
// other must be empty: what a person wrote is never silently dropped.
func (f form) subject(i policy.Indicator, in Submission, r *Report) {
	if i.Takes == policy.TakesValue {
		if strings.TrimSpace(in.Name) != "" {
			f.add("name", "name_not_wanted", "“%s”填数值，不填名称。说明请写在文字里。", "“%s” takes a figure, not a name. Put words into the text.", i.Name)
		}
		if s := f.line("value", in.Value, MaxWord, false); !f.has("value") {
			v, err := ParseAmount(s)
			if problem, ok := errors.AsType[*lang.Problem](err); ok {
				f.problems["value"] = problem
				return
			}
			r.Value = &v
		}
		return
	}
	if strings.TrimSpace(in.Value) != "" {
		f.add("value", "value_not_wanted", "“%s”逐项上报名称，不填数值。每项报一次。", "“%s” is reported item by item, by name, not as a figure. Report each item once.", i.Name)
	}
	name, ok := f.word("name", in.Name, MaxName, lang.Tf("请填写%s的名称。", "Give the name: %s.", i.Name))
	if ok && policy.Key(name) == "" {
		f.add("name", "name_without_words", "名称里没有文字。", "The name holds no words.")
		return
	}
	r.Name = strings.Join(strings.Fields(name), " ")
}
