package ask

import "strings"

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

// proseWords are words with which people ask for a text and that it does not
// use itself.
var proseWords = map[string][]string{
	"focus-innovation":                {"四链融合", "四链", "四条链", "four chains"},
	"funding":                         {"钱从哪来", "钱", "资金来源", "经费来源", "掏钱", "出钱", "怎么融资", "where the money comes from", "paid for", "financed", "funded", "who pays", "where does the money come from", "money", "capital"},
	"tolerance":                       {"允许失败", "允许试错", "let startups fail", "lets startups fail", "allowed to fail", "allow failure", "ok to fail", "let people fail", "let them fail", "容错", "失败了怎么办", "risk of failure", "failing", "容忍", "搞砸", "失败", "失败怎么对待", "创新失败", "不怕失败", "宽容", "包容失败", "失误", "failures tolerated", "failures", "a project fails", "if a project fails", "fault tolerance"},
	"trial-space":                     {"容错试错", "监管沙盒", "沙盒", "regulatory sandbox", "试错空间", "试错", "安全空间", "safe space", "trial and error", "sandbox"},
	"market-access":                   {"放宽准入", "准入门槛", "门槛", "relax market entry", "market entry", "门槛会降", "准入放宽", "降低门槛", "市场门槛", "松绑", "entry rules", "barriers to entry", "loosen rules", "rules be loosened", "enter the market", "lower barriers"},
	"government-market":               {"政府和市场的关系", "政府与市场", "市场作用", "role of the market", "role of government", "market's role", "政府的作用", "政府作用", "政府起什么作用", "政府做什么", "政府的角色", "role does government", "role does the government", "what does the government do", "market forces", "market decide"},
	"open-sharing":                    {"对外开放", "开放", "国际化", "opening up", "openness to the world"},
	"international-cooperation":       {"国际合作", "和哪些国家合作", "国外合作", "海外合作", "countries to cooperate with", "which countries", "what countries", "哪些国家", "哪几个国家", "foreign cooperation", "international partners"},
	"talent-disciplines":              {"人才从哪来", "培养人才", "专业人才", "高校合作", "train talent", "universities", "grow talent", "人才培养", "培养基地", "学科建设", "高校专业", "talent training", "training bases", "train people", "university programmes", "academic disciplines", "train specialists", "develop talent"},
	"patents":                         {"保护知识产权", "专利保护", "专利布局", "protect intellectual property", "patent protection", "专利审查", "高价值专利", "知识产权", "intellectual property", "patent applications", "high-value patents"},
	"breakthrough-action":             {"关键技术攻关", "技术攻关", "卡脖子", "tackle key technologies", "key technology breakthroughs"},
	"innovators-action":               {"创新主体培育", "引进企业", "培育企业", "attract and grow innovators", "cultivate innovators"},
	"space-optimisation":              {"空间优化", "空间行动", "space action", "spatial action", "space optimisation", "空间布局优化", "优化空间布局", "optimise space"},
	"science-education":               {"科学普及", "public education", "公众", "普及", "面向公众", "科普安排", "public learn", "the public", "public awareness", "citizens learn", "outreach", "educate the public"},
	"leading-group":                   {"谁来统筹", "牵头部门", "组织领导机构", "body that promotes", "city-level mechanism", "promotion mechanism body", "挑头抓总", "抓总", "拍板", "拍板协调", "专门的班子", "领导班子", "班子", "总牵头", "总负责", "总协调", "总抓手", "顶层", "哪个领导机构", "什么领导机构", "领导机构", "哪个领导小组", "哪个小组", "统筹机构", "主管部门", "谁挑头", "谁统管", "谁来抓", "谁主导推进", "跨部门难题", "跨部门协调", "跨区域难题", "turf wars", "turf war", "steering body", "steering group", "coordinating body", "governing body", "which group steers", "city-level body", "in overall charge", "overall charge", "who coordinates", "cross-department", "cross-departmental", "cross-district problems", "cross-regional problems", "lead agency", "steering committee"},
	"small-enterprises":               {"small and medium firms", "small and medium-sized firms", "small and medium companies", "small and medium enterprises", "小企业", "支持中小企业", "small firms", "smes", "startups", "中小企业怎么办", "小微企业", "专精特新", "small companies", "little companies", "smaller companies", "niche specialisation"},
	"advanced-manufacturing-clusters": {"national manufacturing clusters", "国家级先进制造业集群", "国家级集群", "国家级的集群", "国家级制造业集群", "先进制造集群", "national level clusters", "national-level clusters", "national clusters", "recognised at national level", "recognized at national level", "manufacturing clusters"},
	"industrial-output":               {"连续两年", "连续2年", "连续几年", "two years running", "consecutive years", "4 trillion", "years in a row", "工业体量", "工业规模", "工业家底", "工业总量", "industrial base size", "industrial scale", "size of industry", "how big is industry", "manufacturing output", "industrial economy"},
	"expert-committee":                {"committee", "参谋", "智囊", "智库", "出主意", "把脉", "支招", "出谋划策", "请专家", "专家们", "专家的作用", "专家组织", "专家组", "专家团", "专家库", "智囊团", "顾问团", "高参", "外部智力", "advisory panel", "panel of experts", "expert input", "outside advice", "external advice", "expert panel", "expert group", "think tank", "advisers", "advisors", "outside experts", "expert opinion", "who advises"},
	"emerging-strengths":              {"依托哪些战略性新兴产业", "依托的战略性新兴产业", "战略性新兴产业有哪些", "哪些战略性新兴产业", "哪几个战略性新兴产业", "which strategic emerging industries", "what strategic emerging industries", "rely on", "战新产业的优势", "哪几个战新产业", "哪些战新产业", "依靠哪几个战新产业", "依靠哪些战略性新兴产业", "凭借哪些战略性新兴产业", "strategic industries it relies on", "strengths in emerging industries", "which emerging industries"},
	"rd-intensity":                    {"研发占比", "研发投入比例", "科研投入", "研发支出", "研发费用", "R&D ratio", "R&D to GDP", "research spending", "spent on R&D", "研发花了", "研发投了", "科研经费", "研发比重", "研发投入强度", "goes into R&D", "went into R&D", "R&D share", "research intensity", "share of R&D", "research and development"},
	"biomedicine-national":            {"入选首批国家级", "selected for the first national programme", "first national", "生物医药入选", "生物医药的国家级荣誉", "生物医药拿过", "selected for the first", "biomedicine selected"},
	"provincial-demonstration":        {"省级示范", "首批省级", "省级集群", "provincial cluster", "provincial-level", "省级称号", "省级荣誉", "省级认定", "省里的认定", "provincial recognition", "provincial honour", "provincial title", "provincial status"},
	"capital-market":                  {"IPO", "go public", "going public", "listing", "融资上市", "上市融资", "企业上市", "融资有支持", "IPO支持", "独角兽能享受", "发债", "unicorn companies", "help do unicorns", "listed on the market", "raise capital"},
	"challenge-tenders":               {"标杆场景", "标杆性应用场景", "benchmark scenarios", "揭榜挂帅", "公开遴选", "open competition for challenges", "open challenge", "open challenges", "jiebang"},
	"park-mechanisms":                 {"先导园区改革", "pilot reforms", "pilot reforms in the parks", "审批制度", "审批改革", "审批试点", "制度改革试点", "审批权", "简政放权", "approval reforms", "approval reform", "permitting reform", "reforms are sought", "delegated powers"},
	"joint-investment":                {"融资渠道", "多元化融资", "financing channels", "社会资本", "民间资本", "私人资本", "民营资本", "资本参与", "社会资本能参与", "private capital", "private money", "private investors", "outside capital", "investors take part"},
	"regional-strategies":             {"区域战略", "国家战略", "regional strategies", "national strategies", "科创走廊"},
	"leading-enterprises":             {"龙头企业", "领军企业", "leading companies"},
	"policy-supply":                   {"how are policies supplied", "出台哪些政策", "出台什么政策"},
	"yearly-evaluation":               {"多久评估", "多久调整", "how often adjusted", "一成不变", "重新评一次", "回头看一次", "多久回头看", "再看一次", "评一次", "每年评", "会不会改", "以后还会改", "还会改", "set in stone", "changes to the layout", "revised later", "reviewed every year", "changed later", "re-evaluated"},
	"districts-duties":                {"各板块要做什么", "各板块的任务", "板块自己要做", "规定动作", "duties of the districts", "what must districts do", "districts' duties"},
	"leading-industries":              {"支柱产业", "四大支柱", "四个支柱", "主要产业支柱", "四个主导产业", "pillars", "four leading sectors", "main industries", "mainstay industries", "dominant industries", "backbone industries"},
	"why-emerging-industries":         {"孕育", "从什么产业里孕育", "土壤", "抢占先机", "先发优势", "grow out of", "grow from strategic", "seedbed", "cradle"},
	"why-future-industries":           {"为什么要搞未来产业", "为何要培育未来产业", "搞未来产业图什么", "图什么", "care about future industries", "why bother with future industries", "what is the benefit", "benefits of future industries", "why cultivate"},
	"guidance-funds":                  {"引导基金干什么", "引导基金是用来", "母基金", "中试融资", "从实验室到生产的资金", "全链条融资", "from lab to factory", "lab to market financing", "government fund", "public fund", "guiding fund"},
	"district-policies":               {"own supporting policy", "own supporting policies", "own policy", "own policies", "自己的扶持政策", "自己的专项政策", "单独出台扶持政策", "单独出台", "自己出台政策", "自己的政策", "自己定政策", "区里出台", "板块出台", "地方政策", "own policies", "their own policies", "make their own policies", "districts make policies", "local policies"},
	"support-policies":                {"政策倾斜", "倾斜", "重点支持什么", "支持重点", "政策会支持什么", "扶持重点", "支持力度", "what gets more support", "where will support go", "policy tilt", "supported by policy"},
	"replication":                     {"复制", "推广示范", "示范推广", "铺开", "做好了怎么推", "scaled up", "scale up", "successful demos", "rolled out", "roll out", "copied elsewhere", "replicated", "successful pilots"},
	"participation":                   {"社会参与", "谁都能参与", "全社会参与", "人人参与", "who can take part", "everyone involved", "wide participation"},
	"higher-resources":                {"向上争取资源", "争取省里支持", "争取国家支持", "ask the state for resources", "resources from above"},
	"suzhou-laboratory":               {"强磁场", "实验室"},
	"overseas-nodes":                  {"海外节点", "技术转移", "国际技术转移", "overseas technology", "technology transfer abroad"},
	"standards":                       {"制定标准", "行业标准", "标准怎么定", "set standards", "standard setting", "writing standards"},
	"conferences":                     {"会议活动", "办会", "办大会", "什么大会", "哪个会", "big conference", "expo", "exhibition", "trade fairs", "fairs and conferences"},
	"state-owned-enterprises":         {"国有企业", "央企合作", "state firms", "central enterprises", "state-owned firms"},
	"pilot-zone":                      {"国家级先导区", "先导区", "国家级的区", "国家级牌子", "national-level zone", "national zone", "state-level zone", "national-level area", "国家先导区", "national pilot zone", "pilot zone"},
	"core-bases":                      {"核心承载区", "承载区", "众创空间", "孵化器", "incubators", "maker spaces", "core base"},
}
