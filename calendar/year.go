package calendar

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"wainao/lang"
)

// Year is what the State Council's notice says of one year: the statutory days
// off, with the days that are moved to them, and the days at a weekend that are
// worked in return. It is a value: nobody changes its slices.
type Year struct {
	Year   int       `json:"year" yaml:"year"`
	Notice string    `json:"notice" yaml:"notice"` // The number of the notice: 国办发明电〔2025〕7号.
	Source string    `json:"source,omitempty" yaml:"source"`
	Off    []Holiday `json:"holidays" yaml:"holidays"`
	Work   []Date    `json:"workdays,omitempty" yaml:"workdays"`
}

// Holiday is a run of days off.
type Holiday struct {
	Name lang.Text `json:"name" yaml:"name"`
	From Date      `json:"from" yaml:"from"`
	To   Date      `json:"to,omitempty" yaml:"to"` // The last day; empty for a single one.
}

// Last returns the last day off.
func (h Holiday) Last() Date {
	if h.To == "" {
		return h.From
	}
	return h.To
}

// Bounds of what is plausible in one year. The notices of 2023 to 2026 have 27
// to 33 days off, weekends between them included, and 5 to 8 days of work in
// return.
const (
	fewestOff  = 20
	mostOff    = 45
	mostWork   = 14
	longestRun = 12
	maxNotice  = 100 // Characters of the notice's number, and of a name.
	maxSource  = 500
)

// ParseYear reads a year's table in YAML, in the form of the files under data,
// and checks it. The error is a [lang.Problem]: "bad_year_file" for what is no
// such file, or that of [Year.Check].
func ParseYear(raw []byte) (Year, error) {
	var y Year
	err := yaml.NewDecoder(bytes.NewReader(raw), yaml.DisallowUnknownField(), yaml.Strict()).Decode(&y)
	if errors.Is(err, io.EOF) {
		err = errors.New("the file is empty")
	}
	if err != nil {
		return Year{}, lang.Problemf("bad_year_file", "文件读不懂，格式请照 wainao calendar show --yaml 的输出：\n%v",
			"The file cannot be read; write it as “wainao calendar show --yaml” prints one:\n%v", err)
	}
	return y, y.Check()
}

// Check returns nil when the table can be what a notice says. Otherwise the
// error is a [lang.Problem], "bad_year", that tells everything that is wrong:
// days outside the year, make-up workdays that are no weekend, days that are
// there twice, numbers of days that no notice ever had.
func (y Year) Check() error {
	c := yearCheck{year: y, seen: map[Date]bool{}}
	if y.Year < 2000 || y.Year > 2099 {
		c.add("年份要在2000至2099之间，不是%d", "the year is one from 2000 to 2099, not %d", y.Year)
		return c.problem()
	}
	if strings.TrimSpace(y.Notice) == "" || len([]rune(y.Notice)) > maxNotice {
		c.add("缺通知文号（notice），例如 国办发明电〔2025〕7号", "the notice's number (notice) is missing, for example 国办发明电〔2025〕7号")
	}
	if len(y.Source) > maxSource {
		c.add("来源（source）太长", "the source is too long")
	}
	off := 0
	for _, h := range y.Off {
		off += c.holiday(h)
	}
	for _, d := range y.Work {
		c.workday(d)
	}
	if len(c.words) > 0 {
		return c.problem()
	}
	if off < fewestOff || off > mostOff {
		c.add("全年放假共%d天，不合常理（近年为27至33天，含连休的周末）", "%d days off in all is not plausible (recent notices have 27 to 33, weekends between them included)", off)
	}
	if n := len(y.Work); n > mostWork {
		c.add("补班共%d天，不合常理（最多%d天）", "%d make-up workdays are not plausible (at most %d)", n, mostWork)
	}
	return c.problem()
}

// yearCheck collects what is wrong with a year.
type yearCheck struct {
	year  Year
	seen  map[Date]bool
	words []lang.Text
}

func (c *yearCheck) add(zh, en string, args ...any) {
	c.words = append(c.words, lang.Tf(zh, en, args...))
}

// problem returns what was found, or nil. It names the first problems only:
// what follows them is mostly of the same kind.
func (c *yearCheck) problem() error {
	if len(c.words) == 0 {
		return nil
	}
	const most = 10
	words := c.words
	if len(words) > most {
		words = append(words[:most:most], lang.Tf("另有%d处", "%d more", len(c.words)-most))
	}
	zh, en := make([]string, len(words)), make([]string, len(words))
	for i, w := range words {
		zh[i], en[i] = w.ZH, w.EN
	}
	return lang.Problemf("bad_year", "%d年的节假日表有问题：%s。", "The holidays of %d are not right: %s.",
		c.year.Year, lang.T(strings.Join(zh, "；"), strings.Join(en, "; ")))
}

// day checks one day and reports whether it may be in the table.
func (c *yearCheck) day(d Date) bool {
	parsed, ok := ParseDate(string(d))
	switch {
	case !ok:
		c.add("“%s”不是日期，请写成 2026-10-01", "“%s” is no date; write it as 2026-10-01", clip(string(d)))
	case !c.year.covers(parsed):
		c.add("%s不在%d年", "%s is not in %d", d, c.year.Year)
	case c.seen[d]:
		c.add("%s出现了两次", "%s is there twice", d)
	default:
		c.seen[d] = true
		return true
	}
	return false
}

// holiday checks a run of days off and returns how many days it has.
func (c *yearCheck) holiday(h Holiday) int {
	if !h.Name.Complete() || len([]rune(h.Name.ZH)) > maxNotice || len([]rune(h.Name.EN)) > maxNotice {
		c.add("%s的假期缺中文或英文名称", "the holiday of %s lacks its name in Chinese or English", clip(string(h.From)))
	}
	first, ok := ParseDate(string(h.From))
	last, ok2 := ParseDate(string(h.Last()))
	if !ok || !ok2 {
		c.day(h.From)
		if h.To != "" {
			c.day(h.To)
		}
		return 0
	}
	days := first.DaysTo(last) + 1
	if days < 1 || days > longestRun {
		c.add("%s至%s不合常理", "%s to %s is not plausible", first, last)
		return 0
	}
	for d := first; d <= last; d = d.Add(1) {
		c.day(d)
	}
	return days
}

func (c *yearCheck) workday(d Date) {
	if c.day(d) && !weekend(d) {
		c.add("%s是%s，补班应在周末", "%s is a %s, and a make-up workday is one at a weekend", d, Weekday(d.Start()))
	}
}

// covers reports whether the table of the year may say something about d: a
// notice may move days of the last week of December before it.
func (y Year) covers(d Date) bool {
	return d.Year() == y.Year || d.Year() == y.Year-1 && d >= Date(fmt.Sprintf("%04d-12-24", y.Year-1))
}

// yearAround reports which year's table beside its own may say something about
// d: the next one, in the last week of December.
func yearAround(d Date) (next int, ok bool) {
	next = d.Year() + 1
	return next, Year{Year: next}.covers(d)
}

func weekend(d Date) bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}

func clip(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
