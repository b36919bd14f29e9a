package ledger_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"wainao/calendar"
	"wainao/journal"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
)

// crowd is everybody who takes part in the random walks: liaisons of three
// districts, one with two of them, and two of the secretariat.
var crowd = []people.Person{
	kunshan, changshu, liaison("U2D", policy.Kunshan, policy.SIP), sip, office, reviewer, stranger,
}

// anySubmission is good or bad, with few names, codes and documents, so that
// items meet.
func anySubmission(t *rapid.T) ledger.Submission {
	in := ledger.Submission{
		District:  rapid.SampledFrom([]string{"昆山", "常熟", "sip", "city", "?"}).Draw(t, "district"),
		Domain:    rapid.SampledFrom([]string{"aerospace", "hydrogen"}).Draw(t, "domain"),
		Period:    rapid.SampledFrom([]string{"2026Q4", "2026Q3", "2027Q1"}).Draw(t, "period"),
		Indicator: string(rapid.SampledFrom([]policy.IndicatorID{policy.Output, policy.Scenarios, policy.Platforms, policy.SignedProjects}).Draw(t, "indicator")),
		Answer:    rapid.SampledFrom([]string{"", "", "", "unchanged", "no-data"}).Draw(t, "answer"),
		Note:      "已核对。", Reason: rapid.SampledFrom([]string{"", "更正"}).Draw(t, "reason"),
	}
	if in.Answer != "" {
		return in
	}
	in.Evidence = "https://example.com/" + rapid.StringMatching(`[ab]`).Draw(t, "evidence")
	if in.Indicator == string(policy.Output) {
		in.Value = rapid.SampledFrom([]string{"1", "2.5", "x"}).Draw(t, "value")
		in.Basis = rapid.SampledFrom([]string{"", "yearly"}).Draw(t, "basis")
		return in
	}
	in.Name = rapid.SampledFrom([]string{"低空巡检一号", "低空巡检二号", "储氢"}).Draw(t, "name")
	in.Holder, in.Date = rapid.SampledFrom([]string{"甲公司", "乙公司"}).Draw(t, "holder"), "2026-10-10"
	in.CreditCode = rapid.SampledFrom([]string{"", codeA, codeB}).Draw(t, "code")
	in.Document = rapid.SampledFrom([]string{"1号", "2号"}).Draw(t, "document")
	switch policy.IndicatorID(in.Indicator) {
	case policy.Scenarios:
		in.Place, in.Stage = "花桥", rapid.SampledFrom([]string{"matched", "built", "ended"}).Draw(t, "stage")
	case policy.Platforms:
		in.Stage = rapid.SampledFrom([]string{"applied", "recognised"}).Draw(t, "stage")
		in.ValidUntil = rapid.SampledFrom([]string{"", "2026-11-22", "2026-11-23", "2027-06-30"}).Draw(t, "valid")
	default:
		in.Stage = rapid.SampledFrom([]string{"negotiating", "signed"}).Draw(t, "stage")
	}
	return in
}

// anyReport picks a report to decide on, mostly at its latest revision.
func anyReport(t *rapid.T, b *book) (r ledger.Report, revision int) {
	all := b.state.Reports(ledger.Filter{})
	if len(all) == 0 {
		return ledger.Report{ID: "R-2026Q4-0001"}, 1
	}
	r = rapid.SampledFrom(all).Draw(t, "report")
	return r, max(1, r.Revision-rapid.SampledFrom([]int{0, 0, 0, 1}).Draw(t, "older"))
}

func anyItem(t *rapid.T, b *book, name string) ledger.ItemKey {
	all := b.state.Items(ledger.ItemFilter{})
	if len(all) == 0 {
		return "none"
	}
	return rapid.SampledFrom(all).Draw(t, name).Key
}

// step does one thing at random, and returns what was decided.
func step(t *rapid.T, b *book, at time.Time) (key string, drafts []journal.Draft, err error) {
	who := rapid.SampledFrom(crowd).Draw(t, "who")
	name := rapid.StringMatching(`k[0-9]{1,2}`).Draw(t, "key")
	key = string(who.User) + name
	pol, set := policy.Default(), ledger.DefaultSettings()
	switch rapid.SampledFrom([]string{"submit", "submit", "submit", "review", "review", "review", "withdraw", "edit", "no-change", "bulk", "lock", "merge", "apart", "draft", "ask"}).Draw(t, "act") {
	case "submit":
		in := anySubmission(t)
		in.Key, in.Base = name, rapid.IntRange(0, 3).Draw(t, "base")
		_, drafts, err = ledger.Submit(b.state, pol, who, in, set, at)
	case "edit":
		r, _ := anyReport(t, b)
		in := r.Submission()
		in.Key, in.Reason = name, "更正"
		if in.Name != "" {
			in.Name = rapid.SampledFrom([]string{"低空巡检一号", "改名", "储氢"}).Draw(t, "rename")
		}
		_, drafts, err = ledger.Submit(b.state, pol, who, in, set, at)
	case "review":
		r, revision := anyReport(t, b)
		_, drafts, err = ledger.Review(b.state, who, ledger.Decision{
			Report: r.ID, Revision: revision, Key: name, Code: ledger.Unclear, Verdict: rapid.SampledFrom([]ledger.Verdict{ledger.Accept, ledger.Accept, ledger.Return}).Draw(t, "verdict"),
		}, at)
	case "withdraw":
		r, revision := anyReport(t, b)
		_, drafts, err = ledger.Withdraw(b.state, pol, who, r.ID, revision, name, at)
	case "no-change":
		key += "no change" // An act of several parts, each with a key of its own.
		_, drafts, err = ledger.NoChange(b.state, pol, who, rapid.SampledFrom([]policy.DistrictID{policy.Kunshan, policy.SIP}).Draw(t, "district"), "2026Q4", name, at)
	case "bulk":
		key += "bulk"
		_, drafts, err = ledger.AcceptUnchanged(b.state, who, ledger.Filter{}, nil, name, at)
	case "lock":
		key = "" // Without a key: the period is what it is.
		if do := ledger.Lock; rapid.Bool().Draw(t, "reopen") {
			do = ledger.Reopen
			drafts, err = do(b.state, who, "2026Q3", "原因", at)
		} else {
			drafts, err = do(b.state, who, "2026Q3", "原因", at)
		}
	case "merge":
		key = ""
		drafts, err = ledger.Merge(b.state, who, anyItem(t, b, "lead"), anyItem(t, b, "other"), at)
	case "apart":
		key = ""
		drafts, err = ledger.KeepApart(b.state, who, anyItem(t, b, "a"), anyItem(t, b, "b"), at)
	case "draft":
		key = "" // A draft is saved again and again.
		in := anySubmission(t)
		in.Key = name
		_, drafts, err = ledger.SaveDraft(b.state, pol, who, in, at)
	case "ask":
		key += "note"
		r, revision := anyReport(t, b)
		_, drafts, err = ledger.Ask(b.state, who, ledger.Question{Report: r.ID, Revision: revision, Words: "?", Key: name}, at)
	}
	return key, drafts, err
}

func TestLedgerLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var b book
		written := map[string]int{}
		for i := range rapid.IntRange(1, 60).Draw(t, "steps") {
			at := now.Add(time.Duration(i) * time.Minute)
			var before map[string]any
			if i%20 == 10 { // All of it, now and then: it takes long.
				before = facts(b.state)
			}
			key, drafts, err := step(t, &b, at)
			if err != nil && drafts != nil {
				t.Fatalf("refused (%v) and yet to be written: %v", err, drafts)
			}
			if len(drafts) > 0 && key != "" {
				if written[key]++; written[key] > 1 {
					t.Fatalf("key %s acts a second time", key)
				}
			}
			old := b.state
			if err := b.write(drafts, at); err != nil {
				t.Fatal(err)
			}
			if before != nil {
				if diff := cmp.Diff(before, facts(old)); diff != "" {
					t.Fatalf("the state before changed:\n%s", diff)
				}
			}
		}
		holds(t, b.state)
		replay := func(s ledger.State, entries []journal.Entry) ledger.State {
			for _, e := range entries {
				var err error
				if s, err = s.Apply(e); err != nil {
					t.Fatal(err)
				}
			}
			return s
		}
		// The first entries one by one, the others in a batch, as a process
		// does that follows what another one wrote.
		from := rapid.IntRange(0, len(b.entries)).Draw(t, "followed")
		first := replay(ledger.State{}, b.entries[:from])
		told := facts(first)
		batch := new(journal.Batch)
		replayed := replay(first.InBatch(batch), b.entries[from:])
		batch.End()
		if diff := cmp.Diff(facts(b.state), facts(replayed)); diff != "" {
			t.Fatalf("replayed differs (-live +replayed):\n%s", diff)
		}
		if diff := cmp.Diff(told, facts(first)); diff != "" {
			t.Fatalf("the batch changed the state that it began with:\n%s", diff)
		}
	})
}

// facts is everything that a state tells.
func facts(s ledger.State) map[string]any {
	pol, set := policy.Default(), ledger.DefaultSettings()
	m := map[string]any{
		"progress": ledger.Progress(s, pol, set, now), "matrix": ledger.Matrix(s, pol, set, "2026Q4", now), "before": ledger.Matrix(s, pol, set, "2026Q3", now),
		"queue": s.Queue(ledger.Filter{}), "waiting": s.Waiting(), "items": s.Items(ledger.ItemFilter{}), "duplicates": s.Duplicates(),
		"drafts": s.Drafts(pol, crowd[2]), "recent": s.Reports(ledger.Filter{Since: now.Add(10 * time.Minute)}),
	}
	for _, d := range []policy.DistrictID{policy.Kunshan, policy.Changshu, policy.SIP} {
		m["owed "+string(d)] = ledger.Owed(s, pol, d, "2026Q4", now)
		for _, basis := range ledger.Bases() {
			m["series "+string(d)+string(basis)] = ledger.Series(s, d, policy.Aerospace, basis)
		}
	}
	for _, r := range s.Reports(ledger.Filter{}) {
		m[string(r.ID)] = s.Revisions(r.ID)
		m["notes "+string(r.ID)] = s.Notes(r.ID)
	}
	return m
}

// holds checks what must be true of any state, counting everything anew from
// the reports.
func holds(t *rapid.T, s ledger.State) {
	pol := policy.Default()
	all := s.Reports(ledger.Filter{})
	waiting := 0
	things := map[string]bool{}
	for _, r := range all {
		if r.Status == ledger.Submitted {
			waiting++
		}
		revisions := s.Revisions(r.ID)
		if len(revisions) != r.Revision || cmp.Diff(r, revisions[len(revisions)-1]) != "" {
			t.Fatalf("%s has revision %d and %d revisions", r.ID, r.Revision, len(revisions))
		}
		thing := fmt.Sprint(r.Period, r.District, r.Domain, r.Indicator, r.Item, r.Year, r.Basis)
		if things[thing] {
			t.Fatalf("%s stands twice", thing)
		}
		things[thing] = true
		if c, ok := s.Counting(r.ID); ok {
			if c.Status != ledger.Accepted || slices.ContainsFunc(revisions, func(v ledger.Report) bool { return v.By == c.ReviewedBy && v.Revision <= c.Revision }) {
				t.Fatalf("%s counts by %+v", r.ID, c)
			}
		} else if slices.ContainsFunc(revisions, func(v ledger.Report) bool { return v.Status == ledger.Accepted }) {
			t.Fatalf("%s was accepted and does not count", r.ID)
		}
	}
	if waiting != s.Waiting() || waiting != len(s.Queue(ledger.Filter{})) {
		t.Fatalf("%d wait; told are %d and %d", waiting, s.Waiting(), len(s.Queue(ledger.Filter{})))
	}
	for _, i := range pol.Indicators {
		for _, domain := range []policy.DomainID{"", policy.Aerospace, policy.Hydrogen} {
			for _, district := range []policy.DistrictID{"", policy.Kunshan, policy.Changshu, policy.SIP} {
				got, _ := ledger.TallyOf(s, i, domain, district, now)
				if want := recount(s, all, i, domain, district); got != want {
					t.Fatalf("%s in %q of %q: %+v, counted anew %+v", i.ID, domain, district, got, want)
				}
			}
		}
	}
	for _, p := range []calendar.Period{"2026Q4", "2026Q3"} {
		for _, row := range ledger.Matrix(s, pol, ledger.DefaultSettings(), p, now) {
			for _, c := range row {
				pending := 0
				for _, r := range s.Reports(ledger.Filter{Period: p, District: c.District, Domain: c.Domain, Status: ledger.Submitted}) {
					if r.District == c.District {
						pending++
					}
				}
				if pending != c.Pending || (c.State == ledger.CellPending) != (pending > 0) {
					t.Fatalf("%s: cell %+v has %d that wait", p, c, pending)
				}
			}
		}
	}
}

// recount counts an indicator in a scope the slow way.
func recount(s ledger.State, all []ledger.Report, i policy.Indicator, domain policy.DomainID, district policy.DistrictID) (t ledger.Tally) {
	in := func(d policy.DomainID, at policy.DistrictID) bool {
		return (domain == "" || d == domain) && (district == "" || at == district)
	}
	for _, r := range all {
		if r.Indicator != i.ID || !in(r.Domain, r.District) || r.Answer != ledger.Changed {
			continue
		}
		if r.Status == ledger.Submitted {
			t.Pending++
		}
	}
	if i.Takes == policy.TakesValue {
		for _, r := range all {
			if c, ok := s.Counting(r.ID); ok && c.Indicator == i.ID && c.Value != nil && in(c.Domain, c.District) {
				t.Accepted++
			}
		}
		return t
	}
	newest := map[ledger.ItemKey]ledger.Report{}
	for _, r := range all { // The newest period first.
		c, ok := s.Counting(r.ID)
		if _, known := newest[c.Item]; ok && c.Item != "" && c.Indicator == i.ID && !known {
			newest[c.Item] = c
		}
	}
	group := map[ledger.ItemKey]ledger.ItemKey{}
	for key := range newest {
		group[key] = key
	}
	join := func(a, b ledger.ItemKey) {
		from, to := group[a], group[b]
		for k, g := range group {
			if g == from {
				group[k] = to
			}
		}
	}
	for _, it := range s.Items(ledger.ItemFilter{Indicator: i.ID}) {
		if it.Lead != "" {
			join(it.Key, it.Lead)
		}
		for _, suspect := range s.DuplicatesOf(it.Key) {
			if suspect.Kind == ledger.SameKey {
				join(suspect.A.Key, suspect.B.Key)
			}
		}
	}
	counted := map[ledger.ItemKey]bool{}
	for key, r := range newest {
		it, _ := s.Item(key)
		state := it.State(ledger.DayOf(now))
		counts := state == ledger.ItemCounts
		if state == ledger.ItemMerged && district == "" { // It counts for its group.
			it.Lead = ""
			counts = it.State(ledger.DayOf(now)) == ledger.ItemCounts
		}
		if counts && in(r.Domain, r.District) && !counted[group[key]] {
			counted[group[key]] = true
			t.Accepted++
		}
	}
	return t
}

// TestTheOrderOfMergesDoesNotMatter holds that what the city counts, and which
// items are the same, depends on which were merged and not on the order.
func TestTheOrderOfMergesDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var b book
		for i, d := range []people.Person{kunshan, changshu, sip, zjg} {
			in := platform(fmt.Sprint(i), string(d.Districts[0]), "平台"+string(rune('甲'+i*100)), "", fmt.Sprint(i, "号"))
			if rapid.Bool().Draw(t, "applied") {
				in.Stage = "applied"
			}
			r, _, err := b.submit(d, in, now)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := b.review(reviewer, r, ledger.Accept, fmt.Sprint("a", i), now); err != nil {
				t.Fatal(err)
			}
		}
		items := b.state.Items(ledger.ItemFilter{})
		type pair struct{ lead, other int }
		pairs := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) pair {
			lead := rapid.IntRange(0, 3).Draw(t, "lead")
			return pair{lead, (lead + rapid.IntRange(1, 3).Draw(t, "other")) % 4}
		}), 1, 4).Draw(t, "pairs")
		merge := func(pairs []pair) (city int, groups [4][4]bool) {
			b := b
			for _, p := range pairs {
				drafts, err := ledger.Merge(b.state, office, items[p.lead].Key, items[p.other].Key, now)
				if err == nil {
					err = b.write(drafts, now)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			leads := map[ledger.ItemKey]ledger.ItemKey{}
			for _, it := range b.state.Items(ledger.ItemFilter{}) {
				leads[it.Key] = it.Lead
			}
			top := func(k ledger.ItemKey) ledger.ItemKey {
				for leads[k] != "" {
					k = leads[k]
				}
				return k
			}
			for x := range items {
				for y := range items {
					groups[x][y] = top(items[x].Key) == top(items[y].Key)
				}
			}
			return cityCount(b.state, policy.Platforms, now), groups
		}
		city, groups := merge(pairs)
		cityToo, groupsToo := merge(rapid.Permutation(pairs).Draw(t, "order"))
		if city != cityToo || groups != groupsToo {
			t.Fatalf("%d and %v in one order, %d and %v in another", city, groups, cityToo, groupsToo)
		}
	})
}
