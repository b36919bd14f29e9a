package render

import (
	"strings"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/policy"
)

// maxDigestItems keeps a digest to one screen; the rest is counted.
const maxDigestItems = 6

// DigestOptions say what surrounds a digest's content.
type DigestOptions struct {
	Late bool // It is posted after its slot, and says so.
	Send bool // Its reader may post it to leadership, and gets a button.
}

// Digest renders the weekly digest.
func Digest(d ledger.DigestData, pol *policy.Policy, l lang.Lang, o DigestOptions) Message {
	title := lang.Tf("未来产业每周简报 · %s", "Future industries, weekly digest · %s", calendar.FormatDate(d.To)).In(l)
	conclusion := digestConclusion(d)
	blocks := []slack.Block{header(title), section(conclusion.In(l))}
	if o.Late {
		blocks = append(blocks, contextLine(lang.T("本期因系统停机补发。", "Posted late: the system was down on its slot.").In(l)))
	}
	blocks = append(blocks, sections("*"+lang.T("本周新上报", "Reported this week").In(l)+"*", digestItems(d, pol, l))...)
	blocks = append(blocks, section("*"+lang.T("目标进展", "Where the targets stand").In(l)+"*\n"+digestTargets(d, l)))
	if len(d.Silent) > 0 {
		blocks = append(blocks, section("*"+lang.Tf("%s尚未上报", "Nothing reported for %s yet", d.Period.Label()).In(l)+"*\n"+silentNames(d, pol, l)))
	}
	blocks = append(blocks, contextLine(
		lang.Tf("统计时段：%s 至 %s。", "From %s to %s. ", calendar.FormatTime(d.From), calendar.FormatTime(d.To)).In(l)+ledgerNote.In(l)))
	buttons := []slack.BlockElement{button(ActionProgress, "", lang.T("看全部进展", "All progress").In(l))}
	if o.Send {
		buttons = append(buttons, primary(button(ActionSend, "", lang.T("发到领导频道", "Post to leadership").In(l))))
	}
	buttons = append(buttons, button(ActionDigest, string(l.Other()), lang.T("中文", "English").In(l.Other())))
	blocks = append(blocks, actions("digest", buttons...)...)
	return Message{Text: title + "\n" + conclusion.In(l), Blocks: blocks}
}

// digestConclusion says in three sentences at most what the week brought.
func digestConclusion(d ledger.DigestData) lang.Text {
	var sentences []lang.Text
	if d.Empty() {
		sentences = append(sentences, lang.T("本周没有新上报。", "Nothing new was reported this week."))
	} else {
		seen := map[policy.DistrictID]bool{}
		for _, i := range d.Reported {
			seen[i.Report.District] = true
		}
		sentences = append(sentences, lang.Tf("本周新上报 %s 项，来自 %s 个板块。", "%s from %s.",
			lang.T(count(len(d.Reported)), plural(len(d.Reported), "new report", "new reports")),
			lang.T(count(len(seen)), plural(len(seen), "district", "districts"))))
	}
	if d.Pending > 0 {
		sentences = append(sentences, lang.Tf("共 %s 项待审核，审核前不计入完成数。", "%s pending review; none counts before it is accepted.",
			lang.T(count(d.Pending), plural(d.Pending, "report is", "reports are"))))
	}
	if n := len(d.Silent); n > 0 {
		sentences = append(sentences, lang.Tf("%s还有 %s 个板块没有上报。", "For %s, %s reported nothing yet.", d.Period.Label(),
			lang.T(count(n), plural(n, "district has", "districts have"))))
	} else {
		sentences = append(sentences, lang.Tf("%s各板块均已上报。", "For %s every district has reported.", d.Period.Label()))
	}
	var zh, en []string
	for _, s := range sentences {
		zh, en = append(zh, s.ZH), append(en, s.EN)
	}
	return lang.T(strings.Join(zh, ""), strings.Join(en, " "))
}

func digestItems(d ledger.DigestData, pol *policy.Policy, l lang.Lang) []string {
	if d.Empty() {
		return []string{lang.T("无", "None").In(l)}
	}
	var lines []string
	for n, i := range d.Reported {
		if n == maxDigestItems {
			lines = append(lines, lang.Tf("另有 %d 项", "and %d more", len(d.Reported)-n).In(l))
			break
		}
		line := reportLine(i.Report, pol, l)
		if i.Revised {
			line += lang.T(" · 修订", " · revised").In(l)
		}
		lines = append(lines, line)
	}
	return lines
}

// digestTargets tells the targets with a number; those that nobody has
// reported anything for share one line.
func digestTargets(d ledger.DigestData, l lang.Lang) string {
	var lines, silent []string
	for _, p := range d.Targets {
		if p.Target.Op == policy.Qualitative {
			continue
		}
		if p.City.Standing() == ledger.StandingNone {
			silent = append(silent, lang.Tf("%s（%d年%s）", "%s (%d: %s)", p.Indicator.Name, p.Target.Year, p.Target.Text).In(l))
			continue
		}
		lines = append(lines, targetLine(p, l))
	}
	if len(silent) > 0 {
		lines = append(lines, lang.T("未填报：", "No data: ").In(l)+join(l, silent))
	}
	return bullets(lines)
}

// silentNames lists who has reported nothing and who answers for it, in
// administrative order.
func silentNames(d ledger.DigestData, pol *policy.Policy, l lang.Lang) string {
	var names []string
	for _, s := range d.Silent {
		name := districtName(pol, s.District).In(l)
		var who []string
		for _, p := range s.Liaisons {
			who = append(who, PersonName(p).In(l))
		}
		if len(who) > 0 {
			name += lang.Tf("（%s）", " (%s)", join(l, who)).In(l)
		}
		names = append(names, name)
	}
	return join(l, names)
}
