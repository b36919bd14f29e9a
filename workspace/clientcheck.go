package workspace

import (
	"fmt"
	"net/mail"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// clientProblems are the field errors that Slack's own client shows before it
// asks the app, by block_id, in the person's language. Whether a chosen option
// is one of the options is not among them: a client can be made to send
// anything, so an app must check that itself.
func clientProblems(v *view, locale string) map[string]string {
	say := func(zh, en string, values ...any) string {
		if strings.HasPrefix(locale, "zh") {
			return fmt.Sprintf(zh, values...)
		}
		return fmt.Sprintf(en, values...)
	}
	out := map[string]string{}
	for _, e := range interactive(v.Blocks) {
		if !e.input || out[e.blockID] != "" {
			continue
		}
		value := v.State.Values[e.blockID][e.actionID][stateField[e.kind][0]]
		if emptyValue(value) {
			if e.block["optional"] != true {
				out[e.blockID] = say("请填写此项。", "Please complete this required field.")
			}
			continue
		}
		if problem := e.valueProblem(value, say); problem != "" {
			out[e.blockID] = problem
		}
	}
	return out
}

func emptyValue(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	default:
		return false
	}
}

// valueProblem checks one value against its element.
func (e element) valueProblem(value any, say func(zh, en string, values ...any) string) string {
	if list, ok := value.([]any); ok {
		if most, given := number(e.spec["max_selected_items"]); given && len(list) > int(most) {
			return say("最多选 %d 项。", "Choose at most %d.", int(most))
		}
		if most, given := number(e.spec["max_files"]); e.kind == "file_input" && given && len(list) > int(most) {
			return say("最多 %d 个文件。", "Use at most %d files.", int(most))
		}
		return ""
	}
	text, ok := value.(string)
	if !ok {
		return ""
	}
	length := utf8.RuneCountInString(text)
	switch e.kind {
	case "plain_text_input":
		most := maxPlainTextInput
		if n, given := number(e.spec["max_length"]); given && n > 0 {
			most = int(n)
		}
		if length > most {
			return say("最多 %d 个字符，现有 %d 个。", "Use at most %d characters; there are %d.", most, length)
		}
		if least, given := number(e.spec["min_length"]); given && length < int(least) {
			return say("至少 %d 个字符。", "Use at least %d characters.", int(least))
		}
	case "number_input":
		return e.numberProblem(text, say)
	case "url_text_input":
		if u, err := url.Parse(text); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			return say("请填写完整的网址，例如 https://example.com。", "Enter a full URL, for example https://example.com.")
		}
	case "email_text_input":
		if a, err := mail.ParseAddress(text); err != nil || a.Address != text {
			return say("请填写电子邮件地址。", "Enter an email address.")
		}
	}
	return ""
}

func (e element) numberProblem(text string, say func(zh, en string, values ...any) string) string {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || strings.ContainsAny(text, "xXpPiInN_") {
		return say("请填写数字。", "Enter a number.")
	}
	if e.spec["is_decimal_allowed"] != true && strings.ContainsAny(text, ".eE") {
		return say("请填写整数。", "Enter a whole number.")
	}
	bound := func(name string) (float64, string, bool) {
		raw, _ := e.spec[name].(string)
		f, err := strconv.ParseFloat(raw, 64)
		return f, raw, raw != "" && err == nil
	}
	if least, raw, given := bound("min_value"); given && n < least {
		return say("不得小于 %s。", "Enter %s or more.", raw)
	}
	if most, raw, given := bound("max_value"); given && n > most {
		return say("不得大于 %s。", "Enter %s or less.", raw)
	}
	return ""
}
