package picture

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"wainao/lang"
)

// Light says how a figure stands against its path.
type Light string

// The lights. One that is not given is [NoLight].
const (
	OnTrack    Light = "on-track"
	Watch      Light = "watch"
	Behind     Light = "behind"
	FarBehind  Light = "far-behind"
	StaleLight Light = "stale"
	NoLight    Light = "none" // Nothing to judge by.
)

// lightStyle is what a light looks like and what it is called.
type lightStyle struct {
	light      Light
	symbol     symbol
	word       lang.Text
	fill, edge ink
	ink        ink
}

var lightStyles = []lightStyle{
	{OnTrack, tick, lang.T("正常", "on track"), deepGreen, none, onSolid},
	{Watch, attend, lang.T("关注", "watch"), amber, amberEdge, onAmber},
	{Behind, down, lang.T("滞后", "behind"), orange, none, onOrange},
	{FarBehind, downDown, lang.T("严重滞后", "far behind"), deepRed, none, onSolid},
	{StaleLight, clock, lang.T("数据过期", "stale"), grey, none, onGrey},
	{NoLight, dash, lang.T("暂不评判", "not judged"), paper, greyEdge, onGrey},
}

func lightOf(light Light) (lightStyle, bool) {
	if light == "" {
		light = NoLight
	}
	for _, s := range lightStyles {
		if s.light == light {
			return s, true
		}
	}
	return lightStyle{}, false
}

// MarkKind is what a value beside a bar says.
type MarkKind string

// The kinds of marks.
const (
	PathMark   MarkKind = "path"   // What the adopted path expects by now.
	LinearMark MarkKind = "linear" // A reference: equal steps from the baseline to the target.
	GrowthMark MarkKind = "growth" // A reference: the same growth every year.
)

var markWords = map[MarkKind]lang.Text{
	PathMark:   lang.T("路径应达", "path"),
	LinearMark: lang.T("线性参照", "linear reference"),
	GrowthMark: lang.T("等增长率参照", "constant-growth reference"),
}

// MaxTargets is how many targets one picture holds.
const MaxTargets = 8

// Targets is the progress of targets, in the order given.
type Targets struct {
	Heading Heading
	Targets []Target // 1 to [MaxTargets].
}

// Target is one target and what stands against it.
type Target struct {
	Name     lang.Text // What is counted, with the year where several are shown.
	Goal     lang.Text // The target in the policy's words: "10家以上".
	Value    float64   // The target's number; 0 when it has none.
	Unit     lang.Text // Of the target's numbers, as the policy names it. It may be missing.
	Reported bool      // Or there is no data; Accepted and Pending say nothing then.
	Accepted float64   // What counts.
	Pending  float64   // What stands beside it, not yet reviewed.
	Marks    []Mark    // What the path, or the references, expect by now.
	Light    Light     // [NoLight] or [StaleLight] where there is no data.
}

// Mark is a value that a target's figure is compared with.
type Mark struct {
	Kind  MarkKind
	Value float64
}

// Draw draws the targets. It returns [ErrData] when there are too many, or a
// number, light or mark cannot be drawn.
func (t Targets) Draw(l lang.Lang) (Picture, error) { return drawn(t, l) }

func (t Targets) check() error {
	if err := between("targets", len(t.Targets), 1, MaxTargets); err != nil {
		return err
	}
	for _, one := range t.Targets {
		if err := finite(one.Name.EN, one.Value, one.Accepted, one.Pending); err != nil {
			return err
		}
		if one.Value < 0 || one.Accepted < 0 || one.Pending < 0 {
			return unfit("%s has a number below 0", one.Name.EN)
		}
		light, ok := lightOf(one.Light)
		if !ok || !one.Reported && light.light != NoLight && light.light != StaleLight {
			return unfit("light %q, with data: %t", one.Light, one.Reported)
		}
		for _, m := range one.Marks {
			if _, ok := markWords[m.Kind]; !ok || m.Value < 0 || finite("mark", m.Value) != nil {
				return unfit("mark %q at %v", m.Kind, m.Value)
			}
		}
	}
	return nil
}

// Measures of a bar. It is shorter than its track by what shows that the
// number goes beyond the target.
const (
	barHeight = 40
	overWidth = 44
	barWidth  = inner - overWidth
	markWidth = 26
)

func (t Targets) sheet(l lang.Lang) (*sheet, error) {
	if err := t.check(); err != nil {
		return nil, err
	}
	s, err := newSheet(l)
	if err != nil {
		return nil, err
	}
	y := s.open(t.Heading) + 18
	for _, one := range t.Targets {
		y = s.target(one, y)
	}
	y = t.legend(s, y+8)
	s.shut(y, t.Heading)
	return s, nil
}

// target draws one target: its name, number and light, its bar, and what the
// marks stand for.
func (s *sheet) target(t Target, y int) int {
	s.line(margin, y, sheetWidth-margin, y, 2, rule, 0)
	top := y + 38
	right := s.pill(t.Light, top, smallSize)
	numbers := t.numbers().In(s.lang)
	w := s.textRight(right-24, baseline(top, largeSize), largeSize, text, numbers)
	room := right - 24 - w - 24 - margin
	name := clean(t.Name.In(s.lang))
	used := s.text(margin, baseline(top, largeSize), largeSize, text, s.pens.cut(name, largeSize, room))
	goal := clean(t.goal().In(s.lang))
	if used+20+s.pens.width(goal, smallSize) <= room {
		s.text(margin+used+20, baseline(top, smallSize), smallSize, muted, goal)
		goal = "" // Or it stands below the bar.
	}
	bar := y + 96
	if !t.Reported || t.Value == 0 {
		s.words(t, bar)
	} else {
		s.bar(t, bar)
		s.ticks(t, bar)
	}
	return s.marks(t, goal, bar) + 14
}

// pill draws a light that ends at the right margin, and returns where it
// begins.
func (s *sheet) pill(light Light, middle, size int) int {
	style, _ := lightOf(light)
	word := style.word.In(s.lang)
	w := 20 + 28 + 12 + s.pens.width(word, size) + 22
	x := sheetWidth - margin - w
	half := 12 + size/2
	box := mark{Kind: "box", X: x, Y: middle - half, W: w, H: 2 * half, Radius: half, Fill: style.fill, Edge: style.edge}
	if style.edge != none {
		box.Weight = 3
	}
	s.add(box)
	s.symbol(style.symbol, x+20+14, middle, 30, style.ink)
	s.text(x+60, baseline(middle, size), size, style.ink, word)
	return x
}

// goal says what the target is.
func (t Target) goal() lang.Text {
	if t.Goal.IsZero() {
		return lang.Text{}
	}
	return lang.Tf("目标：%s", "target: %s", t.Goal)
}

// numbers says what counts, and its share of the target; above the target too.
func (t Target) numbers() lang.Text {
	switch {
	case !t.Reported:
		return lang.Text{}
	case t.Accepted == 0 && t.Pending > 0:
		return lang.T("待审核", "pending review")
	case t.Value == 0:
		return t.counted()
	}
	return lang.Tf("%s · %s", "%s · %s", t.counted(), percent(t.Accepted/t.Value))
}

// counted is the number that counts. English names the unit here only, and not
// beside a single item.
func (t Target) counted() lang.Text {
	words := amount(t.Accepted, t.Unit)
	if t.Unit != hundredMillionYuan && t.Unit.EN != "" && t.Accepted != 1 {
		words.EN += " " + t.Unit.EN
	}
	return words
}

// hundredMillionYuan is the policy's unit of money.
var hundredMillionYuan = lang.T("亿元", "RMB 100 million")

// amount writes a number with its unit in Chinese, and alone in English, which
// would have to know the plural; but money is always money.
func amount(v float64, unit lang.Text) lang.Text {
	if unit == hundredMillionYuan {
		billions := number(v/10) + " billion"
		if v >= 10000 {
			billions = number(v/10000) + " trillion"
		}
		return lang.T(number(v)+"亿元", "RMB "+billions)
	}
	return lang.T(number(v)+unit.ZH, number(v))
}

// number writes a value with at most two decimals.
func number(v float64) string {
	return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64)
}

// percent writes a share in whole percent. What is short of the whole is never
// rounded up to it, and what is not nothing never down to nothing. Beyond a
// hundred times the whole it says no more than that.
func percent(share float64) string {
	p := math.Round(share * 100)
	switch {
	case share > 0 && p < 1:
		return "<1%"
	case share < 1 && p == 100:
		return "99%"
	case share >= 100:
		return ">9999%"
	}
	return strconv.FormatFloat(p, 'f', 0, 64) + "%"
}

// words stand where a bar cannot: no data, or no number to measure against.
func (s *sheet) words(t Target, y int) {
	what := lang.T("未填报", "no data")
	if t.Reported {
		what = lang.T("目标不设数量", "a target without a number")
	}
	s.add(mark{Kind: "box", X: margin, Y: y, W: barWidth, H: barHeight, Radius: 6, Fill: paper, Edge: greyEdge, Weight: 2, Dash: 10})
	s.text(margin+20, baseline(y+barHeight/2, smallSize), smallSize, onGrey, what.In(s.lang))
}

// bar draws what counts, solid, and what is pending, striped, one behind the
// other in the track; both together never leave it. Behind the track chevrons
// say that the number goes on.
func (s *sheet) bar(t Target, y int) {
	s.box(margin, y, barWidth, barHeight, 6, track)
	at := func(v float64) int { return int(math.Round(math.Min(v/t.Value, 1) * barWidth)) }
	accepted, both := at(t.Accepted), at(t.Accepted+t.Pending)
	if t.Accepted > 0 {
		s.box(margin, y, max(accepted, 6), barHeight, 6, solid)
	}
	if both > accepted && t.Pending > 0 {
		from := accepted
		if t.Accepted > 0 {
			from += 3
		}
		s.add(mark{Kind: "box", X: margin + from, Y: y, W: max(both-from, 8), H: barHeight, Radius: 6, Fill: amber, Stripe: amberStripe, Edge: amberEdge, Weight: 3})
	}
	s.line(margin+barWidth, y-8, margin+barWidth, y+barHeight+8, 4, text, 0)
	if t.Accepted > t.Value {
		for _, dx := range []int{12, 26} {
			x := margin + barWidth + dx
			s.polyline([]point{{float64(x), float64(y + 10)}, {float64(x + 9), float64(y + 20)}, {float64(x), float64(y + 30)}}, 5, solid, 0)
		}
	}
}

// marks says below a bar what its marks stand for, together with what is
// pending, and with the goal where it had no room above. It returns where that
// ends.
func (s *sheet) marks(t Target, goal string, bar int) int {
	x, y := margin, bar+barHeight+30
	end := bar + barHeight + 16
	say := func(width int, sign func(x int), words string) {
		words = s.pens.cut(words, leastSize, inner-width)
		if x > margin && x+width+s.pens.width(words, leastSize) > sheetWidth-margin {
			x, y = margin, y+38
		}
		if sign != nil {
			sign(x + width/2 - 5)
		}
		x += width
		x += s.text(x, baseline(y, leastSize), leastSize, muted, words) + 32
		end = y + 20
	}
	if goal != "" {
		say(0, nil, goal)
	}
	if t.Reported && t.Pending > 0 {
		say(44, func(x int) { s.pendingSign(x, y) }, lang.Tf("待审核 %s", "%s pending", amount(t.Pending, t.Unit)).In(s.lang))
	}
	if t.pathless() {
		say(0, nil, noPath.In(s.lang))
	}
	for _, m := range t.Marks {
		words := lang.Tf("%s %s", "%s %s", markWords[m.Kind], amount(m.Value, t.Unit))
		if t.Value > 0 {
			words = lang.Tf("%s（%s）", "%s (%s)", words, percent(m.Value/t.Value))
		}
		say(34, func(x int) { s.markSign(m.Kind, x, y) }, words.In(s.lang))
	}
	return end
}

// ticks draws a target's marks over its bar.
func (s *sheet) ticks(t Target, bar int) {
	last := 0
	for _, m := range t.ordered() {
		x := margin + int(math.Round(math.Min(m.Value/t.Value, 1)*barWidth))
		s.line(x, bar-6, x, bar+barHeight+6, 8, paper, 0)
		s.line(x, bar-6, x, bar+barHeight+6, 4, text, dashOf(m.Kind))
		last = max(x, last+markWidth) // Signs stand beside each other where their values do not.
		s.markSign(m.Kind, last, bar-17)
	}
}

// ordered returns the marks by their values.
func (t Target) ordered() []Mark {
	return slices.SortedStableFunc(slices.Values(t.Marks), func(a, b Mark) int { return cmp.Compare(a.Value, b.Value) })
}

var noPath = lang.T("尚无年度路径", "no annual path")

// pathless reports whether a target has references because it has no path.
func (t Target) pathless() bool {
	return len(t.Marks) > 0 && !slices.ContainsFunc(t.Marks, func(m Mark) bool { return m.Kind == PathMark })
}

func dashOf(kind MarkKind) int {
	if kind == PathMark {
		return 0
	}
	return 6
}

// markSign draws the sign of a mark: a full triangle for a path, an open
// square and a circle for the references, which nobody has adopted.
func (s *sheet) markSign(kind MarkKind, x, y int) {
	fx, fy := float64(x), float64(y)
	switch kind {
	case PathMark:
		s.area([]point{{fx - 12, fy - 10}, {fx + 12, fy - 10}, {fx, fy + 10}}, text)
	case LinearMark:
		s.add(mark{Kind: "box", X: x - 9, Y: y - 9, W: 18, H: 18, Fill: paper, Edge: text, Weight: 4})
	case GrowthMark:
		s.disc(x, y, 10, paper, text, 4)
	}
}

// pendingSign draws a small piece of a pending bar.
func (s *sheet) pendingSign(x, y int) {
	s.add(mark{Kind: "box", X: x - 17, Y: y - 13, W: 34, H: 26, Radius: 5, Fill: amber, Stripe: amberStripe, Edge: amberEdge, Weight: 3})
}

// legend explains the bar.
func (t Targets) legend(s *sheet, y int) int {
	s.line(margin, y, sheetWidth-margin, y, 2, rule, 0)
	return s.legend(y+14, smallSize, []entry{
		{lang.T("已采纳", "accepted"), 34, func(x, middle int) { s.box(x, middle-13, 34, 26, 5, solid) }},
		{lang.T("待审核，不计入", "pending review, not counted"), 34, func(x, middle int) { s.pendingSign(x+17, middle) }},
		{lang.T("目标（100%）", "target (100%)"), 10, func(x, middle int) { s.line(x+5, middle-18, x+5, middle+18, 4, text, 0) }},
	})
}

// Alt tells for every target what the picture shows of it. Where that is more
// than an alternative text holds, it leaves out the marks and the targets'
// words, so that no target is left out.
func (t Targets) Alt(l lang.Lang) string {
	full, brief := tell(l, t.Heading), tell(l, t.Heading)
	for _, one := range t.Targets {
		full.add(one.story(true))
		brief.add(one.story(false))
	}
	if full.fits() {
		return full.String()
	}
	return brief.String()
}

// story tells one target.
func (t Target) story(full bool) lang.Text {
	var clauses []lang.Text
	if full && !t.Goal.IsZero() {
		clauses = append(clauses, lang.Tf("目标%s", "target %s", t.Goal))
	}
	switch {
	case !t.Reported:
		clauses = append(clauses, lang.T("未填报", "no data"))
	case t.Accepted > 0 || t.Pending == 0:
		counts := lang.Tf("已采纳%s", "%s accepted", amount(t.Accepted, t.Unit))
		if t.Value > 0 {
			counts = lang.Tf("%s（%s）", "%s (%s)", counts, percent(t.Accepted/t.Value))
		}
		clauses = append(clauses, counts)
	}
	if t.Reported && t.Pending > 0 {
		clauses = append(clauses, lang.Tf("待审核%s", "%s pending", amount(t.Pending, t.Unit)))
	}
	if full && t.pathless() {
		clauses = append(clauses, noPath)
	}
	for _, m := range t.Marks {
		if full {
			clauses = append(clauses, lang.Tf("%s%s", "%s %s", markWords[m.Kind], amount(m.Value, t.Unit)))
		}
	}
	style, _ := lightOf(t.Light)
	return lang.Tf("%s：%s", "%s: %s", t.Name, sentence(append(clauses, style.word)))
}
