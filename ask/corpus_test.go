package ask_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"wainao/ask"
	"wainao/lang"
	"wainao/policy"
)

// question is one line of a corpus. What must and must not stand in the answer
// is looked for in the plain text in the answer's own language, whatever the
// case.
type question struct {
	ID       string     `json:"id"`
	Lang     lang.Lang  `json:"lang"`
	Kind     string     `json:"kind"`
	Thread   []string   `json:"thread"` // the questions that came before.
	Question string     `json:"question"`
	Status   ask.Status `json:"status"`
	Must     []string   `json:"must"`
	MustAny  [][]string `json:"must_any"`
	MustNot  []string   `json:"must_not"`
	Cites    []string   `json:"cites"`
}

func corpus(t testing.TB, name string) []question {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "corpus", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []question
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var q question
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all = append(all, q)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// at is the moment as of which tests ask.
var at = time.Date(2026, 11, 23, 12, 0, 0, 0, policy.Zone)

func engine(t testing.TB) *ask.Engine {
	t.Helper()
	e, err := ask.New(policy.Default())
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// put asks the question after those of its thread.
func put(e *ask.Engine, q question) ask.Answer {
	v := ask.View{At: at, Memory: ask.NewMemory(10, func() time.Time { return at })}
	thread := ""
	for _, before := range q.Thread {
		thread = "t"
		e.Answer(ask.Question{Text: before, Lang: q.Lang, Thread: thread}, v)
	}
	return e.Answer(ask.Question{Text: q.Question, Lang: q.Lang, Thread: thread}, v)
}

// wrong says what of the answer is not as the corpus wants it, or nothing.
func wrong(q question, a ask.Answer) string {
	words := []string{a.Head.In(q.Lang)}
	for _, line := range a.Lines {
		words = append(words, line.In(q.Lang))
	}
	text := strings.ToLower(strings.Join(words, "\n"))
	has := func(s string) bool { return strings.Contains(text, strings.ToLower(s)) }
	if a.Status != q.Status {
		return fmt.Sprintf("status %s, want %s", a.Status, q.Status)
	}
	for _, s := range q.Must {
		if !has(s) {
			return fmt.Sprintf("%q is missing", s)
		}
	}
	for _, any := range q.MustAny {
		if !slices.ContainsFunc(any, has) {
			return fmt.Sprintf("none of %q is there", any)
		}
	}
	for _, s := range q.MustNot {
		if has(s) {
			return fmt.Sprintf("%q is there", s)
		}
	}
	for _, c := range q.Cites {
		if !slices.ContainsFunc(a.Cites, func(got policy.Citation) bool { return strings.Contains(got.Place.ZH, c) }) {
			return fmt.Sprintf("§%s is not cited", c)
		}
	}
	return ""
}

var show = flag.Bool("show", false, "show every question of the working corpus that is answered wrongly")

// heldOut is the set that is opened only to measure: its questions are never
// shown, so that nobody tunes to them. Between two such sets there is none.
const heldOut = "heldout.jsonl"

// TestCorpus holds each set of questions at its measured level.
func TestCorpus(t *testing.T) {
	t.Parallel()
	e := engine(t)
	for _, c := range []struct {
		file  string
		least float64 // the share that was right when last measured.
	}{
		{"work.jsonl", 0.995},
		{"work-2.jsonl", 0.985},
		{"work-3.jsonl", 0.98},
		{"work-4.jsonl", 0.985},
		{"work-5.jsonl", 0.995},
		{"work-6.jsonl", 0.98},
		// Three independent authors' sets. Their first run, unseen, gave 90.9, 86.4
		// and 70.0 per cent: what questions of new people look like. They are open
		// for building now.
		{"work-7.jsonl", 0.99},
		{"work-8.jsonl", 0.98},
		{"work-9.jsonl", 0.93},
		// Held out until November 2026: 96.9 per cent at its first run.
		{"work-10.jsonl", 0.99},
		{"work-11.jsonl", 0.99},
		{"work-12.jsonl", 0.975},
		// An independent author's, held out until November 2026: 86.9 per cent at its
		// first run.
		{"work-13.jsonl", 0.99},
		// Another's: 86.0 per cent at its first run.
		{"work-14.jsonl", 0.99},
		// Put down for the kinds that were wrong in set 14, before they were mended: 58.1
		// per cent at its first run.
		{"work-15.jsonl", 0.97},
		// Three more authors', at their first run.
		{"work-16.jsonl", 0.98},
		{"work-17.jsonl", 0.96},
		{"work-18.jsonl", 0.96},
		// Questions for what is not given, with answerable twins: 75.0 per cent at its
		// first run, before the sort of answer that is asked for was read.
		{"work-19.jsonl", 0.99},
		// Questions with what people tell beside them: 37 of 46 at their first run.
		{"work-21.jsonl", 0.97},
		// An author in the voices of engineers and founders: 86.7 per cent at its first
		// run.
		{"work-22.jsonl", 0.95},
		// Technologies by the names that engineers use: 58.8 per cent at its first run.
		{"work-23.jsonl", 0.95},
		// Overviews, live figures, sets, names and follow-ups: 64.0 per cent at its first
		// run.
		{"work-20.jsonl", 0.95},
		// Another's, in the voices of everybody: 94.0 per cent at its first run, 95.3 when
		// it was opened.
		{"work-24.jsonl", 0.95},
		// Two more, at their first run.
		{"work-25.jsonl", 0.986},
		{"work-26.jsonl", 0.953},
		// Four times three hundred, by four authors: 85.3, 84.7, 90.0 and 84.0 per cent at
		// their first run.
		{"work-27.jsonl", 0.95},
		{"work-28.jsonl", 0.985},
		{"work-29.jsonl", 0.99},
		{"work-30.jsonl", 0.96},
		// Eight more authors: 98.0, 92.7, 95.3, 90.7, 85.3, 93.3, 97.3 and 90.0 per cent at
		// their first run.
		{"work-31.jsonl", 1},
		{"work-32.jsonl", 0.99},
		{"work-33.jsonl", 0.985},
		{"work-34.jsonl", 0.985},
		{"work-35.jsonl", 0.96},
		{"work-36.jsonl", 0.98},
		{"work-37.jsonl", 0.99},
		{"work-38.jsonl", 0.95},
		// An independent author's, whose questions are not open: 94.0 per cent at its
		// first run, 95.3 since.
		{heldOut, 0.95},
	} {
		t.Run(c.file, func(t *testing.T) {
			t.Parallel()
			if testing.Short() && c.file != "work.jsonl" {
				t.Skip("with -short only the first set is asked")
			}
			if _, err := os.Stat(filepath.Join("testdata", "corpus", c.file)); c.file == heldOut && errors.Is(err, fs.ErrNotExist) {
				t.Skip("no set is held out at present; see testdata/corpus/README.md for how to put one in")
			}
			right, asked := map[string]int{}, map[string]int{}
			var kinds []string
			total, ok := 0, 0
			for _, q := range corpus(t, c.file) {
				if asked[q.Kind]++; asked[q.Kind] == 1 {
					kinds = append(kinds, q.Kind)
				}
				total++
				a := put(e, q)
				why := wrong(q, a)
				if why == "" {
					right[q.Kind]++
					ok++
				} else if *show && c.file != heldOut {
					t.Logf("%s %s\n  %s: %s\n  rule %s, unknown %q\n%s", q.ID, q.Question, q.Kind, why, a.Explain.Reading, a.Explain.Unknown, indent(a.Plain(a.Lang)))
				}
			}
			var b strings.Builder
			for _, k := range kinds {
				fmt.Fprintf(&b, "%-12s %3d of %3d\n", k, right[k], asked[k])
			}
			share := float64(ok) / float64(total)
			t.Logf("\n%s%-12s %3d of %3d (%.1f%%)", b.String(), "all", ok, total, 100*share)
			if share < c.least {
				t.Errorf("%.1f%% are right, want at least %.1f%%", 100*share, 100*c.least)
			}
		})
	}
}

func indent(s string) string { return "    " + strings.ReplaceAll(s, "\n", "\n    ") }
