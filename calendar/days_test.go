package calendar_test

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"wainao/calendar"
	"wainao/journal"
	"wainao/lang"
)

// TestTheNotices holds the embedded years against what the notices say in
// their text: how many days each holiday has, and which days are worked.
func TestTheNotices(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		year           int
		notice         string
		runs           []int
		worked         int
		off, work, gap calendar.Date // One day off, one worked at a weekend, one plain weekend.
	}{
		{2023, "国办发明电〔2022〕16号", []int{3, 7, 1, 5, 3, 8}, 7, "2023-10-06", "2023-10-08", "2023-10-14"},
		{2024, "国办发明电〔2023〕7号", []int{1, 8, 3, 5, 1, 3, 7}, 8, "2024-02-16", "2024-02-18", "2024-06-08"},
		{2025, "国办发明电〔2024〕12号", []int{1, 8, 3, 5, 3, 8}, 5, "2025-01-28", "2025-01-26", "2025-09-27"},
		{2026, "国办发明电〔2025〕7号", []int{3, 9, 3, 5, 3, 3, 7}, 6, "2026-02-23", "2026-02-28", "2026-11-28"},
	} {
		var days calendar.Days
		y, imported, ok := days.Year(tt.year)
		if notice, loaded := days.Loaded(tt.year); !ok || !loaded || notice != tt.notice || !imported.IsZero() {
			t.Errorf("%d: loaded %t with notice %s", tt.year, loaded, notice)
		}
		var runs []int
		for _, h := range y.Off {
			runs = append(runs, h.From.DaysTo(h.Last())+1)
		}
		if diff := cmp.Diff(tt.runs, runs); diff != "" || len(y.Work) != tt.worked {
			t.Errorf("%d: %d days worked in return, want %d; days off (-want +got):\n%s", tt.year, len(y.Work), tt.worked, diff)
		}
		if days.IsWorkday(tt.off) || !days.IsWorkday(tt.work) || days.IsWorkday(tt.gap) {
			t.Errorf("%d: %s off, %s worked, %s a weekend: got %t, %t, %t", tt.year, tt.off, tt.work, tt.gap,
				!days.IsWorkday(tt.off), days.IsWorkday(tt.work), !days.IsWorkday(tt.gap))
		}
	}
}

func TestReckoningWithWorkdays(t *testing.T) {
	t.Parallel()
	var days calendar.Days
	for _, tt := range []struct {
		name      string
		got, want calendar.Date
	}{
		{"a workday is its own next", days.NextWorkday("2026-11-23"), "2026-11-23"},
		{"over the national holiday", days.NextWorkday("2026-10-01"), "2026-10-08"},
		{"a Sunday that is worked", days.NextWorkday("2026-09-20"), "2026-09-20"},
		{"the day after, on a Friday", days.AddWorkdays("2026-11-20", 1), "2026-11-23"},
		{"a make-up Saturday counts", days.AddWorkdays("2026-10-09", 1), "2026-10-10"},
		{"back over the holiday", days.AddWorkdays("2026-10-08", -1), "2026-09-30"},
		{"none is the next workday", days.AddWorkdays("2026-11-22", 0), "2026-11-23"},
		{"three workdays before", days.WorkdaysBefore("2026-10-09", 3), "2026-09-29"},
		{"a deadline on a workday", days.WorkdaysBefore("2026-11-23", 0), "2026-11-23"},
		{"a deadline on a holiday", days.WorkdaysBefore("2026-10-05", 0), "2026-09-30"},
		{"a year that is not loaded", days.NextWorkday("2027-10-01"), "2027-10-01"},
		{"New Year's Eve belongs to the next notice", days.NextWorkday("2022-12-31"), "2023-01-03"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, tt.got, tt.want)
		}
	}
	if got := days.Workdays("2026-09-30", "2026-10-10"); got != 3 {
		t.Errorf("%d workdays behind 30 September up to 10 October, want 3", got)
	}
	if name, ok := days.Holiday("2026-10-04"); !ok || name != lang.T("国庆节", "National Day") {
		t.Errorf("4 October is %v, %t", name, ok)
	}
	if name, ok := days.Holiday("2026-11-28"); ok {
		t.Errorf("a plain weekend is %v", name)
	}
}

func TestLawsOfWorkdays(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var days calendar.Days
		day := calendar.DateOf(at2000.AddDate(22, 0, rapid.IntRange(0, 6*365).Draw(t, "day")))
		n := rapid.IntRange(1, 60).Draw(t, "n")
		then := days.AddWorkdays(day, n)
		if !days.IsWorkday(then) || days.Workdays(day, then) != n {
			t.Fatalf("%d workdays behind %s is %s, %d workdays away", n, day, then, days.Workdays(day, then))
		}
		if before := days.AddWorkdays(then, -n); days.IsWorkday(day) && before != day {
			t.Fatalf("%d workdays before %s is %s, want %s", n, then, before, day)
		}
		if next := days.NextWorkday(day); next < day || !days.IsWorkday(next) || days.Workdays(day, next) > 1 {
			t.Fatalf("the next workday of %s is %s", day, next)
		}
		if start := day.Start(); calendar.DateOf(start) != day || calendar.DateOf(start.Add(24*time.Hour-1)) != day {
			t.Fatalf("%s starts at %s", day, start)
		}
	})
}

const good = `
year: 2027
notice: 国办发明电〔2026〕9号
holidays:
  - {name: {zh: 元旦, en: New Year's Day}, from: 2026-12-31, to: 2027-01-03}
  - {name: {zh: 春节, en: Spring Festival}, from: 2027-02-05, to: 2027-02-13}
  - {name: {zh: 清明节, en: Tomb-Sweeping Day}, from: 2027-04-05}
  - {name: {zh: 劳动节, en: Labour Day}, from: 2027-05-01, to: 2027-05-05}
  - {name: {zh: 国庆节, en: National Day}, from: 2027-10-01, to: 2027-10-07}
workdays: [2026-12-26, 2027-02-14, 2027-10-09]
`

func TestParseYearRefuses(t *testing.T) {
	t.Parallel()
	if _, err := calendar.ParseYear([]byte(good)); err != nil {
		t.Fatalf("the year that is spoilt below: %v", err)
	}
	for _, tt := range []struct{ name, old, with, code, zh, en string }{
		{"no YAML", good, "year: [", "bad_year_file", "读不懂", "cannot be read"},
		{"empty", good, "", "bad_year_file", "empty", "empty"},
		{"an unknown key", "notice:", "number:", "bad_year_file", "number", "number"},
		{"a year far away", "year: 2027", "year: 27", "bad_year", "2000至2099", "2000 to 2099"},
		{"another year", "year: 2027", "year: 2028", "bad_year", "2027-02-05不在2028年", "2027-02-05 is not in 2028"},
		{"no notice", "国办发明电〔2026〕9号", `""`, "bad_year", "文号", "number"},
		{"no English name", "en: Labour Day", `en: ""`, "bad_year", "2027-05-01的假期", "holiday of 2027-05-01"},
		{"a weekday worked", "2027-10-09", "2027-10-11", "bad_year", "2027-10-11是周一", "2027-10-11 is a Monday"},
		{"twice in the list", "2027-10-09]", "2027-10-09, 2027-10-09]", "bad_year", "出现了两次", "there twice"},
		{"off and worked", "2027-10-09", "2027-10-03", "bad_year", "2027-10-03出现了两次", "2027-10-03 is there twice"},
		{"no such day", "2027-05-05", "2027-05-35", "bad_year", "2027-05-35", "2027-05-35"},
		{"backwards", "from: 2027-05-01, to: 2027-05-05", "from: 2027-05-05, to: 2027-05-01", "bad_year", "不合常理", "not plausible"},
		{"a month off", "to: 2027-05-05", "to: 2027-05-31", "bad_year", "不合常理", "not plausible"},
		{"hardly any holiday", good[strings.Index(good, "  - {name: {zh: 春节"):strings.Index(good, "workdays")], "", "bad_year", "放假共4天", "4 days off"},
		{"too much work", "2026-12-26", "2026-12-26, " + weekends(12), "bad_year", "补班共15天", "15 make-up workdays"},
	} {
		if !strings.Contains(good, tt.old) {
			t.Errorf("%s: nothing is spoilt", tt.name)
		}
		_, err := calendar.ParseYear([]byte(strings.Replace(good, tt.old, tt.with, 1)))
		p, ok := errors.AsType[*lang.Problem](err)
		if !ok || p.Code != tt.code || !strings.Contains(p.Words.ZH, tt.zh) || !strings.Contains(p.Words.EN, tt.en) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// weekends lists n Saturdays of the summer of 2027.
func weekends(n int) string {
	var all []string
	for d := calendar.Date("2027-06-05"); len(all) < n; d = d.Add(7) {
		all = append(all, string(d))
	}
	return strings.Join(all, ", ")
}

// apply folds what was decided.
func apply(t *testing.T, days calendar.Days, now time.Time, drafts []journal.Draft) calendar.Days {
	t.Helper()
	for _, d := range drafts {
		raw, err := json.Marshal(d.Data)
		if err != nil {
			t.Fatal(err)
		}
		if days, err = days.Apply(journal.Entry{Number: 1, Time: now, Kind: d.Kind, Version: d.Version, Data: raw}); err != nil {
			t.Fatal(err)
		}
	}
	return days
}

func TestImport(t *testing.T) {
	t.Parallel()
	now := at(t, "2026-11-23T02:00:00Z")
	var before calendar.Days
	if diff := cmp.Diff([]int{2027}, before.Missing(now)); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
	if got := before.Missing(at(t, "2026-10-31T15:59:59Z")); len(got) != 0 {
		t.Errorf("missing in October: %v", got)
	}
	if words := before.NotLoaded(2027); !words.Complete() || !strings.Contains(words.EN, "2027") {
		t.Errorf("not loaded: %+v", words)
	}
	y, err := calendar.ParseYear([]byte(good))
	if err != nil {
		t.Fatal(err)
	}
	drafts, err := calendar.Import(before, y, now)
	if err != nil {
		t.Fatal(err)
	}
	days := apply(t, before, now, drafts)
	if again, err := calendar.Import(days, y, now); err != nil || again != nil {
		t.Errorf("a second time: %v, %v", again, err)
	}
	if got, imported, ok := days.Year(2027); !ok || !imported.Equal(now) || cmp.Diff(y, got) != "" {
		t.Errorf("imported %s: %+v", imported, got)
	}
	if len(days.Missing(now)) != 0 || !days.NotLoaded(2027).IsZero() || before.NotLoaded(2027).IsZero() {
		t.Error("after the import the year is missing, or before it it was there")
	}
	for day, want := range map[calendar.Date]bool{
		"2026-12-31": false, // A Thursday that the next year's notice gives.
		"2026-12-26": true,  // And the Saturday for it.
		"2027-10-07": false, "2027-10-09": true, "2027-10-08": true,
	} {
		if days.IsWorkday(day) != want {
			t.Errorf("%s worked: %t, want %t", day, !want, want)
		}
	}
	if diff := cmp.Diff([]int{2023, 2024, 2025, 2026, 2027}, days.Years()); diff != "" {
		t.Errorf("years (-want +got):\n%s", diff)
	}

	// A notice that is changed afterwards takes the place of the embedded one.
	changed, _, _ := days.Year(2026)
	changed.Notice, changed.Work = "国办发明电〔2026〕1号", changed.Work[1:]
	if drafts, err = calendar.Import(days, changed, now); err != nil {
		t.Fatal(err)
	}
	days = apply(t, days, now, drafts)
	if notice, _ := days.Loaded(2026); notice != changed.Notice || days.IsWorkday("2026-01-04") {
		t.Errorf("the changed notice: %s, 4 January worked %t", notice, days.IsWorkday("2026-01-04"))
	}
	if _, err := days.Apply(journal.Entry{Kind: "calendar.year.imported", Version: 2}); err == nil {
		t.Error("an unknown version was read")
	}
}

func TestDescribe(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("data/2024.yaml")
	if err != nil {
		t.Fatal(err)
	}
	y, err := calendar.ParseYear(raw)
	if err != nil {
		t.Fatal(err)
	}
	words := y.Describe()
	for _, want := range []string{"2024年 国办发明电〔2023〕7号", "元旦：1月1日放假", "春节：2月10日至2月17日放假，共8天", "补班：2月4日（周日）"} {
		if !strings.Contains(words.ZH, want) {
			t.Errorf("%q is not in:\n%s", want, words.ZH)
		}
	}
	if want := "Spring Festival: 10 Feb to 17 Feb off, 8 days"; !strings.Contains(words.EN, want) {
		t.Errorf("%q is not in:\n%s", want, words.EN)
	}
	if words := calendar.MissingWords([]int{2026, 2027}); !strings.Contains(words.ZH, "2026年、2027年") || !strings.Contains(words.EN, "2026, 2027") {
		t.Errorf("missing: %+v", words)
	}
}

func FuzzParseYear(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("year: 2027\nholidays: [{from: 0000-00-00, to: 9999-12-31}]"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		y, err := calendar.ParseYear(raw)
		if err == nil && y.Check() != nil {
			t.Errorf("parsed, but refused: %v", y.Check())
		}
	})
}
