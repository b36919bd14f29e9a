package render

import (
	"wainao/calendar"
	"wainao/evaluation"
	"wainao/lang"
	"wainao/policy"
)

func calendarWeekday(d evaluation.Day) lang.Text { return calendar.Weekday(d.Start()) }

// cycleDomain returns a domain's name, also of one that the cycle proposes.
func cycleDomain(d EvaluationData, id policy.DomainID) lang.Text {
	for _, n := range d.Cycle.NewDomains {
		if n.ID == id {
			return lang.T(Escape(n.Name.ZH), Escape(n.Name.EN))
		}
	}
	return domainName(d.Policy, id)
}

func calendarDay(d evaluation.Day) lang.Text { return calendar.FormatDay(d.Start()) }
