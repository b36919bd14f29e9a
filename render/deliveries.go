package render

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/delivery"
	"wainao/lang"
	"wainao/people"
)

// Actions of the deliveries. The value is that of [DeliveriesValue], but that of
// a button that sends again.
const (
	ActionDeliveries = "deliveries" // Shows what went to whom.
	ActionResend     = "resend"     // Sends again; value: the delivery's id.
)

// filterV is a filter as a button holds it.
type filterV struct {
	Job     delivery.JobName   `json:"j,omitempty"`
	To      delivery.Recipient `json:"t,omitempty"`
	Status  delivery.Status    `json:"s,omitempty"`
	Trouble bool               `json:"x,omitempty"`
	Day     calendar.Date      `json:"d,omitempty"`
	Before  delivery.Cursor    `json:"b,omitempty"`
}

// DeliveriesValue writes a filter into a button.
func DeliveriesValue(f delivery.Filter) string {
	raw, err := json.Marshal(filterV{f.Job, f.To, f.Status, f.Trouble, f.Day, f.Before})
	if err != nil {
		return "" // Strings and a boolean always marshal.
	}
	return string(raw)
}

// ParseDeliveries reads what [DeliveriesValue] wrote; nothing is no filter.
func ParseDeliveries(value string) (f delivery.Filter, ok bool) {
	if value == "" {
		return f, true
	}
	var v filterV
	if err := json.Unmarshal([]byte(value), &v); err != nil {
		return f, false
	}
	return delivery.Filter{Job: v.Job, To: v.To, Status: v.Status, Trouble: v.Trouble, Day: v.Day, Before: v.Before}, true
}

// DeliveriesPage is how many deliveries one message lists: a block or two each.
const DeliveriesPage = 12

// TroubleShown is how many that did not arrive stand on top.
const TroubleShown = 5

// DeliveriesData is a page of deliveries.
type DeliveriesData struct {
	Filter  delivery.Filter
	Page    delivery.Page
	Trouble []delivery.Delivery // The newest ones that did not arrive, of any filter.
	More    bool                // There are more of them.
	State   delivery.State
	People  people.State
	Today   calendar.Date
}

// Deliveries renders what went to whom, when and why; what did not arrive is on
// top.
func Deliveries(d DeliveriesData, l lang.Lang) Message {
	title := lang.T("送达", "Deliveries")
	words := filterWords(d)
	if !words.IsZero() {
		title = lang.Tf("送达：%s", "Deliveries: %s", words)
	}
	m := Message{Text: Escape(title.In(l)), Blocks: []slack.Block{header(title.In(l))}}
	onTop := map[delivery.ID]bool{}
	if d.Filter.Before == "" && !d.Filter.Trouble && len(d.Trouble) > 0 {
		m.Blocks = append(m.Blocks, section(":warning: *"+lang.T("没有送达，要处理", "Did not arrive: something is to be done").In(l)+"*"))
		for i, v := range d.Trouble[:min(len(d.Trouble), TroubleShown)] {
			onTop[v.ID] = true
			m.Blocks = append(m.Blocks, deliveryRow(v, d, fmt.Sprintf("t%d", i), l))
		}
		if d.More {
			m.Blocks = append(m.Blocks, actions("more-trouble", button(ActionDeliveries+":more", DeliveriesValue(delivery.Filter{Trouble: true}), lang.T("看全部没有送达的", "See all that did not arrive").In(l)))...)
		}
		m.Blocks = append(m.Blocks, slack.NewDividerBlock())
	}
	for i, v := range d.Page.Deliveries {
		if onTop[v.ID] {
			continue
		}
		m.Blocks = append(m.Blocks, deliveryRow(v, d, fmt.Sprint(i), l))
	}
	if len(d.Page.Deliveries) == 0 {
		none := lang.T("没有记录。", "Nothing is recorded.")
		if d.Page.Next != "" {
			none = lang.T("这一页没有符合的记录，请看更早的。", "Nothing on this page matches; look at earlier ones.")
		}
		m.Blocks = append(m.Blocks, section(none.In(l)))
	}
	m.Blocks = append(m.Blocks, deliveryButtons(d, l)...)
	m.Blocks = append(m.Blocks, contextLine(lang.T("也可以写出来：`/future 送达 失败`、`/future 送达 每周简报 今天`、`/future 送达 周敏`。时间均为北京时间。",
		"Words work too: `/future deliveries failed`, `/future deliveries weekly-digest today`, `/future deliveries Zhou Min`. All times are Beijing time.").In(l)))
	return m
}

// statusSigns stand beside the words of a status.
var statusSigns = map[delivery.Status]string{
	delivery.Planned: ":hourglass_flowing_sand:", delivery.Claimed: ":hourglass_flowing_sand:", delivery.Posted: ":white_check_mark:",
	delivery.Failed: ":x:", delivery.Skipped: ":heavy_minus_sign:", delivery.Missed: ":warning:",
}

// deliveryRow tells of one delivery, with what can be done about it.
func deliveryRow(v delivery.Delivery, d DeliveriesData, id string, l lang.Lang) slack.Block {
	what := Escape(DeliveryTitle(d.State, v.Job).In(l))
	if v.To != "" {
		what += " → " + RecipientName(v.To, d.People).In(l)
	}
	lines := []string{statusSigns[v.Status] + " *" + v.Status.Label().In(l) + "* · " + what}
	times := calendar.FormatTime(whenOf(v)).In(l)
	if v.Attempts > 1 {
		times += " · " + lang.Tf("试了 %d 次", "%d attempts", v.Attempts).In(l)
	}
	if v.By != "" && v.Job != delivery.AlertJob {
		times += " · " + lang.Tf("由%s操作", "caused by %s", RecipientName(delivery.Recipient(v.By), d.People)).In(l)
	}
	if v.ResentBy != "" {
		times += " · " + lang.Tf("%s要求重发", "sent again by %s", RecipientName(delivery.Recipient(v.ResentBy), d.People)).In(l)
	}
	if v.Message.Link != "" {
		times += " · <" + v.Message.Link + "|" + lang.T("看消息", "message").In(l) + ">"
	}
	lines = append(lines, times, lang.T("原因：", "Why: ").In(l)+Escape(v.Explain().In(l)))
	text := strings.Join(lines, "\n")
	switch v.Status {
	case delivery.Planned, delivery.Claimed, delivery.Posted, delivery.Skipped:
	case delivery.Failed:
		return sectionWith(text, confirmed(primary(button(ActionResend+":"+id, string(v.ID), lang.T("重发", "Send again").In(l))),
			lang.T("重发这条消息？", "Send this message again?"),
			lang.T("先把原因处理好。24 小时内会再试；已经在的不会重复发。", "See to the cause first. It is tried for a day; what is there already is not sent twice."), l))
	case delivery.Missed:
		if j, ok := d.State.Job(v.Job); ok {
			return sectionWith(text, runButton(ActionJobRun+":"+id, j.Name, j.Title, l))
		}
	}
	return section(text)
}

// whenOf returns the moment that a list shows: when it ended, or else when it
// is due.
func whenOf(v delivery.Delivery) time.Time {
	if !v.Ended.IsZero() && v.Status != delivery.Missed && v.Status != delivery.Skipped {
		return v.Ended
	}
	return v.Due
}

// filterWords tells what is shown.
func filterWords(d DeliveriesData) lang.Text {
	var all []lang.Text
	if d.Filter.Trouble {
		all = append(all, lang.T("没有送达的", "those that did not arrive"))
	}
	if d.Filter.Status != "" {
		all = append(all, d.Filter.Status.Label())
	}
	if d.Filter.Job != "" {
		all = append(all, DeliveryTitle(d.State, d.Filter.Job))
	}
	if d.Filter.To != "" {
		all = append(all, plainName(d.Filter.To, d.People))
	}
	if d.Filter.Day != "" {
		all = append(all, calendar.FormatDay(d.Filter.Day.Start()))
	}
	if len(all) == 0 {
		return lang.Text{}
	}
	return lang.List(all, func(t lang.Text) lang.Text { return t })
}

// maxJobFilters is how many jobs have a button to show theirs alone.
const maxJobFilters = 8

// deliveryButtons narrow the list, and lead to other pages.
func deliveryButtons(d DeliveriesData, l lang.Lang) []slack.Block {
	n := 0
	filter := func(label lang.Text, on bool, edit func(*delivery.Filter)) *slack.ButtonBlockElement {
		f := d.Filter
		f.Before, f.Limit = "", 0
		edit(&f)
		n++
		words := label.In(l)
		if on {
			words = "✓ " + words
		}
		return button(fmt.Sprintf("%s:%d", ActionDeliveries, n), DeliveriesValue(f), words)
	}
	status := []slack.BlockElement{
		filter(lang.T("全部", "All"), d.Filter.Status == "" && !d.Filter.Trouble, func(f *delivery.Filter) { f.Status, f.Trouble = "", false }),
		filter(lang.T("没有送达", "Did not arrive"), d.Filter.Trouble, func(f *delivery.Filter) { f.Status, f.Trouble = "", true }),
	}
	for _, s := range []delivery.Status{delivery.Posted, delivery.Planned, delivery.Skipped} {
		status = append(status, filter(s.Label(), d.Filter.Status == s, func(f *delivery.Filter) { f.Status, f.Trouble = s, false }))
	}
	status = append(status, filter(lang.T("今天", "Today"), d.Filter.Day == d.Today, func(f *delivery.Filter) {
		if f.Day == d.Today {
			f.Day = ""
		} else {
			f.Day = d.Today
		}
	}))
	blocks := actions("status", status...)
	var jobs []slack.BlockElement
	for _, j := range d.State.Jobs() {
		if len(jobs) == maxJobFilters {
			break
		}
		jobs = append(jobs, filter(j.Title, d.Filter.Job == j.Name, func(f *delivery.Filter) {
			if f.Job == j.Name {
				f.Job = ""
			} else {
				f.Job = j.Name
			}
		}))
	}
	blocks = append(blocks, actions("jobs", jobs...)...)
	var pages []slack.BlockElement
	if d.Filter.Before != "" {
		pages = append(pages, filter(lang.T("最新的", "Newest"), false, func(*delivery.Filter) {}))
	}
	if d.Page.Next != "" {
		pages = append(pages, filter(lang.T("更早的", "Earlier"), false, func(f *delivery.Filter) { f.Before = d.Page.Next }))
	}
	if d.Filter.To != "" {
		pages = append(pages, filter(lang.T("不限接收方", "Any recipient"), false, func(f *delivery.Filter) { f.To = "" }))
	}
	return append(blocks, actions("pages", pages...)...)
}

// ScheduleAlert tells an administrator what did not arrive, with a button that
// lists it.
func ScheduleAlert(words lang.Text, l lang.Lang) Message {
	m := Note(words, l)
	m.Blocks = append(m.Blocks, actions("alert", button(ActionDeliveries, DeliveriesValue(delivery.Filter{Trouble: true}), lang.T("看没有送达的", "See what did not arrive").In(l)))...)
	return m
}

// Running tells who ran a job by hand that it is on its way.
func Running(title lang.Text, job delivery.JobName, l lang.Lang) Message {
	m := Note(lang.Tf("“%s”正在发送。", "“%s” is on its way.", lang.T(Escape(title.ZH), Escape(title.EN))), l)
	m.Blocks = append(m.Blocks, actions("running", button(ActionDeliveries, DeliveriesValue(delivery.Filter{Job: job}), lang.T("看送达", "See the deliveries").In(l)))...)
	return m
}

// Resending tells who sends a delivery again that it is on its way.
func Resending(v delivery.Delivery, s delivery.State, who people.State, l lang.Lang) Message {
	title := DeliveryTitle(s, v.Job)
	return Note(lang.Tf("正在重发：“%s”给%s。24 小时内会一直试，结果见 `/future 送达`。", "Sending again: “%s” to %s. It is tried for a day; see `/future deliveries`.",
		lang.T(Escape(title.ZH), Escape(title.EN)), RecipientName(v.To, who)), l)
}

// told are the titles of what is told at once when somebody does something, and
// has no job with a title of its own.
var told = map[delivery.JobName]lang.Text{
	"review-card":       lang.T("上报待审核", "Report to review"),
	"batch-card":        lang.T("表格上报待审核", "Sheet to review"),
	"no-change-card":    lang.T("无变化待审核", "“No change” to review"),
	"receipt":           lang.T("上报回执", "Receipt of a report"),
	"no-change-receipt": lang.T("无变化回执", "Receipt of “no change”"),
	"decision":          lang.T("审核结果", "Decision on a report"),
	"question":          lang.T("秘书处提问", "Question about a report"),
	"reply":             lang.T("板块答复", "Answer to a question"),
	"departed":          lang.T("人员离开", "Somebody has left"),
	"stand-in":          lang.T("替班通知", "Note to a stand-in"),
	"evaluation-note":   lang.T("评估通知", "Note of the evaluation"),
	"ballot":            lang.T("请表决", "Ballot"),
	"ballot-update":     lang.T("表决更新", "Votes brought up to date"),
	"objection":         lang.T("公示异议", "Objection"),
	"objection-answer":  lang.T("异议答复", "Answer to an objection"),
}

// DeliveryTitle is what a delivery is called; its job's id when nobody has named
// it.
func DeliveryTitle(s delivery.State, job delivery.JobName) lang.Text {
	if title, ok := told[job]; ok {
		return title
	}
	return s.Title(job)
}
