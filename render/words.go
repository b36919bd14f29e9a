package render

import (
	"strconv"

	"wainao/lang"
)

func count(n int) string { return strconv.Itoa(n) }

// counted is a number in Chinese, and in English with the noun that fits it.
func counted(n int, one, many string) lang.Text { return lang.T(count(n), plural(n, one, many)) }

// plural writes a number with the English noun that fits it.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return count(n) + " " + many
}
