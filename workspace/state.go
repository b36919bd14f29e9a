package workspace

import (
	"encoding/json"
	"slices"
)

// element is an interactive element in its block.
type element struct {
	blockID, actionID, kind string
	block, spec             object
	input                   bool
}

// interactive lists the interactive elements of stored blocks, in their order.
func interactive(blocks json.RawMessage) []element {
	list, err := decodeList(blocks)
	if err != nil {
		return nil
	}
	var out []element
	add := func(b object, v any) {
		e, ok := v.(object)
		if !ok {
			return
		}
		id, _ := e["action_id"].(string)
		kind, _ := e["type"].(string)
		blockID, _ := b["block_id"].(string)
		if id != "" && kind != "image" {
			out = append(out, element{blockID, id, kind, b, e, b["type"] == "input"})
		}
	}
	var walk func(b object)
	walk = func(b object) {
		add(b, b["accessory"])
		add(b, b["element"])
		for _, name := range []string{"elements", "actions"} {
			items, _ := b[name].([]any)
			for _, item := range items {
				if card, ok := item.(object); ok && card["type"] == "card" {
					walk(card)
					continue
				}
				add(b, item)
			}
		}
		rows, _ := b["rows"].([]any)
		for _, row := range rows {
			cells, _ := row.([]any)
			for _, cell := range cells {
				if o, ok := cell.(object); ok && o["type"] == "action_cell" {
					add(b, o["element"])
				}
			}
		}
	}
	for _, item := range list {
		if b, ok := item.(object); ok {
			walk(b)
		}
	}
	return out
}

// stateless are the elements that hold no state.
var stateless = []string{"button", "overflow", "workflow_button", "icon_button", "feedback_buttons"}

// initialState is what the elements of a view hold before anybody touches them.
func initialState(blocks json.RawMessage) stateValues {
	values := stateValues{}
	for _, e := range interactive(blocks) {
		if state := e.initial(); state != nil {
			values.set(e.blockID, e.actionID, state)
		}
	}
	return values
}

// stateField names the field in which an element type keeps its state, and the
// field of the element that holds its first value.
// See https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload.
var stateField = map[string][2]string{
	"plain_text_input":           {"value", "initial_value"},
	"email_text_input":           {"value", "initial_value"},
	"url_text_input":             {"value", "initial_value"},
	"number_input":               {"value", "initial_value"},
	"rich_text_input":            {"rich_text_value", "initial_value"},
	"file_input":                 {"files", ""},
	"static_select":              {"selected_option", "initial_option"},
	"external_select":            {"selected_option", "initial_option"},
	"radio_buttons":              {"selected_option", "initial_option"},
	"overflow":                   {"selected_option", ""},
	"users_select":               {"selected_user", "initial_user"},
	"conversations_select":       {"selected_conversation", "initial_conversation"},
	"channels_select":            {"selected_channel", "initial_channel"},
	"datepicker":                 {"selected_date", "initial_date"},
	"timepicker":                 {"selected_time", "initial_time"},
	"datetimepicker":             {"selected_date_time", "initial_date_time"},
	"checkboxes":                 {"selected_options", "initial_options"},
	"multi_static_select":        {"selected_options", "initial_options"},
	"multi_external_select":      {"selected_options", "initial_options"},
	"multi_users_select":         {"selected_users", "initial_users"},
	"multi_conversations_select": {"selected_conversations", "initial_conversations"},
	"multi_channels_select":      {"selected_channels", "initial_channels"},
}

// plural are the state fields that hold a list.
var plural = []string{
	"selected_options", "selected_users", "selected_conversations", "selected_channels", "files",
}

// initial is the element's first state, or nothing when it holds none.
func (e element) initial() map[string]any {
	names, known := stateField[e.kind]
	if !known || slices.Contains(stateless, e.kind) {
		return nil
	}
	value := e.spec[names[1]]
	if value == nil && slices.Contains(plural, names[0]) {
		value = []any{}
	}
	return map[string]any{"type": e.kind, names[0]: value}
}

// with returns the state of the element when a person gives it a value: a
// plain value for text and pickers, option values for menus, ids for people
// and channels. Options keep the text that the app gave them; a value that is
// none of them is passed on as it is, as a hostile client would.
func (e element) with(value any) map[string]any {
	field := stateField[e.kind][0]
	if field == "" {
		return nil
	}
	switch field {
	case "selected_option":
		if list, ok := value.([]any); ok && len(list) > 0 {
			value = list[0]
		}
		value = e.option(value)
	case "selected_options":
		list, ok := value.([]any)
		if !ok && value != nil && value != "" {
			list = []any{value}
		}
		options := []any{}
		for _, item := range list {
			options = append(options, e.option(item))
		}
		value = options
	default:
		list, isList := value.([]any)
		switch {
		case slices.Contains(plural, field) && !isList:
			if value == nil || value == "" {
				value = []any{}
			} else {
				value = []any{value}
			}
		case !slices.Contains(plural, field) && isList:
			value = nil
			if len(list) > 0 {
				value = list[0]
			}
		case value == "" && field != "value":
			value = nil
		}
		if n, ok := value.(json.Number); ok && field == "value" {
			value = n.String()
		}
		if text, ok := value.(string); ok && field == "selected_date_time" {
			value = json.Number(text)
		}
	}
	if value == "" {
		value = nil // Slack's client sends null for a field that is left empty
	}
	return map[string]any{"type": e.kind, field: value}
}

// option finds an option by its value.
func (e element) option(value any) any {
	if o, ok := value.(object); ok {
		return o
	}
	text, ok := value.(string)
	if !ok {
		if n, isNumber := value.(json.Number); isNumber {
			text, ok = n.String(), true
		}
	}
	if !ok || text == "" {
		return nil
	}
	for _, o := range allOptions(e.spec) {
		if optionValue(o) == text {
			return o
		}
	}
	return object{"text": object{"type": "plain_text", "text": text, "emoji": true}, "value": text}
}

// opinion completes the action for the one of a pair of feedback buttons that
// has the value.
func (e element) opinion(action map[string]any, value any) error {
	for _, name := range opinions {
		if b, ok := e.spec[name].(object); ok && b["value"] == value {
			action["value"], action["text"] = value, b["text"]
			return nil
		}
	}
	return badRequest("neither of the feedback buttons has the value %v", value)
}
