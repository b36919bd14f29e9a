package render

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/evaluation"
	"wainao/lang"
	"wainao/people"
)

// BallotsPerMessage is how many ballots one message to a member holds: two
// blocks each.
const BallotsPerMessage = 15

// Ballots renders the message with the votes of d that a member is asked for, or
// what they gave once they are closed.
func Ballots(d AgendaData, among BallotRange, l lang.Lang) Message {
	m := ballots(d, among, l)
	m.Blocks = append(m.Blocks, actions("ballots", button(ActionEvaluationAgenda+":b", string(d.Cycle.ID), seeAgenda(d.Cycle).In(l)))...)
	return m
}

// BallotsModal renders the same as a modal, for who votes from the agenda: a
// message that they alone see could not be brought up to date when the votes
// are closed.
func BallotsModal(d AgendaData, among BallotRange, l lang.Lang) slack.ModalViewRequest {
	return slack.ModalViewRequest{
		Type: slack.VTModal, Title: plain(lang.T("我的表决", "My votes").In(l)), Close: plain(lang.T("关闭", "Close").In(l)),
		Blocks: slack.Blocks{BlockSet: ballots(d, among, l).Blocks},
	}
}

func ballots(d AgendaData, among BallotRange, l lang.Lang) Message {
	waiting := d.waiting()
	title := lang.Tf("%s · 请表决（%s）", "%s · please vote on %s", d.Cycle.ID.Label(), lang.T(count(waiting)+" 项", plural(waiting, "item", "items")))
	if waiting == 0 {
		title = lang.Tf("%s · 表决", "%s · votes", d.Cycle.ID.Label())
	}
	m := Message{Text: title.In(l), Blocks: []slack.Block{header(title.In(l))}}
	open := false
	for n, i := range d.Items {
		lines := []string{
			"*" + itemTitle(d.Cycle, d.Policy, i.Item.ID, l) + "* · " + shortResult(i.ItemResult, l),
			lang.T("动议：", "Motion: ").In(l) + motionWords(i.Motion.MotionText, i.Item, l), d.outcome(i, l),
		}
		m.Blocks = append(m.Blocks, section(strings.Join(lines, "\n")))
		if d.votes(i) {
			open = true
			m.Blocks = append(m.Blocks, actions(fmt.Sprintf("ballot:%d", n), append(d.voteButtons(i, n, among, l),
				button(fmt.Sprintf("%s:%d", ActionResult, n), itemValue(d.Cycle.ID, i.Item.ID), lang.T("打分详情", "Scores").In(l)))...)...)
		}
	}
	if len(d.Items) == 0 {
		m.Blocks = append(m.Blocks, section(lang.T("现在没有等你表决的事项。", "No vote waits for you now.").In(l)))
	}
	if open {
		m.Blocks = append(m.Blocks, contextLine(votingRules(d.Cycle, l)))
	}
	return m
}

// MotionModal renders the form for a motion of one's own wording, filled with
// what the figures propose.
func MotionModal(d AgendaData, i evaluation.AgendaItem, l lang.Lang) slack.ModalViewRequest {
	filled := i.Proposal
	if i.Motion != nil {
		filled = i.Motion.MotionText
	}
	var options []*slack.OptionBlockObject
	for _, v := range i.Item.Verdicts() {
		options = append(options, option(string(v), capital(v.Label().In(l))))
	}
	blocks := []slack.Block{section("*" + itemTitle(d.Cycle, d.Policy, i.Item.ID, l) + "* · " + shortResult(i.ItemResult, l) + "\n" + itemFocus(i.Item, evaluation.MaxFocus, l))}
	if i.Motion != nil && i.Motion.State != evaluation.Voting {
		blocks = append(blocks, section(lang.T("上次动议：", "Moved last: ").In(l)+motionWords(i.Motion.MotionText, i.Item, l)+"\n"+ballotResult(d.Cycle, *i.Motion).In(l)))
	}
	zh := optional(words(evaluation.FieldFocusZH, lang.T("新的主攻方向（中文）", "New focus in Chinese"), filled.Focus.ZH, evaluation.MaxFocus, false, l))
	zh.Hint = plain(lang.T("调整或纳入时必填；加强时可填；其他不填。", "Needed to adjust or to take in, possible to strengthen; otherwise leave it empty.").In(l))
	blocks = append(blocks,
		choice(evaluation.FieldVerdict, evaluation.FieldVerdict, lang.T("怎么处理", "What becomes of it"), options, string(filled.Verdict), l),
		zh,
		optional(words(evaluation.FieldFocusEN, lang.T("新的主攻方向（英文）", "New focus in English"), filled.Focus.EN, evaluation.MaxFocus, false, l)),
		optional(words(evaluation.FieldReason, lang.T("理由（记入纪要）", "Reason, for the minutes"), "", evaluation.MaxReason, true, l)))
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: MotionForm, PrivateMetadata: AboutEvaluation(l, d.Cycle.ID, string(i.Item.ID)),
		Title:  plain(lang.T("提出表决", "Put to the vote").In(l)),
		Submit: plain(lang.T("提出", "Put it").In(l)),
		Close:  plain(lang.T("取消", "Cancel").In(l)),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
}

// MinuteModal renders the form for adding to the minutes; no item is the whole.
func MinuteModal(d AgendaData, item evaluation.ItemID, l lang.Lang) slack.ModalViewRequest {
	about := lang.T("会商整体", "the deliberation as a whole").In(l)
	if item != "" {
		about = itemTitle(d.Cycle, d.Policy, item, l)
	}
	text := words(evaluation.FieldText, lang.T("纪要", "Minutes"), "", evaluation.MaxMinute, true, l)
	text.Hint = plain(lang.T("写入后不能删改，能看评估的人都能看到。请不要写谁投了什么。", "It cannot be changed behind that, and all who see the evaluation read it. Do not write who voted how.").In(l))
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: MinuteForm, PrivateMetadata: AboutEvaluation(l, d.Cycle.ID, string(item)),
		Title:  plain(lang.T("记入纪要", "Add to the minutes").In(l)),
		Submit: plain(lang.T("记入", "Add").In(l)),
		Close:  plain(lang.T("取消", "Cancel").In(l)),
		Blocks: slack.Blocks{BlockSet: []slack.Block{section(lang.T("关于：", "About: ").In(l) + "*" + about + "*"), text}},
	}
}

// maxMinutes is how many entries of the minutes one modal shows, the newest.
const maxMinutes = 40

// Minutes renders the minutes, in the order in which they were written.
func Minutes(d AgendaData, who people.State, l lang.Lang) slack.ModalViewRequest {
	all := d.Cycle.Minutes
	blocks := []slack.Block{}
	if n := len(all) - maxMinutes; n > 0 {
		blocks = append(blocks, contextLine(lang.Tf("更早的 %d 条没有列出，见报告。", "%d earlier ones are not listed; the report has them.", n).In(l)))
		all = all[n:]
	}
	for _, minute := range all {
		head := calendar.FormatTime(minute.At).In(l) + " · " + userName(who, minute.By).In(l)
		if minute.Item != "" {
			head += " · *" + itemTitle(d.Cycle, d.Policy, minute.Item, l) + "*"
		}
		blocks = append(blocks, section(head+"\n"+quote(Cut(minute.Text, evaluation.MaxMinute))))
	}
	if len(all) == 0 {
		blocks = append(blocks, section(lang.T("还没有纪要。", "There are no minutes yet.").In(l)))
	}
	return slack.ModalViewRequest{
		Type:   slack.VTModal,
		Title:  plain(lang.T("会商纪要", "Minutes").In(l)),
		Close:  plain(lang.T("关闭", "Close").In(l)),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
}
