package stats

import (
	"strconv"
	"strings"
)

// Figure writes a score or a figure of scores as every message, picture and
// table does: to a hundredth, and without zeros behind the last place that says
// something. 7, 7.5, 7.25.
func Figure(v float64) string {
	s := strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(v, 'f', 2, 64), "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}
