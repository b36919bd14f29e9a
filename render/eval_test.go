package render_test

import (
	"testing"

	"wainao/evaluation"
	"wainao/lang"
	"wainao/render"
)

func TestScoring(t *testing.T) {
	t.Parallel()
	before, begun, done, second := opened(t), scoringRound(t), scoringRound(t), secondRound(t)
	begun.score(member, taicang, 8, "试飞场已经<建成>。")
	done.scoreAll()
	closed := scoringRound(t)
	closed.score(member, taicang, 8, "试飞场已经<建成>。")
	closed.now = day(9)
	second.score(member, kunshanA, 5, "看了<大家>的打分。")
	for _, l := range lang.Both() {
		golden(t, "eval-score-list-before", l, "", render.ScoreList(before.scoreData(member, l), 0, l))
		golden(t, "eval-score-list", l, "", render.ScoreList(begun.scoreData(member, l), 0, l))
		golden(t, "eval-score-list-closed", l, "", render.ScoreList(closed.scoreData(member, l), 0, l))
		golden(t, "eval-score-list-second", l, "", render.ScoreList(second.scoreData(member, l), 0, l))
		all := done.scoreData(member, l)
		all.Saved = newOne
		golden(t, "eval-score-list-done", l, "", render.ScoreList(all, 0, l))

		form := func(name string, w *cycleWorld, id evaluation.ItemID, saved evaluation.ItemID) {
			d := w.scoreData(member, l)
			d.Saved = saved
			i, _ := d.Cycle.Item(id)
			golden(t, name, l, "", render.ScoreItem(d, i, l))
		}
		form("eval-score-form", begun, kunshanA, taicang)
		form("eval-score-form-new", begun, newOne, "")
		form("eval-score-form-again", begun, taicang, "")
		form("eval-score-form-aside", begun, gusu, "")
		form("eval-score-form-closed", closed, taicang, "")
		form("eval-score-form-second", second, taicang, "")
		form("eval-score-form-second-changed", second, kunshanA, "")
	}
}

func TestResults(t *testing.T) {
	t.Parallel()
	w := deliberating(t)
	few := scoringRound(t)
	for n := range 4 { // Enough for a quorum of the members, and too few for the item of the fifth.
		for _, i := range few.cycle().Items {
			if i.ID != gusu || n > 0 {
				few.score(judge(n+1), i.ID, 5+n, "理由")
			}
		}
	}
	drafts, err := evaluation.Recuse(few.s, secret, cycleID, evaluation.Recusal{Member: "UM2", District: "gusu", Reason: "参股"}, few.now)
	few.do(drafts, err)
	few.now = day(8)
	few.take(secret, evaluation.ActClose, evaluation.Params{})
	for _, l := range lang.Both() {
		message(t, "eval-results", l, render.Results(w.resultsData(), 0, l))
		message(t, "eval-results-few", l, render.Results(few.resultsData(), 0, l))
		for name, d := range map[string]render.ResultsData{"": w.resultsData(), "-few": few.resultsData()} {
			id := kunshanA
			if name != "" {
				id = gusu
			}
			one, _ := d.Result.Item(id)
			golden(t, "eval-result"+name, l, "", render.ResultItem(d, one, l))
		}
	}
}

// deliberated is a deliberation with every end that a vote can have.
func deliberated(t *testing.T) *cycleWorld {
	t.Helper()
	w := deliberating(t)
	w.put(taicang, evaluation.Strengthen, lang.Text{})
	w.vote(taicang, yes, yes, yes, yes, no)
	w.closeBallot(taicang)
	w.put(kunshanA, evaluation.Adjust, lang.T("低空物流", "low-altitude logistics"))
	w.vote(kunshanA, yes, yes, no, no, evaluation.Abstain)
	w.closeBallot(kunshanA)
	w.put(outside, evaluation.Add, ships)
	w.vote(outside, yes, none, no)
	w.put(gusu, evaluation.Keep, lang.Text{})
	drafts, err := evaluation.AddMinute(w.s, secret, cycleID, kunshanA, "两种意见<相持>。\n下次再议。", w.now)
	w.do(drafts, err)
	drafts, err = evaluation.AddMinute(w.s, secret, cycleID, "", "应到 5 人，实到 5 人。", w.now)
	w.do(drafts, err)
	return w
}

func TestDeliberation(t *testing.T) {
	t.Parallel()
	begun, w := deliberating(t), deliberated(t)
	quorum := deliberated(t)
	quorum.closeBallot(outside)
	quorum.put(newOne, evaluation.Add, lang.T("酶制剂", "enzymes"))
	quorum.vote(newOne, no, no, no, yes)
	quorum.closeBallot(newOne)
	for _, l := range lang.Both() {
		message(t, "eval-agenda-begun", l, render.Agenda(begun.agendaData(secret), 0, l))
		message(t, "eval-agenda-secretariat", l, render.Agenda(w.agendaData(secret), 0, l))
		message(t, "eval-agenda-member", l, render.Agenda(w.agendaData(member), 0, l))
		message(t, "eval-agenda-leader", l, render.Agenda(w.agendaData(leader), 0, l))
		d := quorum.agendaData(secret)
		d.Done = lang.T("已结束 2 项表决。", "2 votes are closed.")
		message(t, "eval-agenda-no-quorum", l, render.Agenda(d, 0, l))

		mine := w.agendaData(judge(2))
		var asked []evaluation.AgendaItem
		for _, i := range mine.Items {
			if i.Motion != nil {
				asked = append(asked, i)
			}
		}
		mine.Items = asked
		message(t, "eval-ballots", l, render.Ballots(mine, render.BallotRange{First: 1, Last: 4}, l))
		mine.Items = nil
		message(t, "eval-ballots-none", l, render.Ballots(mine, render.BallotRange{}, l))

		items := w.agendaData(secret)
		for _, i := range items.Items {
			if i.Item.ID == kunshanA {
				golden(t, "eval-motion", l, "", render.MotionModal(items, i, l))
			}
		}
		golden(t, "eval-minute", l, "", render.MinuteModal(items, kunshanA, l))
		golden(t, "eval-minute-whole", l, "", render.MinuteModal(items, "", l))
		golden(t, "eval-minutes", l, "", render.Minutes(items, peopleState(t), l))
		golden(t, "eval-minutes-none", l, "", render.Minutes(begun.agendaData(secret), peopleState(t), l))
	}
}

func TestNotice(t *testing.T) {
	t.Parallel()
	w, deciding, adopted := noticed(t), noticed(t), noticed(t)
	for _, one := range []*cycleWorld{deciding, adopted} {
		drafts, err := evaluation.AnswerObjection(one.s, secret, cycleID, 2, "已按规定。", one.now)
		one.do(drafts, err)
		one.now = day(21)
		one.take(secret, evaluation.ActEndNotice, evaluation.Params{})
	}
	adopted.take(leader, evaluation.ActAdopt, evaluation.Params{})
	for _, l := range lang.Both() {
		message(t, "eval-proposals-liaison", l, render.Proposals(w.proposalsData(sip), 0, l))
		message(t, "eval-proposals-objector", l, render.Proposals(w.proposalsData(kunshan), 0, l))
		message(t, "eval-proposals-secretariat", l, render.Proposals(w.proposalsData(secret), 0, l))
		message(t, "eval-proposals-leader", l, render.Proposals(deciding.proposalsData(leader), 0, l))
		message(t, "eval-proposals-adopted", l, render.Proposals(adopted.proposalsData(sip), 0, l))
		d := w.proposalsData(secret)
		golden(t, "eval-objection", l, "", render.ObjectionModal(d, "昆山市 陈晨", l))
		golden(t, "eval-objection-answer", l, "", render.ObjectionAnswerModal(d, d.Cycle.Objections[1], l))
		message(t, "eval-objection-card", l, render.ObjectionCard(d, d.Cycle.Objections[1], l))
		message(t, "eval-objection-note", l, render.ObjectionNote(d, d.Cycle.Objections[0], l))
		message(t, "eval-objection-answered", l, render.Answered(d, 1, l))
	}
}
