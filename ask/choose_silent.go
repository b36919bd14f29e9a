package ask

import (
	"slices"
	"strings"

	"wainao/lang"
	"wainao/policy"
)

// Words for money that is given out, and words that ask how much of it.
var (
	fundWords = []string{
		"出的钱", "笔钱", "的钱有", "资金", "基金", "经费", "拨款", "拨付", "财政", "出资", "注资", "掏", "投资", "预算", "补贴", "补助", "奖补", "奖励", "专项资金", "真金白银", "公家的钱", "公款", "腰包", "砸多少",
		"fund", "money", "earmark", "grant", "purse", "budget", "treasury", "subsid", "coffer", "cash", "financing", "spend", "warchest", "taxpayer", "capitalpool", "invest", "kitty", "howmanyyuan", "howmanyrmb",
	}
	amountWords = []string{
		"盘子", "多大", "规模", "金额", "总额", "额度", "几个亿", "几十亿", "几十个亿", "几百亿", "几百个亿", "上百亿", "多少亿", "多少个亿", "几千万", "几百万", "多少万", "几亿", "多少钱", "多少资金", "多少经费", "出多少", "拨多少", "给多少", "投多少", "掏多少", "砸多少", "补多少", "比例", "占比", "有多少钱", "钱有多少", "几个钱", "具体数字", "具体数额", "有没有数", "有没有个数", "几十万", "多少块", "多少真金白银",
		"howmuch", "howbig", "howlarge", "whatsum", "whatamount", "whatsize", "sizeof", "sumof", "amountof", "earmark", "setaside", "howmanymillion", "howmanybillion", "howmanyyuan", "howmanyrmb", "inbillion", "inmillion", "billionor", "whatpercent", "whatshare", "howdeep", "potofpublic", "bigapot", "hardnumber", "exactnumber", "exactfigure", "figurefor", "anyfigure", "anynumber", "afigureon", "anumberon", "yuanfigure", "ceiling", "maximum",
	}
	// notAmount are words with which the way is asked for, not the sum.
	notAmount = []string{"哪儿来", "哪里来", "哪来", "从哪", "来源", "渠道", "几项措施", "几条措施", "怎么用", "comefrom", "howmanymeasure", "howmanyway", "sourceof", "多少家", "多少个"}
)

// numberWords ask for the number under which a document was issued.
var numberWords = []string{
	"文号", "发文字号", "发文号", "字号", "苏府", "几号文", "多少号文", "第几号文", "文件编号", "公文编号", "公文号", "文件号", "编号的文件", "红头编号", "索引号",
	"documentnumber", "documentno", "referencenumber", "referenceno", "refno", "filenumber", "documentid", "serialnumber", "officialnumber", "docnumber", "issuenumber", "documentreference", "referencecode", "numberofthedocument", "documentcode", "circularnumber",
}

// penaltyWords ask for what befalls who does not deliver.
var penaltyWords = []string{
	"处罚", "处分", "受罚", "惩罚", "惩处", "罚多少", "扣分", "通报批评", "约谈", "问责", "追责", "摘帽", "挨板子", "打板子", "怎么罚", "会罚", "扣钱", "被扣", "挨罚", "撤职", "免职", "丢官", "丢乌纱", "背锅", "下课",
	"sanction", "punish", "penalis", "penaliz", "penalt", "befined", "getfined", "anyfine", "finesfor", "finefor", "consequence", "reprimand", "heldtoaccount", "namedandshamed", "getfired", "befired", "getsacked", "besacked", "getthesack", "getsthesack", "losehisjob", "losetheirjob", "losemyjob", "whoisfired", "dismissedfor", "takestheblame", "taketheblame",
}

// pieces are the Chinese words with which things are counted that the policy
// counts nowhere.
var pieces = []string{"颗", "枚", "架", "艘", "辆", "台", "座", "栋", "间", "吨", "公里", "亩", "平米", "度电"}

// chooseSilent finds questions for what the policy says of nothing that it
// names: sums of money, its own number, penalties. Persons, firms, deadlines and
// the like are found by the sort of answer that is asked for, in [Engine.missed].
func (e *Engine) chooseSilent(r *reading, f frame) (frame, bool) {
	s := r.t.buf
	refuse := func(category string) (frame, bool) {
		f.category, f.picked, f.content = category, true, r.content()
		f.words = ""
		return f.as(ruleForeign)
	}
	switch {
	case containsAny(s, numberWords...) && !r.has(cueReported, cueInject) && len(r.domains)+len(r.districts)+len(r.indicators) == 0:
		return refuse(foreignNumber)
	case e.asksSum(r), r.has(cueMost, cueLeast) && containsAny(s, "mostmoney", "leastmoney", "mostfunding", "leastfunding", "钱最多", "资金最多", "钱最少", "资金最少", "最多的钱", "最多的资金", "最多资金", "拿钱最多"):
		return refuse(foreignSum)
	case (containsAny(s, "whathappen", "会怎样", "会怎么样", "怎么办", "什么后果") && containsAny(s, "misse", "missthe", "misstarget", "missit", "fallshort", "notmet", "failtomeet", "failtodeliver", "没完成", "完不成", "不达标", "没达标", "达不成", "落空")) && len(r.prose) == 0:
		return refuse(foreignPenalty)
	case containsAny(s, penaltyWords...) && (len(r.years) > 0 || !containsAny(s, "失败", "试错", "fail", "mistake", "error", "wrong", "出错", "犯错")) && (len(r.prose) == 0 || !r.yesNo() || r.prose[0] == thing{kindSafeguard, "funding"}):
		return refuse(foreignPenalty)
	case e.countsPieces(r) && len(r.districts)+len(r.domains)+len(r.terms) > 0 && len(r.indicators) == 0:
		f.terms, f.figure = r.oneTerms(), true
		if len(f.terms) > 0 {
			return f.as(ruleTermFigure)
		}
		f.money = true // nothing that the bank knows is like it.
		return f.as(ruleScopedTarget)
	}
	return no()
}

// asksSum reports whether a sum of money is asked for that the policy does not
// give: of funds, not of what the industries are to turn out.
func (e *Engine) asksSum(r *reading) bool {
	s := r.t.buf
	if r.has(cueInject) || slices.Contains(r.indicators, policy.Output) || containsAny(s, notAmount...) || r.has(cueProgress, cueReported) {
		return false
	}
	for _, t := range r.prose {
		if t.kind == kindFact {
			return false
		}
	}
	if len(r.domains)+len(r.districts)+len(r.terms)+len(r.indicators) > 0 {
		return false // the answer to those says that the figures are the city's.
	}
	s = strings.NewReplacer("fundamental", "", "investigat", "").Replace(s)
	return containsAny(s, fundWords...) && containsAny(s, amountWords...)
}

// countsPieces reports whether things are counted that the policy counts
// nowhere: 多少颗, "how many satellites".
func (e *Engine) countsPieces(r *reading) bool {
	for _, p := range pieces {
		if containsAny(r.t.buf, "多少"+p, "几"+p) {
			return true
		}
	}
	for i := range r.t.toks {
		if i < 2 || r.t.form(i-2, i) != "howmany" || r.known[i] || r.t.toks[i].class != classLatin {
			continue
		}
		w := strings.ToLower(r.t.orig[r.t.toks[i].start:r.t.toks[i].end])
		if len(w) > 4 && strings.HasSuffix(w, "s") && len(r.districts) > 0 {
			return true
		}
	}
	return false
}

// silent tells what is asked for that the policy does not give.
func (s *speaker) silent(f *frame) (Answer, bool) {
	a := Answer{Status: Unknown, Next: s.near(f)}
	switch f.category {
	case foreignNumber:
		a.Head = lang.T("政策公开的文本没有文号，我不能给出。", "The text as published bears no document number, so I cannot give one.")
		a.Lines = []lang.Text{lang.Tf("引用时可以写全称《%s》。", "To cite it, use its full title, “%s”.", s.pol.Document.Title)}
	case foreignDrafter:
		a.Head = lang.T("政策没有写由谁起草，也没有具体的人和联系方式。", "The policy does not say who drafted it, and names no persons and no contacts.")
		a.Lines = []lang.Text{lang.Tf("落款是%s。", "It was issued by the %s.", s.pol.Document.Issuer)}
	case foreignSum:
		a.Head = lang.T("政策没有给出资金、基金或补贴的金额，我不能推测。", "The policy gives no amount of money, funds or subsidies, and I do not guess.")
		a.Lines = []lang.Text{lang.T("资金从哪里来写在§六(三)（创新资金支持）。", "Where money is to come from stands in §6(3), innovative funding support.")}
		a.Next = append([]Suggestion{s.askThing(thing{kindSafeguard, "funding"})}, a.Next...)
	case foreignStaff:
		a.Head = lang.T("政策没有写人员编制和人数，我不能推测。", "The policy does not say how many staff there are, and I do not guess.")
	case foreignScore:
		a.Head = lang.T("政策没有写考核的打分和权重，我不能推测。", "The policy sets no scores and no weights, and I do not guess.")
	case foreignPenalty:
		a.Head = lang.T("政策没有写处罚或问责，这个问题我无法回答。", "The policy sets no penalties, so I cannot answer that.")
	case foreignDeadline:
		a.Head = lang.T("政策没有写申报办法和截止时间，这个问题我无法回答。", "The policy sets no way and no deadline to apply, so I cannot answer that.")
	default:
		return a, false
	}
	return a, true
}
