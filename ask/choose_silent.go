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
		"fund", "money", "earmark", "grant", "purse", "budget", "treasury", "subsid", "coffer", "cash", "financing", "spend", "warchest", "taxpayer", "capitalpool", "invest", "kitty",
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

// drafterWords ask for whoever held the pen.
var drafterWords = []string{
	"起草", "执笔", "撰稿", "拟稿", "主笔", "经办人", "承办人", "签发领导", "谁的签名", "哪位写", "谁动笔", "操刀写", "落笔", "拟的稿",
	"draft", "heldthepen", "holdthepen", "ghostwrote", "ghostwrit", "pennedit", "pennedthi", "civilservant", "whichofficial", "nameoftheofficial", "whatofficial", "authorsname", "deskofficer", "casehandler", "whosesignature",
}

// staffWords ask how many people work at something.
var staffWords = []string{
	"多少人手", "人手多少", "编制多少", "多少编制", "几个编制", "配几个人", "配多少人", "专班几个", "专班一共几", "专班多少", "多少工作人员", "几个工作人员", "多少专职", "几个专职",
	"howmanystaff", "howmanyofficial", "howmanyemploye", "howmanyclerk", "howmanycivil", "howmanypeopleworkfor", "howmanypeopleworkon", "howmanypeopleworkin", "howmanypost", "sizeofthestaff", "staffsize", "stafflevel", "howlargethestaff", "howmanyfulltime",
}

// scoreWords ask how districts or indicators are marked and weighed.
var scoreWords = []string{"几分", "多少分", "赋分", "满分", "考核分", "权重", "weighting", "scorecard", "howmanypoint", "markingscheme"}

// penaltyWords ask for what befalls who does not deliver.
var penaltyWords = []string{
	"处罚", "惩罚", "惩处", "罚多少", "扣分", "通报批评", "约谈", "问责", "追责", "摘帽", "挨板子", "打板子", "怎么罚", "会罚", "扣钱", "被扣", "挨罚",
	"sanction", "punish", "penalis", "penaliz", "penalt", "befined", "getfined", "anyfine", "finesfor", "finefor", "consequence", "reprimand", "heldtoaccount", "namedandshamed",
}

// deadlineWords ask until when one may sign up.
var deadlineWords = []string{
	"申报截止", "截止申报", "报名截止", "截止报名", "申请截止", "截止申请", "受理期限", "申报期限", "申报窗口", "申报时间", "什么时候截止", "哪天截止", "几号截止", "截止到哪天", "截止日期", "申报通道", "报名通道", "批项目什么时候", "项目什么时候公布", "什么时候公布名单",
	"cutofffor", "cutoffdate", "closingdate", "applicationwindow", "applicationdeadline", "deadlineto", "deadlinefor", "lastdayto", "lastdateto", "windowclose", "callclose", "applyby", "enrolment", "signupdeadline",
}

// rosterWords ask for firms by name.
var rosterWords = []string{
	"企业名单", "公司名单", "企业名录", "入选名单", "入库名单", "名单里有哪些企业", "哪些厂", "入库企业", "入选企业", "企业目录", "中标企业", "重点企业表",
	"listofenterprise", "listofchosen", "listofselected", "listoffirm", "listofcompan", "firmlist", "companylist", "enterpriselist", "chosenenterprise", "chosenfirm", "chosencompan", "selectedenterprise", "selectedcompan", "selectedfirm", "winningfirm", "winningcompan", "whichfirmgot", "firmbyname", "companiebyname", "enterprisebyname", "rosterof",
}

// placeWords ask for an address.
var placeWords = []string{
	"设在哪个楼", "哪栋楼", "哪幢楼", "几号楼", "几楼", "门牌", "办公地点", "办公室在哪", "办公室设在", "在哪办公", "哪条路上", "哪个房间",
	"whichbuilding", "whatbuilding", "whichfloor", "whatfloor", "streetaddress", "postaladdress", "whichroom", "officelocated", "whereistheoffice", "mailingaddress",
}

// pieces are the Chinese words with which things are counted that the policy
// counts nowhere.
var pieces = []string{"颗", "枚", "架", "艘", "辆", "台", "座", "栋", "间", "吨", "公里", "亩", "平米", "度电"}

// chooseSilent finds questions for what the policy says of nothing that it
// names: sums of money, its own number, who drafted it, staff, penalties,
// deadlines to sign up, firms by name, addresses.
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
	case containsAny(s, staffWords...) && !slices.Contains(r.indicators, policy.Talents):
		return refuse(foreignStaff)
	case containsAny(strings.ReplaceAll(s, "几分钟", ""), scoreWords...):
		return refuse(foreignScore)
	case containsAny(s, drafterWords...) && (r.has(cueWho, cueWhich, cueTitle, cueYesNo, cueHow, cueIssuer) || r.t.question) && !r.has(cueInject, cueAction, cueSafeguard) && len(r.domains)+len(r.districts)+len(r.indicators)+len(r.terms) == 0 && !containsAny(s, "标准", "standard", "plan", "计划", "发布", "印发", "issued", "published"):
		return refuse(foreignDrafter)
	case e.asksSum(r):
		return refuse(foreignSum)
	case (containsAny(s, "whathappen", "会怎样", "会怎么样", "怎么办", "什么后果") && containsAny(s, "misse", "missthe", "misstarget", "missit", "fallshort", "notmet", "failtomeet", "failtodeliver", "没完成", "完不成", "不达标", "没达标", "达不成", "落空")) && len(r.prose) == 0:
		return refuse(foreignPenalty)
	case containsAny(s, penaltyWords...) && !containsAny(s, "失败", "试错", "fail", "mistake", "error", "wrong", "出错", "犯错") && (len(r.prose) == 0 || !r.yesNo() || r.prose[0] == thing{kindSafeguard, "funding"}):
		return refuse(foreignPenalty)
	case containsAny(s, deadlineWords...) && len(r.years)+len(r.indicators) == 0 && !r.has(cueReported, cueMissing, cueQuarter, cueThis):
		return refuse(foreignDeadline)
	case containsAny(s, rosterWords...) && !r.has(cueQuantity, cueCount, cueDefine):
		return refuse(foreignCompany)
	case containsAny(s, placeWords...) && len(r.domains)+len(r.districts) == 0:
		return refuse(foreignPerson)
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
