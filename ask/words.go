package ask

// cue is a word that tells what is asked, as against what it is asked about.
type cue string

// The cues.
const (
	cueWhich     cue = "which"     // which, what: asks for the noun beside it.
	cueWho       cue = "who"       // asks for people or bodies; of a domain, its districts.
	cueCount     cue = "count"     // how many.
	cueMuch      cue = "much"      // how much, how large: a figure.
	cueList      cue = "list"      // all of them.
	cueOverview  cue = "overview"  // tell me about.
	cueYesNo     cue = "yesno"     // a question to be answered with yes or no.
	cueTag       cue = "tag"       // right?, 吧: a statement to be confirmed.
	cueWhy       cue = "why"       //
	cueHow       cue = "how"       //
	cueWhere     cue = "where"     // the place: of a domain, its districts.
	cueSource    cue = "source"    // where in the text.
	cueWhen      cue = "when"      //
	cueLead      cue = "lead"      // to lead, to be in charge of.
	cueFocus     cue = "focus"     // focus, emphasis, direction of a district.
	cueDirection cue = "direction" // what a domain is to develop.
	cueBelong    cue = "belong"    // membership.
	cueDistrict  cue = "n-district"
	cueDomain    cue = "n-domain"
	cueTarget    cue = "n-target"
	cueIndicator cue = "n-indicator"
	cueAction    cue = "n-action"
	cueSafeguard cue = "n-safeguard"
	cuePrinciple cue = "n-principle"
	cueLayout    cue = "n-layout"
	cuePair      cue = "n-pair"
	cueYear      cue = "n-year"
	cueTech      cue = "n-technology"
	cueBatch     cue = "n-batch"
	cueBasis     cue = "n-foundation"
	cueCity      cue = "city" // the city as a whole, or future industries as a whole.
	cueCompare   cue = "compare"
	cueMost      cue = "most"
	cueLeast     cue = "least"
	cueOnlyOne   cue = "only-one"
	cueMulti     cue = "more-than-one"
	cueBoth      cue = "both"
	cueShare     cue = "share"
	cueExcept    cue = "except"
	cueNot       cue = "not"
	cueProgress  cue = "progress"
	cueLeft      cue = "left" // how far, how many are missing.
	cueReported  cue = "reported"
	cueMissing   cue = "unreported"
	cuePending   cue = "pending"
	cueQuarter   cue = "quarter"
	cueThis      cue = "this-period"
	cueLast      cue = "last-period"
	cueHello     cue = "hello"
	cueThanks    cue = "thanks"
	cueHelp      cue = "help"
	cueAnd       cue = "and" // opens a follow-up.
	cueEvaluate  cue = "evaluate"
	cueDefine    cue = "define" // what counts, how it is counted.
	cueExamples  cue = "examples"
	cueInject    cue = "inject"
	cueDate      cue = "date"
	cueIssuer    cue = "issuer"
	cueTitle     cue = "title"
	cueAmount    cue = "amount" // 亿, billion: the unit of a figure.
	cueLater     cue = "later"
	cuePronoun   cue = "pronoun"
	cueMore      cue = "more"
	cueGain      cue = "support"
	cueRank      cue = "rank"
	cueNow       cue = "now" // at present; of an indicator, its progress.
	cueQuantity  cue = "quantified"
)

// cueWords are the words of each cue in both languages, parted by a bar.
var cueWords = []struct {
	cue    cue
	zh, en string
}{
	{
		cueWhich, "哪两个市|哪个市|哪几个市|哪些市|哪两市|哪几市|哪个县|哪些县|哪些|哪个|哪几个|哪一个|哪种|哪几种|哪|哪几|什么|啥|哪项|哪几项|哪类|那些|何|哪几块|哪几样|哪样|啥样",
		"nage shi|na ge shi|nage qu|na ge qu|nage bankuai|na ge bankuai|nage ban kuai|na ge ban kuai|naxie qu|na xie qu|naxie bankuai|na xie ban kuai|which|what|what's|whats|which one|which ones|wat|whch|wht|witch|which city|what city",
	},
	{
		cueWho, "哪几家|哪些家|几家在|都有谁|谁|由谁|归哪|归哪里|归哪儿|属谁|是谁|哪家|哪位|谁家|谁来|谁在|归谁|找谁|该谁|谁是|都有哪家|哪几家在|谁谁|哪些人家",
		"responsible parties|responsible party|parties responsible|parties in charge|who|shui|shei|leaders|whom|whose|who's|whos|who else|anyone|anybody|everyone|everybody|who all|any other district|any district|hoo|anyone else|who're|which ones of them",
	},
	{
		cueCount, "多少个|几个|有几个|多少家|几家|几项|多少项|几条|几类|几大|多少种|几种|有多少|多少|几|共有|一共|总共|合计|数量|数目|个数|几处|多少处|多少条|几所|多少所|几位|多少位|几块|多少块|几摊|几样|几桩|几件",
		"how many|number of|the number of|count of|count|how much in total|in total|howmany|how many of",
	},
	{
		cueMuch, "多大|多高|是多少|达到多少|要多少|多少钱|多少亿|多少亿元|几亿|多少万亿|几何|多大规模|数值|数字|数额|规模多大|占多少|占比多少|要达到多少|要到多少",
		"a number on|a number for|hard number|the hard number|hard numbers|in numbers|how much|how large|how big|how high|what figure|what number|what share|what percentage|figure|value of|size of|amount|how great",
	},
	{
		cueList, "一次列全|列全|一次列出|一次性列出|一次报全|一次给全|係乜嘢|乜嘢|系乜|有哪些|拉个单子|拉一份单子|列个单子|拉份单子|拉单子|拉个清单|列成单子|列出|列举|清单|列表|名单|罗列|都有哪些|全部|所有|一览|包括哪些|包含哪些|分别是|分别有|都有什么|有什么|包括什么|包含什么|是哪些|是哪几个|是哪几项|有哪几个|哪些内容|逐一|依次|分别是什么|分别是哪些",
		"itemise|itemize|rattle off|reel off|run off|tick off|spell them out|go through all|list out|enumerate the|list|list of|list all|name all|enumerate|all of the|what are|what are the|which are|show all|give me all|full list|complete list|name the|all the|everything",
	},
	{
		cueOverview, "念给我听听|念给我听|念一遍|原样念|照着念|照念|念给我|念来听听|读给我听|说给我听|讲给我听|念出来|念一念|报一下|报一遍|报个|报给我|介绍|介绍一下|讲讲|讲一下|说说|说一下|谈谈|概述|概况|概览|总览|情况|是什么|是啥|怎么说|怎么写|怎么规定|怎么要求|说了什么|说了啥|讲了什么|内容|主要内容|简介|简述|简要|解释|解释一下|科普|说明一下|怎么样|有何内容|什么意思|啥意思|是啥意思|指什么|含义|怎么看|怎么部署|怎么布局|如何布局|如何部署|安排|部署|定位|什么情况|是怎么回事|整体|总体|概括|归纳|总结|总结一下|梳理|梳理一下|具体内容|有什么规定|有什么安排|有什么要求|如何规定|如何要求|做什么|干什么|干嘛|干啥|做哪些|做些什么|要做什么|有什么内容|布置|怎么布置|角色|作用|职责|职能|要点|核心要点|重点内容|读懂|看懂|大意|主旨|中心思想|来龙去脉|大概|说了些什么|讲了些什么|写了些什么|念一下|念念|说来听听|讲讲看|捋一捋|捋一下|过一遍|简明|概要|一句话|扼要|要干些啥|要干啥",
		"read me|read out|read aloud|tell me about|content|contents|overview|overview of|describe|summary|summary of|summarise|summarize|explain|introduce|introduction|information|info|details|what about the|brief|briefly|what is|what's in|what does it say|say about|says about|said about|in short|meaning|mean|means|stand for|what happens|outline|profile|talk about|walk me through|brief me|brief me on|details on|detail|information on|info on|run me through|give me the gist|gist|key points|main points|all about|run through|sum up|gist of|rundown|recap|highlights|takeaways|key takeaways|in store|bullet points|tldr|main message|main idea|role of|function of|quick summary|summing up|go over|big picture|at a glance|walk through",
	},
	{
		cueYesNo, "吗|嘛|是不是|是否|有没有|有无|对吗|对不对|对么|么|是吗|是不|行不行|能否|可否|会不会|要不要|算不算|属不属于|在不在|是否有|是否属于|是否负责|负不负责|真的吗|真的|做不做|管不管|搞不搞|有没|属于不属于",
		"is it true|is it true that|true or false|isn't|aren't|doesn't|don't|isnt|arent|doesnt|dont|whether",
	},
	{
		cueTag, "没记错|没记错的话|没弄错|没弄错的话|没搞错|没搞错的话|没看错|就这俩|就这两家|就这两个|就这几家|就他们俩|就他俩|吧|是吧|对吧|没错吧|没错|我记得|听说|据说|好像|应该是|我以为|确认一下|核实一下|核对一下|不是吗|我理解|我没记错|属实|肯定|想必|铁定|必定|真的假的",
		"anything wrong|anything wrong with that|something wrong with that|is that wrong|and that's all|and nobody else|and no one else|told me|is that so|is this so|is it so|right|correct|isn't it|aren't they|doesn't it|is that right|is that correct|i think|i heard|i believe|i thought|confirm|please confirm|am i right|yes|isnt it|verify|double-check|double check|if i remember|true|is this true|is that true|i assume|i suppose|suppose|i presume|i take it|i gather|i guess|i reckon|i imagine|i'm told|i was told|we were told|they say|surely",
	},
	{
		cueWhy, "为什么|为何|为啥|缘何|原因|理由|凭什么|依据是什么|出于什么|何以|目的|意义|有什么意义|初衷|用意|什么目的",
		"why|reason|reasons|how come|rationale|purpose|what for|the point of|significance",
	},
	{
		cueHow, "如何|怎么|怎样|怎么做|怎么办|咋|咋样|措施|举措|办法|怎么推进|如何推进|哪些措施|哪些举措|什么措施|什么举措|什么办法|做法|手段|途径|路径|具体措施|具体举措|打算怎么|通过什么|靠什么|采取|政策措施|抓手|什么手段",
		"how|how to|how will|how does|how is|how are|how do|measure|measures|step|steps|approach|in what way|by what means|what is being done|what will be done|means|way|ways|what is done|how would|how should|how can|how did",
	},
	{
		cueWhere, "在哪|哪里|在哪里|何处|哪儿|在哪儿|什么地方|哪些地方|哪个地方|落在哪|布局在哪|布局在哪里|放在哪|落户|落地|去哪|哪块",
		"where|whereabouts|located|location|based|situated|what place|which places|which place",
	},
	{
		cueSource, "在哪里提的|哪里提的|在哪提的|在哪写|在哪写的|哪写的|在哪里写|哪一节|第几节|第几章|哪一章|哪一段|第几段|哪一部分|哪部分|第几部分|哪一条|第几条|出处|原文|来源|引用|原话|在文件哪里|在政策哪里|文件哪里|政策哪里|文中哪里|文件里哪|在文件的哪|哪里提到|哪里提到了|在哪里提到|哪里写了|写在哪|写在哪里|写在哪儿|在哪提到|哪段提到|哪里说|哪里讲|哪节|哪章|哪段|第几个部分|哪个部分|什么位置|哪个位置|章节|第几页|哪一章节|哪个章节|位置|见于|出自|出现在|提到了|提到|提及|有没有提到|有没有提|有提到|写进|写到|写入|哪一处|哪处|规定在|记载|文件中有|政策中有|文中有|条款|哪条|在第几|列在第几|哪个编号|第几小节|排第几项",
		"where in the text|where in the policy|where in the document|where in this|which section|what section|which part|which paragraph|what paragraph|source|source of|cite|citation|reference|where does the policy|where does the text|where does the document|where is it written|where does it say|section|paragraph|original text|chapter|which chapter|mention|mentions|mentioned|appear|appears|stated|find|found|written|clause|which clause|quote|where can i read|where can i find|passage|in which section|under which heading|heading|which heading|part of the text|part of the document|part of the policy|where it says|listed under|the table|spelled out|set out|discussed|spell out|under which number|under what number|which item number|under which item|page number|which page|exact place|exact spot|exact location|whereabouts in the text|whereabouts in the document|whereabouts in the policy",
	},
	{
		cueWhen, "什么时候|何时|几时|哪年|哪一年|哪天|几月|几号|多久|到什么时候|何年|哪一天|什么时间|哪年哪月|时间|日期|哪个年份|到哪年|到哪一年|几年|多长时间|隔多久|隔多长时间|多少年|几年一次|频率|多频繁|周期",
		"when|what date|which date|what year|which year|by when|what time|which day|what day|date|how soon|in what year|in which year|by which year|by what year|since when|deadline|how frequently|frequency|how regularly|what interval|timescale",
	},
	{
		cueLead, "负责|牵头|主攻|承担|主导|领衔|主抓|分管|主管|管|做|搞|发展|布局|布局了|承接|重点发展|负责发展|推进|主要做|从事|担纲|分工|认领|抓|承担了|负责的|在做|在搞|来做|涉及|布点|主责|责任|主力|扛|挑大梁|归口|包括了|带头|分到|分给|分配|接手|开展|参与|承载|落实|有布局|扶持|培育|重点培育|建设|打造|生产|聚焦|任务|分管的|搞的|发力|押注|主打|主阵地|责任板块|归|有关|相关|接|主抓的|擅长|扛旗|担当|功课|担子|活儿|活|摊子事|管几摊|负责人是哪个板块|握着|握|背|背着|领|领的|领了|扛着|挑|弄|攻|攻的|干|在干|在弄|在管|操刀|坐镇|统领|掌|包揽|独揽|负担|忙|忙什么|忙活|拿到|拿下|拿了|分得|摊到|摊上|认下|分工负责|分头|操盘|承办|经手|握着",
		"lead|leads|led|leading|leader|leaders|led by|lead on|in charge|in charge of|charge|charged with|responsible|responsible for|homework|portfolio|on the plate|shoulders|responsibility|responsibilities|run|runs|running|handle|handles|handled|own|owns|owned|head|heads|headed|headed by|drive|drives|driven|assigned|assigned to|allocated|allocate|assign|take|takes|work on|works on|working on|cover|covers|covered|do|does|undertake|carry|carries|develop|develops|developing|development|develops|host|hosts|home to|championing|champion|champions|pursue|pursues|tasked|tasked with|task|tasks|role|roles|job|involved|involved in|active in|active|looks after|look after|looking after|deal with|deals with|dealing with|hold|holds|holding|have|has|had|got|get|gets|build|builds|building|working|take care of|takes care of|play|entrusted|entrusted with|spearhead|spearheads|spearheading|spearheaded|lead district|lead districts|taking|promote|promotes|produce|produces|make|makes|making|manage|manages|in the hands of|belongs to|given|gave|placed|put|pushing|push|placed in|going on|advance|advances|champion of|doing|doin|carries out|in the lead|lead on|leds|ledd|hv|hats|hat|remit|mandate|purview|brief|ownership|owner|sign up|signed up|on the hook|falls to|fall to|lands on|land on|stuck with|saddled with|landed|picks up|picked up|participate|participates|participating|engaged in|engage in|engages in|specialised in|based in",
	},
	{
		cueFocus, "侧重|侧重点|主攻方向|重点|方向|重心|聚焦点|主要方向|着力点|特色|优势|发展重点|发展方向|重点方向|侧重什么|主攻什么|强项|主攻的|偏重|偏向|着重|着力|侧重于|聚焦于|主线|细分|看家本领|关键词|关键字",
		"focus|focuses|focused|focusing|focus on|focuses on|emphasis|emphasise|emphasize|emphasises|emphasizes|concentrate|concentrates|concentrating|priority|priorities|prioritise|prioritize|speciality|specialty|specialise|specialises|specialize|specializes|specialised|specialism|angle|strength|strengths|stress|niche|focal|focal area|focal areas|thrust|concentration|centre on|good at|known for|part in|contribution|slice|cut of|cut|keyword|keywords|of choice",
	},
	{
		cueDirection, "技术方向|重点方向有哪些|重点技术|关键技术方向|研究方向|重点发展什么|发展什么|突破什么|重点突破|攻关|攻关方向|突破|研究什么|开发什么|哪些技术|哪些产品|什么技术|什么产品|技术路线|关键环节|重点环节|重点任务|具体方向|重点产品|细分领域|细分赛道|赛道|主要任务|应用领域|应用于|哪些方面|应用|用在哪|用于|应用方向|应用示范|哪些方向|什么方向|子方向|子领域|分支",
		"technologies|technology|technical directions|directions|direction|products|research topics|research areas|key technologies|sub-fields|subfields|topics|application|applications|applied|used|r and d|r&d topics|work streams|lines of work|focus technologies|application areas|tracks|breakthrough areas|subfield|branches|which technologies|what technologies|entail|involve|involves|include|includes|including|included|comprise|comprises|consist of|made up of",
	},
	{
		cueBelong, "属于|归属|归类|归在|归到|算|算是|算作|属|隶属|归入|划入|划归|算在|纳入|列入|分在|对应|对应的|对应哪|在哪个领域|在不在|包括|包含|涵盖|被列入|是什么领域|覆盖|含|划到|划分到|归哪个|归哪|算哪个|算哪|属哪个|从属",
		"belong|belongs|belong to|belongs to|part of|fall under|falls under|fall|falls|fit|fits|come under|comes under|classified|classified as|categorised|categorized|under which|one of|a part of|among|count as|considered|within|member of|fall into|falls into|under|sit under|sits under|sit|sits|grouped|filed under|slot|come|comes|bucket",
	},
	{
		cueDistrict, "哪两个市|哪个市|哪几个市|哪些市|哪两市|哪几市|哪个县|哪些县|板块|地区|区县|县区|市区|区市|区域|县级市|县市|地方|地方政府|辖区|区|各区|县|各板块|县市区|行政区|县级市区|板块们|各地|县市区板块|片区|几区",
		"nage shi|na ge shi|nage qu|na ge qu|nage bankuai|na ge bankuai|nage ban kuai|na ge ban kuai|naxie qu|na xie qu|naxie bankuai|na xie ban kuai|district|districts|area|areas|county|counties|county-level city|county-level cities|region|regions|place|places|locality|localities|zone|zones|part of suzhou|parts of suzhou|part of the city|district government|city district|jurisdiction|borough|local government|distrct|disctrict|distict|distrcts|districit|dsitrict|dstrict|which city|what city",
	},
	{
		cueDomain, "领域|赛道|八大赛道|8大赛道|未来产业|重点领域|产业|产业领域|赛道领域|行业|未来产业领域|重点产业|八大领域|八个领域|八大产业|8个领域|8大领域|方面的产业|重点发展领域|未来产业重点领域|主导领域|产业方向|产业门类|未来产业包括|重点产业领域|产业赛道|8大产业|八大未来产业|大类|八个方向|八大方向|8个方向|8大方向|八个赛道|新赛道|新产业|新领域|八个产业|未来赛道|领域们|同在一个领域|同一个领域|同一领域|同个领域|同一个赛道|同一条赛道|八样|哪八样|八块",
		"domain|domains|field|fields|sector|sectors|industry|industries|future industries|priority areas|priority fields|key fields|priority domains|key domains|key areas|industrial field|eight domains|eight fields|vertical|verticals|feild|feilds|domian|domians|sectr|industrial domain|focus areas|industrial sector|category|technology areas|technologies areas|tech areas|areas of technology|growth areas|the eight|eight areas|eight sectors|eight industries|fieds|domans|sectors of the future|emerging fields|same field|same domain|same area|same sector|share a field|share a domain|share an area|share a sector",
	},
	{
		cueTarget, "目标|指标要求|目标值|发展目标|任务目标|要达到|达到|需要达到|计划|规划|预期|要求|设定|目标数|定的|定了|需要|要建|要有|要培育|要推出|要打造|要建设|要引育|计划建|计划培育|该有|想达到|实现|力争|目标是什么|目标是多少|要实现|定量目标|量化目标|数字目标|愿景|定下|下限",
		"target|targets|development targets|development goals|goal|goals|aim|aims|aimed|objective|objectives|plan|plans|planned|milestone|milestones|need|needs|needed|reach|reached|expected|expect|set|supposed|required|require|requires|aiming|hit|be built|want to reach|should there be|want|ambition|ambitions|envisaged|foreseen|envisage|foresee|numeric targets|quantified|quantified targets|benchmark|benchmarks|numeric goal|intended|to achieve|achieve|projected|threshold|called for|call for|calls for|will there be|targeted|tgt|targt",
	},
	{cueQuantity, "硬指标|硬杠杠|硬数字|硬性指标|目标|目标值|发展目标|指标|任务目标|定量目标|量化目标|数字目标|目标数|目标是什么|目标是多少|指标要求|愿景", "target|targets|development targets|development goals|goal|goals|aim|aims|objective|objectives|milestone|milestones|benchmark|benchmarks|numeric targets|numeric goal|quantified targets|ambition|ambitions|tgt|targt"},
	{cueIndicator, "指标|哪些指标|考核指标|量化指标|统计指标", "indicator|indicators|metric|metrics|kpi|kpis|measure of success"},
	{cueAction, "行动|五大行动|五个行动|五项行动|实施路径|专项行动|行动计划|5大行动|5个行动|5项行动|路径是什么", "action|actions|five actions|implementation path|implementation|action plan|actions of the policy|path of implementation"},
	{cueSafeguard, "保障|保障措施|四项保障|四大保障|四个保障|保障机制|4项保障|4大保障|支撑措施|配套措施|配套", "safeguard|safeguards|four safeguards|guarantee|guarantees|supporting measures|safeguard measures|support measures|guarantee measures"},
	{cuePrinciple, "原则|基本原则|四项原则|四个原则|四大原则|4项原则|4个原则", "principle|principles|four principles|basic principles|guiding principles|basic principle"},
	{cueLayout, "谁负责什么|谁做什么|谁管什么|谁牵头什么|谁搞什么|布局表|空间布局|布局图|分布|产业布局|矩阵|分工表|版图|布局方案|怎么分布|如何分布|怎么分工|如何分工|分工情况|布局情况|空间布局表|对应表|对应关系|地图", "layout|spatial layout|layout of districts|matrix|distribution|map|allocation|division of labour|division of labor|who does what|layout table|geography|spread|distributed"},
	{cuePair, "搭配|组搭配|多少组|几组|组合|对应关系数|布局关系|个方向|主攻方向条目|条主攻方向|个主攻方向|项主攻方向|侧重条目|条目|短语|个组合|领域板块组合|对组合", "pair|pairs|pairing|pairings|field-district pairs|field-district pairings|domain-district pairings|district-field pairings|district-domain pairings|rows|table rows|lines of the table|combination|combinations|focus phrase|focus phrases|phrases|cells|focuses in total|assignments|domain-district pairs|district-domain pairs"},
	{cueYear, "年份|哪几年|哪些年|哪些年份|时间节点|节点|阶段|哪两年|年度|目标年|目标年份", "years|which years|what years|target years|year|time horizon|horizons|horizon|target year|timeline|time frame|timeframe"},
	{cueTech, "技术|产品|工艺|材料类|器件", "tech|techs|product|techniques|technique|material"},
	{cueBatch, "几个一|一批|八个一|八个一批|一批批|八项一批|八个“一批”|一批项目|哪一批|8个一|八个壹|建立个一|八个一推进模式|推进模式|个一推进模式|八个一模式|8个一批|八一", "eight batches|a batch of|batch|batches|eight ones|eight items|eight a batch of|eight a batch of items|a batch of items|eight ones model|promotion model|eight \"a batch of\" items"},
	{cueBasis, "荣誉|国家级认定|入选情况|国家级荣誉|发展基础|产业基础|基础条件|家底|现有基础|起点|底子|基础数据|基础是什么|现状|基本情况|基础如何|基础|有什么基础|底气|本钱|现有条件|发展条件|有利条件|从什么起步", "recognitions|national recognitions|honours|foundation|foundation for development|basis|starting point|base|foundations|existing strengths|current base|baseline|groundwork|industrial base|foothold|strengths to start from|footing|departure point|starting conditions|what it has to build on"},
	{cueCity, "苏州|苏州市|全市|我市|本市|全苏州|咱们市|市里|市级|未来产业|苏州未来产业|苏城|咱们|我们市|全市未来产业|全市的", "suzhou|city|citywide|city-wide|whole city|entire city|municipal|suzhou city|suzhou's|future industry|municipality|the city's|overall|city as a whole|suzhou as a whole"},
	{cueCompare, "区别|差别|不同|差异|对比|比较|相比|比起来|比一比|有何不同|有什么不同|有什么区别|异同|相较|变化|哪里不一样|不一样|比|对照|多了什么|增加了什么|变了什么|之间的差", "compare|compared|comparison|difference|differences|differ|differs|different|versus|vs|contrast|compared with|as against|distinguish|change between|changes between|changes from|against|what changes|side by side|how do they differ|comparing|diff|than|between|rise from|increase from|grow from"},
	{cueMost, "并列第一|并列最多|数一数二|最多|最广|最大|最全|数量最多|排第一|第一名|最为集中|最集中|居首|最丰富|最重|挑得最多|担子最重|任务最多|领的任务最多|扛得最多", "most|the most|largest number|highest number|largest|biggest|greatest|top|maximum|max|most districts|most domains|widest|heaviest|heaviest load|broadest|fullest|busiest|highest count"},
	{cueLeast, "最轻松|最轻|担子最轻|任务最少|最闲|最少|最小|最窄|数量最少|垫底|最低", "lightest|least busy|least to do|fewest|least|the fewest|smallest|smallest number|minimum|lowest|lowest number"},
	{cueOnlyOne, "单打独斗|孤军奋战|只有一个|仅有一个|仅一个|只有1个|仅1个|一个板块|只一个|单独|独家|唯一|独自|单一|只由一个|仅由一个|一家|独立|只有一家|只负责一个|仅负责一个|只做一个|只涉及一个|只领一个|只承担一个|只牵头一个|只有一项|独自负责|唯一的|只在一个|一个领域|只管一个|只布局一个|只布局在一个|独此一家|只握着一个领域|只有一个领域|独揽|一家独揽|只此一家|一家独大|独苗|只拿一个|只拿到一个|只分到一个|只领了一个|只摊到一个", "only one|just one|exactly one|a single|sole|solely|only a single domain|alone|one district|one domain|only a single|only 1|just a single|single domain|single district|single field|one and only|exclusively|only one district|only one domain|single-handedly|on its own|sole leader|just 1|lone|no more than one|only have one|unique|solo|single one|only a single|no other|just the one|one only|one alone|by itself"},
	{cueMulti, "不止一个|多于一个|超过一个|一个以上|多个|两个以上|两个及以上|两个或以上|2个以上|不只一个|好几个|几个以上|大于一个|多个领域|多个板块|不止1个|两个或更多|多领域|身兼|兼|超过1个|不止做一个|不止负责一个|跨多个|至少两个|至少2个|多板块", "more than one|multiple|several|two or more|at least two|more than 1|over one|more than a single|2 or more|at least 2|more than two|more than 2"},
	{cueBoth, "同时|既|又|都有|兼有|兼顾|一起|共同负责|都负责|都做|都布局|都牵头|同时负责|同时承担|两个都|两者都|都涉及|都在|两样都", "both|at the same time|as well as|simultaneously|all of|together|both of"},
	{cueShare, "共同|相同|共有的|重叠|交集|重合|共同点|一样的|都有的|共性|都有哪些领域|交叉|相同的|同样的|交集|共有|都在做的|都做的|重叠的|公共|同在一个领域|同一个领域|同一领域|同个领域|同一个赛道|同一条赛道", "share|sharing|shared|in common|common|overlap|overlaps|overlapping|both lead|same|both have|jointly|intersection|intersect|joint|both do|overlapping domains|mutual|shares|same field|same domain|same area|same sector|share a field|share a domain|share an area|share a sector|in common"},
	{cueExcept, "除了|除|以外|之外|除外|此外|另外|之余|剩下|其余|抛开|撇开|除去", "except|besides|other than|apart from|aside from|else|excluding|in addition to|what else|other|aside|barring|leaving aside|not counting|not including|rest"},
	{cueNot, "不|没有|没|不是|并非|无|未|非|不负责|没有布局|不做|不涉及|不在|没布局|哪些没有|不属于|没沾|不沾|不碰|没碰|没份|没参与|未参与|没有参与|没牵头|未牵头|没分到|没有份|不参与|没涉及|未涉及|不搞|没搞|没做|没轮到", "not|no|without|never|none|neither|nor|lack|lacks|missing from|absent|isn't|doesn't|don't|aren't|does not|do not|is not|are not|nobody|stay out of|stays out of|not involved|uninvolved|stay away from|left out|leave out|leaves out|not part of|no part in|missing out|has nothing to do with|have nothing to do with"},
	{cueProgress, "累计几个|累计几家|累计几项|累计多少|报上来的累计|有数据|有没有数据|产值数据|没有数据|缺数据|暂无数据|未填报|最新数|最新数据|最新进展|最新情况|最新数字|进展|进度|完成|完成了|完成情况|完成度|完成率|达成|实现了|实现多少|已建成|建成|建成了|做到多少|做到几|推进情况|落实情况|现状如何|落地情况|到哪了|到哪一步|做了多少|达标|完成多少了|多少了|怎么样了|达到了多少|推进得怎么样|进展如何|累计|认定了|认定|已认定|审核通过|通过审核|已采纳|建了多少|推出了多少|打造了多少|培育了多少|引育了多少|落后|滞后|达标了没|跟上|跟得上|按时|如期|达成几成|几成|一半|过半|完成一半|完成率多少|推了多少|做成|做成了|建起来|建起来几个|干到哪|搞到哪|走到哪|走到哪一步|成果如何|完工|完成几个|落成", "current count|count so far|current figure|current number|any data|data yet|data on|no data|progress|so far|have we|do we have|we have|did we|how are we doing|latest figures|latest data|latest numbers|reached so far|status|achieved so far|done|completed|complete|completion|to date|how is it going|achieved|accepted|where do we stand|where are we|on track|have been|has been|up to now|until now|as yet|going|built so far|approved|met|are we behind|behind on|behind target|falling behind|fallen behind|on schedule|ahead of|behind schedule|lagging|tracking|up and running|launched so far|delivered|halfway|catching up|going so far|latest on|news on|update on|any update|any news|in place already|how far along|where are things|where do things stand|performance so far|made so far"},
	{cueNow, "目前|现在|如今|当前|已有|已经有|已经|现有|今年|迄今|到现在|截至目前|实际|截至今天|到今天|到今天为止|至今|眼下|截止目前|截至现在|截止到现在|目前为止|到目前|到目前为止|这会儿|时下|最新", "now|currently|current|today|already|at present|present|as of now|standing|stand|actual|actually|this year|latest|right now|these days|at the moment|so far this year|nowadays|as things stand"},
	{cueLeft, "差多少|还差多少|还差|离|距离|距|还缺|还需要多少|还需|差距|还有多远|还要多少|还剩|缺口|差几|还有多少差距|差多远|多远|剩多少|还剩多少|欠多少|离目标|距离目标|还差几|还差几个|少多少", "how far|how far are we|how far off|left|remaining|gap|how close|still need|still needed|to go|away from|far from|short of|shortfall|distance|how many more|how much more|how many to go|left to go|still to go|how much is left|left to do|yet to build|lack of"},
	{cueReported, "交数据|交数|交了数据|报数据|交材料|上报|填报|报了|报送|报告了|提交|提交了|已报|报过|交了|填了|填报了|上报了|报上来|报数|报没报|报了没|报了没有|报了吗|填报情况|上报情况|报送情况|交报告|报表|填表|季报|报|递交|递交了|交上来|报上来了|交了没|交没交|填完|填报完|报完|报齐|交齐|上交", "report|reports|reported|reporting|submit|submits|submitted|submission|submissions|filed|file|filing|turned in|handed in|sent in|report yet|put in|handed over|hand in|sent|send in|sent their|turn in|handed anything in|handed something in|turned anything in|sent anything in|put anything in|hand anything in|entered anything|submitted anything|reported anything"},
	{cueMissing, "未报|没报|还没报|未上报|没上报|还没上报|未填报|没填报|还没填报|没交|还没交|未提交|没提交|还没提交|漏报|缺报|欠报|尚未上报|尚未填报|未报送|没有上报|没有填报|没有提交|还没有上报|还没有报|还没有填报|还没有提交|谁没报|还未上报|还未填报|迟报|欠交|拖着没报|没填|还没填|欠着|欠着没交|没报齐|催报|需要催|要催|还欠|没交齐|拖欠|没动静|未交|没递交|没报上来|没有报|没有交", "not reported|not yet reported|hasn't reported|haven't reported|has not reported|have not reported|unreported|overdue|outstanding|still owe|owe|owes|missing reports|yet to report|not submitted|haven't submitted|have not submitted|hasn't submitted|has not submitted|not filed|haven't filed|have not filed|missing a report|late|still missing|has yet to report|have yet to report|yet to submit|have yet to submit|has yet to submit|hasn't filed|did not report|didn't report|not yet submitted|missing report|not yet filed|owing|still owing|late with|behind on reporting|behind with reports|chase|outstanding reports|not sent|haven't sent|not turned in|haven't turned in|delinquent|not handed in"},
	{cuePending, "待审核|待审|审核中|未审核|排队审核|等待审核|在审", "pending|pending review|under review|awaiting review|in review|awaiting|to be reviewed|unreviewed|waiting for review"},
	{cueQuarter, "季度|一季度|二季度|三季度|四季度|第一季度|第二季度|第三季度|第四季度|季|期|报告期|这一期|第1季度|第2季度|第3季度|第4季度|1季度|2季度|3季度|4季度|首季", "quarter|quarters|quarterly|period|q1|q2|q3|q4|1q|2q|3q|4q|first quarter|second quarter|third quarter|fourth quarter"},
	{cueThis, "这个季度|本季度|这季度|当季|本季|这一季度|本期|这期|这季|今季|该季度", "this quarter|current quarter|this period|current period|the current quarter"},
	{cueLast, "上个季度|上季度|上一季度|上季|上期|上一期|前一季度", "last quarter|previous quarter|last period|previous period|prior quarter"},
	{cueHello, "你好|您好|嗨|哈喽|早上好|下午好|晚上好|早|在吗|在不在呀|大家好|早安|晚安|hello呀|喂|哈罗|午安", "hello|hi|hey|good morning|good afternoon|good evening|greetings|howdy|how are you|how are you doing|yo|hi there|hello there|good day|what's up|whats up|how's it going"},
	{cueThanks, "谢谢|多谢|感谢|谢了|谢谢你|谢谢您|辛苦了|好的|收到|明白|明白了|知道了|了解了|再见|拜拜|好|棒|厉害|不错|ok了|好滴|好嘞|嗯|嗯嗯|哈哈|哈哈哈|牛|赞|可以了", "thanks|thank you|thank you very much|thx|cheers|much appreciated|great|ok|okay|got it|bye|goodbye|see you|well done|nice|cool|perfect|thank|awesome|good job|lol|haha|understood|noted|ty|many thanks"},
	{cueHelp, "帮助|怎么上报|如何上报|怎样上报|怎么填报|如何填报|怎么报数|在哪上报|在哪里上报|你能做什么|你会什么|怎么用|如何使用|你是谁|你是什么|能问什么|可以问什么|使用说明|能干什么|有什么功能|能回答什么|你叫什么|功能|你能干嘛|你可以做什么|你能干什么|你能回答什么|你有什么用|自我介绍|你会做什么", "help|how do i report|how to report|where do i report|how do i file|how do i submit|what can you do|how do i use|how do you work|who are you|what are you|what can i ask|usage|instructions for use|how does this work|what do you do|your name|what do you know|how to use you|what is wainao|who is wainao|how can you help|introduce yourself|what can you answer"},
	{cueAnd, "那|那么|呢|换成|再说说|再看|再来|那如果|改成|还有呢|接着|然后呢|继续|至于", "and|and what about|what about|how about|and for|and in|and the|and for the|same for|same question for|and now|then what about|now|and how about|and what of|what of"},
	{cueEvaluate, "评估|动态评估|年度评估|优化调整|动态调整|调整|评价|评估调整|多久调整|调整一次|评估一次|每年评估|调整机制|每年调整|重新评|评一次|重新评估|复评|评估调整一次|重新审视|重新调整|审视", "evaluation|evaluate|evaluated|assess|assessed|assessment|adjust|adjusted|adjustment|review each year|reviewed|yearly|annual|annually|annual evaluation|dynamic evaluation|reassess|reassessed|how often|revised|revise|updated|revisit|revisited|evaluates|assesses|re-evaluated|reevaluated|re-evaluate|reevaluate|reassessment|re-examined|reexamined|reviewing|reconsidered|looked at again"},
	{cueDefine, "怎么算|如何计算|怎么统计|如何统计|怎样才算|什么算|口径|统计口径|定义|计入|怎么认定|如何认定|认定标准|才算|算数|计算方法|怎么计算|怎么计|怎么计数|如何计数|算一个|才算一个|怎么定义|如何定义|什么样的算|什么才算|怎么才算|如何界定|怎么界定|什么叫|计算口径|什么条件|标准是什么|认定条件|认定依据", "count as|counts as|counted|how is it counted|definition|define|defined|counts when|what counts|counts|qualify|qualifies|criteria|how do you count|how are they counted|eligible|how counted|counting rule|counted as|criterion|counts toward|count towards|counts towards|counting|recognised|recognized|recognition criteria"},
	{cueExamples, "例如|比如|举例|举个例子|比方说|例子|比如说", "for example|example|examples|e.g.|for instance|such as|like what"},
	{cueDate, "出的|发的|发布时间|发布日期|印发时间|成文日期|何时发布|什么时候发布|什么时候出台|何时出台|哪年发布|哪年出台|什么时候印发|出台时间|发布于|生效|什么时候发|发文日期|发文时间|出台|印发|发布|公布|什么时候公布|哪天发布|落款|落款日期|几号发布|什么时候发的|施行|实施时间|什么时候签发|签发", "published|issued|date of issue|publication date|release date|released|come out|came out|when published|when issued|signed|dated|adopted on|announced|issue date|publish|issuing|posted|takes effect|effective date|promulgated|publication"},
	{cueIssuer, "谁发布|谁印发|谁出台|哪个部门发布|发文机关|发布单位|发文单位|谁发的|谁制定|谁制定的|发布机构|谁签发|谁颁布|谁公布|发布主体|哪个单位发布|哪个机关发布|哪个部门发的|哪个部门印发|哪个单位印发|由谁发布|由谁印发|是谁发布|落款单位|落款是谁|发布者|出台单位|制定单位|哪里发布|谁出的|谁定的", "issuer|who issued|who published|issuing authority|who wrote|who signed|author|published by|issued by|publisher|authority|who released|who made|who drafted|who adopted|who is the issuer|who put out|came from|who is the author|issuing body|who authored"},
	{cueTitle, "文件名|文件名称|标题|全称|政策名称|叫什么|文件叫什么|政策叫什么|名称|题目|名字|文号", "title|name of the policy|name of the document|called|full name|full title|official name|document name|policy name|official title|what policy|which document|what document|which policy is this|formal name"},
	{cueAmount, "亿|亿元|万亿|万亿元|万|元|人民币|百分之|千亿|千亿元|百亿|百亿元", "billion|trillion|million|bn|tn|yuan|rmb|cny|percent|per cent|hundred billion|thousand"},
	{cuePronoun, "它|他们|它们|他|她|这个领域|这个板块|该领域|该板块|那个|这两个|这个区|那个区|那里|这里|上面|上述|前面|刚才|前者|后者|这些|这俩|它俩", "they|it|them|that one|this one|these|those|its|their|the former|the latter|above|there|the same"},
	{cueMore, "详细|详细说说|展开|更多|具体|具体点|详细点|再详细|深入|细节|具体说说|展开说说|再多说", "more|more detail|more details|in detail|elaborate|specifics|specifically|expand|details please|go on|in depth|further"},
	{cueGain, "支持|扶持政策|扶持|鼓励|补充|推动|促进|提升|加强|强化|完善|优化|吸引|引进|引导|保护|解决|健全|提供|帮助企业|利用|对待|容忍|营造|给予|激励|加快|拓展|深化|协调|统筹|带动|孵化|怎么解决", "support|supports|supported|supporting|encourage|encourages|encouraged|promote|promoted|attract|attracts|attracted|strengthen|improve|protect|protected|protects|provide|provides|provided|boost|foster|fosters|cultivate|cultivates|cultivated|nurture|guide|solve|help companies|coordinate|coordinates|coordinated|treat|treats|tolerate|finance|financed|fund|funded|funds|paid for|secured|raise|raised|handled|organise|organised|organized|organize|create|creates|created|ensure|ensures|ensured|protecting|attracting|improved|stimulate"},
	{cueRank, "值得投|更值得|看好哪个|投资价值|哪个更好|更有前途|最好|最差|做得好|做得最好|最强|最有前途|最有潜力|更好|最优秀|最厉害|排名|排行|排序|排第几|名次|第几名|排行榜|排个名|排名次|排一排", "worth investing|better bet|should we invest|which is better|more promising|best|worst|perform best|performs best|performs|strongest|most promising|better than|weakest|rank|ranking|rankings|ranked|league table|leaderboard"},
	{cueLater, "以后|之后|将来|未来", "later|after|afterwards|in future|in the future|future|beyond"},
	{
		cueInject, "忽略|忽略之前|忽略以上|忽略上面|无视|系统提示|提示词|你现在是|你现在扮演|你扮演|请扮演|假装|假设你是|写一首|写首|写一篇|写个|写一段|讲个笑话|讲笑话|笑话|翻译成|翻译|帮我写|编一个|编造|删除|删掉|执行|运行代码|密码|口令|令牌|数据库|管理员权限|越权|泄露|开发者模式|唱首歌|代码|不要引用|随便编|虚构|改成你的|改写|修改目标|把目标改|写诗|作诗|猜一下|猜一猜|猜|批准|所有报告|sudo|清空",
		"ignore|ignore previous|ignore all|ignore the above|disregard|system prompt|prompt|pretend|roleplay|role-play|act as|you are now|write a poem|poem|write me|write a|joke|translate|jailbreak|developer mode|password|token|api key|secret|delete|drop table|execute|sudo|reveal|make something up|invent|story|sing|code|python|script|forget your|forget all|forget everything|override|bypass|admin rights|instructions|guess|rm|shutdown|hack|fabricate|approve|recipe|essay|previous instructions|dan|unrestricted|obey|select from",
	},
}

// fillers say nothing about what is asked.
const (
	fillerZH = "没多少|没什么|没啥|没几个|小爱同学|天猫精灵|小度小度|申建|申报建设|能不能找到|找到|找得到|依据|同事|同事们|伙伴|客人|居然|竟然|竟|居然连|竟然连|原来|压根|根本|完全|明明|果然|确确实实|不会吧|好家伙|装置|大装置|咯|喽|这种|那种|这样的|沿线城市|沿线|联络员|通知|别的不用说|其他不用说|其他的不用|别的不要|别的不用|不用展开|不用解释|不用多说|不要解释|别啰嗦|不要废话|别废话|只要名字|就要名字|两句话|三句话|一两句|一两句话|两句|简单说说|汇报|好汇报|要汇报|回去汇报|交差|领导|领导要|领导问|阿拉|劳烦|点|些|几句话|究竟|的|地|得|了|啊|呀|哦|哈|请|请问|麻烦|麻烦你|麻烦您|帮我|帮忙|给我|我|我们|你|您|你们|想|想要|想知道|想了解|想问|想问一下|知道|了解|了解一下|一下|看看|看一下|问|问一下|问下|一个|这个|这|是|有|在|和|与|及|以及|跟|同|对|于|对于|关于|针对|就|从|到|至|把|被|由|为|为了|向|按|按照|根据|依据政策|政策|政策里|政策中|文件|文件里|文件中|意见|工作意见|里|里面|中|内|上|下|其中|来|去|要|会|能|能够|可以|可|应该|应当|应|将|将会|还|还有|也|都|才|并|并且|而|或|或者|还是|等|等等|其|此|该|各|每|每个|某|某个|个|家|项|条|种|类|处|批|所|给|让|使|用|以|之|者|一|两|两个|二|三|四|五|六|七|八|九|十|几十|主要|主要的|具体的|到底|究竟|一共有|共|总|总的|主|年|月|日|号|第|吶|喔|哟|嘞|告诉我|告诉|说明|查一下|查查|查|查询|请教|劳驾|烦请|烦|您好请问|能不能|可不可以|我想|我要|我想知道|我想了解|需不需要|方面|层面|角度|时|时候|期间|前|后|年底|年末|年前|底|末|为止|之前|以前|左右|大概|大约|约|超过|突破了|以上|以下|不低于|至少|至多|最终|分别|各自|相应|相应的|其他|其它|别的|另|另一个|任何|如|像|像是|说|讲|谈|提|称|叫|叫做|名为|中的|里的|方|者们|们|如下|如果|要是|假如|因为|所以|但|但是|不过|只|仅|只有|仅有|单|光是|就是|正是|即|即是|乃|均|皆|俱|全|全都|当|当中|间|之间|互相|相互|彼此|进行|作为|成为|是由|由于|需|须|必须|准备|打算|希望|一些|有些|有的|某些|许多|很多|这些年|个月|版|稿|份|篇|章|节|段|部分|条规定|规定|写|写的|明确|指出|强调|强调了|确定|确定的|列|列的|列为|定|定为|定位为|发展未来产业|未来|产业发展|工作|事|事情|问题|东西|内容上|资料|材料里|回答|回答我|答案|简单|简单地|简短|一句话|快速|直接|准确|准确地|完整|完整地|中文|中文回答|谢谢啦|请您|请你|有劳|老师|同志|领导问|委员问|领导想知道|各位|专家|外脑|小外|机器人|助手|@|亲|啦|嘛呢|唉|诶|哎|嗯哼|那个啥|就是说|话说|对了|还想问|顺便|顺便问|再问|再问一下|又|再|接下来|下一步|首先|另外问|总之|换句话说|也就是说|例|位|名|大|大家|新|好的话|比较想|最|非常|很|特别|尤其|更|更加|真正|确实|的话|而言|来说|来看|来讲|看|搞清楚|弄清楚|弄明白|明白一下|记录|名下|旗下|手里|手上|身上|头上|这边|那边|这块|那块|本|自己|相关的|有关的|相关内容|一块|一块儿|来着|呗|啥的|什么的|之类|之类的|级|以来|起|开始|今|明|那个领域|各个|各种|多|多种|少|高|低|快|慢|早|晚|是在|放|有关系|关系|提出|提出的|提出了|包括在内|在内|涉及到|怎么个|时间点|名"
	fillerEN = "ok google|okay google|hey google|hey siri|ok siri|alexa|somewhere|anywhere|zai gao|gao|zai|zuo|entirely|completely|altogether|wholly|utterly|obviously|apparently|evidently|presumably|seemingly|frankly|surprisingly|truly|told|after all|nothing else|no details|no need to explain|don't explain|skip the rest|that's all|one sentence|two sentences|one-sentence|sentence|sentences|version|short version|quick version|few words|a few words|couple of words|nutshell|in a nutshell|bullet list|bullets|as a list|for a slide|five minutes|minutes|minute|a|an|paper|the paper|this paper|the|of|in|on|at|for|to|by|with|from|about|or|is|are|was|were|be|been|being|can|could|would|should|will|shall|may|might|must|i|me|my|we|our|us|you|your|this|that|please|pls|plz|kindly|tell|tell me|show|show me|give|give me|let|let me know|know|like|i would like|i'd like|would like|i want|any|some|every|each|also|just|so|then|as|if|but|too|very|really|policy|the policy|document|text|policy document|file|plan document|opinions|according|according to|per|exactly|precisely|which is|into|onto|over|up|out|off|do you know|can you|could you|would you|can you tell me|could you tell me|i'd|i'm|i am|it's|im|id|we're|they're|there's|there is|there are|one|ones|two|three|four|five|six|seven|eight|nine|ten|thing|things|something|anything|someone|anyone|question|ask|asking|wonder|wondering|curious|looking|look|see|check|look up|find out|regarding|concerning|respect|with respect to|in terms of|terms|when it comes to|related|relating|related to|relevant|say|says|said|state|states|stating|provide me|remind|remind me|help me|need to know|want to know|main|key|major|primary|mainly|primarily|specific|particular|particularly|official|officially|currently in|end|by the end|end of|before|until|till|during|via|through|through which|across|throughout|well|still|even|ever|yet|again|once|only|same as|much|many|lot|lots|few|other|others|another|own|such|because|since|while|where's|whats the|here|etc|etcetera|etc.|amongst|amid|upon|among them|both of them|actually though|basically|simply|quick|quickly|short|shortly|one line|in one line|english|in english|answer|answers|reply|respond|response|kind|kinds|sort|sorts|type|types|level|levels|terms of|side|name|names|named|identify|specify|point|point me|word|words|line|lines|way that|wainao|bot|dear|sir|madam|colleague|team|colleagues|good|new|big|many of|doing|plate|slice|that are|that is|be the|as of|at all|plus|within the|around|roughly|approximately|minimum of|at least|or more|more or less|above the|exceed|exceeds|exceeded|exceeding|least of|first|second|third|last|next|me a|him|her|he|she|local|party|who|does the|do the|am|did|done by|having|were to|please tell|hmm|um|uh|er|oh|wow|well then|okay so|anyway|btw|by the way|fyi|actually|honestly|seriously|stuff|matters|matter|topic|subject|case|given that|based on|in the|on the|of the|to the|for the|by the|at the|part|parts|total|totally|altogether|combined|separately|respectively|using|use|uses|via the|let's|lets|us know|wish|would|hey there|those who|ones that|that's|thats|don't know|not sure|i'm not sure|unsure|sorry|excuse me|excuse|pardon|idea|any idea|chance|possible|possibly|perhaps|maybe|probably|likely|available|exist|exists|existing|there|come out with|come up with|it has|come to|happen|happening|happens|kind of|sort of|s|re|ll|ve|d|m|t|lead me|want you to|made|making up|long|term|long-term|bring|brings|brought|start|started|begin|begins||via which|fall within|turn|turns|try|trying|care|call|calls|go|goes|went|being the|year's|later on|whatever|however|though|although|despite|rather|instead|per the|vis|regard|regards|sure|certain|certainly|definitely|clearly|clear|easily|easy|full|fully|complete picture|picture|general|generally|in general|usually|specified|speaking|follow|following|follows|as follows|below|latest|up to date|recent|recently|new one|old|high|higher|low|lower|large|small|great deal|number|numbers|numeric|numerical|expressed|quantity|quantities|fact|facts|in fact|it say|to be|be in|going to|gonna|wanna|gotta|ought|ought to|supposed to|able|able to|they|them|guys|folks|people|everyone|everybody|fixed|change|changes|changed|work|works|thank|money|body|somebody|nobody else|each of|each one|either|neither one|all|all of them|several of|half|most of|mean by|meant|meant by|refer|refers|referring|refer to|referred|referred to|behind|beyond that|along|along with|together with|next to|besides that|inside|outside|out of|up to|down|over there|near|far|close"
)
