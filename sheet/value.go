package sheet

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"wainao/calendar"
	"wainao/lang"
)

// CellProblem is what is wrong with one cell, or with a sheet when Cell is
// empty. Code names the rule.
type CellProblem struct {
	Sheet string // As it is called in the file.
	Cell  string // C7.
	Code  string
	Words lang.Text
}

func problem(p *lang.Problem) CellProblem { return CellProblem{Code: p.Code, Words: p.Words} }

// What can be wrong with a cell whatever it is for.
var (
	errFormula = lang.Problemf("formula", "这里是公式。请复制后“选择性粘贴 › 值”，只留结果。", "This is a formula. Copy it and “Paste special › Values”, so that only the result stays.")
	errError   = lang.Problemf("error_cell", "这里是公式出错的结果（如 #REF!、#N/A）。请改成实际内容。", "This is the error of a formula (such as #REF! or #N/A). Please write the actual content.")
	errTruth   = lang.Problemf("boolean", "这里是“真/假”（TRUE/FALSE）。请改成文字。", "This is TRUE or FALSE. Please write words.")
	errAsDate  = lang.Problemf("became_date", "表格把这里的内容变成了日期。请把单元格设为“文本”格式，重新填写。", "The spreadsheet turned this into a date. Please set the cell's format to “Text” and write it again.")
	errLong    = lang.Problemf("lost_digits", "数字太长，表格只保留了前 15 位。请把单元格设为“文本”格式，重新填写全部数字。",
		"The number is too long: the spreadsheet keeps only 15 digits. Please set the cell's format to “Text” and write all digits again.")
	errNumber  = lang.Problemf("not_a_number", "请只写数字，例如 12.5。", "Please write digits only, for example 12.5.")
	errInteger = lang.Problemf("not_whole", "请写整数，例如 2026。", "Please write a whole number, for example 2026.")
	errDate    = lang.Problemf("not_a_date", "看不懂这个日期。请写年月日，例如 2026-11-23。", "This date is not understood. Write year, month and day, for example 2026-11-23.")
)

// notAChoice says what was written instead of one of the choices.
func notAChoice(s string) *lang.Problem {
	return lang.Problemf("not_a_choice", "“%s”不在可选的范围里。请从单元格的下拉列表中选择。", "“%s” is none of the choices. Please choose from the cell's list.", clipText(s, 60))
}

// read makes a value of a cell as the column wants it. What is wrong with it
// is returned beside, with what was written kept in the value.
func (c Column) read(raw gridCell, link string, limits Limits, y1904 bool) (Cell, *lang.Problem) {
	v := Cell{Written: clipText(raw.value, limits.Text)}
	switch {
	case raw.formula:
		return v, errFormula
	case raw.kind == "e":
		return v, errError
	case raw.kind == "b":
		v.Written = map[bool]string{true: "TRUE", false: "FALSE"}[isTrue(raw.value)]
		return v, errTruth
	case utf8.RuneCountInString(raw.value) > limits.Text:
		return v, lang.Problemf("too_long", "太长了：一格最多 %d 个字。", "This is too long: at most %d characters in a cell.", limits.Text)
	}
	out, p := c.readKind(raw, link, y1904)
	if p == nil {
		return out, nil
	}
	if raw.kind == "n" { // A number is shown as Excel shows it.
		if digits, ok := decimalOf(raw.value); ok {
			v.Written = digits
		}
	}
	if c.Loose && p != errAsDate && p != errLong {
		return v, nil
	}
	return v, p
}

func (c Column) readKind(raw gridCell, link string, y1904 bool) (Cell, *lang.Problem) {
	switch c.Kind {
	case Integer, Decimal:
		return c.readNumber(raw)
	case Date, Moment:
		d, ok := readDate(raw, y1904)
		if !ok {
			return Cell{}, errDate
		}
		if c.Kind == Moment {
			return At(d.Start()), nil
		}
		return Day(d), nil
	case Text, Link, Choice:
	}
	s, p := readText(raw)
	if p != nil {
		return Cell{}, p
	}
	if c.Kind == Choice {
		for _, o := range c.Choices {
			if k := fold(s); k == fold(o.Key) || k == fold(o.Label.ZH) || k == fold(o.Label.EN) {
				return Of(o.Key), nil
			}
		}
		return Cell{}, notAChoice(s)
	}
	if c.Kind == Link && link != "" && !strings.Contains(s, "://") {
		s = link // The cell shows words, and the address is behind them.
	}
	return Of(s), nil
}

// readText reads a text, which may have been typed as a number.
func readText(raw gridCell) (string, *lang.Problem) {
	if raw.kind != "n" {
		return raw.value, nil
	}
	if raw.date {
		return "", errAsDate
	}
	digits, ok := decimalOf(raw.value)
	if !ok {
		return "", errNumber
	}
	if whole, _, _ := strings.Cut(strings.TrimPrefix(digits, "-"), "."); len(whole) > 15 {
		return "", errLong
	}
	return digits, nil
}

// A number as people write it, folded to narrow characters.
var writtenNumber = regexp.MustCompile(`^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$`)

func (c Column) readNumber(raw gridCell) (Cell, *lang.Problem) {
	var digits string
	switch {
	case raw.kind == "n" && raw.date:
		return Cell{}, errAsDate
	case raw.kind == "n":
		var ok bool
		if digits, ok = decimalOf(raw.value); !ok {
			return Cell{}, errNumber
		}
	default:
		s := strings.ReplaceAll(width.Fold.String(raw.value), " ", "")
		if len(s) > 40 || !writtenNumber.MatchString(s) {
			return Cell{}, errNumber
		}
		digits = plain(strings.TrimPrefix(strings.ReplaceAll(s, ",", ""), "+"))
	}
	if c.Kind == Integer && strings.Contains(digits, ".") {
		return Cell{}, errInteger
	}
	return Number(digits), nil
}

// decimalOf writes a number of a file with the 15 digits that a spreadsheet
// shows, without an exponent: 0.30000000000000004 is 0.3.
func decimalOf(s string) (string, bool) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(f) || math.Abs(f) > 1e30 {
		return "", false
	}
	f, err = strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64)
	return plain(strconv.FormatFloat(f, 'f', -1, 64)), err == nil
}

// plain takes needless zeros from a number.
func plain(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	if strings.Contains(s, ".") {
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	s = strings.TrimLeft(s, "0")
	if s == "" || s[0] == '.' {
		s = "0" + s
	}
	if s == "0" {
		return s
	}
	return sign + s
}

// A day as people write it: year first, so that day and month cannot be
// mistaken for each other. A time of day behind it does not matter.
var writtenDate = regexp.MustCompile(`^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[ T]\d{1,2}:\d{2}.*)?$`)

func readDate(raw gridCell, y1904 bool) (calendar.Date, bool) {
	s := strings.TrimSpace(width.Fold.String(raw.value))
	if raw.kind == "n" {
		f, err := strconv.ParseFloat(s, 64)
		if err != nil || math.IsNaN(f) || f < 1 || f >= 1e9 {
			return "", false
		}
		if f < 100_000 { // Days; 100,000 is in the year 2173.
			if y1904 {
				f += 1462
			}
			return sensible(serialEpoch.Add(int(f)))
		}
		s = strconv.FormatFloat(math.Trunc(f), 'f', 0, 64) // 20261123, typed as a number.
	}
	m := writtenDate.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	month, day := m[2]+m[4], m[3]+m[5]
	t, err := time.Parse("2006-1-2", m[1]+"-"+month+"-"+day)
	if err != nil {
		return "", false
	}
	return sensible(calendar.Date(t.Format(time.DateOnly)))
}

// The days that a sheet may hold; beyond them a number was no date.
const (
	firstDay calendar.Date = "1949-01-01"
	lastDay  calendar.Date = "2099-12-31"
)

func sensible(d calendar.Date) (calendar.Date, bool) { return d, d >= firstDay && d <= lastDay }

// fold brings what people write in several ways to one: width, case, spaces
// and marks beside the words.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '*' || r == '-' || r == '_' {
			return -1
		}
		return unicode.ToLower(r)
	}, width.Fold.String(s))
}

func clipText(s string, n int) string {
	if len(s) <= n { // In bytes: never more characters.
		return s
	}
	return clip(s, n)
}
