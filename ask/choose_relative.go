package ask

import (
	"slices"
	"strings"
)

// relativeYears are the ways to name a year by the present one, in the normal
// form of a question, longer ones first.
var relativeYears = []struct {
	words string
	years int
}{
	{"大后年", 3},
	{"后年", 2},
	{"明年", 1},
	{"来年", 1},
	{"今年", 0},
	{"本年度", 0},
	{"本年", 0},
	{"去年", -1},
	{"上年度", -1},
	{"前年", -2},
	{"yearafternext", 2},
	{"nextyear", 1},
	{"comingyear", 1},
	{"thisyear", 0},
	{"currentyear", 0},
	{"lastyear", -1},
	{"previousyear", -1},
}

// relative returns the year that the question names by the present one: 明年,
// "in two years". A year that is only told beside the question does not count.
func (r *reading) relative(now int) (int, bool) {
	if len(r.years) > 0 {
		return 0, false
	}
	buf := r.t.buf
	for _, w := range relativeYears {
		if strings.Contains(buf, w.words) {
			return now + w.years, r.asksBeside(w.words)
		}
	}
	for _, a := range r.t.amounts() {
		if a.value < 1 || a.value > 30 || a.money {
			continue
		}
		end := a.to
		if end < len(r.t.toks) && (r.t.form(end, end+1) == "年" || r.t.form(end, end+1) == "year") {
			end++
		}
		if end == a.to && !strings.HasSuffix(r.t.form(a.from, a.to), "年") {
			continue
		}
		rest := buf[r.t.offset(end):]
		before := a.from > 0 && slices.Contains([]string{"in", "within"}, r.t.form(a.from-1, a.from))
		behind := slices.ContainsFunc([]string{"后", "内", "之后", "以后", "之内", "fromnow"}, func(w string) bool { return strings.HasPrefix(rest, w) })
		if before || behind {
			return now + int(a.value), true
		}
	}
	return 0, false
}

// asksBeside reports whether the clause with the words asks for anything.
func (r *reading) asksBeside(words string) bool {
	for _, c := range clauses(r.t.orig) {
		if k, _ := key(c); strings.Contains(k, words) {
			return containsAny(k, "目标", "指标", "任务", "多少", "几", "达到", "完成", "要", "什么", "target", "goal", "many", "much", "reach", "due", "hit", "quota", "what")
		}
	}
	return true
}

// dated gives a target that is asked for by the present year its year: one of
// the policy's, or one that it has no targets for.
func (e *Engine) dated(r *reading, f frame, now int) frame {
	if f.rule == ruleProse && len(f.things) == 1 && f.things[0].kind == kindFact {
		// A figure of the foundation is of its own year.
		fact, _ := e.fact(f.things[0].id)
		if y, ok := r.relative(now); ok && fact.Year != 0 && fact.Year != y {
			f.years, f.rule = []int{y}, ruleNoYear
		}
		return f
	}
	if f.rule != ruleTarget && f.rule != ruleTargets {
		return f
	}
	y, ok := r.relative(now)
	if !ok {
		return f
	}
	if f.years = []int{y}; !slices.Contains(e.pol.TargetYears(), y) {
		f.rule = ruleNoYear
	}
	return f
}
