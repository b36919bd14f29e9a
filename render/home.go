package render

import (
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
)

// HomeData is what a person's Home tab tells.
type HomeData struct {
	Person people.Person
	Policy *policy.Policy
	Layout policy.Layout
	Period calendar.Period
	Matrix [][]ledger.Cell // All domains and districts, for the period.
	Mine   []HomeDistrict  // Of who has a role in districts: their rows, in place of the matrix.

	Pending    int       // Reports that wait for review, for who reviews.
	Unanswered int       // Questions that wait for an answer, for who answers them.
	NextDigest time.Time // For who reads it; zero when none is scheduled.
}

// HomeDistrict is a person's district: its cells that are assigned or
// reported.
type HomeDistrict struct {
	District policy.District
	Cells    []ledger.Cell
}

// Home renders a person's Home tab: who they are here, what is next for them,
// and how things stand.
func Home(h HomeData, l lang.Lang) slack.HomeTabViewRequest {
	blocks := []slack.Block{header(lang.T("外脑", "Wainao").In(l))}
	blocks = append(blocks, section(roleWords(h, l)))
	blocks = append(blocks, duties(h, l)...)
	blocks = append(blocks, slack.NewDividerBlock())
	if h.Person.Stranger() { // How the districts stand is for those with a role.
		blocks = append(blocks, slack.NewActionBlock("home", append(examples(l), button(ActionHelp, "", lang.T("怎么用", "How it works").In(l)))...))
		return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: blocks}}
	}
	if len(h.Mine) > 0 {
		for _, d := range h.Mine {
			blocks = append(blocks, section("*"+lang.Tf("%s · %s", "%s · %s", d.District.Name, h.Period.Label()).In(l)+"*\n"+
				PairLines(d.Cells, h.Layout, h.Policy, true, l)))
		}
	}
	if len(h.Mine) == 0 || len(h.Person.Roles) > 1 { // Who is more than a liaison looks at all of them.
		blocks = append(blocks, section("*"+lang.Tf("布局与上报 · %s", "Layout and reports · %s", h.Period.Label()).In(l)+"*"))
		blocks = append(blocks, Matrix(h.Matrix, h.Policy, l)...)
	}
	blocks = append(blocks,
		contextLine(ledgerNote.In(l)),
		slack.NewActionBlock("home",
			button(ActionProgress, "", lang.T("看进展", "See progress").In(l)),
			button(ActionHelp, "", lang.T("怎么用", "How it works").In(l))))
	return slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: blocks}}
}

func roleWords(h HomeData, l lang.Lang) string {
	if h.Person.Stranger() {
		return lang.T("你还没有登记角色，可以提问和查政策；要上报或看进展，请联系秘书处登记。",
			"You have no role yet: you can ask about the policy. To report or to see progress, ask the secretariat to register you.").In(l)
	}
	var roles []string
	for _, r := range h.Person.Roles {
		roles = append(roles, r.Name().In(l))
	}
	words := lang.T("你的角色：", "Your role: ").In(l) + join(l, roles)
	if len(h.Mine) > 0 {
		var names []string
		for _, d := range h.Mine {
			names = append(names, d.District.Name.In(l))
		}
		words += lang.T("；负责板块：", ", for ").In(l) + join(l, names)
	}
	return lang.Tf("%s，你好。", "Welcome, %s. ", PersonName(h.Person)).In(l) + words + lang.T("。", ".").In(l)
}

// duties tells what is next for the person, each with the button that does it.
func duties(h HomeData, l lang.Lang) []slack.Block {
	var blocks []slack.Block
	add := func(words lang.Text, b *slack.ButtonBlockElement) {
		text := "*" + lang.T("下一步", "Next").In(l) + "* · " + words.In(l)
		if b == nil {
			blocks = append(blocks, section(text))
			return
		}
		blocks = append(blocks, sectionWith(text, b))
	}
	p := h.Person
	if people.Can(p, people.Report) {
		add(liaisonDuty(h), primary(button(ActionReport, "", lang.T("上报", "Report").In(l))))
	}
	if p.Has(people.Secretariat) {
		words := lang.T("没有待审核的上报。", "no reports wait for review.")
		if h.Pending > 0 {
			words = lang.Tf("%d 项上报待审核，见秘书处频道的卡片。", "%d pending review; their cards are in the secretariat's channel.", h.Pending)
		}
		add(words, nil)
		if h.Unanswered > 0 {
			add(lang.Tf("%s 个问题政策没有回答，待你们答复。", "%s that the policy does not answer; they wait for your words.",
				lang.T(count(h.Unanswered), plural(h.Unanswered, "question", "questions"))),
				button(ActionQuestions, "", lang.T("看问题", "See the questions").In(l)))
		}
	}
	if p.Has(people.Leader) {
		words := lang.T("随时可以看简报。", "read the digest at any time.")
		if !h.NextDigest.IsZero() {
			words = lang.Tf("下一期简报：%s。", "the next digest comes on %s.", calendar.FormatTime(h.NextDigest))
		}
		add(words, primary(button(ActionDigest, string(l), lang.T("现在看", "Read it now").In(l))))
	}
	if p.Has(people.Member) {
		add(lang.T("年度评估尚未开始；现在可以随时提问。", "the annual evaluation has not opened; ask anything meanwhile."),
			button(ActionAsk, lang.T("2030年的目标有哪些？", "What are the targets for 2030?").In(l), lang.T("2030年的目标有哪些？", "What are the targets for 2030?").In(l)))
	}
	return blocks
}

// liaisonDuty names the domains that still lack a report for the period.
func liaisonDuty(h HomeData) lang.Text {
	var zh, en []string
	for _, d := range h.Mine {
		for _, c := range d.Cells {
			if c.State == ledger.CellNoData {
				name := domainName(h.Policy, c.Domain)
				zh, en = append(zh, name.ZH), append(en, name.EN)
			}
		}
	}
	if len(zh) == 0 {
		return lang.Tf("%s各领域都已上报，有新进展随时补充。", "every domain is reported for %s; add what is new at any time.", h.Period.Label())
	}
	return lang.Tf("上报%s的进展：%s。本季度到%s为止。", "report for %s: %s. The quarter ends on %s.", h.Period.Label(),
		lang.T(join(lang.ZH, zh), join(lang.EN, en)), calendar.FormatDate(h.Period.End().Add(-time.Second)))
}
