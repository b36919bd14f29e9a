package ask

import (
	"slices"
	"strings"

	"wainao/lang"
	"wainao/policy"
)

// strands are what people call the headings under which the targets of a year
// stand, in normal form.
var strands = []struct {
	name  string // as the policy prints it.
	words []string
}{
	{"技术创新能力", []string{"技术创新能力", "创新能力", "capabilityfortechnological", "technologicalinnovationcapab", "technologystrand", "innovationcapabilit"}},
	{"企业融通发展", []string{"企业融通", "融通发展", "integrateddevelopmentofenterprise", "enterprisestrand"}},
	{"重点领域集聚", []string{"领域集聚", "集聚发展那", "集聚那", "clusteringofkeyfield", "keyfieldcluster", "fieldclusteringstrand", "clusteringstrand"}},
	{"开放创新生态", []string{"开放创新生态", "创新生态", "openinnovationecosystem", "innovationecosystem", "ecosystemstrand"}},
}

// chooseStrand finds questions for the targets that stand under one heading: 技术创新能力那条目标,
// "the clustering strand in numbers".
func (e *Engine) chooseStrand(r *reading, f frame) (frame, bool) {
	if len(r.domains)+len(r.districts)+len(r.terms)+len(r.foreign) > 0 || r.has(cueProgress, cueReported, cueNow, cueLeft, cueHow, cueWhy, cueGain) {
		return no()
	}
	if slices.Contains(r.prose, thing{kindFact, "why-emerging-industries"}) && slices.Contains(r.prose, thing{kindFact, "leading-industries"}) && (len(r.years) > 0 || containsAny(r.t.buf, "关系", "衔接", "link", "relat")) {
		f.things = []thing{{kindTarget, "2030-linkage"}}
		return f.as(ruleProseTarget)
	}
	if len(r.indicators) > 0 || !r.has(cueTarget, cueQuantity, cueIndicator, cueMuch) && len(r.years) == 0 && !slices.ContainsFunc(r.numbers, func(a amount) bool { return a.value >= 10 }) {
		return no()
	}
	for _, s := range strands {
		if !containsAny(r.t.buf, s.words...) {
			continue
		}
		f.words, f.yesNo = s.name, false
		return f.as(ruleStrand)
	}
	return no()
}

// strand tells the targets under one heading.
func (s *speaker) strand(f *frame) Answer {
	a := Answer{List: true}
	for _, t := range s.pol.Targets {
		if t.Strand.ZH != f.words {
			continue
		}
		a.Head = lang.Tf("%d年“%s”的目标：", "Targets for %d, “%s”:", t.Year, t.Strand)
		a.Lines = append(a.Lines, lang.Tf("%s。", "%s.", t.Summary))
		a.Cites = addCite(a.Cites, t.Cite)
		if t.Indicator != "" {
			f.listed = append(f.listed, thing{kindIndicator, string(t.Indicator)})
		}
	}
	if len(a.Lines) == 0 {
		return s.unknown(f)
	}
	for _, y := range s.pol.TargetYears() {
		a.Next = append(a.Next, s.askTargets(y))
	}
	return a
}

// sums finds that a question asks whether each of several numbers is the target of
// the indicator behind it: "20 chain leaders and 20 pilot parks, ok?".
func (f *frame) sums(r *reading) {
	if len(r.indicators) < 2 || len(r.numbers) != len(r.indicators) {
		return
	}
	f.values = nil
	for _, a := range r.numbers {
		f.values = append(f.values, a.value)
	}
}

// checkEach tells of each indicator whether its number is the target.
func (s *speaker) checkEach(f *frame) Answer {
	var out Answer
	for k, id := range f.indicators {
		one := *f
		one.indicators, one.value, one.values = []policy.IndicatorID{id}, f.values[k], nil
		one.money = id == policy.Output
		a := s.checkTarget(&one)
		out.Lines = append(append(out.Lines, a.Head), a.Lines...)
		for _, c := range a.Cites {
			out.Cites = addCite(out.Cites, c)
		}
		out.Next = append(out.Next, s.askTarget(id))
	}
	out.Head, out.Lines = out.Lines[0], out.Lines[1:]
	return out
}

// itsOwn reports whether a plan of the place's own is asked about: "does Wuxi have a
// plan", 深圳20+8里有没有.
func (r *reading) itsOwn(m *mention) bool {
	behind := r.t.form(m.to, min(m.to+6, len(r.t.toks)))
	for _, w := range []string{"规划", "方案", "政策", "计划", "清单", "名单", "文件", "意见", "里有", "里没有", "里提", "里面有"} {
		if i := strings.Index(behind, w); i >= 0 && !containsAny(behind[:i], "牵头", "负责", "主攻", "在", "进") {
			return true
		}
	}
	if containsAny(r.t.buf, "inthisplan", "inthisplan", "intheplan", "ourplan", "inthispolicy", "inthepolicy") {
		return false
	}
	return strings.HasPrefix(behind, "have") && containsAny(r.t.form(m.to, len(r.t.toks)), "plan", "policy", "strategy", "programme", "program", "roadmap")
}

// reachedHan are endings with which something is told to have been reached: 验收过的有几个,
// 建成的有多少.
var reachedHan = []string{"过的有几", "过的有多少", "过几个", "过几家", "过多少", "过的几个", "成的有几", "成的有多少", "通过的有", "好的有几", "好的有多少", "到位的有", "成了几", "成了多少"}

// reachedSoFar reports whether it is asked if anything of an indicator has been
// reached: "have any clusters been formed yet".
func (r *reading) reachedSoFar() bool {
	if len(r.indicators) == 0 || r.has(cueQuantity, cueTarget) && !strings.HasSuffix(r.t.buf, "yet") {
		return false
	}
	return containsAny(r.t.buf, reachedHan...) || strings.HasSuffix(r.t.buf, "yet") && containsAny(r.t.buf, "haveany", "hasany", "haany", "hasa", "been", "isthereany", "arethereany")
}

// isReached reports whether the question ends in a word that tells that something
// has been reached by now, and asks for no target beside it.
func (r *reading) isReached() bool {
	return !r.has(cueQuantity) && (strings.HasSuffix(r.t.buf, "了") || strings.HasSuffix(r.t.buf, "sofar") || strings.HasSuffix(r.t.buf, "yet"))
}
