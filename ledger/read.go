package ledger

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"wainao/calendar"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// form collects the problems of a form's fields.
type form struct{ problems lang.FieldProblems }

func (f form) add(field, code, zh, en string, args ...any) {
	f.problems[field] = lang.Problemf(code, zh, en, args...)
}

func (f form) has(field string) bool { return f.problems[field] != nil }

// read reads what a person typed into a report, and notes every problem of
// every field. Which item it is about, and what the ledger knows of it, is not
// looked at yet.
func (f form) read(pol *policy.Policy, who people.Person, in Submission, now time.Time) (Report, policy.Indicator) {
	district, districtOK := f.district(pol, who, in.District)
	domain, domainOK := f.domain(pol, in.Domain, isOne(strings.TrimSpace(in.District), cityWords)) // Also for who may not report for it: one problem is enough.
	period, periodOK := f.period(in.Period, now)
	r := Report{District: district.ID, Domain: domain, Period: period, Answer: f.answer(in.Answer)}
	indicator, known := f.indicator(pol, in.Indicator, r.Answer != Changed)
	if !known {
		f.readField(evidenceField, in.Evidence, &r)
		f.words(in, &r)
		return r, indicator
	}
	r.Indicator = indicator.ID
	if r.Answer == Changed {
		f.subject(indicator, in, &r, now)
	} else {
		f.nothingElse(in, r.Answer)
	}
	f.words(in, &r)
	if districtOK && domainOK && periodOK && r.District != City {
		r.OutsideLayout = Outside(pol, r.Domain, r.District, r.Period, now)
	}
	return r, indicator
}

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
func (f form) word(field, s string, missing lang.Text) (string, bool) {
	s = f.line(field, s, MaxWord, false)
	if f.has(field) {
		return "", false
	}
	if s == "" {
		f.problems[field] = &lang.Problem{Code: field + "_missing", Words: missing}
		return "", false
	}
	return s, true
}

// cityWords are what people may write for the city instead of a district, and
// wholeWords what they may write for all domains.
var (
	cityWords  = []string{CityWord, "全市", "市级", "苏州", "苏州市", "suzhou"}
	wholeWords = []string{WholeWord, "全部", "全部领域", "合计", "所有领域"}
)

func isOne(s string, words []string) bool { return slices.Contains(words, strings.ToLower(s)) }

func (f form) district(pol *policy.Policy, who people.Person, s string) (d policy.District, ok bool) {
	const field = FieldDistrict
	if s, ok = f.word(field, s, lang.T("请选择板块。", "Choose the district.")); !ok {
		return d, false
	}
	if isOne(s, cityWords) {
		if problem, is := errors.AsType[*lang.Problem](people.Allow(who, people.ReportCity)); is {
			f.problems[field] = problem
			return d, false
		}
		return policy.District{ID: City}, true
	}
	if d, ok = pol.FindDistrict(s); !ok {
		f.add(field, "unknown_district", "没有“%s”这个板块。板块有：%s。", "There is no district “%s”. The districts are: %s.",
			clip(s), lang.List(pol.Districts, func(d policy.District) lang.Text { return d.Short }))
		return d, false
	}
	if problem, is := errors.AsType[*lang.Problem](people.MayReport(who, d)); is {
		f.problems[field] = problem
		return d, false
	}
	return d, true
}

func (f form) domain(pol *policy.Policy, s string, city bool) (id policy.DomainID, ok bool) {
	const field = FieldDomain
	if s, ok = f.word(field, s, lang.T("请选择领域。", "Choose the domain.")); !ok {
		return "", false
	}
	if city && isOne(s, wholeWords) {
		return Whole, true
	}
	d, ok := pol.FindDomain(s)
	if !ok {
		f.add(field, "unknown_domain", "没有“%s”这个领域。领域有：%s。", "There is no domain “%s”. The domains are: %s.",
			clip(s), lang.List(pol.Domains, func(d policy.Domain) lang.Text { return d.Name }))
	}
	return d.ID, ok
}

// indicator reads the indicator, which may be missing where the answer is for
// all of them.
func (f form) indicator(pol *policy.Policy, s string, optional bool) (i policy.Indicator, ok bool) {
	const field = FieldIndicator
	if optional && strings.TrimSpace(s) == "" {
		return i, true
	}
	if s, ok = f.word(field, s, lang.T("请选择指标。", "Choose the indicator.")); !ok {
		return i, false
	}
	if i, ok = pol.FindIndicator(s); !ok {
		f.add(field, "unknown_indicator", "没有“%s”这个指标。指标有：%s。", "There is no indicator “%s”. The indicators are: %s.",
			clip(s), lang.List(pol.Indicators, func(i policy.Indicator) lang.Text { return i.Name }))
	}
	return i, ok
}

func (f form) answer(s string) Answer {
	s = f.line(FieldAnswer, s, MaxWord, false)
	if s == "" {
		return Changed
	}
	for _, a := range Answers() {
		if label := a.Label(); s == string(a) || s == label.ZH || strings.EqualFold(s, label.EN) {
			return a
		}
	}
	if !f.has(FieldAnswer) {
		f.add(FieldAnswer, "unknown_answer", "没有“%s”这个选项，可选：%s。", "There is no answer “%s”. Choose one of: %s.", clip(s), lang.List(Answers(), Answer.Label))
	}
	return Changed
}

func (f form) period(s string, now time.Time) (p calendar.Period, ok bool) {
	const field = FieldPeriod
	current := calendar.PeriodOf(now)
	if s, ok = f.word(field, s, lang.Tf("请选择报告期，例如 %s。", "Choose the period, for example %s.", string(current))); !ok {
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

// subjectFields are the fields of which an indicator has some.
var subjectFields = []string{
	FieldName, FieldHolder, FieldCreditCode, FieldPlace, FieldStage, FieldDate, FieldDocument, FieldValidUntil, FieldValue, FieldBasis, FieldYear,
}

// subject reads the item or the value, and the evidence. What the indicator
// does not have must be empty: what a person wrote is never silently dropped.
func (f form) subject(i policy.Indicator, in Submission, r *Report, now time.Time) {
	for _, name := range subjectFields {
		if _, has := FieldOf(i, name); !has && strings.TrimSpace(in.Get(name)) != "" {
			f.unwanted(i, name)
		}
	}
	var options []Field
	for _, field := range FieldsOf(i) {
		if slices.Contains(subjectFields, field.Name) || field.Name == FieldEvidence {
			options = append(options, field)
			f.readField(field, in.Get(field.Name), r)
		}
	}
	at, _ := stageOf(i, r.Stage)
	for _, field := range options {
		empty := strings.TrimSpace(in.Get(field.Name)) == ""
		switch {
		case f.has(field.Name) || !empty:
		case field.Required && field.Kind == KindAmount:
			f.add(field.Name, "value_missing", "请填写数值，单位亿元，例如 12.5。", "Write the figure in 亿元 (100 million yuan), for example 12.5.")
		case field.Required:
			f.add(field.Name, field.Name+"_missing", "请填写：%s。", "Fill in: %s.", field.Label)
		case field.ToCount && at.Counts:
			f.add(field.Name, field.Name+"_missing", "阶段是“%s”时要填：%s。", "At the stage “%s” fill in: %s.", at.Label, field.Label)
		}
	}
	f.dates(r, at.Counts, now)
	if i.Takes == policy.TakesValue {
		f.basis(r)
	}
	if i.ID == policy.Clusters && at.Counts && r.Value != nil && *r.Value < clusterFrom {
		f.add(FieldValue, "cluster_too_small", "达到1000亿元才是千亿级集群；未达到请改选别的阶段。", "A cluster of this class has an output of RMB 100 billion (1000 亿元) or more; below that choose another stage.")
	}
}

func (f form) unwanted(i policy.Indicator, name string) {
	switch {
	case name == FieldValue:
		f.add(name, "value_not_wanted", "“%s”逐项上报名称，不填数值。每项报一次。", "“%s” is reported item by item, by name, not as a figure. Report each item once.", i.Name)
	case i.Takes == policy.TakesValue:
		f.add(name, name+"_not_wanted", "“%s”填数值，这一栏请留空。说明请写在文字里。", "“%s” takes a figure; leave this field empty. Put words into the text.", i.Name)
	default:
		f.add(name, name+"_not_wanted", "“%s”没有这一栏，请留空。说明请写在文字里。", "“%s” does not have this field; leave it empty. Put words into the text.", i.Name)
	}
}

// nothingElse wants the fields of the item or value empty when the answer says
// that there is nothing to tell.
func (f form) nothingElse(in Submission, a Answer) {
	for _, name := range append(slices.Clone(subjectFields), FieldEvidence) {
		if strings.TrimSpace(in.Get(name)) != "" {
			f.add(name, name+"_not_wanted", "选了“%s”，这一栏请留空；有内容要报请改选“%s”。", "With “%s” leave this field empty; to report something choose “%s”.", a.Label(), Changed.Label())
		}
	}
}

// readField reads one field of the item or value.
func (f form) readField(field Field, typed string, r *Report) {
	s := f.line(field.Name, typed, field.Most, false)
	if s == "" {
		return
	}
	switch field.Kind {
	case KindLine:
		s = strings.Join(strings.Fields(s), " ")
		if policy.Key(s) == "" {
			f.add(field.Name, field.Name+"_without_words", "这一栏里没有文字。", "This field holds no words.")
			return
		}
		*r.lineOf(field.Name) = s
	case KindCode:
		code, err := CheckCreditCode(s)
		if problem, is := errors.AsType[*lang.Problem](err); is {
			f.problems[field.Name] = problem
			return
		}
		r.CreditCode = code
	case KindDay:
		d := f.day(field.Name, s)
		if field.Name == FieldValidUntil {
			r.ValidUntil = d
		} else {
			r.Date = d
		}
	case KindLink:
		r.Evidence = f.link(field.Name, s)
	case KindAmount:
		v, err := ParseAmount(s)
		if problem, is := errors.AsType[*lang.Problem](err); is {
			f.problems[field.Name] = problem
			return
		}
		r.Value = &v
	case KindYear:
		y, err := strconv.Atoi(strings.TrimSuffix(s, "年"))
		if err != nil || y < 1949 || y > 2099 {
			f.add(field.Name, "bad_year", "请写四位数的年份，例如 2026。", "Write a year of four digits, for example 2026.")
			return
		}
		r.Year = y
	case KindChoice:
		o := f.choice(field, s)
		if field.Name == FieldBasis {
			r.Basis = Basis(o)
		} else {
			r.Stage = o
		}
	case KindWords:
	}
}

// lineOf returns where a report keeps a field of [KindLine].
func (r *Report) lineOf(name string) *string {
	switch name {
	case FieldHolder:
		return &r.Holder
	case FieldPlace:
		return &r.Place
	case FieldDocument:
		return &r.Document
	}
	return &r.Name
}

func (f form) choice(field Field, s string) string {
	for _, o := range field.Options {
		if s == o.Value || s == o.Label.ZH || strings.EqualFold(s, o.Label.EN) {
			return o.Value
		}
	}
	f.add(field.Name, "unknown_"+field.Name, "没有“%s”这个选项，可选：%s。", "There is no “%s”. Choose one of: %s.",
		clip(s), lang.List(field.Options, func(o Option) lang.Text { return o.Label }))
	return ""
}

func (f form) day(field, s string) Day {
	if s == "" {
		return ""
	}
	d, ok := ParseDay(s)
	if !ok {
		f.add(field, "bad_date", "“%s”不是日期。请写成 2026-11-23。", "“%s” is not a date. Write it as 2026-11-23.", clip(s))
	}
	return d
}

// dates holds the item's dates against each other and against today.
func (f form) dates(r *Report, counts bool, now time.Time) {
	if counts && r.Date > DayOf(now) {
		f.add(FieldDate, "date_in_future", "%s还没有到。已经完成的阶段请填实际日期。", "%s has not come yet. For a stage that is reached give the day on which it was.", r.Date.Label())
	}
	if r.ValidUntil != "" && r.ValidUntil < r.Date {
		f.add(FieldValidUntil, "valid_before_date", "有效期早于认定日期，请检查。", "It ends before it begins; check the dates.")
	}
}

// basis settles the year and the basis of a value; see the fields' hints.
func (f form) basis(r *Report) {
	if r.Basis == "" {
		r.Basis = YearToDate
	}
	if r.Period == "" || f.has(FieldYear) || f.has(FieldBasis) {
		return
	}
	over := r.Period.Year()
	if r.Period.Quarter() < 4 {
		over--
	}
	switch {
	case r.Year == 0 && r.Basis == Yearly:
		r.Year = over
	case r.Year == 0:
		r.Year = r.Period.Year()
	case r.Basis == Yearly && r.Year > over:
		f.add(FieldYear, "year_not_over", "到%s，%d年还没有结束。全年数请填%d年或更早，当年请选累计数。", "By %s the year %d is not over. A whole year is %d or earlier; for this year choose the year to date.",
			r.Period.Label(), r.Year, over)
	case r.Basis == YearToDate && r.Year != r.Period.Year():
		f.add(FieldYear, "year_of_period", "累计数的年份就是报告期所在的%d年，可以不填。", "The year to date is of the period's year, %d; you may leave it empty.", r.Period.Year())
	}
}

// link reads an address: nobody vouches for what cannot be looked at.
func (f form) link(field, s string) string {
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

// words reads what every report may tell in words.
func (f form) words(in Submission, r *Report) {
	text := func(name string, most int) string { return f.line(name, in.Get(name), most, true) }
	r.Words = Words{
		Progress: text(FieldProgress, MaxText), Problems: text(FieldProblems, MaxRemark),
		Coordination: Coordination{
			What: text(FieldCoordination, MaxRemark), By: f.line(FieldCoordinationBy, in.CoordinationBy, MaxName, false),
			Until: f.day(FieldCoordinationUntil, f.line(FieldCoordinationUntil, in.CoordinationUntil, MaxWord, false)),
		},
		Next: Step{What: text(FieldNext, MaxRemark), Until: f.day(FieldNextUntil, f.line(FieldNextUntil, in.NextUntil, MaxWord, false))},
	}
	if c := r.Words.Coordination; c.What == "" && (c.By != "" || c.Until != "") && !f.has(FieldCoordination) {
		f.add(FieldCoordination, "coordination_missing", "请写明要协调什么。", "Say what is to be coordinated.")
	}
	if n := r.Words.Next; n.What == "" && n.Until != "" && !f.has(FieldNext) {
		f.add(FieldNext, "next_missing", "请写明下一步做什么。", "Say what is done next.")
	}
	r.Note, r.Reason = text(FieldNote, MaxRemark), text(FieldReason, MaxRemark)
}

// Periods returns the periods that can be reported for at now, the current one
// first. Some may be locked; see [State.Locked].
func Periods(now time.Time) []calendar.Period {
	out := []calendar.Period{calendar.PeriodOf(now)}
	for range OldestPeriod {
		out = append(out, out[len(out)-1].Prev())
	}
	return out
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

// OldestPeriod is how many periods before the current one may still be
// reported for.
const OldestPeriod = 4
