package sheet

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"wainao/calendar"
	"wainao/lang"
)

// WriteJSON writes the tables as one object:
//
//	{"made": time, "tables": [{"name", "title", "columns": [{"key", "label", "kind"}], "rows": [{key: value}]}]}
//
// A number is a JSON number with all its digits, a day is "2026-11-23", a
// moment is RFC 3339 in Shanghai's time, a choice is its key, and words are
// {"zh", "en"}. An empty cell's key is left out.
func WriteJSON(w io.Writer, tables []Table, made time.Time) error {
	type column struct {
		Key   string    `json:"key"`
		Label lang.Text `json:"label"`
		Kind  Kind      `json:"kind"`
	}
	type table struct {
		Name    string            `json:"name"`
		Title   lang.Text         `json:"title"`
		Columns []column          `json:"columns"`
		Rows    []json.RawMessage `json:"rows"`
	}
	file := struct {
		Made   time.Time `json:"made"`
		Tables []table   `json:"tables"`
	}{made.In(calendar.Shanghai()), []table{}}
	for _, t := range tables {
		out := table{Name: t.Name, Title: t.Title, Rows: []json.RawMessage{}}
		for _, c := range t.Columns {
			out.Columns = append(out.Columns, column{c.Key, c.Label, c.Kind})
		}
		for _, row := range t.Rows {
			raw, err := rowJSON(t.Columns, row)
			if err != nil {
				return fmt.Errorf("write %s: %w", t.Name, err)
			}
			out.Rows = append(out.Rows, raw)
		}
		file.Tables = append(file.Tables, out)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(file)
}

// rowJSON writes a row as an object with its keys in the columns' order.
func rowJSON(columns []Column, row []Cell) (json.RawMessage, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, c := range columns {
		if i >= len(row) || row[i].Empty() {
			continue
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(c.Key)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(row[i].value())
		if err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// value returns what stands for the cell in JSON.
func (c Cell) value() any {
	switch {
	case c.Written != "":
		return c.Written
	case !c.Words.IsZero():
		return c.Words
	case c.Number != "":
		return json.Number(c.Number)
	case c.Date != "":
		return c.Date
	case !c.Time.IsZero():
		return c.Time.In(calendar.Shanghai()).Format(time.RFC3339)
	}
	return c.Text
}
