package delivery

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"wainao/calendar"
	"wainao/journal"
	"wainao/lang"
	"wainao/people"
)

// AlertJob tells the administrators what they have to know: slots that were
// missed and deliveries that failed. [AlertWords] has the words. It is no job of
// the configuration: nobody can turn it off.
const AlertJob JobName = "schedule-alert"

// The things that are told, each once a day for each job.
const (
	alertMissed = "missed"
	alertFailed = "failed"
)

// administrators returns who is told: those who have the role, or else the
// secretariat.
func (v View) administrators(now time.Time) []people.UserID {
	if all := v.People.Reach(v.People.WithRole(people.Admin), now); len(all) > 0 {
		return all
	}
	return v.People.Reach(v.People.WithRole(people.Secretariat), now)
}

// alert plans to tell the administrators about a job, once a day.
func (v View) alert(what string, about JobName, now time.Time) []journal.Draft {
	key := fmt.Sprintf("%s:%s:%s", what, about, calendar.DateOf(now))
	slot := handSlot(AlertJob, "", key)
	if len(key) > maxKey || v.planned(slot) {
		return nil
	}
	now = now.UTC().Truncate(time.Millisecond)
	p := plannedV1{Job: AlertJob, Slot: slot, Due: now, Until: now.Add(AskedWindow), Reason: Asked}
	for _, user := range v.administrators(now) {
		p.To = append(p.To, Recipient(user))
	}
	if len(p.To) == 0 {
		return nil
	}
	return []journal.Draft{{Kind: kindPlanned, Version: 1, Data: p}}
}

// AlertWords returns what a delivery of [AlertJob] says, as of v. ok is false
// for any other delivery.
func AlertWords(v View, d Delivery) (words lang.Text, ok bool) {
	parts := strings.SplitN(d.Key(), ":", 3)
	if d.Job != AlertJob || len(parts) != 3 {
		return lang.Text{}, false
	}
	job, day := JobName(parts[1]), calendar.Date(parts[2])
	switch parts[0] {
	case alertMissed:
		return v.missedWords(job, day), true
	case alertFailed:
		return v.failedWords(job, day), true
	}
	return lang.Text{}, false
}

// Title returns what the job is called; its name, for one that is not of the
// configuration.
func (s State) Title(name JobName) lang.Text {
	if j, ok := s.jobs.Get(name); ok && j.Title.Complete() {
		return j.Title
	}
	if name == AlertJob {
		return lang.T("日程提醒", "Schedule alert")
	}
	return lang.T(string(name), string(name))
}

func (v View) missedWords(job JobName, day calendar.Date) lang.Text {
	slots, last := 0, time.Time{}
	for _, d := range v.Query(Filter{Job: job, Status: Missed, Day: day, Limit: MaxPage}).Deliveries {
		slots += d.Slots
		if d.Due.After(last) {
			last = d.Due
		}
	}
	return lang.Tf("“%s”有%d次没有发送（最近一次应在%s）：当时服务没有运行，已过补发时限或已有更新的一次。需要的话请用 /future 日程 立即发送一次。",
		"“%s” was not sent %d times (the last was due %s): nothing was running then, and it is too late or a newer one stands in for it. If it is needed, send it now from /future schedule.",
		v.Title(job), slots, calendar.FormatTime(last))
}

func (v View) failedWords(job JobName, day calendar.Date) lang.Text {
	page := v.Query(Filter{Job: job, Status: Failed, Day: day, Limit: MaxPage})
	number := strconv.Itoa(len(page.Deliveries))
	if page.Next != "" {
		number = strconv.Itoa(MaxPage) + "+"
	}
	if len(page.Deliveries) == 0 {
		return lang.Tf("“%s”今天有没送达的消息，现在已经送达。", "Messages of “%s” did not arrive today; by now they have.", v.Title(job))
	}
	return lang.Tf("“%s”今天有%s条消息没有送达，例如：%s。请用 /future 送达 查看，处理后可以重发。",
		"%[2]s messages of “%[1]s” did not arrive today, for example: %[3]s. Look at /future deliveries; once the cause is gone they can be sent again.",
		v.Title(job), number, page.Deliveries[0].Explain())
}
