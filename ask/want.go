package ask

import (
	"slices"
	"strings"
)

// want is the sort of answer that a question asks for, where it is one that the
// policy gives seldom or not at all. It is read from the interrogative and the
// noun that goes with it: which bank, 几成, 老板叫什么.
type want string

// The sorts.
const (
	wantPerson  want = "person"  // somebody by name.
	wantDrafter want = "drafter" // who held the pen.
	wantStaff   want = "staff"   // how many people work at it.
	wantFirm    want = "firm"    // a company or an institution by name.
	wantBody    want = "body"    // an organisation of any sort, of which the text names a few.
	wantMoney   want = "money"   // a price, a fee, a sum.
	wantShare   want = "share"   // a part of a whole.
	wantSplit   want = "split"   // a whole divided among districts or domains.
	wantPoints  want = "points"  // points, a weight.
	wantNumber  want = "number"  // how many of what the policy does not count.
	wantDay     want = "day"     // a day, a deadline.
	wantTime    want = "time"    // when.
	wantSpan    want = "span"    // how long somebody serves.
	wantPlace   want = "place"   // an address.
	wantView    want = "view"    // what the one who answers thinks, of a fact or of a chance.
	wantOpinion want = "opinion" // whether something is worth it, or will come true.
	wantThing   want = "thing"   // what is called by a noun that nobody knows.
	wantProcess want = "process" // how something is applied for, or appealed against.
	wantUnit    want = "unit"    // a figure in a unit of measure.
)

// asking is what a question asks for: the sort and the words that tell it.
type asking struct {
	want     want
	from, to int // tokens.
}

// wantNouns are the nouns that tell the sort of answer where they stand with an
// interrogative. They say nothing elsewhere: "our boss wants to know which".
var wantNouns = []struct {
	want   want
	zh, en string
}{
	{
		wantPerson, "老板|董事长|总经理|总裁|负责人|带头人|领头人|领军人物|头头|掌门人|创始人|发起人|院长|所长|校长|局长|处长|科长|区长|市长|县长|镇长|部长|主任|书记|秘书|组长|院士|教授|科学家|工程师|研究员|研究人员|科研人员|经理|联系人|联络人|经办人|分管领导|签发领导|首席专家|召集人|代言人|委员|成员|专家",
		"person|ceo|boss|founder|professor|chairman|chairwoman|chairperson|manager|director|mayor|secretary|scientist|engineer|researcher|minister|official|executive|spokesperson|dean|academician|servant|individual",
	},
	{
		wantFirm, "银行|保险公司|证券公司|律所|律师事务所|会计师事务所|事务所|券商|厂商|厂家|车企|药企|供应商|承包商|承建商|运营商|开发商|集成商|经销商|医院|药房|大学|学院|学校|上市公司|外企|民企|中介|投资人|投资方|股东|酒店|工厂",
		"bank|lender|insurer|corporation|carmaker|automaker|maker|supplier|vendor|contractor|operator|hospital|clinic|university|college|school|shareholder|backer|broker|hotel|factory|plant|lawfirm|manufacturer|consultancy|accountant|auditor|developer",
	},
	{wantBody, "委员会|品牌|机构|企业|公司|龙头|高校|院校|研究所|研究院|实验室|基金|国企|央企|协会|单位", "brand|institution|enterprise|company|firm|startup|unicorn|institute|laboratory|lab|fund|association|organisation|organization|agency|investor"},
	{wantStaff, "人|人手|人员|编制|工作人员|专职|岗位", "staff|employee|clerk|people|headcount"},
	{wantMoney, "造价|售价|报价|价钱|价位|票价|劳务费|津贴|会费|租金|年薪|报酬|奖金|奖励|补贴", "price|cost|honorarium|fee|fare|pay|stipend|rent|salary|prize|remuneration|bill"},
	{wantShare, "份额|比重|比例|占比|百分比", "share|percentage|proportion|fraction|percent|quota"},
	{wantPoints, "权重|分值|分数|得分", "weight|weighting|score|mark|grade"},
	{wantDay, "截止日期|截止时间|开幕日|日期", "day|date|deadline|cutoff"},
	{wantPlace, "地址|门牌|楼|房间|路口|地铁站", "address|street|road|building|floor|room|postcode"},
}

// wantSets are the nouns by their normal form.
var wantSets = func() map[string]want {
	out := map[string]want{}
	for _, n := range wantNouns {
		for w := range strings.SplitSeq(n.zh+"|"+n.en, "|") {
			k, _ := key(w)
			out[k] = n.want
		}
	}
	return out
}()

// wantPhrases tell the sort by themselves.
var wantPhrases = []struct {
	want   want
	zh, en string
}{
	{wantView, "依你看|在你看来|你觉得|你认为|你怎么看|你信吗", "do you think|do you reckon|do you believe|do you expect|do you feel|would you say|in your view|in your opinion|your opinion|your view|your take|what do you make of"},
	{
		wantOpinion, "看好|会不会凉|凉凉|会黄吗|能赚钱吗|会赚钱吗|你会押|你会选|你押|吹牛|忽悠|炒作|噱头|泡沫|有钱途|钱途|胜算|靠谱吗|值得吗|有没有戏|有戏吗|实现得了吗|做得到吗|能成吗|会成功吗|是不是太高|是不是太低|太激进|太保守",
		"honest opinion|ever make money|ever pay off|ever take off|pan out|turn a profit|any good|would you bet|would you pick|would you choose|would you put|would you rather|hype|hyped|the odds|what odds|realistic|overrated|waste of money|too ambitious|how likely|will it succeed|will it fail|pipe dream",
	},
	{wantShare, "占几成|占多少|占全市|几个百分点|百分之几|占多大", "how much of the|what share|what percentage|what proportion|what fraction|how big a share|how large a share|percentage of|share of the|proportion of the"},
	{
		wantSplit, "怎么分到|如何分到|怎么分给|怎么分摊|如何分摊|怎么拆|怎么切|怎么摊|要扛多少|扛多少|扛几|背多少|背几|领多少|怎么分|如何分|摊到多少|分到多少|分多少",
		"divided among|divided between|divided up|split among|split between|split up|split across|broken down|apportioned|shared out|carved up|spread over the|come from each|carry of",
	},
	{wantPoints, "及格线|合格线|及格分|多少分及格|几分及格|多少分算|扣分|加分|计分|倒扣|赋分|满分|考核分|权重", "weighting|weighted|how heavily|scorecard|marking scheme|how many points|points do|points does|lose points|deducted|pass mark|passing mark|passing score|pass score"},
	{wantDay, "截止到几|截止到哪|截止日|截止时间|什么时候截止|何时截止|报名截止|申报截止|几号|哪天|哪一天|几月几号|几月份|哪个月|什么月份|什么日子", "deadline|which month|what month|which day|what day|what date|which date|cut off|closing date|by which day"},
	{wantTime, "哪年哪月|什么时候|何时|啥时候|哪年|哪一年", "in what year did|in which year did|what year did|which year did|when is|when are|when was|when were|when will|when did|when does|when do|when should|when can|when must|when shall|when has|when have"},
	{wantSpan, "任期|一届|连任|聘期|届满", "term of office|how long do members|how long does a member|serve for"},
	{wantPlace, "哪条街|哪条路|哪栋楼|哪幢楼|几号楼|几楼|几层|门牌|地址|寄到哪|送到哪|交到哪|在哪栋|哪个房间|哪层楼|办公地点", "what road|which road|which street|what street|street address|postal address|mailing address|which building|which floor|what floor|which room"},
	{wantPerson, "姓什么|姓啥|贵姓", "name of its director|name of the director|who is the director|who founded|who invented|who chairs|who heads|who is the head of|who is the boss|name of the person|name of the professor|whose signature|members of the leading|members of the group|members of the expert|members of the committee|members of the municipal"},
	{wantDrafter, "起草|执笔|拟稿|撰稿|主笔|操刀|拟的稿|经办人", "drafted|drafter|penned|ghostwrote|held the pen|hold the pen|authors name"},
	{wantStaff, "编制多少|多少编制|人手多少|专班几个|专班多少", "size of the staff|staff size|staff level|how large the staff"},
	{wantPerson, "给个电话|电话多少|电话号码|手机号|联系方式|微信号", "phone number|email address|contact details"},
	{wantFirm, "几家名字|几家公司的名字|几家企业的名字|公司名字|企业名字|公司名单|企业名单|公司的名字|企业的名字|谁来运营|由谁运营|谁承建|谁中标|谁供货|谁投资|谁投了", "who supplies|who insures|who finances|who bankrolls|who sponsors|who won the contract"},
	{wantProcess, "交哪些材料|交什么材料|提交哪些材料|提交什么材料|准备哪些材料|准备什么材料|什么手续|哪些手续|办手续|几道手续|流程几步|流程一共|流程分几|流程是什么|流程是啥|流程怎么走|申请流程|办理流程|申诉|复议|起诉|告政府", "appeal against|appeal if|to appeal|one appeal|we appeal|i appeal|can appeal|firm appeal|firms appeal|company appeal|an appeal|paperwork|which forms|what forms|which documents do i|what documents do i|which documents do we|what documents do we|supporting documents|step by step procedure|file a complaint|lodge a complaint|judicial review"},
	{wantUnit, "每秒多少|多少比特|多少个比特|几个比特|多少量子比特|多少个量子比特|几个量子比特|多少位比特|多少公里|多少公斤|多少千克|多少吨|多少米|多少纳米|多少度电|多少兆|多少赫兹|多少摄氏度|多少开尔文|多少千瓦|多少兆瓦", "in mbps|in kbps|in gbps|in hertz|in ghz|in mhz|in kelvin|in nanometres|in nanometers|in kilometres|in kilometers|in metres|in meters|in kilograms|in tonnes|in tons|in kilowatts|in megawatts|in gigawatts|in hectares|in square metres|in litres|in degrees|in percent|in per cent|in percentage points"},
	{wantMoney, "多少钱|注册资本|注册资金|拿多少万|补多少|奖多少|造价多少|总投资|劳务费|一年几万|多少费用|收费|摊位费|展位费|会务费|报名费|服务费|入驻费|日薪|时薪|免租|要花多少|值多少钱|几块钱", "how much does it cost|how much does a|how much do they pay|how much is it|fee|day rate|daily rate|hourly rate|per diem|rent free|rentfree|do i get paid|honorarium|cost to build|cost per|registered capital|paid-in capital|minimum capital|price of|in yuan"},
}

// askings returns what the question asks for, as far as it is of one of the sorts.
func (r *reading) askings(known func(string) bool) []asking {
	var out []asking
	for _, p := range phrasesOfWants {
		if from, to, ok := r.t.find(p.key); ok && !r.goesOn(p.want, to) {
			out = append(out, asking{p.want, from, to})
		}
	}
	if r.has(cueWhen) && containsAny(r.t.buf, eventVerbs...) {
		if at := slices.IndexFunc(r.mentions, func(m mention) bool { return m.has(cueWhen) }); at >= 0 {
			out = append(out, asking{wantDay, r.mentions[at].from, r.mentions[at].to})
		}
	}
	if a, ok := r.namedLast(); ok {
		out = append(out, a)
	}
	for i := range r.t.toks {
		if r.t.toks[i].class == classHan {
			if a, ok := r.hanSlot(i); ok {
				out = append(out, a)
			}
			if a, ok := r.hanNumber(i); ok {
				out = append(out, a)
			}
		} else if a, ok := r.latinSlot(i, known); ok {
			out = append(out, a)
		} else if a, ok := r.latinNumber(i); ok {
			out = append(out, a)
		}
	}
	return out
}

// namedLast finds "director of the office, name?": a person whose name is asked for at the end.
func (r *reading) namedLast() (asking, bool) {
	n := len(r.t.toks)
	if n < 2 || r.t.form(n-1, n) != "name" && r.t.form(n-1, n) != "phone" || r.t.toks[n-1].start == r.t.toks[n-2].end {
		return asking{}, false
	}
	for i := range min(3, n-1) {
		if wantSets[r.t.form(i, i+1)] == wantPerson {
			return asking{wantPerson, i, i + 1}, true
		}
	}
	return asking{}, false
}

// goesOn reports whether the phrase that ends at the token goes on to mean another
// thing: 怎么分 to 怎么分工, 占多少 to 占多少分.
func (r *reading) goesOn(w want, to int) bool {
	if to == len(r.t.toks) {
		return false
	}
	next := r.t.form(to, to+1)
	return w == wantSplit && strings.Contains("工布类层级段", next) || w == wantShare && next == "分"
}

// wantPhrase is a phrase that tells the sort, in its normal form.
type wantPhrase struct {
	want want
	key  string
}

var phrasesOfWants = func() []wantPhrase {
	var out []wantPhrase
	for _, p := range wantPhrases {
		for w := range strings.SplitSeq(p.zh+"|"+p.en, "|") {
			k, _ := key(w)
			out = append(out, wantPhrase{p.want, k})
		}
	}
	return out
}()

// find returns the tokens whose form is the phrase, if they are whole tokens.
func (t *text) find(k string) (from, to int, ok bool) {
	for at := 0; ; {
		i := strings.Index(t.buf[at:], k)
		if i < 0 {
			return 0, 0, false
		}
		at += i
		from, begins := slices.BinarySearchFunc(t.toks, at, func(tok token, off int) int { return tok.off - off })
		to, ends := slices.BinarySearchFunc(t.toks, at+len(k), func(tok token, off int) int { return tok.off - off })
		if begins && (ends || at+len(k) == len(t.buf)) {
			return from, to, true
		}
		at++
	}
}

// classifiers stand between 哪 or a number and the noun.
const classifiers = "个家支所位款栋幢座间条场部名只届门批份些项种类样块几一两三"

// hanSlot reads the noun behind 哪 or 什么 at the token, behind 谁当, or before
// 是谁 and 叫什么.
func (r *reading) hanSlot(i int) (asking, bool) {
	n := len(r.t.toks)
	s := r.t.form(i, i+1)
	at := i + 1
	switch {
	case s == "什" && at < n && r.t.form(at, at+1) == "么":
		return r.hanNoun(at+1, min(n, at+6))
	case s == "哪", s == "啥":
		for s == "哪" && at < n && strings.Contains(classifiers, r.t.form(at, at+1)) {
			at++
		}
		return r.hanNoun(at, min(n, at+6))
	case s == "谁" && at < n && r.t.form(at, at+1) == "家":
		return r.hanNoun(at+1, min(n, at+6))
	case s == "有" && at < n && r.t.form(at, at+1) == "谁":
		if i > 1 && (r.t.form(i-1, i) == "都" || r.t.form(i-1, i) == "里") {
			i--
		}
		if i > 0 && strings.Contains("组会班库家员", r.t.form(i-1, i)) {
			return asking{wantPerson, max(0, i-3), i}, true
		}
	case s == "当", s == "任":
		if a, ok := r.hanNoun(at, min(n, at+3)); ok && a.want == wantPerson && strings.Contains(r.t.buf[:r.t.offset(i)], "谁") {
			return a, true
		}
	case s == "名" && at < n && strings.Contains("单录", r.t.form(at, at+1)):
		for from := max(0, i-4); from < i; from++ {
			if w := wantSets[r.t.form(from, i)]; w == wantBody || w == wantFirm {
				return asking{wantFirm, from, at + 1}, true
			}
		}
	case slices.Contains([]string{"是谁", "叫啥"}, r.t.form(i, min(n, i+2))), r.t.form(i, min(n, i+3)) == "叫什么", r.t.form(i, min(n, i+3)) == "是哪位":
		for from := max(0, i-4); from < i; from++ {
			if wantSets[r.t.form(from, i)] == wantPerson {
				return asking{wantPerson, from, i}, true
			}
		}
	}
	return asking{}, false
}

// policyNoun reports whether a noun of the policy's begins at the token, one that
// it can give or count.
func (r *reading) policyNoun(i int) bool {
	return slices.ContainsFunc(r.mentions, func(m mention) bool {
		_, ok := m.noun()
		return m.from <= i && i < m.to && !r.misread(i) && (ok || m.has(cueLead) || m.has(cueFocus) || m.has(cueAmount) || m.has(cueReported) || m.has(cuePending) || m.has(cueMissing) || m.first().kind <= kindFact && m.first().kind != kindDomain || m.first().kind == kindDocument || m.first().kind == kindSection)
	})
}

// misread reports whether the token was taken for a misspelt name though it is a
// word of its own: pages are no parks.
func (r *reading) misread(i int) bool {
	return errands[r.t.form(i, i+1)] && slices.ContainsFunc(r.mentions, func(m mention) bool { return m.from <= i && i < m.to && m.how == bySpelling })
}

// hanNumber reads what is counted behind 几 and 多少 at the token.
func (r *reading) hanNumber(i int) (asking, bool) {
	n := len(r.t.toks)
	at := i + 1
	switch s := r.t.form(i, i+1); {
	case s == "几" && (i == 0 || !strings.Contains("哪第好十", r.t.form(i-1, i))):
	case s == "多" && at < n && r.t.form(at, at+1) == "少":
		at++
	default:
		return asking{}, false
	}
	if at < n && r.t.form(at, at+1) == "分" && (at+1 == n || !strings.Contains("钟之块成为到步", r.t.form(at+1, at+2))) {
		return asking{wantPoints, i, at + 1}, true
	}
	if at+1 < n && r.t.form(at+1, at+2) == "到" && strings.Contains("涨升增变长提走翻", r.t.form(at, at+1)) {
		return asking{}, false // 从多少涨到多少
	}
	if at < n && strings.Contains("页天字", r.t.form(at, at+1)) {
		return asking{wantNumber, i, at + 1}, true
	}
	from := at
	for at < n && at < from+2 && strings.Contains("个家支所位款名项场席户台人样种类次届", r.t.form(at, at+1)) && !r.t.toks[at].gap {
		at++
	}
	people := at > from && strings.Contains("名席户届", r.t.form(from, from+1))
	for j := min(n, at+4); j > from; j-- {
		for k := from; k <= at; k++ {
			if k < j && wantSets[r.t.form(k, j)] == wantStaff {
				return asking{wantStaff, i, j}, true
			}
		}
	}
	if a, ok := r.hanNoun(at, min(n, at+6)); ok && a.from == at && (a.want == wantPerson || a.want == wantFirm) {
		if a.want == wantPerson {
			return asking{wantStaff, i, a.to}, true
		}
		return asking{wantNumber, i, a.to}, true
	}
	to := at
	for to < n && to < at+6 && !r.t.toks[to].gap && r.t.toks[to].class == classHan {
		if r.policyNoun(to) {
			return asking{}, false
		}
		if r.known[to] && !r.mute(to) {
			break
		}
		to++
	}
	if to-at >= 2 && !r.known[at] || people {
		return asking{wantNumber, i, max(to, at)}, true
	}
	return asking{}, false
}

// mute reports whether the token is a Han character that says nothing by itself.
func (r *reading) mute(i int) bool {
	return slices.ContainsFunc(r.mentions, func(m mention) bool {
		return m.from == i && m.to == i+1 && m.first().kind == kindFiller && len(m.things) == 1
	})
}

// latinNumber reads what is counted behind "how many" at the token.
func (r *reading) latinNumber(i int) (asking, bool) {
	if i+2 >= len(r.t.toks) || r.t.form(i, i+2) != "howmany" {
		return asking{}, false
	}
	strange := false
	k := i + 2
	for ; k < len(r.t.toks) && k < i+6; k++ {
		if strings.ContainsAny(r.t.orig[r.t.toks[k-1].end:r.t.toks[k].start], ".;?!") {
			break
		}
		if w := r.t.form(k, k+1); strange && slices.Contains([]string{"a", "per", "each", "every", "yearly", "annually"}, w) {
			break
		}
		if s := wantSets[r.t.form(k, k+1)]; s == wantStaff || s == wantPerson {
			return asking{wantStaff, i + 2, k + 1}, true
		} else if s == wantPoints || s == wantFirm {
			return asking{wantNumber, i + 2, k + 1}, true
		}
		if latinStops[r.t.form(k, k+1)] || slices.Contains([]string{"is", "are", "was", "were"}, r.t.form(k, k+1)) {
			break
		}
		if r.policyNoun(k) {
			return asking{}, false
		}
		if (!r.known[k] || r.misread(k)) && len(r.t.form(k, k+1)) >= 4 || r.textAt(k) {
			strange = true
		}
	}
	return asking{wantNumber, i + 2, k}, strange && k > i+2
}

// textAt reports whether a text of the policy is named at the token.
func (r *reading) textAt(i int) bool {
	return slices.ContainsFunc(r.mentions, func(m mention) bool {
		return m.from <= i && i < m.to && m.first().kind > kindFact && m.first().kind <= kindMeasure && m.first().kind != kindTarget
	})
}

// hanNoun finds the first noun of a sort in the tokens, unless a noun of the
// policy's stands before it.
func (r *reading) hanNoun(from, to int) (asking, bool) {
	for i := from; i < to && !r.t.toks[i].gap && r.t.toks[i].class == classHan; i++ {
		for j := min(to, i+6); j > i; j-- {
			if w, ok := wantSets[r.t.form(i, j)]; ok && w != wantStaff {
				return asking{w, i, j}, true
			}
		}
		if slices.ContainsFunc(r.mentions, func(m mention) bool {
			_, ok := m.noun()
			return m.from == i && (ok || m.first().kind > kindDomain && m.first().kind < kindCue && m.first().kind != kindTerm || m.has(cueLead) || m.has(cueFocus))
		}) {
			break
		}
	}
	return asking{}, false
}

// latinStops end the noun phrase behind "which" and "what".
var latinStops = func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.SplitSeq("do|doe|did|ha|have|had|will|would|should|can|could|must|shall|may|might|to|in|on|at|for|from|by|with|about|of|and|or|that|which|who|when|if|lead|make|made|build|sit|get|got|come|go|belong|cover|run|own|use|need|want|me|i|we|you|they|it|there", "|") {
		out[w] = true
	}
	return out
}()

// latinSlot reads the noun behind "which" or "what" at the token.
func (r *reading) latinSlot(i int, known func(string) bool) (asking, bool) {
	switch r.t.form(i, i+1) {
	case "list":
		if i+1 == len(r.t.toks) || !slices.Contains([]string{"of", "the", "all", "which"}, r.t.form(i+1, i+2)) {
			return asking{}, false
		}
		if a, ok := r.latinNoun(i); r.t.form(i+1, i+2) != "of" {
			if ok && a.want == wantBody && slices.Contains([]string{"company", "firm", "startup", "enterprise", "institution"}, r.t.form(a.from, a.to)) {
				a.want = wantFirm
			}
			return a, ok && a.want == wantFirm
		}
		known = func(string) bool { return true }
	case "name":
		if a, ok := r.latinNoun(i); ok && (a.want == wantFirm || a.want == wantBody) && strings.HasSuffix(strings.ToLower(r.t.typed(a.from, a.to)), "s") {
			a.want = wantFirm
			return a, true
		}
		return asking{}, false
	case "who", "whos":
		if a, ok := r.latinNoun(i); ok && a.want == wantPerson {
			return a, true
		}
		return asking{}, false
	case "which", "what", "whose", "whats":
		known = r.partOr(i, known)
	default:
		return asking{}, false
	}
	if a, ok := r.latinNoun(i); ok {
		if a.want == wantBody && r.t.form(i, i+1) == "list" {
			a.want = wantFirm // by name.
		}
		return a, true
	}
	k := i + 1
	for ; k < len(r.t.toks) && k < i+5; k++ {
		w := r.t.form(k, k+1)
		if r.nounEnds(i+1, k) || r.policyNoun(k) {
			return asking{}, false
		}
		if !r.known[k] && len(w) >= 4 {
			break
		}
	}
	if k+1 >= len(r.t.toks) || k == i+5 || known(r.t.form(k, k+1)) || r.t.form(k+1, k+2) == "of" {
		return asking{}, false
	}
	for j := k + 1; j < len(r.t.toks) && j < i+5 && !r.nounEnds(i+1, j) && !r.leads(j); j++ {
		if r.policyNoun(j) {
			return asking{}, false // a word before a noun that is known.
		}
	}
	return asking{wantThing, k, k + 1}, true
}

// leads reports whether the token tells that somebody leads or does something.
func (r *reading) leads(i int) bool {
	return slices.ContainsFunc(r.mentions, func(m mention) bool { return m.from <= i && i < m.to && (m.has(cueLead) || m.has(cueFocus)) })
}

// latinNoun finds the noun of a sort behind the interrogative at the token.
func (r *reading) latinNoun(i int) (asking, bool) {
	at := i + 1
	for at < len(r.t.toks) && slices.Contains([]string{"is", "are", "was", "were", "be", "the", "a", "an", "exact", "current", "other", "kind", "sort", "name", "of", "s"}, r.t.form(at, at+1)) {
		at++
	}
	for k := at; k < len(r.t.toks) && k < at+4 && !r.nounEnds(at, k); k++ {
		if s, ok := wantSets[r.t.form(k, k+1)]; ok && s != wantStaff {
			return asking{s, k, k + 1}, true
		}
		if r.policyNoun(k) {
			break
		}
	}
	return asking{}, false
}

// nounEnds reports whether the noun phrase from the one token has ended before the
// other.
func (r *reading) nounEnds(from, k int) bool {
	w := r.t.form(k, k+1)
	return latinStops[w] || slices.Contains([]string{"is", "are", "was", "were"}, w) || k > from && (w == "the" || w == "a" || w == "an" || w == "our" || strings.ContainsAny(r.t.orig[r.t.toks[k-1].end:r.t.toks[k].start], ",.;:?!—-"))
}

// eventVerbs tell what has a day of its own: it opens, it closes.
var eventVerbs = []string{"close", "open", "launch", "convene", "kickoff", "breakground", "开标", "放榜", "揭牌", "挂牌", "开工", "动工", "竣工", "投产", "开园", "揭榜结果", "开会"}

// partOr returns known for the noun behind the interrogative at the token: words
// for a part or a task are known too, and anything is where somebody's task is
// asked for, whose desk, or a place, near which lake.
func (r *reading) partOr(i int, known func(string) bool) func(string) bool {
	if r.t.form(i, i+1) == "whose" || i > 0 && slices.Contains([]string{"near", "around", "beside", "under"}, r.t.form(i-1, i)) {
		return func(string) bool { return true }
	}
	return func(w string) bool { return partNouns[w] || errands[w] || known(w) }
}

// partNouns are words for a part of a domain or of the city.
var partNouns = map[string]bool{
	"portion": true, "flavour": true, "flavor": true, "variety": true, "strand": true, "angle": true, "corner": true, "patch": true, "turf": true, "niche": true, "spot": true,
	"segment": true, "subset": true, "aspect": true, "bucket": true, "pocket": true, "town": true, "place": true, "outfit": true, "player": true, "branch": true, "element": true,
}
