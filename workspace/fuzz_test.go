package workspace

import (
	"encoding/json"
	"testing"
)

// FuzzBlocks: whatever an app sends is taken or refused, never a panic; and
// what is taken once is taken again as it was stored.
func FuzzBlocks(f *testing.F) {
	for _, seed := range []string{
		`[]`, `[null]`, `[[]]`, `[{"type":[]}]`, `[{"type":"divider","block_id":7}]`,
		`[{"type":"section","text":{"type":"mrkdwn","text":"x"},"accessory":{"type":"static_select","options":[{}],"initial_option":[]}}]`,
		`[{"type":"actions","elements":[{"type":"checkboxes","options":[null],"initial_options":{}}]}]`,
		`[{"type":"input","label":{"type":"plain_text","text":"x"},"element":{"type":"plain_text_input","min_length":"a"}}]`,
		`[{"type":"table","rows":[[{"type":"rich_text","elements":[{"elements":"x"}]}],{}]}]`,
		`[{"type":"data_visualization","title":"x","chart":{"type":"line","axis_config":{"categories":[1]},"series":[{"data":[{}]}]}}]`,
		`[{"type":"carousel","elements":[{"type":"card","title":{"type":"plain_text","text":"x"},"actions":[{}]}]}]`,
		`[{"type":"context","elements":[{"type":"image"}]}]`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		out, _, err := checkBlocks(raw)
		if err != nil {
			return
		}
		if _, _, err := checkBlocks(string(out)); err != nil {
			t.Fatalf("%s was taken, but not as stored: %s", raw, out)
		}
		for _, e := range interactive(out) {
			for _, value := range []any{nil, "", "x", json.Number("1"), []any{"x"}, []any{}, map[string]any{"type": e.kind}} {
				e.with(value)
			}
		}
		initialState(out)
	})
}

// FuzzView is FuzzBlocks for views.
func FuzzView(f *testing.F) {
	f.Add(`{"type":"modal","title":{"type":"plain_text","text":"x"},"blocks":[]}`)
	f.Add(`{"type":"modal","blocks":{}}`)
	f.Add(`null`)
	f.Fuzz(func(t *testing.T, raw string) {
		v, _, err := readView(raw, "modal")
		if err == nil && v.Type != "modal" {
			t.Fatalf("%s was taken for a modal", raw)
		}
	})
}
