package policy

// DomainID names a domain in configuration, commands, blocks and the journal.
// It never changes.
type DomainID string

// The domains, in the policy's order.
const (
	NewMaterials    DomainID = "new-materials"     // 前沿新材料.
	Photonics       DomainID = "photonics"         // 光子芯片与光器件.
	Metaverse       DomainID = "metaverse"         // 元宇宙.
	Hydrogen        DomainID = "hydrogen"          // 氢能.
	DigitalFinance  DomainID = "digital-finance"   // 数字金融.
	CellGeneTherapy DomainID = "cell-gene-therapy" // 细胞和基因诊疗.
	Aerospace       DomainID = "aerospace"         // 空天开发.
	Quantum         DomainID = "quantum"           // 量子技术.
)

// DomainIDs lists the domains in the policy's order.
func DomainIDs() []DomainID {
	return []DomainID{
		NewMaterials, Photonics, Metaverse, Hydrogen,
		DigitalFinance, CellGeneTherapy, Aerospace, Quantum,
	}
}

// DistrictID names a district in configuration, commands, blocks and the
// journal. It never changes.
type DistrictID string

// The districts, in administrative order.
const (
	Zhangjiagang DistrictID = "zhangjiagang" // 张家港市.
	Changshu     DistrictID = "changshu"     // 常熟市.
	Taicang      DistrictID = "taicang"      // 太仓市.
	Kunshan      DistrictID = "kunshan"      // 昆山市.
	Wujiang      DistrictID = "wujiang"      // 吴江区.
	Wuzhong      DistrictID = "wuzhong"      // 吴中区.
	Xiangcheng   DistrictID = "xiangcheng"   // 相城区.
	Gusu         DistrictID = "gusu"         // 姑苏区.
	SIP          DistrictID = "sip"          // 苏州工业园区.
	Huqiu        DistrictID = "huqiu"        // 虎丘区.
)

// DistrictIDs lists the districts in their fixed administrative order, the
// only order in which districts are ever shown.
func DistrictIDs() []DistrictID {
	return []DistrictID{
		Zhangjiagang, Changshu, Taicang, Kunshan, Wujiang,
		Wuzhong, Xiangcheng, Gusu, SIP, Huqiu,
	}
}

// IndicatorID names an indicator in configuration, commands, blocks and the
// journal. It never changes.
type IndicatorID string

// The indicators: those with a numeric target first, then the registers.
const (
	Output            IndicatorID = "output"             // 总产值.
	Platforms         IndicatorID = "platforms"          // 创新平台.
	ChainLeaders      IndicatorID = "chain-leaders"      // 链主企业.
	PilotParks        IndicatorID = "pilot-parks"        // 先导园区.
	CoreProducts      IndicatorID = "core-products"      // 核心产品.
	Scenarios         IndicatorID = "scenarios"          // 应用场景.
	Clusters          IndicatorID = "clusters"           // 创新集群.
	Breakthroughs     IndicatorID = "breakthroughs"      // 关键核心技术.
	Consortia         IndicatorID = "consortia"          // 创新联合体.
	Institutes        IndicatorID = "institutes"         // 研究院.
	ExhibitionCentres IndicatorID = "exhibition-centres" // 展演中心.
	Talents           IndicatorID = "talents"            // 关键人才.
	SignedProjects    IndicatorID = "signed-projects"    // 标杆项目.
)

// IndicatorIDs lists the indicators in their fixed order.
func IndicatorIDs() []IndicatorID {
	return []IndicatorID{
		Output, Platforms, ChainLeaders, PilotParks, CoreProducts, Scenarios, Clusters,
		Breakthroughs, Consortia, Institutes, ExhibitionCentres, Talents, SignedProjects,
	}
}
