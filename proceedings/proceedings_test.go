package proceedings_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wainao/evaluation"
	"wainao/evaluation/stats"
	"wainao/lang"
	"wainao/paper"
	"wainao/people"
	"wainao/policy"
	"wainao/proceedings"
	"wainao/render"
)

var (
	update = flag.Bool("update", false, "rewrite the golden files")
	save   = flag.String("save", "", "write the documents of the tests into this folder, to look at them")
)

func at(month time.Month, day, hour int) time.Time {
	return time.Date(2026, month, day, hour, 0, 0, 0, policy.Zone)
}

// decided is a cycle that was lived to its end.
func decided() (evaluation.Cycle, evaluation.Result) {
	ship := lang.T("氢能船舶及其加注", "hydrogen ships and their refuelling")
	c := evaluation.Cycle{
		ID: "2026", Phase: evaluation.Adopted, Base: 1, Criteria: evaluation.DefaultCriteria(), Rules: evaluation.DefaultRules(),
		Dates: evaluation.Dates{
			ScoringFrom: "2026-12-01", ScoringUntil: "2026-12-07", Deliberation: "2026-12-12", NoticeFrom: "2026-12-13", NoticeUntil: "2026-12-20", Decision: "2026-12-25", Effective: "2027-01-01",
		},
		Items:      evaluation.ItemsOf(policy.Default().Layouts[0]),
		NewDomains: []evaluation.NewDomain{{ID: "brain-computer", Name: lang.T("脑机接口", "Brain-computer interfaces"), Short: lang.T("脑机", "BCI"), Summary: lang.T("脑与机器之间的接口", "Between brains and machines")}},
		Frozen:     1234, FrozenAt: at(11, 25, 9), Closed: 1,
		Recusals: []evaluation.Recusal{{Member: "UM02", District: policy.Gusu, Reason: "在该区任职", By: "UM02", At: at(11, 26, 9)}},
		Steps: []evaluation.Step{
			{Action: evaluation.ActOpen, From: evaluation.Preparing, To: evaluation.Opened, By: "USEC", At: at(11, 25, 9)},
			{Action: evaluation.ActPublish, From: evaluation.Deliberating, To: evaluation.Noticed, By: "USEC", At: at(12, 14, 9)}, // A day behind the calendar.
			{Action: evaluation.ActAdopt, From: evaluation.Deciding, To: evaluation.Adopted, By: "ULEA", At: at(12, 25, 16)},
		},
		Minutes:    []evaluation.Minute{{Item: "hydrogen:taicang", Text: "港口条件好，建议纳入；加注站选址另行研究。", By: "USEC", At: at(12, 12, 10)}},
		Objections: []evaluation.Objection{{Number: 1, From: "某企业", Text: "希望保留姑苏区的元宇宙。", At: at(12, 15, 9), Answer: "已研究，相关企业可继续由文旅渠道支持。", Answered: at(12, 18, 9)}},
		Outcome:    &evaluation.Outcome{Adopted: true, By: "ULEA", At: at(12, 25, 16), Reason: "按会商和公示结果", Effective: "2027-01-01", Layout: 2},
	}
	c.Items = append(c.Items,
		evaluation.Item{ID: "hydrogen:taicang", Domain: policy.Hydrogen, District: policy.Taicang, Kind: evaluation.Outside, Proposed: ship, Why: "已连续两季上报"},
		evaluation.Item{ID: "brain-computer:sip", Domain: "brain-computer", District: policy.SIP, Kind: evaluation.New, Proposed: lang.T("脑机接口芯片", "interface chips")})
	for n := range 7 {
		c.Members = append(c.Members, evaluation.Member{User: people.UserID(fmt.Sprintf("UM%02d", n+1))})
	}
	c.Members[6].Left, c.Members[6].Reason = at(12, 2, 9), "调离"
	r := evaluation.Result{Cycle: c.ID, Round: 1, Turnout: evaluation.Turnout{Took: 6, Entitled: 6, Needed: 4}, Complete: 5, Agreement: []evaluation.ItemsAgreement{
		{Criterion: c.Criteria[0].ID, Agreement: stats.Agreement{W: 0.412, Judges: 5, Objects: 19, ChiSquare: 37.1, DF: 18, P: 0.005}},
		{Agreement: stats.Agreement{W: 0.733, Judges: 5, Objects: 19, ChiSquare: 66, DF: 18, P: 0.0000004}},
	}}
	for n, i := range c.Items {
		result := evaluation.ItemResult{Item: i, N: 6 - n%3, Entitled: 6, Told: true, Quorum: true, Divided: n%5 == 0, Recommendation: i.Verdicts()[n%2]}
		if n == 4 {
			result = evaluation.ItemResult{Item: i, N: 2, Entitled: 6}
		} else {
			middle := 4 + float64(n%6)
			result.Weighted = stats.Summary{N: result.N, Mean: middle + 0.2, Median: middle, Q1: middle - 1.25, Q3: middle + 0.75, Trimmed: middle + 0.1, SD: 1.4}
			for k, criterion := range c.Criteria {
				result.Criteria = append(result.Criteria, evaluation.CriterionResult{Criterion: criterion.ID, Summary: stats.Summary{N: result.N, Mean: middle, Median: min(10, middle+float64(k%3)), Q1: middle - 1, Q3: min(10, middle+1), SD: 1}})
			}
			result.Agreement = &stats.Agreement{W: 0.5}
			result.Comments = []string{"技术基础扎实，但应用场景还少，需要和周边板块错位。", "龥 unusual characters 𠀀 stay readable"}
		}
		r.Items = append(r.Items, result)
	}
	for n, i := range c.Items {
		m := evaluation.Motion{Ballot: n + 1, Item: i.ID, MotionText: evaluation.MotionText{Verdict: i.Verdicts()[0]}, Recommended: i.Verdicts()[0], State: evaluation.Carried, Tally: evaluation.Tally{Entitled: 6, For: 5, Against: 1}, At: at(12, 12, 10), Closed: at(12, 12, 11)}
		switch i.ID {
		case "hydrogen:taicang", "brain-computer:sip":
			m.Verdict, m.Focus = evaluation.Add, i.Proposed
		case evaluation.IDOf(policy.Metaverse, policy.Gusu):
			m.Verdict, m.Tally = evaluation.Withdraw, evaluation.Tally{Entitled: 5, For: 4, Abstain: 1}
		case evaluation.IDOf(policy.Quantum, policy.Wujiang):
			m.Verdict, m.State, m.Tally = evaluation.Strengthen, evaluation.Tied, evaluation.Tally{Entitled: 6, For: 3, Against: 3}
		}
		c.Motions = append(c.Motions, m)
	}
	return c, r
}

// words writes a document as text, for the golden files.
func words(d paper.Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n", d.Title, d.About)
	for _, k := range d.Blocks {
		switch {
		case k.Heading != "":
			fmt.Fprintf(&b, "\n# %s\n", k.Heading)
		case k.Subheading != "":
			fmt.Fprintf(&b, "\n## %s\n", k.Subheading)
		case k.Words != "":
			fmt.Fprintln(&b, k.Words)
		case k.Note != "":
			fmt.Fprintf(&b, "(%s)\n", k.Note)
		case k.Table != nil:
			fmt.Fprintf(&b, "[%s]\n", strings.Join(k.Table.Head, " | "))
			for _, row := range k.Table.Rows {
				fmt.Fprintf(&b, "  %s\n", strings.Join(row, " | "))
			}
		case k.Picture != nil:
			fmt.Fprintf(&b, "<picture>\n")
		}
		for _, line := range k.List {
			fmt.Fprintf(&b, "- %s\n", line)
		}
	}
	return b.String()
}

// pictures draws those of the results.
func pictures(t *testing.T, c evaluation.Cycle, r evaluation.Result, l lang.Lang) (out []paper.Picture) {
	t.Helper()
	for _, p := range render.EvaluationPictures(c, r, policy.Default(), l) {
		content, err := p.PNG()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, paper.Picture{PNG: content, Width: p.Width, Height: p.Height})
	}
	return out
}

func TestReport(t *testing.T) {
	t.Parallel()
	c, r := decided()
	open := c
	open.Phase, open.Outcome, open.Closed, open.Motions, open.Minutes, open.Objections = evaluation.Cancelled, nil, 0, nil, nil, nil
	open.Steps = append(open.Steps[:1:1], evaluation.Step{Action: evaluation.ActCancel, To: evaluation.Cancelled, At: at(12, 3, 9), Reason: "章程修订"})
	for name, tt := range map[string]proceedings.Data{
		"adopted":   {Cycle: c, Result: &r, Policy: policy.Default()},
		"cancelled": {Cycle: open, Policy: policy.Default()},
	} {
		for _, l := range lang.Both() {
			d := tt
			if d.Result != nil {
				d.Pictures = pictures(t, c, r, l)
				if len(d.Pictures) != 3 {
					t.Errorf("%d pictures, want 3", len(d.Pictures))
				}
			}
			doc := proceedings.Report(d, l)
			got := words(doc)
			path := filepath.Join("testdata", name+"."+string(l)+".txt")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatalf("%v; write it with: go test ./proceedings -update", err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s (-want +got), rewrite with: go test ./proceedings -update\n%s", path, diff)
			}
			for _, m := range c.Members {
				if strings.Contains(got, string(m.User)) {
					t.Errorf("%s in %s names a member: %s", name, l, m.User)
				}
			}
			var b bytes.Buffer
			if err := paper.Write(&b, doc); err != nil {
				t.Fatal(err)
			}
			if b.Len() > 2_000_000 || !bytes.HasPrefix(b.Bytes(), []byte("%PDF-")) || !bytes.HasSuffix(bytes.TrimSpace(b.Bytes()), []byte("%%EOF")) {
				t.Errorf("%s in %s is no whole PDF of %d bytes", name, l, b.Len())
			}
			// Made again of the same state it is the same file, byte for byte.
			d.Pictures = nil
			if d.Result != nil {
				d.Pictures = pictures(t, c, r, l)
			}
			var again bytes.Buffer
			if err := paper.Write(&again, proceedings.Report(d, l)); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(b.Bytes(), again.Bytes()) {
				t.Errorf("%s in %s is another file when it is made again: %d bytes, not %d", name, l, again.Len(), b.Len())
			}
			if *save != "" {
				if err := os.WriteFile(filepath.Join(*save, name+"-"+string(l)+".pdf"), b.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}
