package render

import "strconv"

func count(n int) string { return strconv.Itoa(n) }

// plural writes a number with the English noun that fits it.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return count(n) + " " + many
}
