package picture_test

import (
	"slices"

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

// overview is a quarter with some of the targets.
func overview() picture.Overview {
	o := picture.Overview{Heading: picture.Heading{Title: lang.T("目标进展和上报情况", "Targets and reports"), About: lang.T("截至2026年11月23日 09:00", "As of 23 November 2026, 09:00")}, Matrix: quarter()}
	for i, t := range progress().Targets {
		if i%3 == 1 {
			t = picture.Target{Name: t.Name, Value: t.Value}
		}
		o.Targets = append(o.Targets, t)
	}
	return o
}

// emptyOverview is one of a city that has not reported anything.
func emptyOverview() picture.Overview {
	o := overview()
	for i, t := range o.Targets {
		o.Targets[i] = picture.Target{Name: t.Name, Value: t.Value}
	}
	return o
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

var criteria = []lang.Text{
	lang.T("技术进展", "Technical progress"), lang.T("产业基础", "Industrial base"), lang.T("应用场景", "Application scenarios"),
	lang.T("要素保障", "Factors and safeguards"), lang.T("总体评价", "Overall"),
}

// pairs are what is scored: the domains, each with a district.
func pairs() []lang.Text {
	var out []lang.Text
	for i := range 17 {
		out = append(out, lang.Tf("%s · %s", "%s · %s", domains[i%len(domains)], districts[(i*3)%len(districts)]))
	}
	return out
}

// scored is the evaluation of a year.
func scored() picture.Scores {
	s := picture.Scores{
		Heading: picture.Heading{Title: lang.T("2026年度动态评估：各项得分", "Dynamic evaluation 2026: scores by criterion"), About: lang.T("12位委员评分 · 顺序与布局一致，不作排名", "Scored by 12 members · in the order of the layout, not a ranking")},
		Scale:   picture.OutOf10, What: lang.T("格内为各委员评分的中位数。", "Each number is the median of the members' scores."), Criteria: criteria,
	}
	for i, name := range pairs() {
		item := picture.ScoredItem{Name: name, N: 12 - i%4}
		for j := range criteria {
			item.Scores = append(item.Scores, picture.Score{Given: i != 6 || j != 2, Value: float64((i*7+j*13)%19)/2 + 0.5})
		}
		s.Items = append(s.Items, item)
	}
	s.Items[6].Scores[2].Value = 0
	return s
}

// spread is how the overall scores of the same evaluation are spread.
func spread() picture.Spread {
	s := picture.Spread{
		Heading: picture.Heading{Title: lang.T("2026年度动态评估：总体评价的分布", "Dynamic evaluation 2026: spread of the overall scores"), About: scored().Heading.About},
		Scale:   picture.OutOf10,
	}
	for i, name := range pairs() {
		item := picture.SpreadItem{Name: name, N: 12 - i%4, Min: float64(i%5) / 2, Lower: 3 + float64(i%4)/2, Median: 5 + float64(i%6)/2, Upper: 7.5 + float64(i%3)/2, Max: 9 + float64(i%3)/2, Mean: 4.8 + float64(i%5)/2}
		switch i {
		case 3:
			item = picture.SpreadItem{Name: name}
		case 9:
			item = picture.SpreadItem{Name: name, N: 3, Min: 4, Lower: 4.5, Median: 5, Upper: 6.5, Max: 8, Mean: 5.7}
		}
		s.Items = append(s.Items, item)
	}
	return s
}

// scoreMap is the same evaluation by domain and district.
func scoreMap() picture.ScoreMap {
	m := picture.ScoreMap{
		Heading: picture.Heading{Title: lang.T("2026年度动态评估：加权分", "Dynamic evaluation 2026: weighted scores"), About: scored().Heading.About},
		Scale:   picture.OutOf10, What: lang.T("格内为加权分的中位数。", "Each number is the median of the weighted scores."), Columns: districts,
	}
	for i, d := range append(slices.Clip(domains), lang.T("脑机", "BCI")) {
		row := picture.ScoreRow{Name: d}
		for j := range districts {
			c := picture.ScoreCell{State: picture.NotScored}
			switch n := (i*10 + j*7) % 9; {
			case n < 2:
				c = picture.ScoreCell{State: picture.Scored, Value: float64((i*7+j*13)%21) / 2}
			case n == 8 && i == 4:
				c.State = picture.TooFew
			}
			row.Cells = append(row.Cells, c)
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

// boxes is a spread of which the lowest and the highest score are nobody's to
// know, with an item that too few scored.
func boxes() picture.Spread {
	s := spread()
	s.Boxes = true
	for i := range s.Items {
		s.Items[i].Min, s.Items[i].Max = 0, 0
	}
	s.Items[5] = picture.SpreadItem{Name: s.Items[5].Name, N: 2, Withheld: true}
	return s
}

// output is the city's output over the years, with two references.
func output() picture.Series {
	known := func(v float64) picture.Point { return picture.Point{State: picture.Final, Value: v} }
	s := picture.Series{
		Heading: picture.Heading{Title: lang.T("未来产业总产值", "Total output of future industries"), About: lang.T("全市 · 年度", "The city · yearly"), Note: note},
		Unit:    lang.T("亿元", "RMB 100 million"),
		Lines:   []picture.Line{{Name: lang.T("总产值", "Output"), Points: []picture.Point{known(1820), known(2140), {}, known(2890), {State: picture.Provisional, Value: 3125.5}, {State: picture.Ahead}, {State: picture.Ahead}, {State: picture.Ahead}}}},
	}
	linear := picture.Reference{Name: lang.T("线性参照（到5000亿元）", "Linear reference (to RMB 500 billion)")}
	growth := picture.Reference{Name: lang.T("等增长率参照", "Constant-growth reference")}
	for i := range 8 {
		year := 2023 + i
		s.Moments = append(s.Moments, lang.Tf("%d年", "%d", year))
		linear.Values = append(linear.Values, 1820+float64(i)*(5000-1820)/7)
		growth.Values = append(growth.Values, []float64{1820, 2103, 2430, 2808, 3244, 3748, 4330, 5000}[i])
	}
	s.References = []picture.Reference{linear, growth}
	return s
}

// counts are three registers over the quarters.
func counts() picture.Series {
	s := picture.Series{Heading: picture.Heading{Title: lang.T("已采纳项数", "Accepted items"), About: lang.T("全市 · 按季度", "The city · by quarter"), Note: note}, Unit: lang.T("项", "items")}
	rows := [][]float64{{2, 3, 3, 5, 6, 8, 9, 9, 10, 12}, {1, 1, 4, 6, -1, 7, 8, 8, 9, 9}, {-1, -1, 3, 9, 15, 22, 28, 35, 41, 48}}
	for i := range 10 {
		year, quarter := 2024+(i+1)/4, (i+1)%4+1
		s.Moments = append(s.Moments, lang.Tf("%d年%d季", "%d Q%d", year, quarter))
	}
	for i, name := range []lang.Text{lang.T("创新平台", "Innovation platforms"), lang.T("链主企业", "Chain leaders"), lang.T("应用场景", "Application scenarios")} {
		line := picture.Line{Name: name}
		for m, v := range rows[i] {
			p := picture.Point{State: picture.Final, Value: max(v, 0)}
			switch {
			case v < 0:
				p.State = picture.NotReported
			case m == 9:
				p.State = picture.Provisional
			}
			line.Points = append(line.Points, p)
		}
		s.Lines = append(s.Lines, line)
	}
	return s
}

// examples are a typical picture of each kind.
func examples() map[string]picture.Drawing {
	return map[string]picture.Drawing{
		"matrix": quarter(), "targets": progress(), "scores": scored(), "spread": spread(), "score-map": scoreMap(), "boxes": boxes(), "series": output(), "series-lines": counts(),
		"overview": overview(), "overview-empty": emptyOverview(),
	}
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
	scores := picture.Scores{Heading: targets.Heading, Scale: picture.OutOf100, What: long}
	spreads := picture.Spread{Heading: targets.Heading, Scale: picture.OutOf100}
	for range picture.MaxCriteria {
		scores.Criteria = append(scores.Criteria, long)
	}
	for i := range picture.MaxItems {
		item := picture.ScoredItem{Name: long, N: 9999}
		for range picture.MaxCriteria {
			item.Scores = append(item.Scores, picture.Score{Given: i%2 == 0, Value: 100})
		}
		scores.Items = append(scores.Items, item)
		spreads.Items = append(spreads.Items, picture.SpreadItem{Name: long, N: 9999 * (i % 2), Min: 0, Lower: 0, Median: 100, Upper: 100, Max: 100, Mean: 100})
	}
	scoreMaps := picture.ScoreMap{Heading: targets.Heading, Scale: picture.OutOf100, What: long, Columns: full.Columns}
	for i := range picture.MaxRows {
		row := picture.ScoreRow{Name: long}
		for j := range picture.MaxColumns {
			row.Cells = append(row.Cells, picture.ScoreCell{State: []picture.ScoreState{picture.Scored, picture.TooFew, picture.NotScored}[(i+j)%3], Value: 100})
		}
		scoreMaps.Rows = append(scoreMaps.Rows, row)
	}
	few := scores
	few.Items = nil
	for range picture.MaxItems {
		few.Items = append(few.Items, picture.ScoredItem{Name: long, N: 2, Scores: make([]picture.Score, picture.MaxCriteria), Withheld: true})
	}
	series := picture.Series{Heading: targets.Heading, Unit: long}
	for range picture.MaxMoments {
		series.Moments = append(series.Moments, long)
	}
	for range picture.MaxLines {
		line := picture.Line{Name: long}
		for m := range picture.MaxMoments {
			line.Points = append(line.Points, picture.Point{State: picture.Provisional, Value: 123456.78 - float64(m)*12345})
		}
		series.Lines = append(series.Lines, line)
	}
	for range picture.MaxReferences {
		series.References = append(series.References, picture.Reference{Name: long, Values: make([]float64, picture.MaxMoments)})
	}
	single := lang.T("甲", "A")
	return map[string]picture.Drawing{
		"map-full":       scoreMaps,
		"map-least":      picture.ScoreMap{Scale: picture.OutOf10, Columns: []lang.Text{single}, Rows: []picture.ScoreRow{{Name: single, Cells: []picture.ScoreCell{{State: picture.TooFew}}}}},
		"scores-few":     few,
		"scores-full":    scores,
		"scores-least":   picture.Scores{Scale: picture.OutOf10, Criteria: []lang.Text{single}, Items: []picture.ScoredItem{{Name: single, Scores: make([]picture.Score, 1)}}},
		"spread-full":    spreads,
		"spread-least":   picture.Spread{Scale: picture.OutOf10, Items: []picture.SpreadItem{{Name: single, N: 1}}},
		"series-full":    series,
		"series-least":   picture.Series{Moments: []lang.Text{single, single}, Lines: []picture.Line{{Points: make([]picture.Point, 2)}}},
		"matrix-full":    full,
		"matrix-least":   picture.Matrix{Columns: []lang.Text{lang.T("甲", "A")}, Rows: []picture.MatrixRow{{Cells: []picture.Cell{{State: picture.NoData}}}}},
		"targets-full":   targets,
		"overview-full":  picture.Overview{Heading: full.Heading, Targets: targets.Targets, Matrix: full},
		"overview-least": picture.Overview{Matrix: picture.Matrix{Columns: []lang.Text{single}, Rows: []picture.MatrixRow{{Cells: []picture.Cell{{State: picture.NotAssigned}}}}}},
		"targets-least":  picture.Targets{Targets: []picture.Target{{Name: lang.T("丙", "C")}}},
	}
}
