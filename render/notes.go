package render

import (
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/policy"
)

// LiaisonNote renders what a liaison is told once a month: for each district
// how it stands, what is open and what was returned.
func LiaisonNote(notes []ledger.DistrictNote, pol *policy.Policy, l lang.Lang) Message {
	if len(notes) == 0 {
		return Note(lang.T("你现在没有负责的板块，本月没有要提示的。", "You answer for no district now: there is nothing to tell this month."), l)
	}
	title := lang.Tf("每月提示 · %s", "Monthly note · %s", calendar.FormatDate(notes[0].To)).In(l)
	m := Message{Text: title, Blocks: []slack.Block{header(title)}}
	for i, n := range notes {
		if i > 0 {
			m.Blocks = append(m.Blocks, slack.NewDividerBlock())
		}
		m.Text += "\n" + m.district(i, n, pol, l)
	}
	m.Blocks = append(m.Blocks, contextLine(ledgerNote.In(l)))
	return m
}

// district adds one district, and returns its conclusion.
func (m *Message) district(number int, n ledger.DistrictNote, pol *policy.Policy, l lang.Lang) string {
	d := digest{ledger.DigestData{To: n.To, Period: n.Period}, pol, l}
	of, _ := pol.District(n.District)
	var open, done []string
	for _, duty := range n.Duties {
		line := "*" + domainName(pol, duty.Domain).In(l) + "* · " + duty.State.Label().In(l)
		if duty.State.Open() {
			open = append(open, line)
		} else {
			done = append(done, line)
		}
	}
	words := lang.Tf("%s：%s %d 个领域中有 %d 个待上报，%s截止", "%s: for %s, %d domains, %d still to be reported by %s",
		of.Name, n.Period.Label(), len(n.Duties), len(open), calendar.FormatDay(n.Deadline))
	switch {
	case len(n.Duties) == 0:
		words = lang.Tf("%s：%s布局没有安排领域", "%s: for %s the layout gives it no domain", of.Name, n.Period.Label())
	case len(open) == 0:
		words = lang.Tf("%s：%s各领域都已上报", "%s: every domain is reported for %s", of.Name, n.Period.Label())
	}
	m.Blocks = append(m.Blocks, section("*"+words.In(l)+"*\n"+lang.Tf("%s以来采纳 %s，现有 %s待审核。", "Since %s: %s accepted; %s pending review.",
		calendar.FormatDay(n.From), several(n.Accepted, " 份", "report", "reports"), several(n.Pending, " 份", "report is", "reports are")).In(l)))
	list := func(title lang.Text, lines []string, total int) {
		if len(lines) > 0 {
			m.Blocks = append(m.Blocks, sections("*"+title.In(l)+"*", d.capped(lines, maxDigestItems, total))...)
		}
	}
	list(lang.T("待上报", "To be reported"), open, len(open))
	list(lang.T("已上报", "Reported"), done, len(done))
	var returned, matters []string
	for _, r := range n.Returned {
		why := r.ReturnCode.Label()
		if r.ReturnWords != "" {
			why = lang.Tf("%s：%s", "%s: %s", why, written(r.ReturnWords, maxDigestWords))
		}
		returned = append(returned, d.line(d.about(r), same(string(r.ID)), why))
	}
	list(lang.T("退回、待修改", "Returned, to be mended"), returned, len(returned))
	for _, one := range n.Lagging.First {
		matters = append(matters, d.problem(one))
	}
	list(lang.T("问题和逾期事项：请更新", "Problems and overdue steps: please bring them up to date"), matters, n.Lagging.Total)
	d.Coordination = n.Coordination
	list(lang.T("已请协调", "Coordination asked for"), d.coordination(), 0)
	buttons := []slack.BlockElement{primary(button(ActionReport, string(n.District), lang.T("上报", "Report").In(l)))}
	if len(open) > 0 {
		buttons = append(buttons, noChangeButton(of, n.Period, l))
	}
	buttons = append(buttons, button(ActionProgress, string(n.District), lang.T("看本板块进展", "See the district's progress").In(l)))
	m.Blocks = append(m.Blocks, actions("note-"+count(number), buttons...)...)
	return words.In(l)
}

// QueueNoteData is what the secretariat is told of what waits for it.
type QueueNoteData struct {
	ledger.QueueNote
	Questions int // That nobody has answered.
	Now       time.Time
}

// QueueNote renders what waits for the secretariat: how much, since when, and
// of which districts.
func QueueNote(q QueueNoteData, pol *policy.Policy, l lang.Lang) Message {
	var lines []string
	text := lang.T("没有待审核的上报。", "No report waits for review.")
	var buttons []slack.BlockElement
	if q.Waiting > 0 {
		text = lang.Tf("待审核 %s", "%s for review", several(q.Waiting, " 份上报", "report waits", "reports wait"))
		days := calendar.DateOf(q.Oldest.At).DaysTo(calendar.DateOf(q.Now))
		d := digest{pol: pol, lang: l}
		lines = append(lines,
			lang.T("最久的：", "The oldest: ").In(l)+d.line(d.about(q.Oldest), same(string(q.Oldest.ID)),
				lang.Tf("%s上报，已等 %s", "since %s, %s", calendar.FormatTime(q.Oldest.At), several(days, " 天", "day", "days"))),
			lang.T("按板块：", "By district: ").In(l)+lang.List(q.Districts, func(of ledger.QueueOf) lang.Text {
				return lang.Tf("%s %d", "%s %d", briefDistrict(pol, of.District), of.Waiting)
			}).In(l))
		buttons = append(buttons, primary(button(ActionReview, "", lang.T("开始审核", "Start reviewing").In(l))))
	}
	if q.Questions > 0 {
		lines = append(lines, lang.Tf("另有 %s没有答复", "%s no answer yet", several(q.Questions, " 个问题", "question has", "questions have")).In(l))
		buttons = append(buttons, button(ActionQuestions, "", lang.T("看问题", "See the questions").In(l)))
	}
	m := Message{Text: text.In(l), Blocks: sections("*"+text.In(l)+"*", lines)}
	m.Blocks = append(m.Blocks, actions("queue-note", buttons...)...)
	return m
}
