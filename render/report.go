package render

import (
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
)

// Actions on one report. The value is that of [ReportKey].
const (
	ActionFix      = "fix"      // Opens the report's form.
	ActionWithdraw = "withdraw" // Takes it back.
	ActionHistory  = "history"  // Shows its revisions and what differs.
	ActionAccept   = "accept"   // Accepts it.
	ActionReturn   = "return"   // Opens the form for returning it.
	ActionQuery    = "query"    // Opens the form for asking about it.
	ActionReply    = "reply"    // Opens the form for answering the secretariat.
)

// ReportKey names one revision of a report in buttons and deliveries.
func ReportKey(r ledger.Report) string { return string(r.ID) + "." + count(r.Revision) }

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
		button(ActionFix, ReportKey(r), lang.T("修改", "Change").In(l)),
		confirmed(button(ActionWithdraw, ReportKey(r), lang.T("撤回", "Withdraw").In(l)),
			lang.T("撤回这份上报？", "Withdraw this report?"),
			lang.T("撤回后不再审核，历史里仍能看到。", "It is not reviewed then; the history keeps it."), l),
		button(ActionReport, "", lang.T("再报一项", "Report another").In(l)),
		button(ActionProgress, string(r.District), lang.T("看本板块进展", "See the district's progress").In(l)))...)
	return Message{Text: text.In(l), Blocks: blocks}
}

// ReceiptOfNoChange renders what a liaison is told once it is stored that
// nothing changed in these pairs.
func ReceiptOfNoChange(reports []ledger.Report, pol *policy.Policy, l lang.Lang) Message {
	var lines []string
	for _, r := range reports {
		lines = append(lines, districtName(pol, r.District).In(l)+" · "+domainName(pol, r.Domain).In(l)+" · "+string(r.ID))
	}
	text := lang.Tf("已收到：%s无变化，共 %d 项（%s）", "Received: no change for %s, %d in all (%s)", reports[0].Period.Label(), len(reports), reports[0].Status.Label())
	blocks := append([]slack.Block{section(":white_check_mark: *" + text.In(l) + "*")}, sections("", lines)...)
	return Message{Text: text.In(l), Blocks: append(blocks, actions("receipt",
		button(ActionReport, "", lang.T("还有进展要报", "There is something to report after all").In(l)))...)}
}

var outsideLayout = lang.T("提示：现行布局没有把这个领域列为该板块的主攻方向。上报照常登记，并供年度评估参考。",
	"Note: the present layout does not give this domain to the district. The report is recorded all the same and noted for the annual evaluation.")

// CardData is what the secretariat's card of a report tells.
type CardData struct {
	Report  ledger.Report
	By      people.Person
	Before  *ledger.Report // The revision or the last period's report that it is compared with; nil for none.
	Changes []ledger.Change
	Notes   []ledger.Note
	Latest  ledger.Report // As the report stands by now; decides what can be done.
	Decider people.Person // Who decided on it, when somebody did.
}

// ReviewCard renders a report for the secretariat: what is reported, what
// differs from before, what looked strange, and what can be done about it.
func ReviewCard(c CardData, pol *policy.Policy, l lang.Lang) Message {
	r := c.Report
	text := lang.Tf("新上报 %s：%s", "New report %s: %s", string(r.ID), r.Subject())
	if r.Revision > 1 {
		text = lang.Tf("%s 第%d版：%s", "%s, version %d: %s", string(r.ID), r.Revision, r.Subject())
	}
	blocks := []slack.Block{section("*" + Escape(text.In(l)) + "*")}
	blocks = append(blocks, reportBlocks(r, pol, l)...)
	if c.Before != nil && len(c.Changes) > 0 {
		blocks = append(blocks, section("*"+compared(*c.Before, r).In(l)+"*\n"+changeLines(c.Changes, l)))
	}
	if len(r.Warnings) > 0 {
		var lines []string
		for _, w := range r.Warnings {
			lines = append(lines, Escape(w.Words.In(l)))
		}
		blocks = append(blocks, section(":warning: *"+lang.T("系统提示", "The checks say").In(l)+"*\n"+bullets(lines)+"\n"+
			lang.T("说明：", "Explained: ").In(l)+escapeCut(r.Note, maxQuote)))
	}
	if r.Reason != "" {
		blocks = append(blocks, section(reasonWords(r, l)))
	}
	if r.OutsideLayout {
		blocks = append(blocks, contextLine(outsideLayout.In(l)))
	}
	blocks = append(blocks, noteLines(c.Notes, l)...)
	blocks = append(blocks, contextLine(lang.Tf("上报人：%s", "Reported by %s", PersonName(c.By)).In(l)+" · "+calendar.FormatTime(r.At).In(l)))
	blocks = append(blocks, c.outcome(l)...)
	return Message{Text: text.In(l), Blocks: blocks}
}

// reasonWords tell why an accepted report was changed.
func reasonWords(r ledger.Report, l lang.Lang) string {
	return lang.T("修改原因：", "Reason for the change: ").In(l) + escapeCut(r.Reason, maxQuote)
}

// compared names what a report is compared with.
func compared(before, r ledger.Report) lang.Text {
	if before.ID == r.ID {
		return lang.Tf("与第%d版相比", "Against version %d", before.Revision)
	}
	return lang.Tf("与%s相比", "Against %s", before.Period.Label())
}

// outcome is what was decided, or the buttons to decide with.
func (c CardData) outcome(l lang.Lang) []slack.Block {
	history := button(ActionHistory, ReportKey(c.Report), lang.T("历史", "History").In(l))
	switch {
	case c.Latest.Revision > c.Report.Revision:
		return append([]slack.Block{section(lang.Tf("已有第%d版，这一版不用再审。", "There is version %d; this one needs no review any more.", c.Latest.Revision).In(l))},
			actions("card", history)...)
	case c.Latest.Status == ledger.Submitted:
		return actions("card",
			primary(button(ActionAccept, ReportKey(c.Report), lang.T("采纳", "Accept").In(l))),
			button(ActionReturn, ReportKey(c.Report), lang.T("退回…", "Return…").In(l)),
			button(ActionQuery, ReportKey(c.Report), lang.T("提问…", "Ask…").In(l)),
			history)
	}
	return append([]slack.Block{section(verdictWords(c.Latest, c.Decider, l))}, actions("card", history)...)
}

// verdictWords tells what was decided on a report, by whom and when.
func verdictWords(r ledger.Report, by people.Person, l lang.Lang) string {
	switch r.Status {
	case ledger.Accepted:
		return ":white_check_mark: " + lang.Tf("%s 采纳 · %s", "Accepted by %s · %s", PersonName(by), calendar.FormatTime(r.ReviewedAt)).In(l)
	case ledger.Returned:
		return returnWords(r, l) + "\n" + lang.Tf("%s 退回 · %s", "Returned by %s · %s", PersonName(by), calendar.FormatTime(r.ReviewedAt)).In(l)
	case ledger.Submitted, ledger.Withdrawn:
	}
	return r.Status.Label().In(l)
}

// verdictLine is [verdictWords] in one line, without the reasons.
func verdictLine(r ledger.Report, by people.Person, l lang.Lang) string {
	if r.Status == ledger.Returned {
		return lang.Tf("%s 退回 · %s", "Returned by %s · %s", PersonName(by), calendar.FormatTime(r.ReviewedAt)).In(l)
	}
	return verdictWords(r, by, l)
}

// returnWords tells why a report was returned.
func returnWords(r ledger.Report, l lang.Lang) string {
	words := lang.Tf("退回原因：*%s*", "Returned because: *%s*", r.ReturnCode.Label()).In(l)
	if r.ReturnWords != "" {
		words += "\n" + quote(Cut(r.ReturnWords, maxQuote))
	}
	return words
}

func noteLines(notes []ledger.Note, l lang.Lang) []slack.Block {
	var blocks []slack.Block
	for _, n := range notes {
		who := lang.T("秘书处提问", "The secretariat asks")
		if n.Kind == ledger.NoteReply {
			who = lang.T("板块答复", "The district answers")
		}
		blocks = append(blocks, contextLine(":speech_balloon: "+who.In(l)+" · "+calendar.FormatTime(n.At).In(l)+"\n"+escapeCut(n.Words, maxQuote)))
	}
	return blocks
}

// DecisionNote renders what a liaison is told of a decision on a report, or of
// the acceptance of several of theirs in one act. In a locked period what is
// returned cannot be mended yet.
func DecisionNote(all []ledger.Report, by people.Person, locked bool, pol *policy.Policy, l lang.Lang) Message {
	r := all[0]
	if len(all) > 1 {
		return acceptedTogether(all, by, pol, l)
	}
	if r.Status == ledger.Accepted {
		text := lang.Tf("已采纳 %s：%s", "Accepted %s: %s", string(r.ID), r.Subject())
		if r.Revision > 1 {
			text = lang.Tf("已采纳 %s（第%d版）：%s", "Accepted %s (version %d): %s", string(r.ID), r.Revision, r.Subject())
		}
		return Message{Text: text.In(l), Blocks: append([]slack.Block{
			section(":white_check_mark: *" + Escape(text.In(l)) + "*\n" + where(r, pol, l)),
			contextLine(lang.Tf("%s · %s", "%s · %s", PersonName(by), calendar.FormatTime(r.ReviewedAt)).In(l)),
		}, actions("decision",
			button(ActionFix, ReportKey(r), lang.T("修改", "Change").In(l)),
			button(ActionProgress, string(r.District), lang.T("看本板块进展", "See the district's progress").In(l)))...)}
	}
	text := lang.Tf("已退回 %s：%s", "Returned %s: %s", string(r.ID), r.Subject())
	blocks := []slack.Block{
		section(":leftwards_arrow_with_hook: *" + Escape(text.In(l)) + "*\n" + where(r, pol, l)),
		section(returnWords(r, l)),
		contextLine(lang.Tf("%s · %s", "%s · %s", PersonName(by), calendar.FormatTime(r.ReviewedAt)).In(l)),
	}
	if locked {
		blocks = append(blocks, section(":lock: "+lang.Tf("%s已锁定，现在改不了；要改请联系秘书处重新开放。", "%s is locked, so it cannot be mended now. If it must be, ask the secretariat to reopen it.", r.Period.Label()).In(l)))
	}
	return Message{Text: text.In(l), Blocks: append(blocks, actions("decision",
		primary(button(ActionFix, ReportKey(r), lang.T("修改后再报", "Mend and submit again").In(l))),
		button(ActionHistory, ReportKey(r), lang.T("历史", "History").In(l)))...)}
}

// maxTogether is how many of the reports accepted in one act are named.
const maxTogether = 12

// acceptedTogether tells of several reports that were accepted in one act.
func acceptedTogether(all []ledger.Report, by people.Person, pol *policy.Policy, l lang.Lang) Message {
	text := lang.Tf("已采纳你上报的 %d 项", "Accepted %d of your reports", len(all))
	var lines []string
	for _, r := range all[:min(len(all), maxTogether)] {
		lines = append(lines, where(r, pol, l)+" · "+escapeCut(r.Subject().In(l), maxExcerpt)+" · "+string(r.ID))
	}
	if n := len(all) - maxTogether; n > 0 {
		lines = append(lines, lang.Tf("……还有 %d 项", "… and %d more", n).In(l))
	}
	blocks := append([]slack.Block{section(":white_check_mark: *" + text.In(l) + "*")}, sections("", lines)...)
	blocks = append(blocks, contextLine(lang.Tf("%s · %s", "%s · %s", PersonName(by), calendar.FormatTime(all[0].ReviewedAt)).In(l)))
	return Message{Text: text.In(l), Blocks: append(blocks, actions("decision",
		button(ActionProgress, string(all[0].District), lang.T("看本板块进展", "See the district's progress").In(l)))...)}
}

// QuestionNote renders a question of the secretariat's for the liaison.
func QuestionNote(r ledger.Report, n ledger.Note, by people.Person, pol *policy.Policy, l lang.Lang) Message {
	text := lang.Tf("秘书处就 %s 提问", "The secretariat asks about %s", string(r.ID))
	return Message{Text: text.In(l), Blocks: append([]slack.Block{
		section(":speech_balloon: *" + text.In(l) + "*\n" + where(r, pol, l) + " · " + Escape(r.Subject().In(l))),
		section(quote(Cut(n.Words, maxQuote))),
		contextLine(lang.Tf("%s · %s", "%s · %s", PersonName(by), calendar.FormatTime(n.At)).In(l)),
	}, actions("question",
		primary(button(ActionReply, ReportKey(r), lang.T("答复", "Answer").In(l))),
		button(ActionFix, ReportKey(r), lang.T("修改上报", "Change the report").In(l)))...)}
}

// ReplyCard renders a district's answer for the secretariat.
func ReplyCard(r ledger.Report, n ledger.Note, by people.Person, pol *policy.Policy, l lang.Lang) Message {
	text := lang.Tf("%s 的答复：%s", "Answer about %s: %s", string(r.ID), r.Subject())
	blocks := []slack.Block{
		section("*" + Escape(text.In(l)) + "*\n" + where(r, pol, l)),
		section(quote(Cut(n.Words, maxQuote))),
		contextLine(lang.Tf("%s · %s", "%s · %s", PersonName(by), calendar.FormatTime(n.At)).In(l)),
	}
	if r.Status == ledger.Submitted {
		blocks = append(blocks, actions("card",
			primary(button(ActionAccept, ReportKey(r), lang.T("采纳", "Accept").In(l))),
			button(ActionReturn, ReportKey(r), lang.T("退回…", "Return…").In(l)))...)
	}
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

// reportBlocks tells the fields of a report in the order of the form. The link
// and each text have blocks of their own, so that none can push another out; who
// is to act on a text, and by when, stands below it.
func reportBlocks(r ledger.Report, pol *policy.Policy, l lang.Lang) []slack.Block {
	lines := []string{where(r, pol, l)}
	if r.Indicator != "" {
		lines = append(lines, lang.T("指标：", "Indicator: ").In(l)+indicatorName(pol, r.Indicator).In(l))
	}
	if r.Answer != ledger.Changed {
		lines = append(lines, "*"+r.Answer.Label().In(l)+"*")
	}
	indicator, _ := pol.Indicator(r.Indicator)
	var texts []string
	said := false // Whether the text before is there, and its particulars come.
	for _, f := range ledger.FieldsOf(indicator) {
		shown := ledger.Shown(f, r)
		if shown.IsZero() || f.Name == ledger.FieldNote || f.Name == ledger.FieldReason {
			continue
		}
		label := f.Label.In(l) + lang.T("：", ": ").In(l)
		switch f.Kind {
		case ledger.KindLink:
			texts = append(texts, label+evidence(r.Evidence, host(r.Evidence), maxWords-400))
		case ledger.KindWords:
			texts, said = append(texts, label+"\n"+quote(Cut(shown.In(l), maxQuote))), true
		case ledger.KindLine, ledger.KindCode, ledger.KindDay, ledger.KindAmount, ledger.KindYear, ledger.KindChoice:
			if line := label + Escape(shown.In(l)); said {
				texts[len(texts)-1] += "\n" + line
			} else {
				lines = append(lines, line)
			}
		}
	}
	blocks := []slack.Block{section(strings.Join(lines, "\n"))}
	for _, text := range texts {
		blocks = append(blocks, section(text))
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

// What the city's own series is called.
var (
	cityName  = lang.T("全市", "The whole city")
	wholeName = lang.T("全部领域", "all domains")
)

func districtName(pol *policy.Policy, id policy.DistrictID) lang.Text {
	if id == ledger.City {
		return cityName
	}
	if d, ok := pol.District(id); ok {
		return d.Name
	}
	return lang.T(string(id), string(id))
}

func domainName(pol *policy.Policy, id policy.DomainID) lang.Text {
	if id == ledger.Whole {
		return wholeName
	}
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
