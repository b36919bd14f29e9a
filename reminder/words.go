package reminder

import "wainao/lang"

// Label says why somebody is reminded, or is not.
func (r Reason) Label() lang.Text {
	switch r {
	case DueSoon:
		return lang.T("截止日快到了", "the deadline is near")
	case DueToday:
		return lang.T("今天截止", "it is due today")
	case Overdue:
		return lang.T("已过截止日", "the deadline has passed")
	case Escalated:
		return lang.T("逾期较久", "it is far overdue")
	case StandsIn:
		return lang.T("替班", "standing in")
	case WasAsked:
		return lang.T("推迟到今天", "put off until today")
	case SkipNoWorkday:
		return lang.T("不是工作日", "the day is not a workday")
	case SkipNotToday:
		return lang.T("当天不是提醒日", "no reminder is due on that day")
	case SkipSnoozed:
		return lang.T("本人推迟了提醒", "they put their reminders off")
	case SkipAway:
		return lang.T("外出，改发替班人", "away; the stand-in is told")
	case SkipNobody:
		return lang.T("没有登记这个角色的人", "nobody is registered for it")
	case SkipDone:
		return lang.T("已经报完", "nothing is owed")
	}
	return lang.T(string(r), string(r))
}
