package app_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wainao/app"
	"wainao/journal"
	"wainao/policy"
	"wainao/record"
	"wainao/storage/embedded"
)

// TestAskKnowsWhatWasAdopted asks outside of chat, of a data folder whose
// journal holds a second version of the layout.
func TestAskKnowsWhatWasAdopted(t *testing.T) {
	t.Parallel()
	c := app.DefaultConfig()
	c.Storage.Data = t.TempDir()
	store, err := embedded.Open(filepath.Join(c.Storage.Data, embedded.FileName))
	if err != nil {
		t.Fatal(err)
	}
	j, err := journal.Open(t.Context(), record.State{}, journal.Options{Store: store, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	type pair map[string]any
	focus := []pair{{"domain": policy.Hydrogen, "district": policy.Taicang, "text": pair{"zh": "氢能船舶", "en": "hydrogen ships"}}}
	_, err = j.Update(t.Context(), "test", func(record.State, time.Time) ([]journal.Draft, error) {
		return []journal.Draft{{Kind: "evaluation.policy.adopted", Version: 1, Data: pair{
			"adopted": pair{"effective": "2025-01-01", "layout": pair{"version": 2, "focus": focus}}, "reason": "test", "by": "ULEA",
		}}}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	ask := func() (*app.Asker, string) {
		t.Helper()
		asker, err := app.NewAsker(context.Background(), c)
		if err != nil {
			t.Fatal(err)
		}
		return asker, asker.Ask(app.AskLine{Question: "谁负责氢能?"}).Answer
	}
	// While the bot runs, the journal is its own: that is told.
	if asker, answer := ask(); asker.Doubt == nil || !strings.Contains(answer, "张家港") {
		t.Errorf("with the journal in use, doubt %v: %s", asker.Doubt, answer)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	asker, answer := ask()
	if asker.Doubt != nil || !strings.Contains(answer, "太仓") || strings.Contains(answer, "张家港") {
		t.Errorf("doubt %v: %s", asker.Doubt, answer)
	}
	if old := asker.Ask(app.AskLine{Question: "2024年谁负责氢能?"}).Answer; !strings.Contains(old, "张家港") {
		t.Errorf("of 2024 it says %s", old)
	}
}
