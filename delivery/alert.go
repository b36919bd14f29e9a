package delivery

import (
	"fmt"
	"maps"
	"slices"
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

// The things that are told: slots that were missed, of all jobs at once, and
// deliveries that failed, once an hour for each job.
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

// alert plans to tell the administrators about a job, or about all jobs when it
// has no name. What is the same is told once: that of one job once an hour, that
// of all jobs, and of what somebody has sent again, once for each moment.
func (v View) alert(what string, about JobName, each bool, now time.Time) []journal.Draft {
	moment := "2006-01-02 15h"
	if each {
		moment = "2006-01-02 15:04:05.000"
	}
	key := fmt.Sprintf("%s:%s:%s", what, about, now.In(calendar.Shanghai()).Format(moment))
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

// AlertWords returns what a delivery of [AlertJob] says, as of v; name names a
// recipient. ok is false for any other delivery.
func AlertWords(v View, d Delivery, name func(Recipient) lang.Text) (words lang.Text, ok bool) {
	parts := strings.SplitN(d.Key(), ":", 3)
	if d.Job != AlertJob || len(parts) != 3 {
		return lang.Text{}, false
	}
	date, _, _ := strings.Cut(parts[2], " ")
	job, day := JobName(parts[1]), calendar.Date(date)
	switch parts[0] {
	case alertMissed:
		return v.missedWords(job, day), true
	case alertFailed:
		return v.failedWords(job, day, name), true
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

// maxMissed is how many jobs an alert names.
const maxMissed = 20

// missedWords tells of the slots that were found missing on a day: of one job,
// or of all when it has no name.
func (v View) missedWords(job JobName, day calendar.Date) lang.Text {
	type missed struct {
		title lang.Text
		slots int
		last  time.Time
	}
	of := map[JobName]*missed{}
	for _, d := range v.Query(Filter{Job: job, Status: Missed, Day: day, Limit: MaxPage}).Deliveries {
		m := of[d.Job]
		if m == nil {
			m = &missed{title: v.Title(d.Job)}
			of[d.Job] = m
		}
		m.slots += d.Slots
		if d.Due.After(m.last) {
			m.last = d.Due
		}
	}
	names := slices.Sorted(maps.Keys(of))
	if len(names) == 0 {
		names, of[job] = append(names, job), &missed{title: v.Title(job)}
	}
	if len(names) == 1 {
		m := of[names[0]]
		return lang.Tf("“%s”有%s没有发送（最近一次应在%s）：当时服务没有运行，已过补发时限或已有更新的一次。需要的话请用 /future 日程 立即发送一次。",
			"“%s” was not sent %s (the last was due %s): nothing was running then, and it is too late or a newer one stands in for it. If it is needed, send it now from /future schedule.",
			m.title, times(m.slots), calendar.FormatTime(m.last))
	}
	words := lang.Tf("服务停机期间，%d个任务有消息没有发送，已过补发时限或已有更新的一次：",
		"While nothing was running, messages of %d jobs were not sent, and it is too late or newer ones stand in for them:", len(names))
	for _, name := range names[:min(len(names), maxMissed)] {
		m := of[name]
		line := lang.Tf("“%s”%s，最近一次应在%s", "“%s”: %s, the last was due %s", m.title, times(m.slots), calendar.FormatTime(m.last))
		words = lang.T(words.ZH+"\n• "+line.ZH, words.EN+"\n• "+line.EN)
	}
	if rest := len(names) - maxMissed; rest > 0 {
		words = lang.Tf("%s\n另有%d个任务", "%s\nand %d jobs more", words, rest)
	}
	return lang.Tf("%s\n需要的话请用 /future 日程 立即发送一次。", "%s\nIf one is needed, send it now from /future schedule.", words)
}

// times counts how often something happened.
func times(n int) lang.Text {
	if n == 1 {
		return lang.T("1次", "once")
	}
	return lang.Tf("%d次", "%d times", n)
}

// failedWords tells of the deliveries of a job that failed on a day, whenever
// they were planned.
func (v View) failedWords(job JobName, day calendar.Date, name func(Recipient) lang.Text) lang.Text {
	page := v.Query(Filter{Job: job, Status: Failed, Limit: MaxPage})
	failed := slices.DeleteFunc(page.Deliveries, func(d Delivery) bool { return calendar.DateOf(d.Ended) != day })
	n := len(failed)
	number := lang.Tf("%d条消息", "%d messages", n)
	switch {
	case n == 0:
		return lang.Tf("“%s”今天有没送达的消息，现在已经在重发或已送达。", "Messages of “%s” did not arrive today; by now they have, or are being sent again.", v.Title(job))
	case page.Next != "" && n == MaxPage:
		number = lang.Tf("%d条以上消息", "More than %d messages", n)
	case n == 1:
		number = lang.T("1条消息", "1 message")
	}
	return lang.Tf("“%[2]s”今天有%[1]s没有送达，例如发给%[3]s的：%[4]s。请用 /future 送达 查看，处理后可以重发。",
		"%[1]s of “%[2]s” did not arrive today, for example to %[3]s: %[4]s. Look at /future deliveries; once the cause is gone they can be sent again.",
		number, v.Title(job), name(failed[0].To), failed[0].Explain())
}
