package render

import (
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
)

// Receipt renders what a liaison is told once a report is stored.
func Receipt(r ledger.Report, pol *policy.Policy, l lang.Lang) Message {
	text := lang.Tf("已收到 %s：%s（%s）", "Received %s: %s (%s)", string(r.ID), r.Subject(), r.Status.Label())
	if r.Revision > 1 {
		text = lang.Tf("已更新 %s（第%d版）：%s（%s）", "Updated %s (version %d): %s (%s)", string(r.ID), r.Revision, r.Subject(), r.Status.Label())
	}
	blocks := []slack.Block{section(":white_check_mark: *" + Escape(text.In(l)) + "*")}
	blocks = append(blocks, reportBlocks(r, pol, l)...)
	if r.OutsideLayout {
		blocks = append(blocks, contextLine(outsideLayout.In(l)))
	}
	blocks = append(blocks, actions("receipt",
		button(ActionReport, "", lang.T("再报一项", "Report another").In(l)),
		button(ActionProgress, string(r.District), lang.T("看本板块进展", "See the district's progress").In(l)))...)
	return Message{Text: text.In(l), Blocks: blocks}
}

var outsideLayout = lang.T("提示：现行布局没有把这个领域列为该板块的主攻方向。上报照常登记，并供年度评估参考。",
	"Note: the present layout does not give this domain to the district. The report is recorded all the same and noted for the annual evaluation.")

// ReviewCard renders a report for the secretariat.
func ReviewCard(r ledger.Report, by people.Person, pol *policy.Policy, l lang.Lang) Message {
	text := lang.Tf("新上报 %s：%s", "New report %s: %s", string(r.ID), r.Subject())
	if r.Revision > 1 {
		text = lang.Tf("%s 第%d版：%s", "%s, version %d: %s", string(r.ID), r.Revision, r.Subject())
	}
	blocks := []slack.Block{section("*" + Escape(text.In(l)) + "*")}
	blocks = append(blocks, reportBlocks(r, pol, l)...)
	if r.OutsideLayout {
		blocks = append(blocks, contextLine(outsideLayout.In(l)))
	}
	blocks = append(blocks, contextLine(lang.Tf("上报人：%s", "Reported by %s", PersonName(by)).In(l)+" · "+r.Status.Label().In(l)))
	return Message{Text: text.In(l), Blocks: blocks}
}

// PersonName returns a person's name, or a mention that Slack shows as one.
func PersonName(p people.Person) lang.Text {
	if !p.Name.IsZero() {
		return lang.T(Escape(p.Name.ZH), Escape(p.Name.EN))
	}
	mention := "<@" + string(p.User) + ">"
	return lang.T(mention, mention)
}

// maxQuote is how much of a report's text a message shows, in characters; the
// ledger has it all.
const maxQuote = 400

// reportBlocks tells the fields of a report. The link and the text have blocks
// of their own, so that neither can push the other out.
func reportBlocks(r ledger.Report, pol *policy.Policy, l lang.Lang) []slack.Block {
	subject := lang.T("名称：", "Name: ")
	if r.Value != nil {
		subject = lang.T("数值：", "Value: ")
	}
	blocks := []slack.Block{section(where(r, pol, l) + "\n" +
		lang.T("指标：", "Indicator: ").In(l) + indicatorName(pol, r.Indicator).In(l) +
		"\n" + subject.In(l) + Escape(r.Subject().In(l)))}
	if r.Evidence != "" {
		blocks = append(blocks, section(lang.T("佐证：", "Evidence: ").In(l)+evidence(r.Evidence, host(r.Evidence), maxWords-400)))
	}
	if r.Words.Progress != "" {
		blocks = append(blocks, section(quote(Cut(r.Words.Progress, maxQuote))))
	}
	return blocks
}

// where tells the district, the domain and the period.
func where(r ledger.Report, pol *policy.Policy, l lang.Lang) string {
	return districtName(pol, r.District).In(l) + " · " + domainName(pol, r.Domain).In(l) + " · " + r.Period.Label().In(l)
}

// evidence is a link; what would end it early is written in its URL form. An
// address of more than n characters cannot be a link there: its label stands
// alone.
func evidence(url, label string, n int) string {
	url = Escape(strings.NewReplacer("|", "%7C", ">", "%3E", "<", "%3C").Replace(url))
	label = Escape(strings.ReplaceAll(label, "|", "/"))
	if utf8.RuneCountInString(url) > n {
		return label
	}
	return "<" + url + "|" + label + ">"
}

// host shortens a link to its host, which is enough to judge it by.
func host(url string) string {
	_, rest, _ := strings.Cut(url, "://")
	h, _, _ := strings.Cut(rest, "/")
	return Cut(h, 60)
}

func districtName(pol *policy.Policy, id policy.DistrictID) lang.Text {
	if d, ok := pol.District(id); ok {
		return d.Name
	}
	return lang.T(string(id), string(id))
}

func domainName(pol *policy.Policy, id policy.DomainID) lang.Text {
	if d, ok := pol.Domain(id); ok {
		return d.Name
	}
	return lang.T(string(id), string(id))
}

func indicatorName(pol *policy.Policy, id policy.IndicatorID) lang.Text {
	if i, ok := pol.Indicator(id); ok {
		return i.Name
	}
	return lang.T(string(id), string(id))
}
