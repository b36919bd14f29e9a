package ask

import (
	"slices"
	"strconv"
	"strings"

	"wainao/policy"
)

// pieceWords are what a part of a text is called, in normal form, longer ones first.
var pieceWords = []string{"大部分", "部分", "章节", "大块", "章", "节", "块", "chapter", "section", "part", "bit"}

// Words with which the parts themselves are asked for: which of them, where.
var whichPiece = []string{
	"哪章", "哪一章", "哪节", "哪一节", "哪部分", "哪一部分", "哪个部分", "哪块", "哪一块", "哪个章", "第几", "哪几章", "哪里", "在哪", "位置", "出处",
	"whichsection", "whichchapter", "whichpart", "whatsection", "whatchapter", "whatpart", "whichbit", "underwhich", "inwhich", "where", "whichnumber",
}

// gistWords ask what a text is about; inside of a question with the name of a
// part, they ask for that part.
var gistWords = []string{
	"主要讲", "讲了", "讲些", "讲啥", "讲什么", "讲的", "大概", "大致", "概括", "概述", "概要", "大意", "要点", "梗概", "干货", "精髓", "核心内容", "主要内容", "内容", "中心思想", "说了", "说啥", "说什么", "说说", "写了什么", "写了啥", "写些什么", "一句话", "两句话", "几句话", "三句话", "想干什么", "想做什么", "要干什么", "要干啥", "简单", "简介", "介绍", "总结", "归纳",
	"gist", "nutshell", "about", "cover", "contain", "summar", "sumup", "summing", "inshort", "inbrief", "briefly", "mainpoint", "keypoint", "essence", "roughly", "outline", "sentence", "whatisin", "what'sin", "whatsin", "whatdoe", "say", "wanttodo", "elevatorpitch", "headline", "rundown", "overview", "bottomline", "thepoint", "walkme", "brief", "version", "whatisthi",
}

// titleWords ask for the headings of what stands in a part.
var titleWords = []string{"标题", "题目", "目录", "名字", "名称", "叫什么", "叫啥", "分别叫", "heading", "headline", "title", "namesonly", "thename", "called"}

// madeOfWords ask what a part is made up of.
var madeOfWords = []string{
	"分几", "分哪几", "分成几", "分成哪", "分为几", "分为哪", "分了几", "几方面", "哪几方面", "哪几个方面", "几个方面", "几块", "哪几块", "几部分", "哪几部分", "几大部分", "哪几大", "几点", "哪几点", "几条", "哪几条", "几项", "哪几项", "有哪些", "哪些",
	"madeupof", "consistof", "dividedinto", "splitinto", "brokeninto", "howmany", "whatarethe", "listthe", "whicharethe", "structure",
}

// notGist are words with which something of a part is asked for that is not what
// it says: its size, its wording, who wrote it.
var notGist = []string{
	"几页", "多少页", "多少字", "几个字", "字数", "页数", "谁写", "谁起草", "原文", "全文抄", "翻译", "编号", "缺", "漏", "出处", "引用", "改了", "修改", "修订",
	"reference", "citation", "cite", "quote", "howmanypage", "howmanyword", "howlong", "wordcount", "pagecount", "whowrote", "whodraft", "drafted", "verbatim", "missing", "changed", "amend", "translate", "numeral", "wordfor",
}

// choosePart finds questions for what a part of the document says, or for what
// it is made up of. The part may be named by its number, its place among the
// others, its heading or what it is about; or it is the whole.
func (e *Engine) choosePart(r *reading, f frame) (frame, bool) {
	s := r.t.buf
	if len(r.districts)+len(r.indicators)+len(r.years) > 0 || slices.ContainsFunc(r.numbers, func(a amount) bool { return a.money || a.value > 10 }) || r.has(cueBatch) || containsAny(s, notGist...) || f.yesNo && !r.has(cueList, cueOverview) || r.has(cueInject, cueReported, cueProgress, cuePending, cueWhy, cueWhen) {
		return no()
	}
	if slices.ContainsFunc(r.foreign, func(m *mention) bool { return m.first().id == foreignPlace }) && containsAny(s, "他们", "人家", "they", "their") {
		return no() // another city's.
	}
	gist := containsAny(s, gistWords...) || r.has(cueOverview)
	titles := containsAny(s, titleWords...)
	split := containsAny(s, madeOfWords...)
	if !gist && !titles && !split {
		return no()
	}
	number, domain, ok := e.namedPart(r)
	switch {
	case !ok:
		return no()
	case domain != "" && split && !gist:
		f.domains = []policy.DomainID{domain}
		return f.as(ruleDirections)
	case domain != "":
		f.domains, f.picked, f.terms, f.things = []policy.DomainID{domain}, true, nil, nil
		f.yesNo = false
		return f.as(ruleDomain)
	}
	f.things = []thing{{kindSection, number}}
	return f.as(ruleSections)
}

// namedPart returns the number of the section that the question names, or the
// domain that a section is about.
func (e *Engine) namedPart(r *reading) (number string, domain policy.DomainID, ok bool) {
	if containsAny(r.t.buf, whichPiece...) {
		return "", "", false
	}
	at := r.pieceAt()
	named := len(r.domains) == 0 && len(r.terms) == 0
	if slices.ContainsFunc(r.prose, func(t thing) bool { return t.kind >= kindFact && t.kind <= kindMeasure }) {
		return "", "", false // something that stands in it.
	}
	if number, ok := e.place(r); ok && named && !containsAny(r.t.buf, "倒数") {
		return number, "", true
	}
	if at < 0 {
		return "", "", false
	}
	if number, ok := e.positioned(r, at); ok && named {
		return number, "", true
	}
	if len(r.domains) == 1 && len(r.terms) == 0 && r.byPiece(at, func(m *mention) bool { return m.first().kind == kindDomain }) {
		return "", r.domains[0], true
	}
	if !named {
		return "", "", false
	}
	// What the section is called, or what it is about.
	for i := range r.mentions {
		m := &r.mentions[i]
		if !r.byPiece(at, func(o *mention) bool { return o == m }) {
			continue
		}
		if m.first().kind == kindSection && strings.Count(m.first().id, ".") < 2 {
			return m.first().id, "", true
		}
		for _, c := range []struct {
			cue    cue
			number string
		}{{cueBasis, "1"}, {cuePrinciple, "2.2"}, {cueTarget, "2.3"}, {cueQuantity, "2.3"}, {cueLayout, "4"}, {cueAction, "5"}, {cueSafeguard, "6"}, {cueDomain, "3"}} {
			if m.has(c.cue) {
				return c.number, "", true
			}
		}
		if m.first().kind == kindGuiding {
			return "2.1", "", true
		}
	}
	return "", "", false
}

// pieceAt returns the token at which a word for a part of a text begins, or -1.
func (r *reading) pieceAt() int {
	for i := range r.t.toks {
		for j := i + 1; j <= len(r.t.toks) && j-i <= 3; j++ {
			if slices.Contains(pieceWords, r.t.form(i, j)) && !r.otherPiece(i, j) {
				return i
			}
		}
	}
	return -1
}

// otherPiece reports whether the characters are only a part of a word that means
// something else: 板块, 环节, 区块链.
func (r *reading) otherPiece(i, j int) bool {
	if r.t.toks[i].class != classHan {
		return false
	}
	if i > 0 && strings.Contains("板环地模区季细调", r.t.form(i-1, i)) {
		return true
	}
	return j < len(r.t.toks) && strings.Contains("链程能约奏头", r.t.form(j, j+1))
}

// byPiece reports whether a mention that fits stands right before the token, or
// behind it with no more than a few words that say nothing between.
func (r *reading) byPiece(at int, fits func(*mention) bool) bool {
	for i := range r.mentions {
		m := &r.mentions[i]
		if !fits(m) {
			continue
		}
		if m.from <= at && at-m.to <= 2 || m.from > at && m.from-at <= 4 {
			return true
		}
	}
	return false
}

// positioned returns the number of the section that is named by its place among
// the six: the last, the last but one, the third.
func (e *Engine) positioned(r *reading, at int) (string, bool) {
	last := 0
	for _, sec := range e.pol.Sections {
		if !sec.About.IsZero() && !strings.Contains(sec.Number, ".") {
			last++
		}
	}
	from := max(0, at-5)
	before := r.t.form(from, at)
	n := 0
	switch {
	case containsAny(before, "倒数第二", "secondtolast", "secondlast", "penultimate", "lastbutone", "nexttolast"):
		n = last - 1
	case containsAny(before, "倒数第三", "thirdtolast", "lastbuttwo"):
		n = last - 2
	case strings.HasSuffix(before, "末") || strings.HasSuffix(before, "尾") || containsAny(before, "最后", "末一", "末尾", "倒数第一", "last", "final", "closing", "concluding"):
		n = last
	case containsAny(before, "开头", "头一", "打头", "最前", "opening", "veryfirst"):
		n = 1
	default:
		n = r.ordinal()
	}
	if n < 1 || n > last {
		return "", false
	}
	return strconv.Itoa(n), true
}

// documentWords are what the document is called as a whole.
var documentWords = []string{
	"文件", "意见", "政策", "全文", "通篇", "整篇", "文本", "材料", "整份", "这份", "它", "框架",
	"document", "paper", "policy", "text", "opinion", "it", "framework", "thewhole", "plan",
}

// wholeGist ask for what the whole says, wherever nothing else is named.
var wholeGist = []string{
	"主要讲", "讲了些什么", "讲了什么", "讲什么", "讲的什么", "讲的是什么", "讲啥", "大概", "概括", "概述", "概要", "大意", "要点", "梗概", "精髓", "主要内容", "核心内容", "中心思想", "几句话", "一句话", "两句话", "三句话", "一段话", "主要说", "说了什么", "说了些什么", "写了些什么", "说些什么", "是干什么的", "是干嘛的", "是个什么文件",
	"gist", "nutshell", "about", "summar", "sumup", "mainpoint", "keypoint", "essence", "elevatorpitch", "oneparagraph", "singleparagraph", "tldr", "oneminute", "thirtysecond", "onetakeaway", "rundown", "overview", "bottomline", "whatisthidocument", "whatisthipaper", "whatisthipolicy", "whatisthitext", "whatdoeitsay", "whatitsay",
}

// chooseGist finds questions for the gist or the parts of the document as a
// whole: in a clause of its own, which names nothing else.
func (e *Engine) chooseGist(r *reading, f frame) (frame, bool) {
	s := r.t.buf
	if !containsAny(s, wholeGist...) && !containsAny(s, partsOfWhole...) || containsAny(s, notGist...) || r.has(cueInject, cueReported, cueProgress, cueWhy) {
		return no()
	}
	whole := containsAny(s, documentWords...) || slices.ContainsFunc(r.prose, func(t thing) bool { return t.kind == kindDocument })
	if !whole {
		return no()
	}
	parts := clauses(strings.ReplaceAll(r.t.orig, "'", "’"))
	if len(parts) == 0 {
		parts = []string{r.t.orig}
	}
	for i, p := range parts {
		t := newText(p)
		if containsAny(t.buf, whichPiece...) {
			continue // 出自第几部分: where something stands.
		}
		outline := containsAny(t.buf, partsOfWhole...)
		if !outline && !containsAny(t.buf, wholeGist...) {
			continue
		}
		c := newReading(t, e.lex.scan(t))
		if c.about() || len(c.foreign)+len(c.years) > 0 || slices.ContainsFunc(c.numbers, func(a amount) bool { return a.money || a.value > 3 }) || c.hasNounOf() && !containsAny(t.buf, "whatisthidocument", "whatisthipaper", "whatisthipolicy") || c.yesNo() || !c.of(outline) {
			continue
		}
		if !c.namesDocument() && r.about() && !e.sentence(r, p) || slices.ContainsFunc(parts[i+1:], e.asksMore) {
			continue
		}
		f.things, f.noun = nil, cueOverview
		f.domains, f.districts, f.terms, f.indicators = nil, nil, nil, nil
		if outline && c.has(cueCount) && !containsAny(s, headingWords...) {
			f.noun, f.picked = cueSource, true
			return f.as(ruleCount)
		}
		f.nouns, f.picked = nil, true
		return f.as(ruleDocument)
	}
	return no()
}

// partsOfWhole ask for the parts of the document.
var partsOfWhole = []string{
	"几大部分", "几个部分", "几部分", "哪些部分", "几大块", "几大章", "几章", "目录", "框架结构", "篇章结构", "结构是", "什么结构", "整体结构",
	"tableofcontent", "howmanychapter", "howmanysection", "howmanypart", "whatchapter", "whichchapter", "structureof", "structured", "organised", "organized", "laidout", "mainpart", "mainsection",
}

// hasNounOf reports whether a sort of thing is named that is a part of the whole.
func (r *reading) hasNounOf() bool {
	return r.has(cueDistrict, cueAction, cueSafeguard, cuePrinciple, cueBatch, cueTarget, cueIndicator, cueQuantity, cueLayout, cueEvaluate, cueLead, cueGain, cueHow, cueWhere, cueDefine)
}

// of reports whether a clause is about the whole: it names the document, or
// hardly says more than that the gist is wanted.
func (r *reading) of(outline bool) bool {
	if slices.ContainsFunc(r.prose, func(t thing) bool { return t.kind == kindDocument }) {
		return true
	}
	if outline {
		return r.pieceAt() < 0 || containsAny(r.t.buf, documentWords...) || r.has(cueCount, cueList, cueWhich)
	}
	if containsAny(r.t.buf, "文件", "意见", "政策", "全文", "document", "paper", "policy", "text", "opinion", "wholething", "thewholelot") {
		return true
	}
	if r.single("it") || strings.HasSuffix(r.t.buf, "it") || containsAny(r.t.buf, "它") {
		return r.unknown <= 4
	}
	return r.unknown <= 1 && r.words <= 8
}

// gist reports whether the whole document was asked for in a clause of its own, so
// that nothing else that was told asks for anything.
func (f *frame) gist() bool {
	return f.picked && (f.rule == ruleDocument || f.rule == ruleCount && f.noun == cueSource)
}

// namesDocument reports whether the document is named in so many words.
func (r *reading) namesDocument() bool {
	return slices.ContainsFunc(r.prose, func(t thing) bool { return t.kind == kindDocument }) || containsAny(r.t.buf, "文件", "意见", "政策", "全文", "document", "paper", "policy", "opinion")
}

// sentence reports whether the clause is a sentence of its own, behind others
// that ask nothing.
func (e *Engine) sentence(r *reading, clause string) bool {
	before, _, ok := strings.Cut(r.t.orig, clause)
	before = strings.TrimSpace(before)
	return ok && !strings.ContainsAny(before, "?？") && (strings.HasSuffix(before, ".") || strings.HasSuffix(before, "。") || strings.HasSuffix(before, "!") || strings.HasSuffix(before, "！"))
}

// asksMore reports whether a clause asks for something by itself.
func (e *Engine) asksMore(clause string) bool {
	t := newText(clause)
	c := newReading(t, e.lex.scan(t))
	if containsAny(t.buf, "itsay", "itbe", "itcontain", "怎么写", "写什么", "说什么") && !c.about() && !c.hasNounOf() && c.words <= 8 {
		return false // what the gist is to say.
	}
	return c.about() || c.hasNounOf() || c.has(cueDomain, cueWhich, cueWho, cueCount, cueList)
}
