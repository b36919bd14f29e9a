package render

import (
	"strings"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/policy"
)

// ActionNoChange reports that nothing changed; the value is that of
// [NoChangeValue].
const ActionNoChange = "no-change"

// NoChangeValue names the district and the period that nothing changed in.
func NoChangeValue(d policy.DistrictID, p calendar.Period) string { return string(d) + " " + string(p) }

// noChangeButton reports in one click that nothing changed.
func noChangeButton(d policy.District, p calendar.Period, l lang.Lang) *slack.ButtonBlockElement {
	return confirmed(button(ActionNoChange, NoChangeValue(d.ID, p), lang.T("本期无变化", "No change").In(l)),
		lang.Tf("%s：本期无变化？", "%s: no change?", d.Short),
		lang.Tf("%s还没有上报的领域，都登记为“无变化”，等秘书处审核。", "Every domain that is still owed for %s is recorded as unchanged and goes to review.", p.Label()), l)
}

// NoChangeCard renders for the secretariat that nothing changed in these pairs.
// Each card's report is as it was submitted, and its latest as it stands by now:
// while one waits there is something to decide.
func NoChangeCard(all []CardData, pol *policy.Policy, l lang.Lang) Message {
	first := all[0].Report
	text := lang.Tf("%s：%s无变化，%d 项", "%s: no change for %s, %d", districtName(pol, first.District), first.Period.Label(), len(all))
	var lines, ids []string
	for _, c := range all {
		line := domainName(pol, c.Report.Domain).In(l) + " · " + string(c.Report.ID)
		switch {
		case c.Latest.Revision > c.Report.Revision:
			line += " · " + lang.Tf("已有第%d版", "there is version %d", c.Latest.Revision).In(l)
		case c.Latest.Status == ledger.Submitted:
			ids = append(ids, string(c.Report.ID))
		default:
			line += " · " + verdictLine(c.Latest, c.Decider, l)
		}
		lines = append(lines, line)
	}
	blocks := append([]slack.Block{section("*" + text.In(l) + "*")}, sections("", lines)...)
	blocks = append(blocks, contextLine(lang.Tf("上报人：%s", "Reported by %s", PersonName(all[0].By)).In(l)+" · "+calendar.FormatTime(first.At).In(l)))
	if len(ids) == 0 {
		return Message{Text: text.In(l), Blocks: blocks}
	}
	return Message{Text: text.In(l), Blocks: append(blocks, actions("card",
		primary(button(ActionAcceptAll, strings.Join(ids, ","), lang.T("采纳", "Accept").In(l))),
		button(ActionReview, string(first.District), lang.T("逐项审核", "Review one by one").In(l)))...)}
}
