package render

import (
	"strings"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
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
func NoChangeCard(reports []ledger.Report, by people.Person, pol *policy.Policy, l lang.Lang) Message {
	first := reports[0]
	text := lang.Tf("%s：%s无变化，%d 项", "%s: no change for %s, %d", districtName(pol, first.District), first.Period.Label(), len(reports))
	var lines, ids []string
	for _, r := range reports {
		lines = append(lines, domainName(pol, r.Domain).In(l)+" · "+string(r.ID))
		ids = append(ids, string(r.ID))
	}
	blocks := append([]slack.Block{section("*" + text.In(l) + "*")}, sections("", lines)...)
	blocks = append(blocks, contextLine(lang.Tf("上报人：%s", "Reported by %s", PersonName(by)).In(l)+" · "+calendar.FormatTime(first.At).In(l)))
	return Message{Text: text.In(l), Blocks: append(blocks, actions("card",
		primary(button(ActionAcceptAll, strings.Join(ids, ","), lang.T("采纳", "Accept").In(l))),
		button(ActionReview, string(first.District), lang.T("逐项审核", "Review one by one").In(l)))...)}
}
