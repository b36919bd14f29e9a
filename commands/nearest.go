package commands

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"wainao/people"
	"wainao/policy"
	"wainao/render"
)

// maxNearest is how many commands are offered for what somebody wrote.
const maxNearest = 3

// callsFor are words, besides its verbs, by which people ask for a command: in
// lower case, and English ones without endings.
var callsFor = map[string][]string{
	"report":     {"填报", "填表", "报送", "报进展", "撤回", "草稿", "submit", "draft", "withdraw"},
	"template":   {"excel", "表格", "批量", "spreadsheet"},
	"review":     {"待审", "采纳", "退回", "approve", "queue"},
	"progress":   {"进度", "矩阵", "热力图", "matrix", "heatmap"},
	"items":      {"项目清单", "台账", "register"},
	"period":     {"锁定", "截止日", "deadline", "lock", "quarter"},
	"digest":     {"周报"},
	"export":     {"下载", "导表", "download", "csv", "xlsx"},
	"questions":  {"没答上", "unanswered"},
	"people":     {"联络员", "角色", "权限", "liaison", "role", "permission", "contact"},
	"absence":    {"请假", "出差", "休假", "替班", "holiday", "vacation", "leave"},
	"schedule":   {"定时", "任务", "提醒时间", "job", "cron", "pause"},
	"deliveries": {"没收到", "重发", "发给了谁", "resend", "delivered"},
	"duplicates": {"重复", "合并", "same item", "merge"},
	"path":       {"年度路径", "pace"},
	"evaluation": {"打分", "评分", "表决", "会商", "公示", "score", "scoring", "vote", "ballot"},
	"help":       {"怎么用", "命令", "菜单", "command", "menu", "usage"},
}

// nearestFeature is the buttons on which a command can be started that somebody
// asked for in words.
func (c *Commands) nearestFeature() feature {
	return feature{actions: map[string]action{render.ActionCommand: {people.Ask, c.commandClick}}}
}

// nearest returns the commands, of those that the person may use, that words
// which are no question may have asked for; at most maxNearest.
func (c *Commands) nearest(text string, p people.Person) []Command {
	whole, words := policy.Key(text), strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
	var found []Command
	for _, cmd := range c.registry.commands {
		calls := append([]string{cmd.Alias, cmd.Name}, callsFor[cmd.Name]...)
		if cmd.allow(p) == nil && slices.ContainsFunc(calls, func(call string) bool { return calledBy(call, whole, words) }) {
			found = append(found, cmd)
		}
	}
	return found[:min(len(found), maxNearest)]
}

// calledBy reports whether a text has the word in it: anywhere in Chinese, as a
// word of its own in English, where an ending or the last letters may differ.
func calledBy(call, whole string, words []string) bool {
	switch {
	case utf8.RuneCountInString(call) < 2:
		return false // The verb 问 is in every other sentence.
	case call[0] >= utf8.RuneSelf || strings.Contains(call, " "):
		return strings.Contains(whole, policy.Key(call))
	}
	return slices.ContainsFunc(words, func(w string) bool {
		n := 0
		for n < min(len(w), len(call)) && w[n] == call[n] {
			n++
		}
		return w == call || n >= 4 && len(call)-n <= 2 && len(w)-n <= 3
	})
}

// commandClick starts a command without words behind it.
func (c *Commands) commandClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	cmd, ok := c.registry.verbs[policy.Key(a.Value)]
	if !ok {
		return nil
	}
	r.Args = ""
	return c.run(ctx, r, cmd)
}
