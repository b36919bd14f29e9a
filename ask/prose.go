package ask

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"wainao/lang"
	"wainao/policy"
)

// proseIndex finds the texts of the policy that use the words of a question:
// the measures of actions and safeguards, the principles, facts and duties.
// Chinese is indexed by pairs of characters, English by stems.
type proseIndex struct {
	docs   []proseDoc
	weight map[string]float64 // of a feature: the rarer, the more it says.
	post   map[string][]int   // feature → docs.
}

type proseDoc struct {
	thing  thing
	strong map[string]bool // features of names and aliases.
}

func newProseIndex(pol *policy.Policy) *proseIndex {
	x := &proseIndex{weight: map[string]float64{}, post: map[string][]int{}}
	add := func(t thing, a policy.Aliases, names ...lang.Text) {
		d := proseDoc{thing: t, strong: map[string]bool{}}
		n := len(x.docs)
		seen := map[string]bool{}
		put := func(s string, strong bool) {
			for _, f := range features(newText(s), nil) {
				if strong {
					d.strong[f] = true
				}
				if !seen[f] {
					seen[f] = true
					x.post[f] = append(x.post[f], n)
				}
			}
		}
		for _, name := range names {
			put(name.ZH, false)
			put(name.EN, false)
		}
		for _, alias := range a.All() {
			put(alias, true)
		}
		for _, extra := range proseWords[t.id] {
			put(extra, true)
		}
		x.docs = append(x.docs, d)
	}
	for _, f := range pol.Facts {
		add(thing{kindFact, f.ID}, f.Aliases, f.Name, f.Text)
	}
	for _, p := range pol.Principles {
		add(thing{kindPrinciple, p.ID}, p.Aliases, p.Name, p.Text)
	}
	for _, a := range pol.Actions {
		add(thing{kindAction, a.ID}, a.Aliases, a.Name, a.Summary)
		for _, m := range a.Measures {
			add(thing{kindMeasure, m.ID}, m.Aliases, m.Text)
		}
	}
	for _, s := range pol.Safeguards {
		add(thing{kindSafeguard, s.ID}, s.Aliases, s.Name, s.Summary)
		for _, m := range s.Measures {
			add(thing{kindMeasure, m.ID}, m.Aliases, m.Text)
		}
	}
	for _, b := range pol.Governance {
		add(thing{kindBody, b.ID}, b.Aliases, b.Name, b.Summary)
		for _, d := range b.Duties {
			add(thing{kindDuty, d.ID}, d.Aliases, d.Text)
		}
	}
	for _, t := range pol.Targets {
		if t.Indicator == "" {
			add(thing{kindTarget, t.ID}, t.Aliases, t.Summary)
		}
	}
	add(thing{kindGuiding, "guiding"}, pol.Guiding.Aliases, pol.Guiding.Name, pol.Guiding.Text, pol.Guiding.Goal)
	for f, docs := range x.post {
		x.weight[f] = math.Log(1 + float64(len(x.docs))/float64(len(docs)))
	}
	return x
}

// features returns what of the text is compared: pairs of Han characters that
// follow one another, and stems of words. skip tells tokens to leave out.
func features(t *text, skip []bool) []string {
	var out []string
	for i := range t.toks {
		if skip != nil && skip[i] {
			continue
		}
		s := t.form(i, i+1)
		if t.toks[i].class != classHan {
			if len(s) > 2 && !dull[s] {
				out = append(out, root(s))
			}
			continue
		}
		if i+1 < len(t.toks) && t.toks[i+1].class == classHan && (skip == nil || !skip[i+1]) && !t.toks[i+1].gap {
			out = append(out, t.form(i, i+2))
		}
	}
	return out
}

// dull are words of the texts that say nothing about them.
var dull = map[string]bool{
	"the": true, "and": true, "for": true, "with": true, "that": true, "from": true, "future": true, "industry": true, "new": true,
	"are": true, "its": true, "what": true, "who": true, "how": true, "which": true,
}

// root cuts what inflection adds, more than [stem] does.
func root(w string) string {
	for _, end := range []string{"ational", "ation", "ition", "ising", "izing", "ised", "ized", "ise", "ize", "ing", "ment", "ance", "ence", "ed", "er", "ly", "al", "ion", "e", "y"} {
		if rest, ok := strings.CutSuffix(w, end); ok && len(rest) >= 4 {
			return rest
		}
	}
	return w
}

// find returns the text that the question is about: the one that holds most of
// the question's words, if it holds enough of them.
func (x *proseIndex) find(r *reading) (thing, bool) {
	return x.findOf(r, func(thing) bool { return true })
}

// likeliest returns the text of a sort that holds most of the question's words,
// however few they are.
func (x *proseIndex) likeliest(r *reading, keep func(thing) bool) (thing, bool) {
	scores, _, _ := x.score(r)
	best, at := 1.5, -1
	for i, s := range scores {
		if s > best && keep(x.docs[i].thing) {
			best, at = s, i
		}
	}
	if at < 0 {
		return thing{}, false
	}
	return x.docs[at].thing, true
}

func (x *proseIndex) findOf(r *reading, keep func(thing) bool) (thing, bool) {
	scores, hits, total := x.score(r)
	best, at := 0.0, -1
	for i, s := range scores {
		if s > best && keep(x.docs[i].thing) {
			best, at = s, i
		}
	}
	if at < 0 || total == 0 || best < 3 || best/total < 0.5 || hits[at] < 2 && best/total < 0.85 {
		return thing{}, false
	}
	return x.docs[at].thing, true
}

// better returns another text of the same sort that holds much more of the
// question's words than the one that is named.
func (x *proseIndex) better(r *reading, named thing) (thing, bool) {
	scores, _, _ := x.score(r)
	at, own := -1, 0.0
	for i, d := range x.docs {
		switch {
		case d.thing == named:
			own = scores[i]
		case d.thing.kind == named.kind && (at < 0 || scores[i] > scores[at]):
			at = i
		}
	}
	if at < 0 || scores[at] < 4 || scores[at] < 1.6*own {
		return thing{}, false
	}
	return x.docs[at].thing, true
}

// order puts the thing first that holds most of the question's words.
func (x *proseIndex) order(r *reading, things []thing) []thing {
	scores, _, _ := x.score(r)
	of := func(t thing) float64 {
		for i, d := range x.docs {
			if d.thing == t {
				return scores[i]
			}
		}
		return 0
	}
	out := slices.Clone(things)
	slices.SortStableFunc(out, func(a, b thing) int { return cmp.Compare(of(b), of(a)) })
	return out
}

// score returns each document's score and the weight of all that was asked.
func (x *proseIndex) score(r *reading) (scores []float64, hits []int, total float64) {
	skip := make([]bool, len(r.t.toks))
	for i := range r.mentions {
		m := &r.mentions[i]
		k := m.first().kind
		if k == kindFiller || k == kindCue && (!m.has(cueGain) && !m.has(cueTech) && !m.has(cueDomain) && !m.has(cueDistrict) && !m.has(cueCompare)) || m.has(cueWhich) || k == kindDocument {
			for j := m.from; j < m.to; j++ {
				skip[j] = true
			}
		}
	}
	// A character that is a word by itself may be half of one that is not known:
	// 会 in 会议.
	known := make([]bool, len(r.t.toks))
	for i := range r.mentions {
		for j := r.mentions[i].from; j < r.mentions[i].to; j++ {
			known[j] = true
		}
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.to-m.from != 1 || m.first().kind != kindFiller && m.first().kind != kindCue || r.t.toks[m.from].class != classHan {
			continue
		}
		if m.from > 0 && !known[m.from-1] || m.to < len(known) && !known[m.to] {
			skip[m.from] = false
		}
	}
	scores, hits = make([]float64, len(x.docs)), make([]int, len(x.docs))
	rare := math.Log(1 + float64(len(x.docs)))
	for _, f := range features(r.t, skip) {
		w, ok := x.weight[f]
		if !ok {
			if len(f) > 3 && !strings.ContainsFunc(f, func(c rune) bool { return c >= 0x2e80 }) {
				total += rare * 0.7
			} else {
				total += rare * 0.3
			}
			continue
		}
		total += w
		for _, d := range x.post[f] {
			hits[d]++
			scores[d] += w
			if x.docs[d].strong[f] {
				scores[d] += w * 0.4
			}
		}
	}
	return scores, hits, total
}

// proseWords are words with which people ask for a text and that it does not
// use itself.
var proseWords = map[string][]string{
	"funding":                         {"钱从哪来", "钱", "资金来源", "经费来源", "掏钱", "出钱", "怎么融资", "where the money comes from", "paid for", "financed", "funded", "who pays", "where does the money come from", "money", "capital"},
	"tolerance":                       {"允许失败", "容错", "失败了怎么办", "risk of failure", "failing"},
	"trial-space":                     {"容错试错", "监管沙盒", "沙盒", "regulatory sandbox"},
	"market-access":                   {"放宽准入", "准入门槛", "门槛", "relax market entry", "market entry"},
	"government-market":               {"政府和市场的关系", "政府与市场", "市场作用", "role of the market", "role of government", "market's role", "政府的作用", "政府作用", "政府起什么作用", "政府做什么", "政府的角色", "role does government", "role does the government", "what does the government do", "market forces", "market decide"},
	"open-sharing":                    {"对外开放", "开放", "国际化", "opening up", "openness to the world"},
	"international-cooperation":       {"国际合作", "和哪些国家合作", "国外合作", "海外合作", "countries to cooperate with", "foreign cooperation", "international partners"},
	"talent-disciplines":              {"人才从哪来", "培养人才", "专业人才", "高校合作", "train talent", "universities", "grow talent"},
	"patents":                         {"保护知识产权", "专利保护", "专利布局", "protect intellectual property", "patent protection"},
	"breakthrough-action":             {"关键技术攻关", "技术攻关", "卡脖子", "tackle key technologies", "key technology breakthroughs"},
	"innovators-action":               {"创新主体培育", "引进企业", "培育企业", "attract and grow innovators", "cultivate innovators"},
	"space-optimisation":              {"空间优化", "空间布局优化", "优化空间布局", "optimise space"},
	"science-education":               {"科学普及", "public education"},
	"leading-group":                   {"谁来统筹", "牵头部门", "组织领导机构", "body that promotes", "city-level mechanism", "promotion mechanism body"},
	"small-enterprises":               {"小企业", "支持中小企业", "small firms", "smes", "startups"},
	"advanced-manufacturing-clusters": {"national manufacturing clusters", "国家级先进制造业集群"},
	"industrial-output":               {"连续两年", "连续2年", "连续几年", "two years running", "consecutive years", "4 trillion", "years in a row"},
	"expert-committee":                {"committee", "参谋", "智囊", "智库"},
	"emerging-strengths":              {"依托哪些战略性新兴产业", "依托的战略性新兴产业", "战略性新兴产业有哪些", "哪些战略性新兴产业", "哪几个战略性新兴产业", "which strategic emerging industries", "what strategic emerging industries", "rely on"},
	"rd-intensity":                    {"研发占比", "研发投入比例", "科研投入", "研发支出", "研发费用", "R&D ratio", "R&D to GDP", "research spending", "spent on R&D"},
	"biomedicine-national":            {"入选首批国家级", "selected for the first national programme", "first national"},
	"provincial-demonstration":        {"省级示范", "首批省级", "省级集群", "provincial cluster", "provincial-level"},
	"capital-market":                  {"IPO", "go public", "going public", "listing", "融资上市"},
	"challenge-tenders":               {"标杆场景", "标杆性应用场景", "benchmark scenarios"},
	"park-mechanisms":                 {"先导园区改革", "pilot reforms", "pilot reforms in the parks"},
	"joint-investment":                {"融资渠道", "多元化融资", "financing channels"},
	"regional-strategies":             {"区域战略", "国家战略", "regional strategies", "national strategies"},
	"leading-enterprises":             {"龙头企业", "领军企业", "leading companies"},
	"policy-supply":                   {"how are policies supplied", "出台哪些政策", "出台什么政策"},
	"yearly-evaluation":               {"多久评估", "多久调整", "how often adjusted"},
}
