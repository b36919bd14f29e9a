package workspace

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// Which elements stand where.
// See https://docs.slack.dev/reference/block-kit/block-elements.
var (
	menus = []string{
		"static_select", "external_select", "users_select", "conversations_select", "channels_select",
	}
	multiMenus = []string{
		"multi_static_select", "multi_external_select", "multi_users_select", "multi_conversations_select",
		"multi_channels_select",
	}
	pickers        = []string{"datepicker", "timepicker", "checkboxes", "radio_buttons"}
	actionElements = slices.Concat(menus, multiMenus, pickers, []string{
		"button", "overflow", "datetimepicker", "workflow_button", "rich_text_input",
	})
	sectionElements = slices.Concat(menus, multiMenus, pickers, []string{
		"button", "overflow", "image", "workflow_button",
	})
	inputElements = slices.Concat(menus, multiMenus, pickers, []string{
		"datetimepicker", "plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input",
		"file_input",
	})
)

// element checks the element in a field of a block.
func (k *checker) element(o object, name, at string, kinds []string, actionIDs map[string]bool) {
	v, given := o[name]
	if !given || v == nil {
		k.fail(at, "missing required field: %s", name)
		return
	}
	e, ok := v.(object)
	if !ok {
		k.fail(at+"/"+name, "must provide an object")
		return
	}
	k.elementItself(e, at+"/"+name, kinds, actionIDs)
}

// elements checks the elements of one block, whose action_ids must differ.
func (k *checker) elements(list []any, at string, kinds []string) {
	actionIDs := map[string]bool{}
	k.objects(list, at, func(o object, at string) { k.elementItself(o, at, kinds, actionIDs) })
}

func (k *checker) elementItself(e object, at string, kinds []string, actionIDs map[string]bool) {
	kind, _ := e["type"].(string)
	if e["type"] == nil {
		k.fail(at, "missing required field: type")
		return
	}
	if !slices.Contains(kinds, kind) {
		k.fail(at+"/type", "unsupported type: %s", kind)
		return
	}
	if kind == "image" {
		k.image(e, at)
		return
	}
	k.actionID(e, at, actionIDs)
	if o, ok := e["confirm"].(object); ok {
		k.confirm(o, at+"/confirm")
	}
	switch kind {
	case "button", "workflow_button":
		k.button(e, at)
	case "icon_button":
		k.plain(e, "text", at, maxButtonText, true)
		k.str(e, "value", at, maxButtonValue, false)
	case "feedback_buttons":
		k.feedbackButtons(e, at)
	case "overflow":
		k.options(k.items(e, "options", at, 1, maxOverflowOptions, true), at+"/options", false)
	case "checkboxes", "radio_buttons":
		k.options(k.items(e, "options", at, 1, maxChoices, true), at+"/options", true)
		k.initialOptions(e, at)
	case "static_select", "multi_static_select":
		k.staticSelect(e, at)
	case "plain_text_input", "email_text_input", "url_text_input", "number_input":
		k.textInput(e, at, kind)
	case "file_input":
		k.items(e, "filetypes", at, 0, maxFileTypes, false)
		if n, given := number(e["max_files"]); given && (n < 1 || n > maxMessageFiles) {
			k.fail(at+"/max_files", "must be between 1 and %d", maxMessageFiles)
		}
	case "datepicker":
		k.placeholder(e, at)
		k.pattern(e, "initial_date", at, time.DateOnly)
	case "timepicker":
		k.placeholder(e, at)
		k.pattern(e, "initial_time", at, "15:04")
	default:
		k.placeholder(e, at)
	}
	if n, given := number(e["max_selected_items"]); given && n < 1 {
		k.fail(at+"/max_selected_items", "must be more than 0")
	}
}

func (k *checker) actionID(e object, at string, seen map[string]bool) {
	k.str(e, "action_id", at, maxIDLength, false)
	id, _ := e["action_id"].(string)
	if id == "" {
		e["action_id"] = randomText(5, idAlphabet+"abcdefghijklmnopqrstuvwxyz+=/")
		return
	}
	if seen[id] {
		k.fail(at+"/action_id", "`action_id` %q already exists", id)
	}
	seen[id] = true
}

func (k *checker) button(e object, at string) {
	k.plain(e, "text", at, maxButtonText, true)
	k.str(e, "value", at, maxButtonValue, false)
	k.str(e, "accessibility_label", at, maxButtonLabel, false)
	if e["url"] != nil && e["url"] != "" {
		k.address(e, "url", at, false)
	}
	k.style(e, at)
}

// opinions are the two fields of feedback buttons.
var opinions = []string{"positive_button", "negative_button"}

// feedbackButtons checks a pair of buttons for praise and complaint.
// See https://docs.slack.dev/reference/block-kit/block-elements/feedback-buttons-element.
func (k *checker) feedbackButtons(e object, at string) {
	for _, name := range opinions {
		b, ok := e[name].(object)
		switch {
		case e[name] == nil:
			k.fail(at, "missing required field: %s", name)
		case !ok:
			k.fail(at+"/"+name, "must provide an object")
		default:
			k.plain(b, "text", at+"/"+name, maxButtonText, true)
			k.str(b, "value", at+"/"+name, maxButtonValue, true)
			k.str(b, "accessibility_label", at+"/"+name, maxButtonLabel, false)
		}
	}
}

func (k *checker) style(o object, at string) {
	if style, given := o["style"]; given && style != "" && style != "primary" && style != "danger" {
		k.fail(at+"/style", "must be one of the following: %s", quoted([]string{"primary", "danger"}))
	}
}

// confirm checks a confirmation dialog.
// See https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object.
func (k *checker) confirm(o object, at string) {
	k.plain(o, "title", at, maxConfirmTitle, true)
	k.rich(o, "text", at, maxConfirmText, true)
	k.plain(o, "confirm", at, maxConfirmButton, true)
	k.plain(o, "deny", at, maxConfirmButton, false)
	k.style(o, at)
}

func (k *checker) placeholder(e object, at string) {
	k.plain(e, "placeholder", at, maxPlaceholder, false)
}

func (k *checker) staticSelect(e object, at string) {
	k.placeholder(e, at)
	if e["options"] == nil && e["option_groups"] == nil {
		k.fail(at, "must define either `options` or `option_groups`")
		return
	}
	if e["options"] != nil && e["option_groups"] != nil {
		k.fail(at, "must define either `options` or `option_groups`")
	}
	k.options(k.items(e, "options", at, 1, maxOptions, false), at+"/options", false)
	groups := k.items(e, "option_groups", at, 1, maxOptionGroups, false)
	k.objects(groups, at+"/option_groups", func(o object, at string) {
		k.plain(o, "label", at, maxGroupLabel, true)
		k.options(k.items(o, "options", at, 1, maxOptions, true), at+"/options", false)
	})
	k.initialOptions(e, at)
}

// options checks the options of a menu or of a list of choices, whose texts may
// be mrkdwn.
func (k *checker) options(list []any, at string, choices bool) {
	values := map[string]bool{}
	k.objects(list, at, func(o object, at string) {
		text := k.plain
		if choices {
			text = k.rich
		}
		text(o, "text", at, maxOptionText, true)
		text(o, "description", at, maxOptionDescription, false)
		k.str(o, "value", at, maxOptionValue, true)
		if v, ok := o["value"].(string); ok {
			if values[v] {
				k.fail(at+"/value", "must be unique")
			}
			values[v] = true
		}
	})
}

// initialOptions checks that what is chosen at first is among the options.
func (k *checker) initialOptions(e object, at string) {
	known := map[string]bool{}
	for _, o := range allOptions(e) {
		known[optionValue(o)] = true
	}
	if o, ok := e["initial_option"].(object); ok && !known[optionValue(o)] {
		k.fail(at+"/initial_option", "must match one of the options")
	}
	list, _ := e["initial_options"].([]any)
	for i, item := range list {
		if o, ok := item.(object); !ok || !known[optionValue(o)] {
			k.fail(at+"/initial_options/"+strconv.Itoa(i), "must match one of the options")
		}
	}
}

// allOptions lists the options of an element, those in groups too.
func allOptions(e object) []object {
	var out []object
	add := func(v any) {
		list, _ := v.([]any)
		for _, item := range list {
			if o, ok := item.(object); ok {
				out = append(out, o)
			}
		}
	}
	add(e["options"])
	groups, _ := e["option_groups"].([]any)
	for _, g := range groups {
		if o, ok := g.(object); ok {
			add(o["options"])
		}
	}
	return out
}

func optionValue(o object) string {
	v, _ := o["value"].(string)
	return v
}

func (k *checker) textInput(e object, at, kind string) {
	k.placeholder(e, at)
	k.str(e, "initial_value", at, maxPlainTextInput, false)
	least, hasLeast := number(e["min_length"])
	most, hasMost := number(e["max_length"])
	if hasLeast && (least < 0 || least > maxPlainTextInput) {
		k.fail(at+"/min_length", "must be less than %d", maxPlainTextInput+1)
	}
	if hasMost && (most < 1 || most > maxPlainTextInput) {
		k.fail(at+"/max_length", "must be less than %d", maxPlainTextInput+1)
	}
	if hasLeast && hasMost && most > 0 && least > most {
		k.fail(at+"/min_length", "must be less than max_length")
	}
	if kind == "number_input" {
		if _, ok := e["is_decimal_allowed"].(bool); !ok {
			k.fail(at, "missing required field: is_decimal_allowed")
		}
	}
}

// pattern checks a date or a time of a fixed layout.
func (k *checker) pattern(e object, name, at, layout string) {
	text, given := e[name].(string)
	if !given || text == "" {
		return
	}
	if _, err := time.Parse(layout, text); err != nil {
		k.fail(at+"/"+name, "must match the format %s", map[string]string{time.DateOnly: "YYYY-MM-DD", "15:04": "HH:mm"}[layout])
	}
}

var schemePattern = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9+.-]*$`)

// validURL reports whether a text is a URL that Slack takes for a link.
func validURL(text string) bool {
	u, err := url.Parse(text)
	return err == nil && schemePattern.MatchString(u.Scheme) && (u.Host != "" || u.Opaque != "" || u.Path != "")
}
