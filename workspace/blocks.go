package workspace

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// surface is where blocks are shown.
type surface int

const (
	surfaceMessage surface = 1 << iota
	surfaceModal
	surfaceHome
	everywhere = surfaceMessage | surfaceModal | surfaceHome
)

// object is a JSON object.
type object = map[string]any

// checker walks blocks and notes what Slack would refuse, in Slack's words: a
// sentence and a pointer to the place.
type checker struct {
	on       surface
	problems []string
	blockIDs map[string]bool
	text     int  // characters of text in all blocks
	table    int  // characters in the cells of table blocks
	inputs   bool // there is an input block
	files    []fileRef
}

func (k *checker) fail(at, format string, values ...any) {
	k.problems = append(k.problems, fmt.Sprintf(format, values...)+" [json-pointer:"+at+"]")
}

// checkBlocks checks the blocks of a message and returns them with the ids that
// Slack would have given to those without one.
func checkBlocks(raw string) (json.RawMessage, []fileRef, error) {
	list, err := decodeList([]byte(raw))
	if err != nil {
		return nil, nil, refuse("invalid_blocks_format")
	}
	k := &checker{on: surfaceMessage, blockIDs: map[string]bool{}}
	k.blocks(list, "/blocks")
	if len(k.problems) > 0 {
		return nil, nil, refuseBecause("invalid_blocks", k.problems...)
	}
	if k.text > maxMessageBlockText {
		return nil, nil, refuse("msg_blocks_too_long")
	}
	out, err := json.Marshal(list)
	return out, k.files, err
}

// checkView checks a view and returns it with the ids that Slack would have
// given.
func checkView(raw []byte, want string) ([]byte, []fileRef, error) {
	v, err := decodeObject(raw)
	if err != nil {
		return nil, nil, refuseBecause("invalid_arguments", "failed to match all allowed schemas [json-pointer:/view]")
	}
	on := surfaceModal
	if want == "home" {
		on = surfaceHome
	}
	k := &checker{on: on, blockIDs: map[string]bool{}}
	if v["type"] != want {
		k.fail("/view/type", "must be one of the following: %q", want)
	}
	list, isList := v["blocks"].([]any)
	switch {
	case v["blocks"] == nil:
		k.fail("/view", "missing required field: blocks")
	case !isList:
		k.fail("/view/blocks", "must provide an array")
	default:
		k.blocks(list, "/view/blocks")
	}
	if want == "modal" {
		k.plain(v, "title", "/view", maxViewTitle, true)
		k.plain(v, "submit", "/view", maxViewTitle, false)
		k.plain(v, "close", "/view", maxViewTitle, false)
		if k.inputs && v["submit"] == nil {
			k.fail("/view", "missing required field: submit")
		}
	}
	k.str(v, "private_metadata", "/view", maxPrivateMetadata, false)
	k.str(v, "callback_id", "/view", maxIDLength, false)
	k.str(v, "external_id", "/view", maxIDLength, false)
	if len(k.problems) > 0 {
		return nil, nil, refuseBecause("invalid_arguments", k.problems...)
	}
	out, err := json.Marshal(v)
	return out, k.files, err
}

func decodeObject(raw []byte) (object, error) {
	var v object
	err := decode(raw, &v)
	if err == nil && v == nil {
		err = fmt.Errorf("null where an object belongs")
	}
	return v, err
}

func decodeList(raw []byte) ([]any, error) {
	var v []any
	err := decode(raw, &v)
	return v, err
}

// decode keeps numbers as they were written.
func decode(raw []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		return err
	}
	if d.More() {
		return fmt.Errorf("more than one JSON value")
	}
	return nil
}

// blockRule is where a block may stand and how it is checked.
type blockRule struct {
	on    surface
	check func(k *checker, b object, at string)
}

// blockRules are the block types. Which surfaces take which is documented at
// https://docs.slack.dev/reference/block-kit/blocks.
var blockRules = map[string]blockRule{
	"actions":            {everywhere, (*checker).actionsBlock},
	"alert":              {surfaceModal, (*checker).alertBlock},
	"card":               {everywhere, (*checker).cardBlock},
	"carousel":           {surfaceMessage | surfaceHome, (*checker).carouselBlock},
	"context":            {everywhere, (*checker).contextBlock},
	"context_actions":    {surfaceMessage, (*checker).contextActionsBlock},
	"data_table":         {surfaceMessage, (*checker).dataTableBlock},
	"data_visualization": {surfaceMessage, (*checker).dataVisualizationBlock},
	"divider":            {everywhere, func(*checker, object, string) {}},
	"file":               {surfaceMessage, func(k *checker, b object, at string) { k.str(b, "external_id", at, maxIDLength, true) }},
	"header":             {everywhere, func(k *checker, b object, at string) { k.plain(b, "text", at, maxHeaderText, true) }},
	"image":              {everywhere, (*checker).imageBlock},
	"input":              {everywhere, (*checker).inputBlock},
	"markdown":           {surfaceMessage, (*checker).markdownBlock},
	"rich_text":          {everywhere, (*checker).richTextBlock},
	"section":            {everywhere, (*checker).sectionBlock},
	"table":              {surfaceMessage, (*checker).tableBlock},
	"video":              {everywhere, (*checker).videoBlock},
}

// blocks checks a list of blocks and gives ids to those without one.
func (k *checker) blocks(list []any, at string) {
	limit := maxViewBlocks
	if k.on == surfaceMessage {
		limit = maxMessageBlocks
	}
	if len(list) > limit {
		k.fail(at, "no more than %d items allowed", limit)
	}
	for i, item := range list {
		here := at + "/" + strconv.Itoa(i)
		b, ok := item.(object)
		if !ok {
			k.fail(here, "must provide an object")
			continue
		}
		kind, _ := b["type"].(string)
		rule, known := blockRules[kind]
		switch {
		case b["type"] == nil:
			k.fail(here, "missing required field: type")
			continue
		case !known:
			k.fail(here+"/type", "unsupported type: %s", kind)
			continue
		case rule.on&k.on == 0:
			k.fail(here+"/type", "unsupported type: %s", kind)
			continue
		}
		k.blockID(b, here)
		rule.check(k, b, here)
	}
}

func (k *checker) blockID(b object, at string) {
	k.str(b, "block_id", at, maxIDLength, false)
	id, _ := b["block_id"].(string)
	if id == "" {
		b["block_id"] = randomText(5, idAlphabet+"abcdefghijklmnopqrstuvwxyz+=/")
		return
	}
	if k.blockIDs[id] {
		k.fail(at+"/block_id", "`block_id` %q already exists", id)
	}
	k.blockIDs[id] = true
}

// str checks a string field.
func (k *checker) str(o object, name, at string, limit int, required bool) {
	v, given := o[name]
	if !given || v == nil {
		if required {
			k.fail(at, "missing required field: %s", name)
		}
		return
	}
	text, ok := v.(string)
	if !ok {
		k.fail(at+"/"+name, "must provide a string")
		return
	}
	k.length(text, at+"/"+name, limit, required)
}

func (k *checker) length(text, at string, limit int, required bool) {
	if required && text == "" {
		k.fail(at, "must be more than 0 characters")
	}
	if utf8.RuneCountInString(text) > limit {
		k.fail(at, "must be less than %d characters", limit+1)
	}
}

// plain checks a text object that must be plain_text.
func (k *checker) plain(o object, name, at string, limit int, required bool) {
	k.textObject(o, name, at, limit, required, "plain_text")
}

// rich checks a text object that may be plain_text or mrkdwn.
func (k *checker) rich(o object, name, at string, limit int, required bool) {
	k.textObject(o, name, at, limit, required, "plain_text", "mrkdwn")
}

// textObject checks a text object.
// See https://docs.slack.dev/reference/block-kit/composition-objects/text-object.
func (k *checker) textObject(o object, name, at string, limit int, required bool, kinds ...string) {
	v, given := o[name]
	if !given || v == nil {
		if required {
			k.fail(at, "missing required field: %s", name)
		}
		return
	}
	t, ok := v.(object)
	if !ok {
		k.fail(at+"/"+name, "must provide an object")
		return
	}
	k.textItself(t, at+"/"+name, limit, kinds...)
}

func (k *checker) textItself(t object, at string, limit int, kinds ...string) {
	kind, _ := t["type"].(string)
	if !slices.Contains(kinds, kind) {
		k.fail(at+"/type", "must be one of the following: %s", quoted(kinds))
		return
	}
	if kind == "mrkdwn" && t["emoji"] != nil {
		k.fail(at, "invalid additional property: emoji")
	}
	if kind == "plain_text" && t["verbatim"] != nil && t["verbatim"] != false {
		k.fail(at, "invalid additional property: verbatim")
	}
	text, isText := t["text"].(string)
	switch {
	case t["text"] == nil:
		k.fail(at, "missing required field: text")
	case !isText:
		k.fail(at+"/text", "must provide a string")
	default:
		k.length(text, at+"/text", limit, true)
		k.text += utf8.RuneCountInString(text)
	}
}

func quoted(kinds []string) string {
	out := make([]string, len(kinds))
	for i, kind := range kinds {
		out[i] = strconv.Quote(kind)
	}
	return strings.Join(out, ", ")
}

// items returns a list field after checking its length.
func (k *checker) items(o object, name, at string, least, most int, required bool) []any {
	v, given := o[name]
	if !given || v == nil {
		if required {
			k.fail(at, "missing required field: %s", name)
		}
		return nil
	}
	list, ok := v.([]any)
	if !ok {
		k.fail(at+"/"+name, "must provide an array")
		return nil
	}
	if len(list) < least {
		k.fail(at+"/"+name, "no fewer than %d items allowed", least)
	}
	if len(list) > most {
		k.fail(at+"/"+name, "no more than %d items allowed", most)
	}
	return list
}

// objects calls f for every object of a list.
func (k *checker) objects(list []any, at string, f func(o object, at string)) {
	for i, item := range list {
		here := at + "/" + strconv.Itoa(i)
		if o, ok := item.(object); ok {
			f(o, here)
		} else {
			k.fail(here, "must provide an object")
		}
	}
}

func (k *checker) sectionBlock(b object, at string) {
	k.rich(b, "text", at, maxSectionText, false)
	fields := k.items(b, "fields", at, 1, maxFields, false)
	if b["text"] == nil && b["fields"] == nil {
		k.fail(at, "missing required field: text")
	}
	k.objects(fields, at+"/fields", func(o object, at string) {
		k.textItself(o, at, maxFieldText, "plain_text", "mrkdwn")
	})
	if b["accessory"] != nil {
		k.element(b, "accessory", at, sectionElements, map[string]bool{})
	}
}

func (k *checker) actionsBlock(b object, at string) {
	k.elements(k.items(b, "elements", at, 1, maxActionItems, true), at+"/elements", actionElements)
}

func (k *checker) contextActionsBlock(b object, at string) {
	k.elements(k.items(b, "elements", at, 1, maxContextActs, true), at+"/elements",
		[]string{"feedback_buttons", "icon_button"})
}

func (k *checker) contextBlock(b object, at string) {
	list := k.items(b, "elements", at, 1, maxContextItems, true)
	k.objects(list, at+"/elements", func(o object, at string) {
		switch o["type"] {
		case "image":
			k.image(o, at)
		default:
			k.textItself(o, at, maxTextObject, "plain_text", "mrkdwn")
		}
	})
}

func (k *checker) imageBlock(b object, at string) {
	k.image(b, at)
	k.plain(b, "title", at, maxImageTitle, false)
}

func (k *checker) image(o object, at string) {
	k.str(o, "alt_text", at, maxAltText, true)
	if o["image_url"] == nil && o["slack_file"] == nil {
		k.fail(at, "missing required field: image_url")
	}
	if o["image_url"] != nil {
		k.address(o, "image_url", at, true)
	}
	if o["slack_file"] != nil {
		k.slackFile(o["slack_file"], at+"/slack_file")
	}
}

// address checks a URL field.
func (k *checker) address(o object, name, at string, required bool) {
	k.str(o, name, at, maxURL, required)
	text, _ := o[name].(string)
	if text != "" && !validURL(text) {
		k.fail(at+"/"+name, "must be a valid URL")
	}
}

func (k *checker) markdownBlock(b object, at string) {
	k.str(b, "text", at, maxMarkdownText, true)
	text, _ := b["text"].(string)
	k.text += utf8.RuneCountInString(text)
}

func (k *checker) inputBlock(b object, at string) {
	k.inputs = true
	k.plain(b, "label", at, maxInputLabel, true)
	k.plain(b, "hint", at, maxInputHint, false)
	k.element(b, "element", at, inputElements, map[string]bool{})
}

func (k *checker) alertBlock(b object, at string) {
	k.rich(b, "text", at, maxAlertText, true)
	if level, ok := b["level"].(string); ok && level != "" {
		levels := []string{"default", "info", "warning", "error", "success"}
		if !slices.Contains(levels, level) {
			k.fail(at+"/level", "must be one of the following: %s", quoted(levels))
		}
	}
}

func (k *checker) cardBlock(b object, at string) {
	k.rich(b, "title", at, maxCardTitle, false)
	k.rich(b, "subtitle", at, maxCardSubtitle, false)
	k.rich(b, "body", at, maxCardBody, false)
	k.rich(b, "subtext", at, maxCardBody, false)
	for _, name := range []string{"hero_image", "icon"} {
		if o, ok := b[name].(object); ok {
			k.image(o, at+"/"+name)
		}
	}
	if b["icon"] != nil && b["slack_icon"] != nil {
		k.fail(at, "only one of icon and slack_icon may be given")
	}
	if b["title"] == nil && b["body"] == nil && b["hero_image"] == nil {
		k.fail(at, "missing required field: title")
	}
	k.elements(k.items(b, "actions", at, 1, maxCardActions, false), at+"/actions", []string{"button"})
}

func (k *checker) carouselBlock(b object, at string) {
	list := k.items(b, "elements", at, 1, maxCards, true)
	k.objects(list, at+"/elements", func(o object, at string) {
		if o["type"] != "card" {
			k.fail(at+"/type", "must be one of the following: %q", "card")
			return
		}
		k.blockID(o, at)
		k.cardBlock(o, at)
	})
}

func (k *checker) videoBlock(b object, at string) {
	k.str(b, "alt_text", at, maxAltText, true)
	k.plain(b, "title", at, 200, true)
	k.address(b, "video_url", at, true)
	k.address(b, "thumbnail_url", at, true)
}

// richTextBlock checks the outer shape of rich text and counts its characters.
func (k *checker) richTextBlock(b object, at string) {
	kinds := []string{"rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"}
	k.objects(k.items(b, "elements", at, 0, 1000, true), at+"/elements", func(o object, at string) {
		kind, _ := o["type"].(string)
		if !slices.Contains(kinds, kind) {
			k.fail(at+"/type", "must be one of the following: %s", quoted(kinds))
			return
		}
		if kind == "rich_text_list" && o["style"] != "bullet" && o["style"] != "ordered" {
			k.fail(at+"/style", "must be one of the following: %s", quoted([]string{"bullet", "ordered"}))
		}
		k.items(o, "elements", at, 0, 1000, true)
	})
	k.text += richTextLength(b["elements"])
}

// richTextLength counts the characters that rich text shows.
func richTextLength(v any) int {
	n := 0
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			n += richTextLength(item)
		}
	case object:
		if text, ok := v["text"].(string); ok {
			n += utf8.RuneCountInString(text)
		}
		n += richTextLength(v["elements"])
	}
	return n
}
