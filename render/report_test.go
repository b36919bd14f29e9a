package render_test

import (
	"strings"
	"testing"
	"time"

	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/render"
)

func form(d ...policy.DistrictID) render.Form {
	pol := policy.Default()
	f := render.Form{Domains: pol.Domains, Indicators: pol.Indicators, Periods: ledger.Periods(now)}
	for _, id := range d {
		district, _ := pol.District(id)
		f.Districts = append(f.Districts, district)
	}
	return f
}

// full is a report that tells everything there is to tell of a scenario.
var full = ledger.Report{
	ID: "R-2026Q4-0007", Revision: 2, Period: "2026Q4", District: policy.Kunshan, Domain: policy.Aerospace, Indicator: policy.Scenarios,
	Answer: ledger.Changed, Name: "低空物流航线", Holder: "昆山低空科技有限公司", CreditCode: "91110000802100433B", Place: "花桥镇", Stage: "built",
	Date: "2026-11-20", Document: "昆工信〔2026〕12号", Evidence: "https://example.com/notice/12",
	Words: ledger.Words{
		Progress: "试飞场已建成，完成首飞。", Problems: "空域审批时间长。",
		Coordination: ledger.Coordination{What: "协调低空空域审批。", By: "市交通运输局", Until: "2026-12-15"},
		Next:         ledger.Step{What: "开通第二条航线。", Until: "2027-03-31"},
	},
	By: "UKUN", At: now, First: now.Add(-72 * time.Hour), Status: ledger.Submitted,
}

func TestReportForm(t *testing.T) {
	t.Parallel()
	for _, l := range lang.Both() {
		plain := form(policy.Kunshan, policy.SIP)
		golden(t, "form", l, "", render.ReportModal(plain, l))

		filled := form(policy.Kunshan)
		filled.Filled = full.Submission()
		filled.Items = []ledger.Item{{Key: "k", Report: "R-2026Q3-0001", Name: "低空物流航线", Holder: "昆山低空科技有限公司"}}
		golden(t, "form-filled", l, "", render.ReportModal(filled, l))

		value := form(policy.SIP)
		value.Filled = ledger.Submission{District: "sip", Domain: "photonics", Period: "2026Q4", Indicator: "output", Value: "1250", Basis: "year-to-date"}
		value.Warnings = []ledger.Warning{{Code: ledger.WarnMagnitude, Field: ledger.FieldValue, Words: lang.T("1250亿元偏大，像是把万元当成了亿元。", "RMB 125 billion is very large, as if 万元 (10 thousand) were taken for 亿元 (100 million).")}}
		golden(t, "form-warned", l, "", render.ReportModal(value, l))

		city := form()
		city.City = true
		city.Filled = ledger.Submission{District: ledger.CityWord, Domain: ledger.WholeWord, Period: "2026Q4", Indicator: "output"}
		golden(t, "form-city", l, "", render.ReportModal(city, l))

		unchanged := form(policy.Kunshan)
		unchanged.Filled = ledger.Submission{Domain: "aerospace", Period: "2026Q4", Answer: string(ledger.Unchanged)}
		golden(t, "form-unchanged", l, "", render.ReportModal(unchanged, l))

		mend := form(policy.Kunshan)
		mend.Filled, mend.Amends = full.Submission(), true
		returned := full
		returned.Status, returned.ReturnCode, returned.ReturnWords = ledger.Returned, ledger.EvidenceMismatch, "链接里没有提到验收。"
		mend.Returned = &returned
		theirs := full
		theirs.Name, theirs.Stage = "低空物流航线一期", "accepted"
		mend.Newer, mend.NewerBy = ledger.Diff(policy.Default(), theirs, full), render.PersonName(sip)
		golden(t, "form-mend", l, "", render.ReportModal(mend, l))
	}
}

func TestReceiptAndCard(t *testing.T) {
	t.Parallel()
	pol := policy.Default()
	before := full
	before.Revision, before.Stage, before.Words.Progress = 1, "matched", "正在建设。"
	warned := full
	warned.Warnings, warned.Note = []ledger.Warning{{Code: ledger.WarnDate, Words: lang.T("日期2026年9月1日不在2026年第四季度之内。", "The date, 1 September 2026, is not within Q4 2026.")}}, "验收在上季度，本季度拿到文件。"
	warned.OutsideLayout, warned.Reason, warned.Accepted = true, "补充文号。", 1
	accepted, returned := full, full
	accepted.Status, accepted.Accepted, accepted.ReviewedBy, accepted.ReviewedAt = ledger.Accepted, 2, "USEC", now.Add(time.Hour)
	returned.Status, returned.ReviewedBy, returned.ReviewedAt, returned.ReturnCode, returned.ReturnWords = ledger.Returned, "USEC", now.Add(time.Hour), ledger.OtherReason, "请补验收文件。"
	question := ledger.Note{Report: full.ID, Revision: 2, Number: 1, Kind: ledger.NoteQuestion, By: "USEC", At: now, Words: "首飞是哪一天？"}
	reply := ledger.Note{Report: full.ID, Revision: 2, Number: 2, Kind: ledger.NoteReply, By: "UKUN", At: now, Words: "11月20日。"}
	unchanged := ledger.Report{
		ID: "R-2026Q4-0009", Revision: 1, Period: "2026Q4", District: policy.Kunshan, Domain: policy.Metaverse, Answer: ledger.Unchanged,
		By: "UKUN", At: now, Status: ledger.Submitted,
	}
	settled, newer := unchanged, unchanged
	settled.Status, settled.Accepted, settled.ReviewedBy, settled.ReviewedAt = ledger.Accepted, 1, "USEC", now.Add(time.Hour)
	newer.Revision = 2
	for _, l := range lang.Both() {
		message(t, "receipt", l, render.Receipt(before, pol, l))
		message(t, "receipt-revision-outside", l, render.Receipt(warned, pol, l))
		message(t, "receipt-no-change", l, render.ReceiptOfNoChange([]ledger.Report{unchanged}, pol, l))
		message(t, "card", l, render.ReviewCard(render.CardData{Report: before, By: kunshan, Latest: before}, pol, l))
		message(t, "card-revision", l, render.ReviewCard(render.CardData{
			Report: warned, By: people.Person{User: "U99"}, Latest: warned, Before: &before, Changes: ledger.Diff(pol, before, warned), Notes: []ledger.Note{question, reply},
		}, pol, l))
		message(t, "card-accepted", l, render.ReviewCard(render.CardData{Report: full, By: kunshan, Latest: accepted, Decider: secret}, pol, l))
		message(t, "card-returned", l, render.ReviewCard(render.CardData{Report: full, By: kunshan, Latest: returned, Decider: secret}, pol, l))
		message(t, "card-superseded", l, render.ReviewCard(render.CardData{Report: before, By: kunshan, Latest: full}, pol, l))
		message(t, "card-no-change", l, render.NoChangeCard([]render.CardData{{Report: unchanged, Latest: unchanged, By: kunshan}}, pol, l))
		message(t, "card-no-change-decided", l, render.NoChangeCard([]render.CardData{
			{Report: unchanged, Latest: settled, By: kunshan, Decider: secret}, {Report: unchanged, Latest: newer, By: kunshan},
		}, pol, l))
		message(t, "decision-accepted-together", l, render.DecisionNote([]ledger.Report{settled, accepted}, secret, false, pol, l))
		message(t, "decision-accepted", l, render.DecisionNote([]ledger.Report{accepted}, secret, false, pol, l))
		message(t, "decision-returned", l, render.DecisionNote([]ledger.Report{returned}, secret, false, pol, l))
		message(t, "decision-returned-locked", l, render.DecisionNote([]ledger.Report{returned}, secret, true, pol, l))
		message(t, "question", l, render.QuestionNote(full, question, secret, pol, l))
		message(t, "reply", l, render.ReplyCard(full, reply, kunshan, pol, l))
	}
}

func TestReview(t *testing.T) {
	t.Parallel()
	pol := policy.Default()
	mine := full
	mine.ID = "R-2026Q4-0008"
	first := full
	first.Revision, first.Status, first.ReviewedBy, first.ReviewedAt, first.ReturnCode = 1, ledger.Returned, "USEC", now, ledger.Unclear
	first.Stage = "matched"
	for _, l := range lang.Both() {
		message(t, "queue-empty", l, render.Queue(render.QueueData{}, pol, l))
		message(t, "queue", l, render.Queue(render.QueueData{
			Waiting: []ledger.Report{full, mine}, All: 2, Acceptable: 1, Own: map[ledger.ReportID]bool{mine.ID: true}, Filter: lang.T("昆山", "Kunshan"),
		}, pol, l))
		golden(t, "return-form", l, "", render.ReturnModal(full, false, l))
		golden(t, "return-form-locked", l, "", render.ReturnModal(full, true, l))
		golden(t, "question-form", l, "", render.QuestionModal(full, l))
		golden(t, "reply-form", l, "", render.ReplyModal(full, "首飞是哪一天？", l))
		golden(t, "history", l, "", render.History(render.HistoryData{
			Revisions: []ledger.Report{first, full}, Who: func(u people.UserID) people.Person {
				if u == "USEC" {
					return secret
				}
				return kunshan
			},
			Notes: []ledger.Note{{Report: full.ID, Revision: 1, Number: 1, Kind: ledger.NoteQuestion, Words: "阶段是什么？", At: now}},
		}, pol, l))
	}
}

func TestPeriods(t *testing.T) {
	t.Parallel()
	k, _ := policy.Default().District(policy.Kunshan)
	lines := []render.PeriodLine{
		{Period: "2026Q4", Deadline: now, Duties: 17, Done: 15, Waiting: 3, Missing: []policy.District{k}},
		{Period: "2026Q3", Deadline: now, Duties: 17, Done: 17, Lock: ledger.LockState{Period: "2026Q3", Locked: true, Reason: "已汇总上报。", At: now}, LockedBy: secret},
		{Period: "2026Q2", Deadline: now, Duties: 17, Done: 16, Missing: []policy.District{k}, Lock: ledger.LockState{Period: "2026Q2", Reason: "昆山要更正。", At: now}, LockedBy: secret},
	}
	for _, l := range lang.Both() {
		message(t, "periods", l, render.Periods(lines, l))
		golden(t, "lock-form", l, "", render.LockModal(lines[0], l))
		golden(t, "reopen-form", l, "", render.LockModal(lines[1], l))
		message(t, "period-locked", l, render.PeriodNote(lines[1], l))
		message(t, "period-reopened", l, render.PeriodNote(lines[2], l))
	}
	if p, lock := render.ParseLock(render.LockModal(lines[0], lang.ZH).PrivateMetadata); p != "2026Q4" || !lock {
		t.Errorf("the form locks %s: %t", p, lock)
	}
	if p, lock := render.ParseLock(render.LockModal(lines[1], lang.ZH).PrivateMetadata); p != "2026Q3" || lock {
		t.Errorf("the form reopens %s: %t", p, !lock)
	}
}

func TestHome(t *testing.T) {
	t.Parallel()
	pol := policy.Default()
	state, _ := week(t)
	both := kunshan
	both.Districts = []policy.DistrictID{policy.Kunshan, policy.SIP}
	for name, p := range map[string]people.Person{
		"liaison": kunshan, "liaison-two": both, "member": member, "secretariat": secret, "leader": leader, "admin": admin, "stranger": {User: "U77"},
	} {
		h := render.HomeData{
			Person: p, Policy: pol, Layout: pol.LayoutAt(now), Period: "2026Q4", Deadline: now, Matrix: ledger.Matrix(state, pol, ledger.DefaultSettings(), "2026Q4", now),
			Pending: 3, Oldest: now, Unanswered: 2, NextDigest: now.AddDate(0, 0, 7), Departed: []people.Person{sip},
		}
		for _, id := range p.Districts {
			d, _ := pol.District(id)
			h.Mine = append(h.Mine, render.HomeDistrict{District: d, Reports: true, Duties: ledger.Owed(state, pol, id, "2026Q4", now)})
			h.Drafts = []ledger.Draft{{ID: "D-0001", District: policy.Kunshan, Domain: policy.Aerospace, In: ledger.Submission{Name: "无人机巡检"}, At: now}}
		}
		for _, l := range lang.Both() {
			view := render.Home(h, l)
			golden(t, "home-"+name, l, "", view)
			if text := visible(view); name == "stranger" && strings.Contains(text, lang.T("未填报", "no data").In(l)) {
				t.Errorf("a stranger sees how the districts stand:\n%s", text)
			}
		}
	}
}
