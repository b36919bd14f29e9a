package workspace

import (
	"encoding/json"
	"slices"
	"strconv"
	"unicode/utf8"
)

func (k *checker) tableBlock(b object, at string) {
	rows := k.items(b, "rows", at, 1, maxTableRows, true)
	k.rows(rows, at+"/rows", []string{"raw_text", "raw_number", "rich_text"}, nil)
	k.items(b, "column_settings", at, 0, maxTableCols, false)
	for _, row := range rows {
		cells, _ := row.([]any)
		for _, cell := range cells {
			k.table += cellLength(cell)
		}
	}
	if k.table > maxTableText {
		k.fail(at+"/rows", "must be less than %d characters", maxTableText+1)
	}
}

func (k *checker) dataTableBlock(b object, at string) {
	k.str(b, "caption", at, maxTextObject, true)
	rows := k.items(b, "rows", at, minDataTableRows, maxDataTableRows, true)
	k.rows(rows, at+"/rows", []string{"raw_text", "raw_number", "rich_text", "action_cell"}, []string{"raw_text"})
	if n, given := number(b["page_size"]); given && (n < 1 || n > maxDataTablePage) {
		k.fail(at+"/page_size", "must be between 1 and %d", maxDataTablePage)
	}
	if n, given := number(b["row_header_column_index"]); given && (n < 0 || n >= maxTableCols) {
		k.fail(at+"/row_header_column_index", "must be between 0 and %d", maxTableCols-1)
	}
}

// rows checks the rows of a table. All have as many cells as the first; header,
// when given, are the cell types that the first row may hold.
func (k *checker) rows(rows []any, at string, kinds, header []string) {
	width := -1
	for i, item := range rows {
		here := at + "/" + strconv.Itoa(i)
		cells, ok := item.([]any)
		if !ok {
			k.fail(here, "must provide an array")
			continue
		}
		if width < 0 {
			width = len(cells)
		}
		switch {
		case len(cells) < 1:
			k.fail(here, "no fewer than 1 items allowed")
		case len(cells) > maxTableCols:
			k.fail(here, "no more than %d items allowed", maxTableCols)
		case header != nil && len(cells) != width:
			k.fail(here, "must have as many items as the first row")
		}
		allowed := kinds
		if i == 0 && header != nil {
			allowed = header
		}
		for j, cell := range cells {
			k.cell(cell, here+"/"+strconv.Itoa(j), allowed)
		}
	}
}

func (k *checker) cell(v any, at string, kinds []string) {
	o, ok := v.(object)
	if !ok {
		k.fail(at, "must provide an object")
		return
	}
	kind, _ := o["type"].(string)
	if !slices.Contains(kinds, kind) {
		k.fail(at+"/type", "must be one of the following: %s", quoted(kinds))
		return
	}
	switch kind {
	case "raw_text":
		k.str(o, "text", at, maxTextObject, true)
	case "raw_number":
		if _, given := number(o["value"]); !given {
			k.fail(at, "missing required field: value")
		}
	case "rich_text":
		k.items(o, "elements", at, 1, 1000, true)
	case "action_cell":
		k.element(o, "element", at, []string{"button"}, map[string]bool{})
	}
	k.text += cellLength(v)
}

// cellLength counts the characters that a cell shows.
func cellLength(v any) int {
	o, _ := v.(object)
	if text, ok := o["text"].(string); ok {
		return utf8.RuneCountInString(text)
	}
	if n, ok := o["value"].(json.Number); ok {
		return len(n)
	}
	return richTextLength(o["elements"])
}

// number reads a JSON number.
func number(v any) (float64, bool) {
	n, ok := v.(json.Number)
	if !ok {
		return 0, false
	}
	f, err := n.Float64()
	return f, err == nil
}

func (k *checker) dataVisualizationBlock(b object, at string) {
	k.str(b, "title", at, maxChartTitle, true)
	chart, ok := b["chart"].(object)
	if !ok {
		k.fail(at, "missing required field: chart")
		return
	}
	at += "/chart"
	switch chart["type"] {
	case "pie":
		k.objects(k.items(chart, "segments", at, 1, maxSeries, true), at+"/segments", func(o object, at string) {
			k.str(o, "label", at, maxPointLabel, true)
			if n, given := number(o["value"]); !given || n <= 0 {
				k.fail(at+"/value", "must be more than 0")
			}
		})
	case "bar", "area", "line":
		k.series(chart, at)
	default:
		k.fail(at+"/type", "must be one of the following: %s", quoted([]string{"pie", "bar", "area", "line"}))
	}
}

// series checks the series of a chart: each has one point for each category.
func (k *checker) series(chart object, at string) {
	axis, ok := chart["axis_config"].(object)
	if !ok {
		k.fail(at, "missing required field: axis_config")
		return
	}
	k.str(axis, "x_label", at+"/axis_config", maxChartTitle, false)
	k.str(axis, "y_label", at+"/axis_config", maxChartTitle, false)
	categories := map[string]bool{}
	for i, c := range k.items(axis, "categories", at+"/axis_config", 1, maxPoints, true) {
		here := at + "/axis_config/categories/" + strconv.Itoa(i)
		text, ok := c.(string)
		if !ok {
			k.fail(here, "must provide a string")
			continue
		}
		k.length(text, here, maxPointLabel, true)
		if categories[text] {
			k.fail(here, "must be unique")
		}
		categories[text] = true
	}
	names := map[string]bool{}
	k.objects(k.items(chart, "series", at, 1, maxSeries, true), at+"/series", func(o object, at string) {
		k.str(o, "name", at, maxPointLabel, true)
		if name, _ := o["name"].(string); names[name] {
			k.fail(at+"/name", "must be unique")
		} else {
			names[name] = true
		}
		points := map[string]bool{}
		k.objects(k.items(o, "data", at, 1, maxPoints, true), at+"/data", func(p object, at string) {
			label, _ := p["label"].(string)
			if !categories[label] || points[label] {
				k.fail(at+"/label", "must match one category, once")
			}
			points[label] = true
			if _, given := number(p["value"]); !given {
				k.fail(at, "missing required field: value")
			}
		})
		if len(points) != len(categories) {
			k.fail(at+"/data", "must have one item for each category")
		}
	})
}
