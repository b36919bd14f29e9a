package commands_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"wainao/commands"
	"wainao/evaluation"
	"wainao/journal"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
	"wainao/render"
)

// evaluate writes what is decided on the evaluation.
func (h *house) evaluate(t *testing.T, decide func(s record.State, now time.Time) ([]journal.Draft, error)) {
	t.Helper()
	if _, err := h.journal.Update(t.Context(), "test", decide); err != nil {
		t.Fatal(err)
	}
}

var office = people.Person{User: "USEC", Roles: []people.Role{people.Secretariat}}

// committee are the members of the test's cycles.
func committee() (out []people.Person) {
	for _, user := range []people.UserID{"UMEM", "UMB", "UMC"} {
		out = append(out, people.Person{User: user, Name: lang.T("委员", "Member"), Roles: []people.Role{people.Member}})
	}
	return out
}

// openCycle opens the evaluation of 2026 with three members.
func (h *house) openCycle(t *testing.T) {
	t.Helper()
	for _, p := range committee() {
		h.evaluate(t, func(s record.State, now time.Time) ([]journal.Draft, error) { return people.Assign(s.People, p, now) })
	}
	h.evaluate(t, func(s record.State, now time.Time) ([]journal.Draft, error) {
		_, drafts, err := evaluation.Begin(s.Evaluation, s.Policy(policy.Default()), office, 2026, now)
		return drafts, err
	})
	h.evaluate(t, func(s record.State, now time.Time) ([]journal.Draft, error) {
		return evaluation.SetMembers(s.Evaluation, office, "2026", committee(), now)
	})
	h.evaluate(t, func(s record.State, now time.Time) ([]journal.Draft, error) {
		return evaluation.SetDates(s.Evaluation, office, "2026", evaluation.Dates{
			ScoringFrom: "2026-12-01", ScoringUntil: "2026-12-07", SecondUntil: "2026-12-10", Deliberation: "2026-12-12",
			NoticeFrom: "2026-12-13", NoticeUntil: "2026-12-20", Decision: "2026-12-25", Effective: "2027-01-01",
		}, now)
	})
	h.take(t, office, evaluation.ActOpen)
}

func (h *house) take(t *testing.T, who people.Person, a evaluation.Action) {
	t.Helper()
	h.evaluate(t, func(s record.State, now time.Time) ([]journal.Draft, error) {
		return evaluation.Take(s.Evaluation, s.Policy(policy.Default()), who, "2026", a, evaluation.Params{Reason: "按章程"}, now)
	})
}

// TestADossierTellsWhatIsJudged opens a cycle between a report and its
// amendment.
func TestADossierTellsWhatIsJudged(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	values := good()
	values["progress"] = "直播基地一期建成"
	if got := h.Submit(t.Context(), submission("UKUN", "V1", values)); got != nil {
		t.Fatalf("the form stays open: %+v", got)
	}
	report := h.journal.State().Ledger.Reports(ledger.Filter{})[0]
	item := string(evaluation.IDOf(policy.Metaverse, policy.Kunshan))
	show := func(value string) string {
		t.Helper()
		h.clock.Advance(time.Minute)
		h.press(t.Context(), "UMEM", "1.1", render.ActionEvaluationDossier, value)
		return h.last(t).text
	}
	h.openCycle(t)
	value := render.EvaluationValue("2026", item)
	first := show(value)
	for _, w := range []string{"评估材料 · 元宇宙 · 昆山市", "元宇宙相关软硬件产品", "§四 表", "数字人直播基地", "直播基地一期建成", "待审核", "未填报：", "数据定格于"} {
		if !strings.Contains(first, w) {
			t.Errorf("%q is not in the dossier:\n%s", w, first)
		}
	}
	if strings.Contains(first, "定格之后的变化") {
		t.Errorf("nothing came since, yet it says so:\n%s", first)
	}
	h.clock.Advance(time.Hour)
	h.evaluate(t, func(s record.State, now time.Time) ([]journal.Draft, error) {
		_, drafts, err := ledger.Review(s.Ledger, office, ledger.Decision{Report: report.ID, Revision: 1, Verdict: ledger.Accept, Key: "k"}, now)
		return drafts, err
	})
	h.clock.Advance(time.Hour)
	later := good()
	later["name"], later["place"] = "另一个基地", "周庄"
	if got := h.Submit(t.Context(), submission("UKUN", "V2", later)); got != nil {
		t.Fatalf("the form stays open: %+v", got)
	}
	second := show(value)
	head, since, ok := strings.Cut(second, "定格之后的变化（不计入，2）")
	if !ok || !strings.Contains(since, "另一个基地") || strings.Contains(head, "另一个基地") || !strings.Contains(since, "审核") {
		t.Errorf("what came since is not told apart:\n%s", second)
	}
	if !strings.Contains(second, "登记里还没有项目") {
		t.Errorf("an item that was accepted since is among what is judged:\n%s", second)
	}
	if got := show(render.EvaluationValue("2026", "no:item")); !strings.Contains(got, ":warning:") {
		t.Errorf("an item that is not there: %s", got)
	}
}

// TestTheReportOfACycle takes a cycle to the close of its scoring and has the
// report made in both formats; before, there is none.
func TestTheReportOfACycle(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.openCycle(t)
	ask := func(format string) (said, []commands.File) {
		t.Helper()
		h.clock.Advance(time.Minute)
		h.slack.files = nil
		h.press(t.Context(), "USEC", "1.1", render.ActionEvaluationReport, render.EvaluationValue("2026", format))
		return h.last(t), h.slack.files
	}
	if got, files := ask("pdf"); !strings.Contains(got.text, "打分结束后") || len(files) > 0 {
		t.Errorf("before the close it says %s", got.text)
	}
	h.clock.Advance(8 * 24 * time.Hour)
	h.take(t, office, evaluation.ActStart)
	for n, p := range committee() {
		for _, i := range evaluation.ItemsOf(policy.Default().Layouts[0]) {
			h.evaluate(t, func(s record.State, now time.Time) ([]journal.Draft, error) {
				scores := map[evaluation.CriterionID]int{}
				for k, c := range evaluation.DefaultCriteria() {
					scores[c.ID] = (n*3 + k) % 11
				}
				return evaluation.Score(s.Evaluation, p, "2026", i.ID, scores, "某某的理由", now)
			})
		}
	}
	h.clock.Advance(8 * 24 * time.Hour)
	h.take(t, office, evaluation.ActClose)
	for format, begins := range map[string]string{"pdf": "%PDF-", "xlsx": "PK"} {
		got, files := ask(format)
		if len(files) != 1 || !strings.HasPrefix(string(files[0].Content), begins) || files[0].Name != "wainao-evaluation-2026."+format {
			t.Fatalf("%s: %d files; it says %s", format, len(files), got.text)
		}
		// It is the same file another day, as long as nothing happens.
		h.clock.Advance(24 * time.Hour)
		if _, again := ask(format); len(again) != 1 || !bytes.Equal(files[0].Content, again[0].Content) {
			t.Errorf("%s: another file when it is made again", format)
		}
	}
	if got, files := ask("docx"); len(files) > 0 || !strings.Contains(got.text, ":warning:") {
		t.Errorf("a format that there is not: %s", got.text)
	}
	h.slack.files = nil
	h.clock.Advance(time.Minute)
	h.press(t.Context(), "UKUN", "1.1", render.ActionEvaluationReport, render.EvaluationValue("2026", "pdf"))
	if len(h.slack.files) > 0 {
		t.Error("a liaison got the report")
	}
}

// TestALongDossierHasPages turns through many reports: each is on one page.
func TestALongDossierHasPages(t *testing.T) {
	t.Parallel()
	d := render.DossierData{Policy: policy.Default(), Newest: policy.Default(), At: monday, Cycle: evaluation.Cycle{ID: "2026"}}
	d.Item = evaluation.ItemsOf(policy.Default().Layouts[0])[0]
	d.Cycle.Items = []evaluation.Item{d.Item}
	const n = 60
	for i := range n {
		d.Reports = append(d.Reports, ledger.Report{
			ID: ledger.ReportID(fmt.Sprintf("R-2026Q4-%04d", i)), Domain: d.Item.Domain, District: d.Item.District, Period: "2026Q4",
			Indicator: policy.Scenarios, Name: strings.Repeat("长", 80), Status: ledger.Submitted, Words: ledger.Words{Problems: strings.Repeat("难", 400)},
		})
	}
	seen := map[string]int{}
	for page := range 12 {
		d.Page = page
		m := render.Dossier(d, lang.ZH)
		if len(m.Blocks) > 50 {
			t.Errorf("page %d has %d blocks", page, len(m.Blocks))
		}
		raw := blocksText(t, m.Blocks)
		if len([]rune(raw)) > 12_000 {
			t.Errorf("page %d has %d characters", page, len([]rune(raw)))
		}
		if page > 0 && !strings.Contains(raw, fmt.Sprintf("第 %d 页", page+1)) {
			break
		}
		for _, r := range d.Reports {
			if strings.Contains(raw, string(r.ID)) {
				seen[string(r.ID)]++
			}
		}
	}
	for _, r := range d.Reports {
		if seen[string(r.ID)] != 1 {
			t.Errorf("%s stands on %d pages", r.ID, seen[string(r.ID)])
		}
	}
}

// blocksText returns the blocks as Slack gets them.
func blocksText(t *testing.T, blocks []slack.Block) string {
	t.Helper()
	raw, err := json.Marshal(blocks)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
