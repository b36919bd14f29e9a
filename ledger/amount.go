package ledger

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"wainao/lang"
)

// Amount is an amount of money in 万元 (ten thousand yuan), so that 亿元 with
// four decimals is exact. It is never negative.
type Amount int64

const (
	perYi     = 10_000          // 万元 in one 亿元.
	decimals  = 4               // Of 亿元 that an Amount can hold.
	maxAmount = 100_000 * perYi // Ten times the city's target for 2035: beyond it is a slip.
)

// String writes the amount in 亿元, without the unit and without needless
// zeros: 12.5.
func (a Amount) String() string {
	s := fmt.Sprintf("%d.%04d", int64(a)/perYi, int64(a)%perYi)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// Text writes the amount with its unit in both languages. English has it in
// billions of yuan beside: 125亿元, RMB 12.5 billion.
func (a Amount) Text() lang.Text {
	billion := fmt.Sprintf("%d.%05d", int64(a)/(10*perYi), int64(a)%(10*perYi))
	billion = strings.TrimSuffix(strings.TrimRight(billion, "0"), ".")
	return lang.T(a.String()+"亿元", "RMB "+billion+" billion")
}

// A number as people write it, and what they may put behind it.
var (
	plainNumber = regexp.MustCompile(`^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$`)
	quantity    = regexp.MustCompile(`^([+-]?[\d.,]+)(.*)$`)
)

// ParseAmount reads an amount in 亿元 as a person writes it: 12.5, 1,234.5亿元.
// The error is a [lang.Problem] that tells what to write instead.
func ParseAmount(s string) (Amount, error) {
	folded := strings.ToLower(strings.Join(strings.Fields(width.Fold.String(s)), ""))
	if folded == "" {
		return 0, lang.Problemf("value_missing", "请填写数值，单位亿元，例如 12.5。", "Write the figure in 亿元 (100 million yuan), for example 12.5.")
	}
	m := quantity.FindStringSubmatch(folded)
	if m == nil {
		return 0, notANumber(s)
	}
	number, unit := m[1], m[2]
	switch unit {
	case "", "亿", "亿元", "亿元人民币", "亿人民币":
	case "万", "万元", "万元人民币":
		if n, err := strconv.ParseInt(strings.ReplaceAll(number, ",", ""), 10, 64); err == nil && n >= 0 && n <= maxAmount {
			return 0, lang.Problemf("value_unit",
				"单位应为亿元，不是万元。%s 万元请写 %s。", "The unit is 亿元 (100 million yuan), not 万元 (10 thousand). For %s 万元 write %s.",
				number, Amount(n).String())
		}
		return 0, wrongUnit(unit)
	case "%", "percent":
		return 0, lang.Problemf("value_unit", "这里要金额，不要百分比。请写以亿元为单位的数，例如 12.5。",
			"An amount is wanted here, not a percentage. Write the figure in 亿元 (100 million yuan), for example 12.5.")
	default:
		return 0, wrongUnit(unit)
	}
	return parseNumber(number, s)
}

// parseNumber reads a number as an amount in 亿元.
func parseNumber(number, asWritten string) (Amount, error) {
	if strings.HasPrefix(number, "-") {
		return 0, lang.Problemf("value_negative", "数值不能为负。没有数据请不要填 0，可以不报。", "The figure cannot be negative. When there is no figure, do not report one.")
	}
	m := plainNumber.FindStringSubmatch(number)
	if m == nil {
		return 0, notANumber(asWritten)
	}
	if len(m[1]) > decimals {
		return 0, lang.Problemf("value_precision", "最多保留 %d 位小数。", "At most %d decimals.", decimals)
	}
	whole, frac, _ := strings.Cut(strings.ReplaceAll(number, ",", ""), ".")
	n, err := strconv.ParseInt(whole+frac+strings.Repeat("0", decimals-len(frac)), 10, 64)
	if err != nil || n > maxAmount {
		return 0, lang.Problemf("value_too_large",
			"数值超过 %d 亿元，请检查单位是否写错（单位是亿元，不是万元或元）。", "The figure is above %d 亿元. Check the unit: it is 亿元 (100 million yuan), not 万元 or yuan.",
			maxAmount/perYi)
	}
	return Amount(n), nil
}

func notANumber(s string) error {
	return lang.Problemf("value_not_a_number", "“%s”不是数。请写以亿元为单位的数，例如 12.5。", "“%s” is not a number. Write the figure in 亿元 (100 million yuan), for example 12.5.", clip(s))
}

func wrongUnit(unit string) error {
	return lang.Problemf("value_unit", "看不懂单位“%s”。请只写以亿元为单位的数，例如 12.5。", "The unit “%s” is not understood. Write only the figure in 亿元 (100 million yuan), for example 12.5.", clip(unit))
}

// clip shortens what a person wrote for being quoted back to them.
func clip(s string) string {
	const most = 30
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(r)
}

// Yi returns the amount in 亿元, for comparing and counting; it is shown with
// [Amount.String], which is exact.
func (a Amount) Yi() float64 { return float64(a) / perYi }
