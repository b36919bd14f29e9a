package picture_test

import (
	"wainao/lang"
	"wainao/picture"
)

var districts = []lang.Text{
	lang.T("张家港", "Zhangjiagang"), lang.T("常熟", "Changshu"), lang.T("太仓", "Taicang"), lang.T("昆山", "Kunshan"), lang.T("吴江", "Wujiang"),
	lang.T("吴中", "Wuzhong"), lang.T("相城", "Xiangcheng"), lang.T("姑苏", "Gusu"), lang.T("园区", "SIP"), lang.T("虎丘", "Huqiu"),
}

var domains = []lang.Text{
	lang.T("新材料", "New materials"), lang.T("光子", "Photonics"), lang.T("元宇宙", "Metaverse"), lang.T("氢能", "Hydrogen"),
	lang.T("数字金融", "Digital finance"), lang.T("细胞基因诊疗", "Cell and gene therapy"), lang.T("空天", "Aerospace"), lang.T("量子", "Quantum"),
}

var note = lang.T("工作台账数据，不是统计数据；“未填报”不等于0。", "Figures of a work ledger, not statistics; “no data” is not 0.")

// quarter is the matrix of a quarter with every state in it.
func quarter() picture.Matrix {
	m := picture.Matrix{
		Heading: picture.Heading{
			Title: lang.T("各领域、各板块上报情况", "Reports by domain and district"),
			About: lang.T("2026年第三季度 · 截至2026年11月23日", "Third quarter of 2026 · as of 23 November 2026"), Note: note,
		},
		Columns: districts,
	}
	states := map[[2]int]picture.Cell{
		{0, 0}: {State: picture.Accepted, Count: 3}, {0, 3}: {State: picture.NoData}, {0, 8}: {State: picture.Pending, Count: 2},
		{1, 5}: {State: picture.Returned, Count: 1}, {1, 9}: {State: picture.Accepted, Count: 12}, {2, 3}: {State: picture.Stale, Count: 1},
		{2, 6}: {State: picture.NoData}, {3, 0}: {State: picture.Accepted, Count: 5}, {3, 1}: {State: picture.Pending, Count: 1},
		{4, 6}: {State: picture.NoData}, {4, 8}: {State: picture.Accepted, Count: 7}, {5, 4}: {State: picture.NoData},
		{5, 8}: {State: picture.Accepted, Count: 4}, {6, 2}: {State: picture.Stale, Count: 2}, {6, 7}: {State: picture.Pending, Count: 1},
		{7, 4}: {State: picture.NoData}, {7, 6}: {State: picture.Accepted, Count: 1},
	}
	for i, d := range domains {
		row := picture.MatrixRow{Name: d}
		for j := range districts {
			c, ok := states[[2]int{i, j}]
			if !ok {
				c.State = picture.NotAssigned
			}
			row.Cells = append(row.Cells, c)
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

// progress is all eight targets with a number, in every light.
func progress() picture.Targets {
	unit := func(zh, en string) lang.Text { return lang.T(zh, en) }
	refs := func(linear, growth float64) []picture.Mark {
		return []picture.Mark{{Kind: picture.LinearMark, Value: linear}, {Kind: picture.GrowthMark, Value: growth}}
	}
	path := func(v float64) []picture.Mark { return []picture.Mark{{Kind: picture.PathMark, Value: v}} }
	return picture.Targets{
		Heading: picture.Heading{
			Title: lang.T("目标进展", "Progress towards the targets"),
			About: lang.T("截至2026年11月23日", "As of 23 November 2026"), Note: note,
		},
		Targets: []picture.Target{
			{Name: lang.T("2030年 未来产业总产值", "2030 Total output of future industries"), Goal: lang.T("突破5000亿元", "over RMB 500 billion"), Value: 5000, Unit: unit("亿元", "RMB 100 million"), Marks: refs(2500, 2236), Light: picture.NoLight},
			{Name: lang.T("2030年 创新平台", "2030 Innovation platforms"), Goal: lang.T("10家以上", "10 or more"), Value: 10, Unit: unit("家", "platforms"), Reported: true, Accepted: 12, Pending: 1, Marks: path(6.5), Light: picture.OnTrack},
			{Name: lang.T("2030年 链主企业", "2030 Chain-leader enterprises"), Goal: lang.T("20家以上", "20 or more"), Value: 20, Unit: unit("家", "enterprises"), Reported: true, Accepted: 9, Pending: 4, Marks: path(10), Light: picture.Watch},
			{Name: lang.T("2030年 先导园区", "2030 Pilot parks"), Goal: lang.T("10个以上", "10 or more"), Value: 10, Unit: unit("个", "parks"), Reported: true, Accepted: 3, Marks: refs(5, 4.2), Light: picture.Behind},
			{Name: lang.T("2030年 核心产品", "2030 Core products"), Goal: lang.T("100个以上", "100 or more"), Value: 100, Unit: unit("个", "products"), Reported: true, Accepted: 22, Pending: 31, Marks: path(55), Light: picture.FarBehind},
			{Name: lang.T("2030年 应用场景", "2030 Application scenarios"), Goal: lang.T("100个以上", "100 or more"), Value: 100, Unit: unit("个", "scenarios"), Reported: true, Accepted: 48, Light: picture.StaleLight},
			{Name: lang.T("2030年 关键核心技术突破", "2030 Breakthroughs in key core technologies"), Goal: lang.T("一批", "a batch"), Unit: unit("项", "technologies"), Reported: true, Accepted: 4, Pending: 2, Light: picture.NoLight},
			{Name: lang.T("2035年 千亿级创新集群", "2035 Clusters of the 100-billion class"), Goal: lang.T("1–2个", "1–2"), Value: 1, Unit: unit("个", "clusters"), Reported: true, Accepted: 0, Pending: 1, Light: picture.NoLight},
		},
	}
}

// examples are a typical picture of each kind.
func examples() map[string]picture.Drawing {
	return map[string]picture.Drawing{"matrix": quarter(), "targets": progress()}
}

// extremes are pictures with as much as they hold, and as little.
func extremes() map[string]picture.Drawing {
	long := lang.T("一个很长很长的名称，用来看看放不下的文字怎么处理，是否会碰到旁边的内容，或者超出图片的边缘",
		"A very long name indeed, which shows what happens to words that do not fit, and whether they run into others or off the sheet")
	full := picture.Matrix{Heading: picture.Heading{Title: long, About: long, Note: long}}
	for range picture.MaxColumns {
		full.Columns = append(full.Columns, long)
	}
	for range picture.MaxRows {
		row := picture.MatrixRow{Name: long}
		for range picture.MaxColumns {
			row.Cells = append(row.Cells, picture.Cell{State: picture.Pending, Count: 9999, Label: long})
		}
		full.Rows = append(full.Rows, row)
	}
	targets := picture.Targets{Heading: picture.Heading{Title: long, About: long, Note: long}}
	for range picture.MaxTargets {
		targets.Targets = append(targets.Targets, picture.Target{
			Name: long, Goal: long, Value: 3, Unit: lang.T("个单位", "units"), Reported: true, Accepted: 123456789.25, Pending: 123456789.25, Light: picture.FarBehind,
			Marks: []picture.Mark{{Kind: picture.PathMark, Value: 0}, {Kind: picture.LinearMark, Value: 123456789.25}, {Kind: picture.GrowthMark, Value: 123456789.25}},
		})
	}
	return map[string]picture.Drawing{
		"matrix-full":   full,
		"matrix-least":  picture.Matrix{Columns: []lang.Text{lang.T("甲", "A")}, Rows: []picture.MatrixRow{{Cells: []picture.Cell{{State: picture.NoData}}}}},
		"targets-full":  targets,
		"targets-least": picture.Targets{Targets: []picture.Target{{Name: lang.T("丙", "C")}}},
	}
}
