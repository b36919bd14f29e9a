package render

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/delivery"
	"wainao/lang"
	"wainao/people"
)

// Actions of the schedule; the value is the job's name unless it says otherwise.
const (
	ActionSchedule   = "schedule"    // Shows the jobs; no value.
	ActionJobEdit    = "job-edit"    // Opens the job's form.
	ActionJobCheck   = "job-check"   // In the form: shows the next times of what is typed.
	ActionJobPause   = "job-pause"   // Has its slots pass.
	ActionJobResume  = "job-resume"  // Has it run again.
	ActionJobReset   = "job-reset"   // Gives the configuration its say back.
	ActionJobRun     = "job-run"     // Runs it at once.
	ActionJobDryRun  = "job-dry-run" // Shows what a run would do.
	ActionJobMessage = "job-message" // Shows one recipient's message; value: that of [JobMessageValue].
)

// JobForm is the callback id of a job's form. Its private metadata is that of
// [AboutJob].
const JobForm = "job"

// Names of the fields of a job's form.
const (
	FieldSpec    = "spec"
	FieldZone    = "zone"
	FieldOn      = "on"
	FieldCatchUp = "catch_up"
	FieldQuiet   = "quiet"
)

// AboutJob writes the private metadata of a job's form: the language to tell its
// problems in, and the job.
func AboutJob(l lang.Lang, job delivery.JobName) string { return string(l) + ":" + string(job) }

// ParseAboutJob reads what [AboutJob] wrote.
func ParseAboutJob(metadata string) (l lang.Lang, job delivery.JobName, ok bool) {
	language, name, ok := strings.Cut(metadata, ":")
	return lang.Lang(language), delivery.JobName(name), ok && slices.Contains(lang.Both(), lang.Lang(language))
}

// JobMessageValue names a job and one of its recipients.
func JobMessageValue(job delivery.JobName, to delivery.Recipient) string {
	return string(job) + " " + string(to)
}

// ParseJobMessage reads what [JobMessageValue] wrote.
func ParseJobMessage(value string) (job delivery.JobName, to delivery.Recipient, ok bool) {
	name, recipient, ok := strings.Cut(value, " ")
	return delivery.JobName(name), delivery.Recipient(recipient), ok
}

// ScheduleJob is a job as the schedule shows it.
type ScheduleJob struct {
	delivery.JobState
	Next     []time.Time // The next times at which it runs; none when it is paused.
	Audience bool        // Whom it goes to follows from what there is to tell.
	Missing  []int       // Years of Next whose holidays are wanted for it and not loaded.
}

// maxJobs is how many jobs the schedule shows: two blocks each.
const maxJobs = 20

// Schedule renders the jobs, each with what can be done with it, and which
// years' holidays are missing, for them or at all.
func Schedule(jobs []ScheduleJob, missing []int, who people.State, l lang.Lang) Message {
	title := lang.T("日程："+count(len(jobs))+" 个任务", "Schedule: "+plural(len(jobs), "job", "jobs"))
	m := Message{Text: title.In(l), Blocks: []slack.Block{header(title.In(l))}}
	if len(jobs) == 0 {
		m.Blocks = append(m.Blocks, section(lang.T("没有定时任务。任务在配置文件的 jobs 里登记。", "There are no jobs. They are named in the configuration, under jobs.").In(l)))
	}
	for _, j := range jobs[:min(len(jobs), maxJobs)] {
		m.Blocks = append(m.Blocks, section(jobWords(j, who, l)))
		m.Blocks = append(m.Blocks, actions("job:"+string(j.Name), jobButtons(j, l)...)...)
		missing = append(missing, j.Missing...)
	}
	m.missing(missing, l)
	m.Blocks = append(m.Blocks, contextLine(lang.T("时间均为北京时间。发给了谁、有没有送达：`/future 送达`。", "All times are Beijing time. What went to whom, and whether it arrived: `/future deliveries`.").In(l)))
	return m
}

// missing says that workdays are only reckoned in years without holidays.
func (m *Message) missing(years []int, l lang.Lang) {
	if years = slices.Compact(slices.Sorted(slices.Values(years))); len(years) > 0 {
		m.Blocks = append(m.Blocks, contextLine(":warning: "+calendar.MissingWords(years).In(l)))
	}
}

func jobWords(j ScheduleJob, who people.State, l lang.Lang) string {
	title := "*" + Escape(j.Title.In(l)) + "* `" + string(j.Name) + "`"
	if j.Paused {
		title += " · :double_vertical_bar: " + lang.T("已暂停", "paused").In(l)
	}
	lines := []string{
		title,
		Escape(j.When().In(l)) + " · " + code(j.Spec), // A zone that is not Beijing's is among the words.
		NextTimes(j.Next, l),
		lang.T("发给：", "To: ").In(l) + jobTo(j, who, l) + " · " + catchUpWords(j.CatchUp).In(l),
	}
	if words := jobChanged(j, who); !words.IsZero() {
		lines = append(lines, "_"+words.In(l)+"_")
	}
	return strings.Join(lines, "\n")
}

// code shows a cron spec as it is written, stars and all: nothing acts within
// code but what ends it.
func code(s string) string {
	return "`" + strings.NewReplacer("`", "'", "&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s) + "`"
}

// NextTimes lists the next times of a job.
func NextTimes(next []time.Time, l lang.Lang) string {
	if len(next) == 0 {
		return lang.T("接下来：没有", "Next: none").In(l)
	}
	times := lang.List(next, func(t time.Time) lang.Text {
		return lang.Tf("%s（%s）", "%s (%s)", calendar.FormatTime(t), calendar.Weekday(t))
	})
	return lang.Tf("接下来：%s", "Next: %s", lang.T(times.ZH, strings.ReplaceAll(times.EN, "), ", "); "))).In(l)
}

func jobTo(j ScheduleJob, who people.State, l lang.Lang) string {
	if j.Audience && len(j.To) == 0 && len(j.Roles) == 0 {
		return lang.T("按当时的情况确定（点“试运行”看）", "depends on what there is to tell (see the dry run)").In(l)
	}
	var to []string
	for _, r := range j.To {
		to = append(to, RecipientName(r, who).In(l))
	}
	for _, r := range j.Roles {
		to = append(to, r.Name().In(l))
	}
	if len(to) == 0 {
		return lang.T("没有接收方", "nobody").In(l)
	}
	return join(l, to)
}

// RecipientName tells where a delivery goes: a person, or a channel.
func RecipientName(to delivery.Recipient, who people.State) lang.Text {
	id := string(to)
	if p, ok := who.Person(people.UserID(id)); ok {
		return shortName(p, maxNameInList)
	}
	switch {
	case id == "":
		return lang.T("无人", "nobody")
	case isID(id, 'U', 'W'):
		return lang.T("<@"+id+">", "<@"+id+">")
	case isID(id, 'C', 'G', 'D'):
		return lang.T("<#"+id+">", "<#"+id+">")
	}
	name := "#" + escapeCut(strings.TrimPrefix(id, "#"), maxNameOfLine)
	return lang.T(name, name)
}

// isID reports whether s looks like one of Slack's ids, and not like a name.
func isID(s string, first ...byte) bool {
	return len(s) > 8 && slices.Contains(first, s[0]) && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z')
	})
}

func catchUpWords(d time.Duration) lang.Text {
	if d <= 0 {
		return lang.T("错过不补发", "not sent late")
	}
	return lang.Tf("错过后 %s内补发", "sent up to %s late", durationWords(d))
}

func durationWords(d time.Duration) lang.Text {
	switch {
	case d%(24*time.Hour) == 0:
		n := int(d / (24 * time.Hour))
		return lang.T(count(n)+" 天", plural(n, "day", "days"))
	case d%time.Hour == 0:
		n := int(d / time.Hour)
		return lang.T(count(n)+" 小时", plural(n, "hour", "hours"))
	}
	n := int(d / time.Minute)
	return lang.T(count(n)+" 分钟", plural(n, "minute", "minutes"))
}

// jobChanged tells who changed a job in chat, and when.
func jobChanged(j ScheduleJob, who people.State) lang.Text {
	by := func(user people.UserID) lang.Text { return RecipientName(delivery.Recipient(user), who) }
	var all []lang.Text
	if j.Changed {
		all = append(all, lang.Tf("%s于%s更改，以此为准", "changed by %s on %s; this wins over the configuration", by(j.ChangedBy), calendar.FormatTime(j.ChangedAt)))
	}
	if j.PausedBy != "" {
		what := lang.T("恢复", "resumed")
		if j.Paused {
			what = lang.T("暂停", "paused")
		}
		all = append(all, lang.Tf("%s于%s%s", "%[3]s by %[1]s on %[2]s", by(j.PausedBy), calendar.FormatTime(j.PausedAt), what))
	}
	if len(all) == 0 {
		return lang.Text{}
	}
	words := lang.List(all, func(t lang.Text) lang.Text { return t })
	return lang.T(strings.ReplaceAll(words.ZH, "、", "；"), words.EN)
}

func jobButtons(j ScheduleJob, l lang.Lang) []slack.BlockElement {
	name := string(j.Name)
	turn := confirmed(button(ActionJobPause, name, lang.T("暂停", "Pause").In(l)),
		lang.Tf("暂停“%s”？", "Pause “%s”?", short24(j.Title)),
		lang.T("到时间也不发，直到恢复。暂停期间仍可立即发送。", "Nothing is sent at its times until it is resumed. It can still be run now."), l)
	if j.Paused {
		turn = primary(button(ActionJobResume, name, lang.T("恢复", "Resume").In(l)))
	}
	buttons := []slack.BlockElement{
		button(ActionJobDryRun, name, lang.T("试运行", "Dry run").In(l)),
		button(ActionJobEdit, name, lang.T("更改", "Change").In(l)),
		turn, runButton(ActionJobRun, j.Name, j.Title, l),
	}
	if j.Changed || j.PausedBy != "" {
		buttons = append(buttons, confirmed(button(ActionJobReset, name, lang.T("改回配置", "Reset").In(l)),
			lang.Tf("“%s”改回配置？", "Reset “%s”?", short24(j.Title)),
			lang.T("时间、运行日、免打扰和是否暂停都按配置文件。", "Its times, days, quiet hours and whether it is paused follow the configuration again."), l))
	}
	return buttons
}

func runButton(action string, job delivery.JobName, title lang.Text, l lang.Lang) *slack.ButtonBlockElement {
	return confirmed(button(action, string(job), lang.T("立即发送", "Run now").In(l)),
		lang.Tf("立即发送“%s”？", "Run “%s” now?", short24(title)),
		lang.T("现在就发给接收方，不影响以后的定时。先看看会发什么，请点“试运行”。", "It goes out to its recipients at once; the schedule stays. To see what would be sent, use the dry run."), l)
}

// short24 keeps a title in the title of a question.
func short24(t lang.Text) lang.Text { return lang.T(Cut(t.ZH, 24), Cut(t.EN, 24)) }

// JobFields is a job's form as it is filled in.
type JobFields struct{ Spec, Zone, On, CatchUp, Quiet string }

// FieldsOfJob writes a job as its form shows it.
func FieldsOfJob(j delivery.Job) JobFields {
	return JobFields{Spec: j.Spec, Zone: cmp.Or(j.Zone, delivery.DefaultZone), On: cmp.Or(string(j.On), anyDay), CatchUp: formatHours(j.CatchUp), Quiet: j.Quiet.String()}
}

// anyDay stands for [delivery.AnyDay], for a select has no empty value.
const anyDay = "any"

// formatHours writes a duration in hours, as the form asks for it.
func formatHours(d time.Duration) string {
	return strconv.FormatFloat(d.Hours(), 'f', -1, 64)
}

// JobModal renders the form that changes when a job runs. checked is what the
// check found of what is typed, in the person's language; it may be empty.
func JobModal(j delivery.JobState, f JobFields, checked string, l lang.Lang) slack.ModalViewRequest {
	line := func(name string, label, hint lang.Text, filled string) *slack.InputBlock {
		e := slack.NewPlainTextInputBlockElement(nil, name)
		e.InitialValue, e.MaxLength = filled, maxJobField
		return slack.NewInputBlock(name, plain(label.In(l)), plain(hint.In(l)), e)
	}
	var on []*slack.OptionBlockObject
	for _, c := range offeredConditions(delivery.Condition(f.On)) {
		on = append(on, option(cmp.Or(string(c), anyDay), c.Label().In(l)))
	}
	blocks := []slack.Block{
		section("*" + Escape(j.Title.In(l)) + "* `" + string(j.Name) + "`\n" + lang.Tf("现在：%s", "Now: %s", lang.T(Escape(j.When().ZH), Escape(j.When().EN))).In(l)),
		line(FieldSpec, lang.T("定时", "Times"), lang.T("五段：分 时 日 月 周。每周一 9 点是 0 9 * * 1，每天 9 点半是 30 9 * * *。",
			"Five fields: minute, hour, day, month, weekday. Mondays at 9:00 is 0 9 * * 1, every day at 9:30 is 30 9 * * *."), f.Spec),
		line(FieldZone, lang.T("时区", "Time zone"), lang.T("例如 Asia/Shanghai。", "For example Asia/Shanghai."), f.Zone),
		choice(FieldOn, FieldOn, lang.T("运行日", "Days"), on, f.On, l),
		line(FieldCatchUp, lang.T("补发时限（小时）", "Sent late, hours"), lang.T("服务中断错过后，多少小时内还补发，0 到 744。", "How many hours after an interruption it is still sent, 0 to 744."), f.CatchUp),
		optional(line(FieldQuiet, lang.T("免打扰", "Quiet hours"), lang.T("写成 22:00-08:00；不填就没有。", "Written as 22:00-08:00; none when empty."), f.Quiet)),
		slack.NewActionBlock("check", button(ActionJobCheck, string(j.Name), lang.T("检查，看接下来三次", "Check, and see the next three times").In(l))),
	}
	if checked != "" {
		blocks = append(blocks, section(checked))
	}
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: JobForm, PrivateMetadata: AboutJob(l, j.Name),
		Title:  plain(Cut(lang.T("更改任务", "Change a job").In(l), maxViewName)),
		Submit: plain(lang.T("保存", "Save").In(l)),
		Close:  plain(lang.T("取消", "Cancel").In(l)),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
}

// offeredConditions are the days that the form offers: those of every job, some
// numbers of workdays before the deadline, and the one that is chosen.
func offeredConditions(chosen delivery.Condition) []delivery.Condition {
	all := delivery.Conditions()
	for _, n := range []int{10, 5, 3, 1, 0} {
		all = append(all, delivery.BeforeDeadline(n))
	}
	if _, ok := chosen.Before(); ok && !slices.Contains(all, chosen) {
		all = append(all, chosen)
	}
	return all
}

// maxJobField bounds a field of a job's form, in characters.
const maxJobField = 100

// Checked tells what a check of the form found: the next times, with the years
// whose holidays are missing for them, or the problems, each by its field.
func Checked(next []time.Time, missing []int, when lang.Text, problems lang.FieldProblems, l lang.Lang) string {
	if len(problems) > 0 {
		return ":warning: " + escapeCut(FieldWords(problems).In(l), maxWords)
	}
	words := ":white_check_mark: " + Escape(when.In(l)) + "\n" + NextTimes(next, l)
	if len(missing) > 0 {
		words += "\n:warning: " + calendar.MissingWords(missing).In(l)
	}
	return words
}

// JobSaved tells who changed a job how it runs from now on.
func JobSaved(j ScheduleJob, l lang.Lang) Message {
	words := lang.Tf("“%s”已保存：%s。", "“%s” is saved: %s.", lang.T(Escape(j.Title.ZH), Escape(j.Title.EN)), lang.T(Escape(j.When().ZH), Escape(j.When().EN)))
	m := Note(words, l)
	m.Blocks = append(m.Blocks, section(NextTimes(j.Next, l)))
	m.missing(j.Missing, l)
	m.Blocks = append(m.Blocks, actions("saved", button(ActionSchedule, "", lang.T("看日程", "See the schedule").In(l)))...)
	return m
}

// DryRunData is what a run of a job would do.
type DryRunData struct {
	delivery.Preview
	Gaps    []lang.Text // Who owes something and is not told, and why.
	Missing []int       // Years whose holidays are wanted for it and not loaded.
}

// How much a dry run shows.
const (
	maxDryRun     = 40 // Recipients, and as many left out.
	maxDryButtons = 10 // Recipients whose message can be looked at.
)

// DryRun renders to whom a run would go and why, and who is left out and why.
func DryRun(d DryRunData, who people.State, l lang.Lang) Message {
	title := lang.Tf("试运行：%s", "Dry run: %s", d.Job.Title)
	m := Message{Text: title.In(l), Blocks: []slack.Block{header(title.In(l))}}
	when := lang.Tf("下一次：%s（%s）", "The next run: %s (%s)", calendar.FormatTime(d.Slot.Due), calendar.Weekday(d.Slot.Due))
	if !d.Next {
		when = lang.T("没有下一次", "There is no next run")
	}
	words := lang.Tf("只是看看，什么都没有发。%s。", "Only a look: nothing was sent. %s.", when)
	if d.Reason != delivery.Due {
		words = lang.Tf("%s不会发送：%s。", "%s It would not be sent: %s.", words, d.Reason.Label())
	}
	m.Blocks = append(m.Blocks, section(words.In(l)))
	m.missing(d.Missing, l)
	var to, left []string
	var buttons []slack.BlockElement
	for _, c := range d.Choices {
		name := RecipientName(c.To, who)
		if c.Skip != "" {
			left = append(left, withWhy(name.In(l), []lang.Text{c.Skip.Label(), c.Why}, l))
			continue
		}
		to = append(to, withWhy(name.In(l), []lang.Text{c.Why}, l))
		if len(buttons) < maxDryButtons {
			label := lang.Tf("给%s的", "To %s", plainName(c.To, who))
			buttons = append(buttons, button(fmt.Sprintf("%s:%d", ActionJobMessage, len(buttons)), JobMessageValue(d.Job.Name, c.To), label.In(l)))
		}
	}
	for _, gap := range d.Gaps {
		left = append(left, Escape(gap.In(l)))
	}
	m.Blocks = append(m.Blocks, dryList(lang.T("会发给", "It would go to"), lang.T("没有人。", "Nobody."), to, l)...)
	if len(left) > 0 {
		m.Blocks = append(m.Blocks, dryList(lang.T("不发", "Left out"), lang.Text{}, left, l)...)
	}
	if len(buttons) > 0 {
		m.Blocks = append(m.Blocks, section(lang.T("消息的样子：", "The message as it would look:").In(l)))
		m.Blocks = append(m.Blocks, actions("dry", buttons...)...)
	}
	return m
}

func dryList(title, none lang.Text, lines []string, l lang.Lang) []slack.Block {
	head := "*" + title.In(l) + "*"
	if len(lines) == 0 {
		return []slack.Block{section(head + "\n" + none.In(l))}
	}
	hidden := len(lines) - maxDryRun
	blocks := sections(head, lines[:min(len(lines), maxDryRun)])
	if hidden > 0 {
		blocks = append(blocks, contextLine(lang.Tf("还有 %d 个没有列出。", "%d more are not listed.", hidden).In(l)))
	}
	return blocks
}

// withWhy puts the reasons that there are behind a name.
func withWhy(name string, why []lang.Text, l lang.Lang) string {
	var words []string
	for _, w := range why {
		if !w.IsZero() {
			words = append(words, Escape(w.In(l)))
		}
	}
	if len(words) == 0 {
		return name
	}
	return name + lang.T("：", ": ").In(l) + strings.Join(words, lang.T("；", "; ").In(l))
}

// plainName is [RecipientName] for a button, which shows no mention.
func plainName(to delivery.Recipient, who people.State) lang.Text {
	if p, ok := who.Person(people.UserID(to)); ok && !p.Name.IsZero() {
		return p.Name
	}
	return lang.T(string(to), string(to))
}

// Sample renders a message that is only looked at: its buttons do nothing, so
// they are named instead.
func Sample(m Message, to delivery.Recipient, who people.State, l lang.Lang) Message {
	head := contextLine(lang.Tf("发给%s的消息的样子，没有发送；按钮只列出名称。", "The message to %s as it would look. It was not sent; its buttons are only named.", RecipientName(to, who)).In(l))
	blocks := []slack.Block{head}
	for _, b := range m.Blocks {
		switch b := b.(type) {
		case *slack.ActionBlock:
			var labels []string
			for _, e := range b.Elements.ElementSet {
				if bt, ok := e.(*slack.ButtonBlockElement); ok {
					labels = append(labels, "["+Escape(bt.Text.Text)+"]")
				}
			}
			if len(labels) > 0 {
				blocks = append(blocks, contextLine(strings.Join(labels, " ")))
			}
		case *slack.SectionBlock:
			still := *b
			still.Accessory = nil
			blocks = append(blocks, &still)
		default:
			blocks = append(blocks, b)
		}
	}
	m.Blocks = blocks[:min(len(blocks), maxBlocks)]
	return m
}

// maxBlocks is how many blocks a message holds,
// https://docs.slack.dev/reference/block-kit/blocks.
const maxBlocks = 50
