package ledger

import (
	"regexp"
	"strings"

	"wainao/lang"
)

// warnings returns what looks strange about a report. It never blocks: a note
// explains it.
func (s State) warnings(set Settings, r Report) []Warning {
	var out []Warning
	warn := func(code WarningCode, field, zh, en string, args ...any) {
		out = append(out, Warning{Code: code, Field: field, Words: lang.Tf(zh, en, args...)})
	}
	if r.Value != nil && r.Basis != "" {
		s.valueWarnings(set, r, warn)
	}
	if r.Date != "" && (r.Date < DayOf(r.Period.Start()) || r.Date >= DayOf(r.Period.End())) {
		if last, ok := s.LastAccepted(r); !ok || last.Date != r.Date {
			warn(WarnDate, FieldDate, "日期%s不在%s之内。", "The date, %s, is not within %s.", r.Date.Label(), r.Period.Label())
		}
	}
	text := r.Submission()
	for _, field := range []string{
		FieldName, FieldHolder, FieldPlace, FieldDocument, FieldProgress, FieldProblems, FieldCoordination, FieldCoordinationBy, FieldNext,
	} {
		if word := classified(text.Get(field)); word != "" {
			warn(WarnClassified, field, "文字里有“%s”，涉密或内部的内容不能填在这里。", "The text says “%s”; nothing classified or internal may be written here.", word)
		}
	}
	return out
}

// Bounds above which a figure in 亿元 looks as if it were in 万元: a fifth of
// the city's target for 2030 for a district, twice the target for 2035 for the
// city.
const (
	districtCeiling Amount = 1000 * perYi
	cityCeiling     Amount = 20_000 * perYi
	unitSlip               = 1000 // Times the figure before: 亿元 and 万元 are 10,000 apart.
)

func (s State) valueWarnings(set Settings, r Report, warn func(code WarningCode, field, zh, en string, args ...any)) {
	before, comparable := s.figureBefore(r)
	ceiling := districtCeiling
	if r.District == City {
		ceiling = cityCeiling
	}
	if *r.Value > ceiling || (comparable && before.Value > 0 && r.Value.Yi()/before.Value.Yi() >= unitSlip) {
		warn(WarnMagnitude, FieldValue, "%s偏大，像是把万元当成了亿元。", "%s is very large, as if 万元 (10 thousand) were taken for 亿元 (100 million).", r.Value.Text())
		return
	}
	if earlier, ok := s.earlierThisYear(r); ok && *r.Value < earlier.Value {
		warn(WarnFalls, FieldValue, "累计数%s比%s的%s还小。", "The year to date, %s, is less than that of %s, %s.", r.Value.Text(), earlier.Period.Label(), earlier.Value.Text())
		return
	}
	if comparable && before.Value > 0 && set.Jump > 0 {
		change := r.Value.Yi()/before.Value.Yi() - 1
		if change > set.Jump || change < -set.Jump {
			warn(WarnJump, FieldValue, "与%s的%s相比变化%+.0f%%。", "Against %s (%s) it changes by %+.0f%%.", figureName(before), before.Value.Text(), change*100)
		}
	}
}

// figureName says which figure a point is.
func figureName(p Point) lang.Text {
	if p.Basis == Yearly {
		return lang.Tf("%d年全年", "the whole of %d", p.Year)
	}
	return lang.Tf("%s累计", "the year to date of %s", p.Period.Label())
}

// classifiedWords are words that a text which must not be here may hold. They
// are few on purpose: the reviewer reads the text anyway.
var classifiedWords = []string{"涉密", "绝密", "机密", "秘密", "内部资料", "内部文件", "内部使用", "内部掌握", "不予公开", "不宜公开", "未公开"}

var classifiedEnglish = regexp.MustCompile(`(?i)\b(?:top secret|state secret|secret|confidential|classified|internal use|not for release|not for publication)\b`)

// classified returns a word of the text that looks as if the text were
// classified, or "".
func classified(text string) string {
	for _, w := range classifiedWords {
		if strings.Contains(text, w) {
			return w
		}
	}
	return classifiedEnglish.FindString(text)
}
