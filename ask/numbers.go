package ask

import (
	"math"
	"strconv"
	"strings"
)

// amount is a number in a question, with its unit if one was typed.
type amount struct {
	from, to int     // tokens, the unit included.
	value    float64 // as typed; of money in 亿元.
	money    bool    // a unit of large numbers was typed: 亿, billion.
	year     bool    // 年 stands behind it.
	whole    bool    // four digits, so that it may be a year.
}

var hanDigits = map[string]float64{
	"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "幺": 1,
}

var hanUnits = map[string]float64{"十": 10, "百": 100, "千": 1000, "万": 1e4}

var latinNumbers = map[string]float64{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100,
}

// amounts finds the numbers: digits, Chinese numerals, English words, each
// with a unit of money behind it if there is one.
func (t *text) amounts() []amount {
	var out []amount
	for i := 0; i < len(t.toks); {
		v, n, digits := t.number(i)
		if n == 0 {
			i++
			continue
		}
		if t.noNumber(i, n) {
			i++
			continue
		}
		a := amount{from: i, to: i + n, value: v, whole: digits == 4}
		t.unit(&a)
		out = append(out, a)
		i = a.to
	}
	return out
}

// noNumber reports whether 一 at the token only begins a word: 一样, 一直, 一起.
func (t *text) noNumber(i, n int) bool {
	return n == 1 && i+1 < len(t.toks) && t.form(i, i+1) == "一" && strings.Contains("样直起共般下些旦并律切向概边致贯旁再味头会", t.form(i+1, i+2))
}

// number reads one number at token i: its value, its length in tokens, and for
// a number written digit by digit how many digits.
func (t *text) number(i int) (v float64, n, digits int) {
	s := t.form(i, i+1)
	if t.toks[i].class == classNumber {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return 0, 0, 0
		}
		if i+1 < len(t.toks) && t.toks[i+1].class == classNumber && t.orig[t.toks[i].end:t.toks[i+1].start] == "." {
			frac := t.form(i+1, i+2)
			if f, err := strconv.ParseFloat(s+"."+frac, 64); err == nil {
				return f, 2, 0
			}
		}
		return v, 1, len(s)
	}
	if s == "twenty" && i+1 < len(t.toks) {
		// "twenty thirty" is a year when it is said aloud.
		if d, ok := latinNumbers[t.form(i+1, i+2)]; ok && d >= 10 {
			if i+2 < len(t.toks) {
				if e, ok := latinNumbers[t.form(i+2, i+3)]; ok && e < 10 && d >= 20 {
					return 2000 + d + e, 3, 4
				}
			}
			return 2000 + d, 2, 4
		}
	}
	if v, ok := latinNumbers[s]; ok {
		return v, 1, 0
	}
	if v, n := t.loneScale(i); n > 0 {
		return v, n, 0
	}
	return t.hanNumber(i)
}

// loneScale reads "a" or "the" before a large unit as one of it: a trillion.
func (t *text) loneScale(i int) (v float64, n int) {
	v = 1
	if t.form(i, i+1) == "half" && i+1 < len(t.toks) {
		v, n, i = 0.5, 1, i+1
	}
	if s := t.form(i, i+1); s != "a" && (s != "the" || n > 0) || i+1 >= len(t.toks) {
		return 0, 0
	}
	switch t.form(i+1, i+2) {
	case "trillion", "billion", "tn", "bn":
		return v, n + 1
	}
	return 0, 0
}

// hanNumber reads 二〇三〇 digit by digit, and 五千, 一万二 by place.
func (t *text) hanNumber(i int) (v float64, n, digits int) {
	var total, section, digit float64
	positional, seen := false, false
	var plain strings.Builder
	for j := i; j < len(t.toks); j++ {
		s := t.form(j, j+1)
		if d, ok := hanDigits[s]; ok {
			digit, seen = d, true
			plain.WriteString(strconv.Itoa(int(d)))
			n++
			continue
		}
		u, ok := hanUnits[s]
		if !ok || (!seen && s != "十") {
			break
		}
		// 万亿 is a unit of money, not a place of this number.
		if s == "万" && (j+1 >= len(t.toks) || t.form(j+1, j+2) == "亿" || t.form(j+1, j+2) == "元") {
			break
		}
		if digit == 0 {
			digit = 1
		}
		if s == "万" {
			total, section, digit = (total+section+digit)*u, 0, 0
		} else {
			section, digit = section+digit*u, 0
		}
		positional = true
		n++
	}
	if n == 0 || !seen && !positional {
		return 0, 0, 0
	}
	if !positional {
		v, err := strconv.ParseFloat(plain.String(), 64)
		if err != nil {
			return 0, 0, 0
		}
		return v, n, n
	}
	return total + section + digit, n, 0
}

// unit reads what stands behind the number.
func (t *text) unit(a *amount) {
	at := func(k int) string {
		if a.to+k < len(t.toks) {
			return t.form(a.to+k, a.to+k+1)
		}
		return ""
	}
	scale, n := 0.0, 0
	switch {
	case at(0) == "万" && at(1) == "亿":
		scale, n = 1e4, 2
	case at(0) == "千" && at(1) == "亿":
		scale, n = 1e3, 2
	case at(0) == "百" && at(1) == "亿":
		scale, n = 100, 2
	case at(0) == "亿", at(0) == "yi":
		scale, n = 1, 1
	case at(0) == "trillion", at(0) == "tn", at(0) == "trn":
		scale, n = 1e4, 1
	case at(0) == "billion", at(0) == "bn":
		scale, n = 10, 1
	case at(0) == "万":
		a.value, n = a.value*1e4, 1
	case at(0) == "年":
		a.year = true
	}
	if scale > 0 {
		a.value, a.money = a.value*scale, true
	}
	a.to += n
}

// yearOf returns the year that the amount names.
func (a amount) yearOf() (int, bool) {
	y := int(a.value)
	switch {
	case a.money || a.value != math.Trunc(a.value):
		return 0, false
	case a.whole && y >= 1900 && y <= 2199:
		return y, true
	case a.year && y >= 20 && y <= 60 && a.to-a.from <= 2:
		return 2000 + y, true
	}
	return 0, false
}
