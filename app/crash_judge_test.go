package app_test

import (
	"encoding/json"
	"path/filepath"
	"time"

	"wainao/app"
	"wainao/calendar"
	"wainao/commands"
	"wainao/delivery"
	"wainao/journal"
	"wainao/ledger"
	"wainao/record"
	"wainao/storage/embedded"
	"wainao/storage/mongo"
)

// judge compares what the journal says with what people can see.
func (f *fleet) judge() {
	f.t.Helper()
	state, entries := f.read()
	there := map[string]int{}
	for _, r := range state.Ledger.Reports(ledger.Filter{}) {
		there[r.Name]++
	}
	for _, name := range f.filed {
		if there[name] != 1 {
			f.t.Errorf("report %s was acknowledged and is there %d times", name, there[name])
		}
	}
	f.judgeEdits(entries)
	f.judgeSlots(state.Delivery)
	posted := map[string]int{}
	for _, c := range f.state().Channels {
		for _, m := range c.Messages {
			if id := deliveryOf(m); id != "" {
				posted[id]++
			}
		}
	}
	done := 0
	for _, d := range state.Delivery.Deliveries() {
		switch n := posted[string(d.ID)]; {
		case d.Status == delivery.Posted && n == 1:
			done++
		case d.Status == delivery.Missed || d.Status == delivery.Skipped && n == 0:
			continue // What was left out has no message.
		default:
			f.t.Errorf("delivery %s is %s and there %d times", d.ID, d.Status, n)
		}
		delete(posted, string(d.ID))
	}
	for id, n := range posted {
		f.t.Errorf("the message of delivery %s is there %d times, and the journal does not know it", id, n)
	}
	f.t.Logf("%d kills: %d reports acknowledged, %d deliveries, each there once", *kills, len(f.filed), done)
	accepted, unchanged := 0, 0
	for _, r := range state.Ledger.Reports(ledger.Filter{}) {
		if r.Status == ledger.Accepted {
			accepted++
		}
		if r.Answer == ledger.Unchanged {
			unchanged++
		}
	}
	jobs := map[delivery.JobName]int{}
	for _, d := range state.Delivery.Deliveries() {
		if d.Status == delivery.Posted {
			jobs[d.Job]++
		}
	}
	f.t.Logf("answered: %v; in the ledger: %d accepted, %d without a change; deliveries: %v", f.counts, accepted, unchanged, jobs)
	if done == 0 || len(f.filed) == 0 {
		f.t.Error("nothing was delivered or reported: the harness did not try anything")
	}
}

// read folds the journal, whose chain is checked on the way.
func (f *fleet) read() (record.State, []journal.Entry) {
	f.t.Helper()
	if _, err := app.Verify(f.t.Context(), f.config); err != nil {
		f.t.Fatalf("verify: %v", err)
	}
	var (
		store journal.Store
		err   error
	)
	if uri := string(f.config.Storage.MongoURI); uri != "" {
		var s *mongo.Store
		s, err = mongo.Open(f.t.Context(), mongo.Options{URI: uri, Database: f.config.Storage.Database, Collection: f.config.Storage.Collection})
		store = s
		defer func() { _ = s.Close() }()
	} else {
		var s *embedded.Store
		s, err = embedded.Open(filepath.Join(f.config.Storage.Data, embedded.FileName))
		store = s
		defer func() { _ = s.Close() }()
	}
	if err != nil {
		f.t.Fatal(err)
	}
	var (
		state   record.State
		entries []journal.Entry
	)
	for e, err := range store.Read(f.t.Context(), 0) {
		if err == nil {
			state, err = state.Apply(e)
		}
		if err != nil {
			f.t.Fatal(err)
		}
		entries = append(entries, e)
	}
	return state, entries
}

// deliveryOf returns the delivery that a message names in its metadata.
func deliveryOf(m message) string {
	var metadata struct {
		Payload struct {
			Delivery string `json:"delivery"`
		} `json:"event_payload"`
	}
	if json.Unmarshal(m.Metadata, &metadata) != nil {
		return ""
	}
	return metadata.Payload.Delivery
}

// judgeEdits looks for every change to a job that was acknowledged.
func (f *fleet) judgeEdits(entries []journal.Entry) {
	f.t.Helper()
	there := map[int]int{}
	for _, e := range entries {
		if e.Kind != "delivery.job.changed" {
			continue
		}
		var changed struct {
			CatchUp int `json:"catch_up_s"`
		}
		if err := e.Decode(&changed); err != nil {
			f.t.Fatal(err)
		}
		there[changed.CatchUp/3600]++
	}
	for _, hours := range f.edited {
		if there[hours] != 1 {
			f.t.Errorf("the change of a job to %d hours was acknowledged and is there %d times", hours, there[hours])
		}
	}
	f.t.Logf("%d changes of a job acknowledged", len(f.edited))
}

// judgeSlots counts: every minute since a job was there is decided on once, and
// nobody was reminded twice on one day.
func (f *fleet) judgeSlots(s delivery.State) {
	f.t.Helper()
	slots, passed := map[delivery.JobName]map[delivery.SlotID]bool{}, map[delivery.JobName]int{}
	reminded := map[string]int{}
	for _, d := range s.Deliveries() {
		switch {
		case d.To == "":
			passed[d.Job] += d.Slots
		case d.Key() == "":
			if slots[d.Job] == nil {
				slots[d.Job] = map[delivery.SlotID]bool{}
			}
			slots[d.Job][d.Slot] = true
		}
		if d.Job == commands.RemindersJob && d.Status == delivery.Posted {
			reminded[string(d.To)+" on "+string(calendar.DateOf(d.Planned))]++
		}
	}
	for _, job := range everyMinutes {
		j, ok := s.Job(job)
		if !ok {
			f.t.Errorf("the journal does not know %s", job)
			continue
		}
		due := int(j.Cursor.Truncate(time.Minute).Sub(j.Anchor.Truncate(time.Minute)) / time.Minute)
		if got := len(slots[job]) + passed[job]; got != due {
			f.t.Errorf("%s: %d of its %d slots are decided on", job, got, due)
		}
	}
	for who, n := range reminded {
		if n > 1 {
			f.t.Errorf("%s: %d reminders", who, n)
		}
	}
	if len(slots[commands.RemindersJob]) > 0 && len(reminded) == 0 && (calendar.Days{}).IsWorkday(calendar.DateOf(time.Now())) {
		f.t.Error("nobody was reminded")
	}
	f.t.Logf("slots of the digest that ran: %d; slots that passed: %v; people reminded: %d", len(slots[commands.DigestJob]), passed, len(reminded))
}
