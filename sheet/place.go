package sheet

import "strconv"

// The largest cell that a spreadsheet has.
const (
	maxColumn = 16_384
	maxRow    = 1_048_576
)

// columnName returns the letters of a column, 1 is A.
func columnName(n int) string {
	s := ""
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}

// cellName returns the name of a cell: 3, 7 is C7.
func cellName(column, row int) string { return columnName(column) + strconv.Itoa(row) }

// parseCell reads the name of a cell; $ may stand before its parts.
func parseCell(name string) (column, row int, ok bool) {
	i := 0
	dollar := func() {
		if i < len(name) && name[i] == '$' {
			i++
		}
	}
	dollar()
	for ; i < len(name) && column <= maxColumn; i++ {
		c := name[i] &^ 0x20 // Upper case.
		if c < 'A' || c > 'Z' {
			break
		}
		column = column*26 + int(c-'A') + 1
	}
	dollar()
	for ; i < len(name) && row <= maxRow; i++ {
		if name[i] < '0' || name[i] > '9' {
			return 0, 0, false
		}
		row = row*10 + int(name[i]-'0')
	}
	return column, row, i == len(name) && column >= 1 && column <= maxColumn && row >= 1 && row <= maxRow
}
