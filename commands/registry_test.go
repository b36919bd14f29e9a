package commands

import (
	"context"
	"slices"
	"strings"
	"testing"

	"wainao/delivery"
	"wainao/lang"
	"wainao/people"
	"wainao/render"
)

func TestRegistryRefusesMistakes(t *testing.T) {
	t.Parallel()
	whole := Command{Name: "a", Alias: "甲", Summary: lang.T("一", "one"), Example: lang.T("甲", "a"), Needs: people.Ask, run: func(context.Context, *Request) error { return nil }}
	for want, change := range map[string]func(*Command){
		"is a verb of":            func(c *Command) { c.Alias = "甲" },
		"a verb is missing":       func(c *Command) { c.Alias = "" },
		"summary or example":      func(c *Command) { c.Summary.EN = "" },
		"usage lacks":             func(c *Command) { c.Usage.ZH = "[领域]" },
		"knows the permission":    func(c *Command) { c.Needs = "fly" },
		"does nothing":            func(c *Command) { c.run = nil },
		`"A" is a verb of "a" al`: func(c *Command) { c.Name = "A" },
	} {
		other := whole
		other.Name, other.Alias = "b", "乙"
		if _, err := newRegistry(feature{commands: []Command{whole}}, feature{commands: []Command{other}}); err != nil {
			t.Fatal(err)
		}
		change(&other)
		if _, err := newRegistry(feature{commands: []Command{whole}}, feature{commands: []Command{other}}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestWordsCallForCommands(t *testing.T) {
	t.Parallel()
	r, err := newRegistry((&Commands{}).features()...)
	if err != nil {
		t.Fatal(err)
	}
	for verb := range callsFor {
		if _, ok := r.verbs[verb]; !ok {
			t.Errorf("words call for %q, which is no command", verb)
		}
	}
}

func TestEveryDeliveryIsCalledSomething(t *testing.T) {
	t.Parallel()
	r, err := newRegistry((&Commands{}).features()...)
	if err != nil {
		t.Fatal(err)
	}
	scheduled := []delivery.JobName{DigestJob, RemindersJob, MonthlyNoteJob, QueueNoteJob, HolidaysJob, EvaluationBeginJob} // Their titles are in their definitions.
	for job := range r.deliveries {
		if title := render.DeliveryTitle(delivery.State{}, job); title.ZH == string(job) && !slices.Contains(scheduled, job) {
			t.Errorf("the delivery %q has no title", job)
		}
	}
}
