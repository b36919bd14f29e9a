package delivery

import "wainao/lang"

// Reason says why something is or is not done.
type Reason string

// The reasons why something is sent.
const (
	Due   Reason = "due"   // The slot's time has come.
	Late  Reason = "late"  // The slot's time passed while nobody ran; it is still within the window.
	Asked Reason = "asked" // A person asked for it, or something that happened causes it.
)

// The reasons why a slot does not run, or leaves a recipient out.
const (
	SkipMissed         Reason = "missed"          // The slot's time passed while nobody ran, too long ago, or a later one replaces it.
	SkipPaused         Reason = "paused"          // The job is paused.
	SkipNotWorkday     Reason = "not-workday"     // The day is not worked, and the job runs on workdays only.
	SkipNotTheDay      Reason = "not-the-day"     // The day does not lie so many workdays before a deadline as the job says.
	SkipQuietHours     Reason = "quiet-hours"     // Nothing is posted at this hour; of a slot: and it is too old when the hours end.
	SkipAlreadyPlanned Reason = "already-planned" // The slot has been planned before: the clock was put back.
	SkipNobody         Reason = "nobody"          // There is nobody to send to.
	SkipNotNeeded      Reason = "not-needed"      // There is nothing to tell this recipient; [Choice.Why] says more.
)

// The reasons why a step of a delivery is not taken.
const (
	Ready                Reason = "ready" // It is taken.
	SkipAlreadyPosted    Reason = "already-posted"
	SkipAlreadyFailed    Reason = "already-failed"    // It was given up.
	SkipClaimedElsewhere Reason = "claimed-elsewhere" // Another runner is at it.
	SkipBackingOff       Reason = "backing-off"       // The last attempt was not long enough ago.
	NoSuchDelivery       Reason = "no-such-delivery"
)

// The reasons why a delivery failed.
const (
	Expired Reason = "expired" // The window ended before it succeeded.
	Dead    Reason = "dead"    // The recipient cannot be reached, now or later; [FailureWords] says why.
)

// reasonWords are the words of the reasons.
var reasonWords = map[Reason]lang.Text{
	Due:                  lang.T("到时间", "its time had come"),
	Late:                 lang.T("补发：到时间时服务没有运行", "late: nothing ran when its time came"),
	Asked:                lang.T("手动发送，或由操作触发", "asked for, or caused by something that happened"),
	SkipMissed:           lang.T("错过：到时间时服务没有运行，已过补发时限或已有更新的一次", "missed: nothing ran at its time, and it is too late or a newer one stands in for it"),
	SkipPaused:           lang.T("任务已暂停", "the job is paused"),
	SkipNotWorkday:       lang.T("不是工作日", "the day is not a workday"),
	SkipNotTheDay:        lang.T("不是离上报截止日约定的那个工作日", "the day is not so many workdays before the deadline for reports"),
	SkipQuietHours:       lang.T("免打扰时段", "quiet hours"),
	SkipAlreadyPlanned:   lang.T("这一次已经安排过", "this time has been planned already"),
	SkipNobody:           lang.T("没有接收方", "there is nobody to send to"),
	SkipNotNeeded:        lang.T("没有需要通知的内容", "there is nothing to tell"),
	Ready:                lang.T("可以发送", "it can be sent"),
	SkipAlreadyPosted:    lang.T("已经送达", "it has been sent"),
	SkipAlreadyFailed:    lang.T("已经结束", "it has ended"),
	SkipClaimedElsewhere: lang.T("正在发送", "it is being sent"),
	SkipBackingOff:       lang.T("稍后重试", "it will be tried again soon"),
	NoSuchDelivery:       lang.T("没有这条记录", "there is no such delivery"),
	Expired:              lang.T("在时限内没有发成", "it could not be sent in time"),
	Dead:                 lang.T("发不到接收方", "the recipient cannot be reached"),
}

// Label names the reason.
func (r Reason) Label() lang.Text {
	if w, ok := reasonWords[r]; ok {
		return w
	}
	return lang.T(string(r), string(r))
}

// Status is how far a delivery has come.
type Status string

// The statuses.
const (
	Planned Status = "planned" // To be claimed, at NotBefore or later.
	Claimed Status = "claimed" // A runner is at it, until its lease ends.
	Posted  Status = "posted"
	Failed  Status = "failed"
	Skipped Status = "skipped" // Left out, for its reason.
	Missed  Status = "missed"  // Slots that never ran, because nobody ran at their time.
)

// Statuses lists the statuses in their fixed order.
func Statuses() []Status { return []Status{Planned, Claimed, Posted, Failed, Skipped, Missed} }

// Label names the status.
func (s Status) Label() lang.Text {
	switch s {
	case Planned:
		return lang.T("待发送", "to be sent")
	case Claimed:
		return lang.T("发送中", "being sent")
	case Posted:
		return lang.T("已送达", "sent")
	case Failed:
		return lang.T("失败", "failed")
	case Skipped:
		return lang.T("未发送", "left out")
	case Missed:
		return lang.T("错过", "missed")
	}
	return lang.T(string(s), string(s))
}

// failureWords are what Slack's error codes mean, and what to do. They are
// listed on https://docs.slack.dev/reference/methods/chat.postMessage#errors.
var failureWords = map[string]lang.Text{
	"channel_not_found":       lang.T("找不到这个频道或人。请核对名称；私有频道要先邀请机器人", "there is no such channel or person: check the name, and invite the bot into a private channel"),
	"is_archived":             lang.T("频道已归档。请恢复频道或改发别处", "the channel is archived: restore it, or send elsewhere"),
	"not_in_channel":          lang.T("机器人不在频道里。请先邀请它", "the bot is not in the channel: invite it"),
	"user_not_found":          lang.T("找不到这个人。请核对人员登记", "there is no such person: check who is registered"),
	"user_not_visible":        lang.T("机器人看不到这个人", "the bot cannot see this person"),
	"user_disabled":           lang.T("此人的账号已停用。请更新人员登记", "the person's account is deactivated: update who is registered"),
	"cannot_dm_bot":           lang.T("对方是机器人，收不了私信", "the recipient is a bot, which takes no direct messages"),
	"messages_tab_disabled":   lang.T("应用没有打开“消息”页，发不了私信。请在应用设置里打开", "the app's Messages tab is off: turn it on in the app's settings"),
	"restricted_action":       lang.T("工作区不允许机器人在这里发消息。请联系 Slack 管理员", "the workspace does not let the bot post here: ask its Slack administrator"),
	"invalid_auth":            lang.T("Slack 令牌失效。请管理员重新安装应用并更换令牌", "the Slack token is not valid: install the app again and set the new token"),
	"token_revoked":           lang.T("Slack 令牌已撤销。请管理员重新安装应用并更换令牌", "the Slack token was revoked: install the app again and set the new token"),
	"account_inactive":        lang.T("机器人账号已停用。请管理员重新安装应用", "the bot's account is deactivated: install the app again"),
	"missing_scope":           lang.T("应用缺少权限。请对照 manifest.yaml 补上并重新安装", "the app lacks a scope: compare it with manifest.yaml and install it again"),
	"msg_too_long":            lang.T("消息太长", "the message is too long"),
	"invalid_blocks":          lang.T("消息格式 Slack 不接受", "Slack does not accept the message's form"),
	"ratelimited":             lang.T("Slack 限流", "Slack's rate limit"),
	"cannot_build_a_message":  lang.T("消息内容没能生成。请看日志", "the message could not be made: see the log"),
	"message_cannot_be_found": lang.T("没能确认消息是否已在频道里。请看一下频道再决定是否重发", "it is not known whether the message is there: look before sending it again"),
}

// Codes of failures that are not Slack's.
const (
	CodeBuild   = "cannot_build_a_message"
	CodeUnknown = "message_cannot_be_found"
)

// FailureWords says what a failure's code means and what to do. It is zero for
// no code.
func FailureWords(code string) lang.Text {
	if w, ok := failureWords[code]; ok {
		return w
	}
	if code == "" {
		return lang.Text{}
	}
	return lang.Tf("Slack 回复 %s", "Slack answered %s", code)
}

// Explain says why the delivery is as it is, in a line: its reason, what Slack
// said, and what the job's builder had to say about this recipient.
func (d Delivery) Explain() lang.Text {
	words := d.Reason.Label()
	add := func(more lang.Text) {
		if !more.IsZero() {
			words = lang.T(words.ZH+"；"+more.ZH, words.EN+"; "+more.EN)
		}
	}
	if d.Slots > 1 {
		add(lang.Tf("共%d次", "%d of them", d.Slots))
	}
	add(FailureWords(d.Code))
	add(d.Why)
	return words
}
