package render

import (
	"fmt"

	"wainao/evaluation"
	"wainao/evaluation/stats"
	"wainao/lang"
	"wainao/picture"
	"wainao/policy"
)

// EvaluationPictures draws what the scores of a cycle say: the median of the
// weighted score for each pair of domain and district; the medians of each
// item by criterion; and the spread of each item's weighted score. Of an item
// that fewer than [evaluation.MinShown] scored no figure is drawn, and nowhere
// the lowest and the highest score, which are one person's. Items stand in the
// cycle's order, as many to a picture as it holds. A message shows them by
// [Message.AddPicture]; the report of the cycle puts them onto its pages. What
// cannot be drawn is left out.
func EvaluationPictures(c evaluation.Cycle, r evaluation.Result, pol *policy.Policy, l lang.Lang) []Picture {
	if len(r.Items) == 0 {
		return nil
	}
	var m Message
	scorers := 0
	for _, i := range r.Items {
		scorers = max(scorers, i.N)
	}
	about := lang.Tf("%d位委员评分 · 顺序与布局一致，不作排名", "Scored by %d members · in the order of the layout, not a ranking", scorers)
	heading := func(title lang.Text) picture.Heading {
		return picture.Heading{Title: lang.Tf("%s：%s", "%s: %s", r.Cycle.Label(), title), About: about}
	}
	for n, s := range scoreMaps(c, r, pol, heading(lang.T("各领域、各板块加权分", "weighted scores by domain and district"))) {
		m.draw(fmt.Sprintf("evaluation-map-%d.png", n+1), s.Heading.Title.In(l), s, l)
	}
	for n, s := range scoreCharts(c, r, pol, heading(lang.T("各事项、各标准得分", "scores by item and criterion"))) {
		m.draw(fmt.Sprintf("evaluation-scores-%d.png", n+1), s.Heading.Title.In(l), s, l)
	}
	for n, s := range spreadCharts(c, r, pol, heading(lang.T("加权分的分布", "spread of the weighted scores"))) {
		m.draw(fmt.Sprintf("evaluation-spread-%d.png", n+1), s.Heading.Title.In(l), s, l)
	}
	return m.Pictures
}

// scoreMaps are the domains that are evaluated, by the ten districts.
func scoreMaps(c evaluation.Cycle, r evaluation.Result, pol *policy.Policy, h picture.Heading) []picture.ScoreMap {
	var out []picture.ScoreMap
	place := map[policy.DistrictID]int{}
	var columns []lang.Text
	for i, d := range pol.Districts {
		place[d.ID], columns = i, append(columns, d.Short)
	}
	type rowOf struct{ picture, row int }
	rows := map[policy.DomainID]rowOf{}
	for _, i := range r.Items {
		at, ok := rows[i.Item.Domain]
		if !ok {
			if len(out) == 0 || len(out[len(out)-1].Rows) == picture.MaxRows {
				out = append(out, picture.ScoreMap{Heading: h, Scale: evaluation.MaxScore, What: lang.T("格内为加权分的中位数。", "Each number is the median of the weighted scores."), Columns: columns})
			}
			row := picture.ScoreRow{Name: evaluatedDomain(c, pol, i.Item.Domain), Cells: make([]picture.ScoreCell, len(columns))}
			for n := range row.Cells {
				row.Cells[n].State = picture.NotScored
			}
			m := &out[len(out)-1]
			m.Rows = append(m.Rows, row)
			at = rowOf{len(out) - 1, len(m.Rows) - 1}
			rows[i.Item.Domain] = at
		}
		cell := &out[at.picture].Rows[at.row].Cells[place[i.Item.District]]
		if cell.State = picture.TooFew; i.Told {
			*cell = picture.ScoreCell{State: picture.Scored, Value: onScale(i.Weighted.Median)}
		}
	}
	return out
}

// evaluatedDomain is the short name of a domain, one that a cycle proposes
// included.
func evaluatedDomain(c evaluation.Cycle, pol *policy.Policy, id policy.DomainID) lang.Text {
	if _, ok := pol.Domain(id); !ok {
		for _, d := range c.NewDomains {
			if d.ID == id {
				return d.Short
			}
		}
	}
	return shortDomain(pol, id)
}

// onScale keeps what rounding took off the scale on it.
func onScale(v float64) float64 { return min(max(v, evaluation.MinScore), evaluation.MaxScore) }

// evaluatedItem is the short name of an item.
func evaluatedItem(c evaluation.Cycle, pol *policy.Policy, i evaluation.Item) lang.Text {
	d, _ := pol.District(i.District)
	return lang.Tf("%s · %s", "%s · %s", evaluatedDomain(c, pol, i.Domain), d.Short)
}

// scoreCharts are the medians of each item by criterion, the weighted one last.
func scoreCharts(c evaluation.Cycle, r evaluation.Result, pol *policy.Policy, h picture.Heading) []picture.Scores {
	var criteria []lang.Text
	for _, k := range c.Criteria {
		criteria = append(criteria, k.Name)
	}
	criteria = append(criteria, lang.T("加权分", "Weighted"))
	var out []picture.Scores
	for n, i := range r.Items {
		if n%picture.MaxItems == 0 {
			out = append(out, picture.Scores{
				Heading: h, Scale: evaluation.MaxScore, Criteria: criteria,
				What: lang.T("格内为各委员评分的中位数；加权分按标准的权重计算。", "Each number is the median of the members' scores; the weighted one follows the criteria's weights."),
			})
		}
		row := picture.ScoredItem{Name: evaluatedItem(c, pol, i.Item), N: i.N, Withheld: !i.Told, Scores: make([]picture.Score, len(criteria))}
		for n, k := range i.Criteria {
			row.Scores[n] = picture.Score{Given: k.N > 0, Value: onScale(k.Median)}
		}
		row.Scores[len(criteria)-1] = picture.Score{Given: i.Weighted.N > 0, Value: onScale(i.Weighted.Median)}
		s := &out[len(out)-1]
		s.Items = append(s.Items, row)
	}
	return out
}

// spreadCharts are the quartiles of each item's weighted score.
func spreadCharts(c evaluation.Cycle, r evaluation.Result, pol *policy.Policy, h picture.Heading) []picture.Spread {
	var out []picture.Spread
	for n, i := range r.Items {
		if n%picture.MaxItems == 0 {
			out = append(out, picture.Spread{Heading: h, Scale: evaluation.MaxScore, Boxes: true})
		}
		item := picture.SpreadItem{Name: evaluatedItem(c, pol, i.Item), N: i.N, Withheld: i.N > 0 && !i.Told}
		if i.Told {
			item = strip(item, i.Weighted)
		}
		s := &out[len(out)-1]
		s.Items = append(s.Items, item)
	}
	return out
}

func strip(item picture.SpreadItem, s stats.Summary) picture.SpreadItem {
	item.Lower, item.Median, item.Upper, item.Mean = onScale(s.Q1), onScale(s.Median), onScale(s.Q3), onScale(s.Mean)
	return item
}
