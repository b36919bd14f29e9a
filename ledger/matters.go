package ledger

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"wainao/calendar"
	"wainao/policy"
)

// anyDistrict stands for all of them where matters are chosen.
const anyDistrict policy.DistrictID = "*"

// matters gathers matters in the order in which they are added.
type matters struct {
	s     State
	src   DigestSource
	today Day
	of    policy.DistrictID
	all   []found
}

// found is a matter before its report is looked up.
type found struct {
	kind MatterKind
	key  string // "until|line".
	at   revisionOf
}

func (f found) day() Day {
	day, _, _ := strings.Cut(f.key, "|")
	if day == undated {
		return ""
	}
	return Day(day)
}

// add takes a matter when it is of the district that is wanted.
func (m *matters) add(kind MatterKind, key string, at revisionOf) {
	if m.of != anyDistrict {
		if r, _ := m.s.Revision(at.id, at.revision); r.District != m.of {
			return
		}
	}
	m.all = append(m.all, found{kind, key, at})
}

// first looks the first matters up, the soonest first, and counts them all.
func (m *matters) first() (out Matters) {
	slices.SortStableFunc(m.all, func(a, b found) int { return cmp.Compare(a.key, b.key) })
	out.Total = len(m.all)
	for _, f := range m.all[:min(len(m.all), matterLimit)] {
		r, _ := m.s.Revision(f.at.id, f.at.revision)
		latest, _ := m.s.Report(f.at.id)
		if latest.Revision == r.Revision {
			r = latest
		}
		day := f.day()
		one := Matter{Kind: f.kind, Report: r, Day: day, Overdue: day != "" && day < m.today}
		if r.District != City {
			one.Liaisons = m.src.People.OfDistrict(r.District)
		}
		out.First = append(out.First, one)
	}
	return out
}

// lagging returns the problems that are named, and the next steps whose day is
// over.
func (s State) lagging(src DigestSource, today Day, of policy.DistrictID) Matters {
	m := matters{s: s, src: src, today: today, of: of}
	for key, at := range s.troubles.All() {
		m.add(MatterProblem, key, at)
	}
	for key, at := range s.steps.All() {
		if key >= string(today) {
			break
		}
		if !at.troubled {
			m.add(MatterProblem, key, at.revisionOf)
		}
	}
	return m.first()
}

// coordination returns what is to be coordinated.
func (s State) coordination(src DigestSource, today Day, of policy.DistrictID) Matters {
	m := matters{s: s, src: src, today: today, of: of}
	for key, at := range s.asks.All() {
		m.add(MatterCoordination, key, at)
	}
	return m.first()
}

// due returns the next steps and the coordination of the days ahead, today
// among them.
func (s State) due(src DigestSource, today Day) Matters {
	m := matters{s: s, src: src, today: today, of: anyDistrict}
	last := string(calendar.Date(today).Add(DigestAhead)) + "|~"
	for key, at := range s.asks.All() {
		if key > last {
			break
		}
		if key >= string(today) {
			m.add(MatterCoordination, key, at)
		}
	}
	for key, at := range s.steps.All() {
		if key > last {
			break
		}
		if key >= string(today) {
			m.add(MatterStep, key, at.revisionOf)
		}
	}
	return m.first()
}

// DistrictNote is what a district's liaison is told once a month.
type DistrictNote struct {
	District     policy.DistrictID
	From, To     time.Time // The month that is told: From and later, before To.
	Period       calendar.Period
	Deadline     time.Time
	Duties       []Duty
	Accepted     int // Of the district in the month.
	Pending      int // Of the district, of any month.
	Returned     []Report
	Lagging      Matters
	Coordination Matters
}

// NoteOf gathers a district's note at a moment: what stands, what is open, and
// what was returned of this period and the one before.
func NoteOf(s State, src DigestSource, district policy.DistrictID, at time.Time) DistrictNote {
	month := calendar.StartOfDay(at).AddDate(0, 0, 1-at.In(calendar.Shanghai()).Day())
	n := DistrictNote{District: district, From: month.AddDate(0, -1, 0), To: at, Period: calendar.PeriodOf(at)}
	n.Deadline = src.Settings.Deadline(n.Period, src.Workday)
	n.Duties = Owed(s, src.Policy, district, n.Period, at)
	for key, of := range s.decided.Before(timeKey(at)) {
		if key < timeKey(n.From) {
			break
		}
		if r, _ := s.Revision(of.id, of.revision); r.District == district && r.Status == Accepted {
			n.Accepted++
		}
	}
	for _, r := range s.Queue(Filter{District: district}) {
		if r.District == district {
			n.Pending++
		}
	}
	for _, p := range []calendar.Period{n.Period, n.Period.Add(-1)} {
		n.Returned = append(n.Returned, s.Reports(Filter{District: district, Period: p, Status: Returned})...)
	}
	n.Lagging = s.lagging(src, DayOf(at), district)
	n.Coordination = s.coordination(src, DayOf(at), district)
	return n
}

// QueueNote is what the secretariat is told of its queue.
type QueueNote struct {
	Waiting   int
	Oldest    Report // That waits longest; none when nothing waits.
	Districts []QueueOf
}

// QueueOf is how many reports of a district wait, or of the city.
type QueueOf struct {
	District policy.DistrictID
	Waiting  int
}

// QueueOfDay gathers the note: the city first, then the districts in
// administrative order, those of which nothing waits left out.
func QueueOfDay(s State) QueueNote {
	n := QueueNote{Waiting: s.waiting}
	counts := map[policy.DistrictID]int{}
	for i, r := range s.Queue(Filter{}) {
		if i == 0 {
			n.Oldest = r
		}
		counts[r.District]++
	}
	for _, district := range append([]policy.DistrictID{City}, policy.DistrictIDs()...) {
		if counts[district] > 0 {
			n.Districts = append(n.Districts, QueueOf{district, counts[district]})
		}
	}
	return n
}
