package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"wainao/ask"
	"wainao/commands"
	"wainao/journal"
	"wainao/lang"
	"wainao/policy"
	"wainao/record"
	"wainao/render"
	"wainao/storage/embedded"
)

// AskLine is one question on standard input.
type AskLine struct {
	ID       any      `json:"id"`
	Question string   `json:"question"`
	Thread   []string `json:"thread,omitempty"` // The questions asked before it in its thread.
}

// AnswerLine is the answer to an [AskLine].
type AnswerLine struct {
	ID          any      `json:"id"`
	Answer      string   `json:"answer"`
	Status      string   `json:"status"` // answered, ambiguous or unknown.
	Lang        string   `json:"lang"`   // zh or en.
	Citations   []string `json:"citations"`
	Explanation string   `json:"explanation,omitempty"`
}

// Asker answers questions outside of any chat. It knows the policy with the
// versions that were adopted, and no live figures.
type Asker struct {
	// Doubt says that the configured journal could not be read, so that what was
	// adopted is not known; nil when nothing is in doubt.
	Doubt error

	engine *ask.Engine
	policy *policy.Policy // With everything that was adopted.
	text   *policy.Text   // The official document; nil when there is none.
}

// NewAsker builds the index over the policy, and reads the official document
// when one is configured. What was adopted is read from the configured journal,
// when there is one.
func NewAsker(ctx context.Context, c Config) (*Asker, error) {
	pol := policy.Default()
	engine, err := ask.New(pol)
	if err != nil {
		return nil, fmt.Errorf("index the policy: %w", err)
	}
	text, err := readText(c.Policy.Text)
	if err != nil {
		return nil, err
	}
	a := &Asker{engine: engine, policy: pol, text: text}
	s, ok, err := readState(ctx, c)
	switch {
	case err != nil:
		a.Doubt = fmt.Errorf("what was adopted is not known, so the answers are by the policy as published: %w", err)
	case ok:
		a.policy = s.Policy(pol)
	}
	return a, nil
}

// readState folds the configured journal; ok is false when there is none. With
// the embedded one, no bot may be running on it.
func readState(ctx context.Context, c Config) (state record.State, ok bool, err error) {
	if c.Storage.MongoURI == "" {
		if _, err := os.Stat(filepath.Join(c.Storage.Data, embedded.FileName)); err != nil {
			return state, false, nil //nolint:nilerr // There is no journal yet.
		}
	}
	s, err := openStore(ctx, c, Options{})
	if err != nil {
		return state, false, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	j, err := journal.Open(ctx, record.State{}, journal.Options{Store: s})
	if err != nil {
		return state, false, err
	}
	return j.State(), true, nil
}

// Ask answers one line. Each line is a thread of its own. What the policy does
// not answer stays unknown, even where a search in the official document found
// a place, which is added and labelled.
func (a *Asker) Ask(q AskLine) AnswerLine {
	const thread = "line"
	now := time.Now()
	pol := a.policy.At(now)
	view := ask.View{Policy: pol, At: now, Memory: ask.NewMemory(1, time.Now)}
	for _, before := range q.Thread {
		a.engine.Answer(ask.Question{Text: before, Lang: lang.ZH, Thread: thread}, view)
	}
	got := a.engine.Answer(ask.Question{Text: q.Question, Lang: lang.ZH, Thread: thread}, view)
	out := AnswerLine{
		ID: q.ID, Answer: got.Plain(got.Lang), Status: string(got.Status), Lang: string(got.Lang),
		Citations: []string{}, Explanation: explain(got.Explain),
	}
	if place, ok := commands.Mentioned(a.text, pol, got); ok {
		out.Answer += "\n" + render.Mentioned(place).In(got.Lang)
	}
	for _, c := range got.Cites {
		out.Citations = append(out.Citations, c.Place.In(got.Lang))
	}
	return out
}

// explain tells how an answer came about, one thing a line.
func explain(e ask.Explanation) string {
	var b strings.Builder
	for _, f := range e.Found {
		fmt.Fprintf(&b, "found    %q: %s %s (by %s)\n", f.Text, f.Kind, f.ID, f.How)
	}
	for _, u := range e.Unknown {
		fmt.Fprintf(&b, "unknown  %q\n", u)
	}
	fmt.Fprintf(&b, "reading  %s\nrule     %s", e.Reading, e.Rule)
	if e.Like != "" {
		fmt.Fprintf(&b, "\nlike     %s", e.Like)
	}
	if e.FollowUp {
		b.WriteString("\nfollows  the question before it in its thread")
	}
	return b.String()
}
