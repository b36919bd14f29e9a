package calendar

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"wainao/journal"
	"wainao/lang"
)

//go:embed data
var data embed.FS

// table is a year made ready to be asked.
type table struct {
	Year
	days     map[Date]bool // Whether a day that is named is worked.
	imported time.Time     // Zero for a year that comes with the program.
}

func newTable(y Year) *table {
	t := &table{Year: y, days: map[Date]bool{}}
	for _, h := range y.Off {
		for d := h.From; d <= h.Last(); d = d.Add(1) {
			t.days[d] = false
		}
	}
	for _, d := range y.Work {
		t.days[d] = true
	}
	return t
}

// embedded returns the years that come with the program, by their key. It
// panics when the data are broken, which the package's tests find.
var embedded = sync.OnceValue(func() map[string]*table {
	years := map[string]*table{}
	files, err := data.ReadDir("data")
	if err != nil {
		panic("calendar: embedded data: " + err.Error())
	}
	for _, f := range files {
		raw, err := data.ReadFile("data/" + f.Name())
		if err != nil {
			panic("calendar: embedded data: " + err.Error())
		}
		y, err := ParseYear(raw)
		if err != nil {
			panic("calendar: embedded data: " + f.Name() + ": " + err.Error())
		}
		years[yearKey(y.Year)] = newTable(y)
	}
	return years
})

// Days knows which days are worked in China. It is a value and is never
// changed: the years that come with the program, and over them those that were
// imported, which its Apply folds. The zero Days knows the program's years. In
// a year that it does not know, Monday to Friday are worked; [Days.Loaded]
// tells which years those are.
type Days struct {
	imported journal.Table[string, *table]
}

func (d Days) table(year int) (*table, bool) {
	if t, ok := d.imported.Get(yearKey(year)); ok {
		return t, true
	}
	t, ok := embedded()[yearKey(year)]
	return t, ok
}

// IsWorkday reports whether the day is worked.
func (d Days) IsWorkday(day Date) bool {
	if next, ok := yearAround(day); ok {
		if t, ok := d.table(next); ok {
			if work, named := t.days[day]; named {
				return work
			}
		}
	}
	if t, ok := d.table(day.Year()); ok {
		if work, named := t.days[day]; named {
			return work
		}
	}
	return !weekend(day)
}

// Holiday returns the name of the holiday that the day belongs to; ok is false
// when it belongs to none, as on a plain weekend.
func (d Days) Holiday(day Date) (name lang.Text, ok bool) {
	for _, year := range []int{day.Year() + 1, day.Year()} {
		t, loaded := d.table(year)
		if !loaded {
			continue
		}
		for _, h := range t.Off {
			if h.From <= day && day <= h.Last() {
				return h.Name, true
			}
		}
	}
	return lang.Text{}, false
}

// farthest bounds how many days are looked through for a number of workdays:
// no week is without one for longer than a holiday.
const farthest = 3*366 + 30

// NextWorkday returns the day itself when it is worked, and otherwise the first
// workday behind it.
func (d Days) NextWorkday(day Date) Date {
	for range farthest {
		if d.IsWorkday(day) {
			return day
		}
		day = day.Add(1)
	}
	return day
}

// AddWorkdays returns the nth workday behind the day: 1 is the first workday
// after it. A negative n counts back: -1 is the last workday before it. 0 is
// [Days.NextWorkday]. More than about three years of days are not looked
// through.
func (d Days) AddWorkdays(day Date, n int) Date {
	if n == 0 {
		return d.NextWorkday(day)
	}
	step, left := 1, n
	if n < 0 {
		step, left = -1, -n
	}
	for range farthest {
		day = day.Add(step)
		if d.IsWorkday(day) {
			if left--; left == 0 {
				break
			}
		}
	}
	return day
}

// WorkdaysBefore returns the day on which n workdays are left until the
// deadline: the nth workday before it. With n 0 it is the deadline itself, or
// the last workday before one that is not worked.
func (d Days) WorkdaysBefore(deadline Date, n int) Date {
	if n == 0 && d.IsWorkday(deadline) {
		return deadline
	}
	return d.AddWorkdays(deadline, -max(n, 1))
}

// Workdays counts the workdays behind from, up to and with to: 0 when to is not
// later. It is how many workdays are left.
func (d Days) Workdays(from, to Date) int {
	n := 0
	for day := from.Add(1); day <= to; day = day.Add(1) {
		if d.IsWorkday(day) {
			n++
		}
		if from.DaysTo(day) > farthest {
			break
		}
	}
	return n
}

// Loaded returns the number of the notice that the year's days are from; ok is
// false for a year that only has Monday to Friday.
func (d Days) Loaded(year int) (notice string, ok bool) {
	t, ok := d.table(year)
	if !ok {
		return "", false
	}
	return t.Notice, true
}

// Years returns the years that are loaded, in order.
func (d Days) Years() []int {
	var out []int
	for _, t := range embedded() {
		out = append(out, t.Year.Year)
	}
	for _, t := range d.imported.All() {
		out = append(out, t.Year.Year)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Year returns a year's table. imported is when it was imported, and zero for
// one that comes with the program; ok is false for a year that is not loaded.
func (d Days) Year(year int) (y Year, imported time.Time, ok bool) {
	t, ok := d.table(year)
	if !ok {
		return Year{}, time.Time{}, false
	}
	return t.Year, t.imported, true
}

// NotLoaded is what is to be said beside a count of workdays in a year that is
// not loaded. It is zero for one that is.
func (d Days) NotLoaded(year int) lang.Text {
	if _, ok := d.Loaded(year); ok {
		return lang.Text{}
	}
	return lang.Tf("%d年的节假日安排尚未导入，暂按周一至周五算工作日", "the holidays of %d are not loaded yet: Monday to Friday count as workdays", year)
}

// Unloaded returns those of the years, once each and in order, that only have
// Monday to Friday.
func (d Days) Unloaded(years ...int) []int {
	years = slices.Clone(years)
	slices.Sort(years)
	return slices.DeleteFunc(slices.Compact(years), func(year int) bool { _, ok := d.Loaded(year); return ok })
}

// Missing returns the years whose tables are wanted at now and not there: this
// year's, and from 1 November, by when the State Council has mostly published
// it, the next one's. [MissingWords] says what to do about them.
func (d Days) Missing(now time.Time) []int {
	today := now.In(shanghai)
	wanted := []int{today.Year()}
	if today.Month() >= time.November {
		wanted = append(wanted, today.Year()+1)
	}
	return d.Unloaded(wanted...)
}

// MissingWords tells the administrator what to do about missing years.
func MissingWords(years []int) lang.Text {
	names := lang.List(years, func(y int) lang.Text { return lang.Tf("%d年", "%d", y) })
	return lang.Tf("%s的节假日安排还没有导入，工作日暂按周一至周五计算。国务院办公厅发布通知后，请运行 wainao calendar import 导入。",
		"The holidays of %s are not loaded, so Monday to Friday count as workdays. Once the State Council has published them, run “wainao calendar import”.", names)
}

// kindImported says what a year's days are from now on.
const kindImported = "calendar.year.imported"

// Import makes y the table of its year, over one that is there. There is no
// draft when it says the same already. The error is that of [Year.Check].
func Import(d Days, y Year, _ time.Time) ([]journal.Draft, error) {
	if err := y.Check(); err != nil {
		return nil, err
	}
	if t, ok := d.table(y.Year); ok && t.same(y) {
		return nil, nil
	}
	return []journal.Draft{{Kind: kindImported, Version: 1, Data: y}}, nil
}

func (y Year) same(o Year) bool {
	return y.Year == o.Year && y.Notice == o.Notice && y.Source == o.Source && slices.Equal(y.Off, o.Off) && slices.Equal(y.Work, o.Work)
}

// Apply returns the days behind e.
func (d Days) Apply(e journal.Entry) (Days, error) {
	if e.Kind != kindImported {
		return d, nil
	}
	if e.Version != 1 {
		return d, fmt.Errorf("%s has version %d, want 1", e.Kind, e.Version)
	}
	var y Year
	if err := e.Decode(&y); err != nil {
		return d, err
	}
	t := newTable(y)
	t.imported = e.Time
	d.imported = d.imported.Set(yearKey(y.Year), t)
	return d, nil
}

// Describe writes a year's table for a person, a line a holiday.
func (y Year) Describe() lang.Text {
	var zh, en strings.Builder
	fmt.Fprintf(&zh, "%d年 %s\n", y.Year, y.Notice)
	fmt.Fprintf(&en, "%d %s\n", y.Year, y.Notice)
	for _, h := range y.Off {
		first, last := FormatDay(h.From.Start()), FormatDay(h.Last().Start())
		days := h.From.DaysTo(h.Last()) + 1
		if days == 1 {
			fmt.Fprintf(&zh, "  %s：%s放假\n", h.Name.ZH, first.ZH)
			fmt.Fprintf(&en, "  %s: %s off\n", h.Name.EN, first.EN)
			continue
		}
		fmt.Fprintf(&zh, "  %s：%s至%s放假，共%d天\n", h.Name.ZH, first.ZH, last.ZH, days)
		fmt.Fprintf(&en, "  %s: %s to %s off, %d days\n", h.Name.EN, first.EN, last.EN, days)
	}
	name := func(d Date) lang.Text {
		day, week := FormatDay(d.Start()), Weekday(d.Start())
		return lang.T(day.ZH+"（"+week.ZH+"）", day.EN+" ("+week.EN+")")
	}
	if len(y.Work) > 0 {
		work := lang.List(y.Work, name)
		fmt.Fprintf(&zh, "  补班：%s\n", work.ZH)
		fmt.Fprintf(&en, "  worked in return: %s\n", work.EN)
	}
	return lang.T(zh.String(), en.String())
}
