package calendar_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"wainao/calendar"
	"wainao/lang"
)

func at(t *testing.T, s string) time.Time {
	t.Helper()
	v, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestPeriodOfIsInShanghai(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]calendar.Period{
		"2026-09-30T15:59:59Z":      "2026Q3", // 23:59:59 in Shanghai.
		"2026-09-30T16:00:00Z":      "2026Q4", // Midnight there, still September in UTC.
		"2026-12-31T16:00:00Z":      "2027Q1",
		"2026-01-01T00:00:00+08:00": "2026Q1",
	} {
		if got := calendar.PeriodOf(at(t, in)); got != want {
			t.Errorf("PeriodOf(%s) = %s, want %s", in, got, want)
		}
	}
}

func TestParsePeriod(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]calendar.Period{
		"2026Q4": "2026Q4", "2026 q4": "2026Q4", "2026-Q4": "2026Q4", "2026/4": "2026Q4", "Q4 2026": "2026Q4",
		"q4, 2026": "2026Q4", "4th quarter of 2026": "2026Q4", "2026年四季度": "2026Q4", "2026年第4季度": "2026Q4",
		"2026年第四季度": "2026Q4", "２０２６年第１季度": "2026Q1", "第二季度 2026年": "2026Q2", " 2026年 3 季度 ": "2026Q3",
		"": "", "2026": "", "Q4": "", "2026Q5": "", "2026Q0": "", "1999Q4": "", "2100Q1": "", "20262026Q1": "",
		"明年四季度": "", "2026Q4; drop": "", "2026Q44": "", "-2026Q4": "",
	} {
		got, ok := calendar.ParsePeriod(in)
		if got != want || ok != (want != "") {
			t.Errorf("ParsePeriod(%q) = %q, %t; want %q", in, got, ok, want)
		}
	}
}

func TestPeriodWords(t *testing.T) {
	t.Parallel()
	p := calendar.Period("2026Q4")
	if diff := cmp.Diff(lang.T("2026年第四季度", "Q4 2026"), p.Label()); diff != "" {
		t.Errorf("label (-want +got):\n%s", diff)
	}
	if got, want := p.Next(), calendar.Period("2027Q1"); got != want {
		t.Errorf("next is %s, want %s", got, want)
	}
	if got, want := p.Prev(), calendar.Period("2026Q3"); got != want {
		t.Errorf("prev is %s, want %s", got, want)
	}
	if got := calendar.Period("rubbish"); got.Valid() || got.Start().Year() != 1 {
		t.Errorf("an invalid period starts at %s", got.Start())
	}
}

func TestPeriodLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		first := at2000.Unix()
		now := time.Unix(rapid.Int64Range(first, first+99*365*24*3600).Draw(t, "time"), 0)
		p := calendar.PeriodOf(now)
		if !p.Valid() || !p.Contains(now) {
			t.Fatalf("%s does not hold %s", p, now)
		}
		if !p.End().Equal(p.Next().Start()) || p.Next().Prev() != p {
			t.Fatalf("%s does not meet %s", p, p.Next())
		}
		for _, l := range lang.Both() {
			if got, ok := calendar.ParsePeriod(p.Label().In(l)); !ok || got != p {
				t.Fatalf("%q reads as %q", p.Label().In(l), got)
			}
		}
	})
}

var at2000 = time.Date(2000, 1, 1, 0, 0, 0, 0, calendar.Shanghai())

func TestDates(t *testing.T) {
	t.Parallel()
	now := at(t, "2026-11-22T17:05:00Z")
	got := []lang.Text{calendar.FormatDate(now), calendar.FormatDay(now), calendar.FormatTime(now), calendar.Weekday(now)}
	want := []lang.Text{
		lang.T("2026年11月23日", "23 November 2026"), lang.T("11月23日", "23 Nov"),
		lang.T("2026年11月23日 01:05", "23 November 2026, 01:05"), lang.T("周一", "Monday"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("dates (-want +got):\n%s", diff)
	}
	if got, want := calendar.StartOfDay(now).UTC().Format(time.RFC3339), "2026-11-22T16:00:00Z"; got != want {
		t.Errorf("the day starts at %s, want %s", got, want)
	}
}
