package workspace

import "slices"

// The fixed identities of the demonstration workspace. They follow Slack's
// shape: a letter that names the kind, then upper-case letters and digits.
const (
	TeamID     = "T0WAINAO01"  // the workspace
	AppID      = "A0WAINAO01"  // the app under trial
	BotID      = "B0WAINAO01"  // the app's bot
	BotUserID  = "U0WAINAOBOT" // the bot's user
	BotName    = "wainao"      // the bot's user name, as typed after @
	slackbot   = "USLACKBOT"   // who speaks for Slack itself
	teamName   = "未来产业专家咨询委员会"
	teamDomain = "wainao"
	botReal    = "外脑"
	mailDomain = "wainao.example"
)

// The fixed credentials of the demonstration workspace. They are public on
// purpose: the workspace serves its own machine only and holds nothing secret.
const (
	BotToken      = "xoxb-wainao-workspace-bot"        //nolint:gosec // a public demo token, valid nowhere else
	AppToken      = "xapp-1-A0WAINAO01-workspace-app"  //nolint:gosec // a public demo token, valid nowhere else
	SigningSecret = "0f1e2d3c4b5a69788796a5b4c3d2e1f0" //nolint:gosec // a public demo secret, valid nowhere else
	verification  = "wainao-workspace-verification"    // the deprecated verification token that payloads still carry
)

// Seed is one seeded person. Name is the user name; RealName and Title are in
// Chinese, RealNameEN and TitleEN in English; Locale is an IETF tag as Slack
// gives it.
type Seed struct {
	ID, Name, RealName, RealNameEN, Title, TitleEN, Locale string
}

// ChannelSeed is one seeded channel. Members are user ids, the bot's included.
type ChannelSeed struct {
	ID, Name, Topic string
	Private         bool
	Members         []string
}

var seededPeople = []Seed{
	{"U0SECRETARY", "secretariat", "沈文静", "Shen Wenjing", "专委会秘书处", "Committee Secretariat", "zh-CN"},
	{"U0SECRETAR2", "secretariat-2", "吴嘉禾", "Wu Jiahe", "专委会秘书处 · 复核", "Committee Secretariat, Second Reviewer", "en-US"},
	{"U0MEMBER001", "member-1", "顾怀远", "Gu Huaiyuan", "专委会委员 · 材料", "Committee Member, Materials", "zh-CN"},
	{"U0MEMBER002", "member-2", "林静姝", "Lin Jingshu", "专委会委员 · 光电", "Committee Member, Photonics", "en-US"},
	{"U0MEMBER003", "member-3", "韩立川", "Han Lichuan", "专委会委员 · 氢能", "Committee Member, Hydrogen", "zh-CN"},
	{"U0MEMBER004", "member-4", "许若岚", "Xu Ruolan", "专委会委员 · 生物医药", "Committee Member, Biomedicine", "zh-CN"},
	{"U0MEMBER005", "member-5", "施明远", "Shi Mingyuan", "专委会委员 · 量子", "Committee Member, Quantum", "zh-CN"},
	{"U0LKUNSHAN", "liaison-kunshan", "周敏", "Zhou Min", "昆山市联络员", "Liaison, Kunshan", "zh-CN"},
	{"U0DKUNSHAN", "deputy-kunshan", "苏晨", "Su Chen", "昆山市副联络员", "Deputy Liaison, Kunshan", "zh-CN"},
	{"U0BKUNSHAN", "lead-kunshan", "何志远", "He Zhiyuan", "昆山市分管领导", "District Lead, Kunshan", "zh-CN"},
	{"U0LZHANGJG", "liaison-zhangjiagang", "陆国平", "Lu Guoping", "张家港市联络员", "Liaison, Zhangjiagang", "zh-CN"},
	{"U0LSIP0001", "liaison-sip", "陈思远", "Chen Siyuan", "苏州工业园区联络员", "Liaison, Suzhou Industrial Park", "en-US"},
	{"U0LXIANGCH", "liaison-xiangcheng", "钱晓燕", "Qian Xiaoyan", "相城区联络员", "Liaison, Xiangcheng", "zh-CN"},
	{"U0LEADER01", "leader", "徐建华", "Xu Jianhua", "市领导", "City Leadership", "zh-CN"},
}

// SeededPeople returns the people that every workspace starts with, in the
// order in which they are shown.
func SeededPeople() []Seed { return slices.Clone(seededPeople) }

// SeededChannels returns the channels that every workspace starts with. The
// direct messages between each person and the bot come on top of them.
func SeededChannels() []ChannelSeed {
	everyone := []string{BotUserID}
	for _, p := range seededPeople {
		everyone = append(everyone, p.ID)
	}
	return []ChannelSeed{
		{ID: "C0FUTUREIND", Name: "future-industries", Topic: "未来产业 · 提问与讨论", Members: everyone},
		{ID: "C0SECRETAR", Name: "secretariat", Topic: "秘书处 · 审核与催报", Private: true, Members: []string{BotUserID, "U0SECRETARY", "U0SECRETAR2"}},
		{ID: "C0LEADERSH", Name: "leadership", Topic: "领导小组 · 每周简报", Private: true, Members: []string{BotUserID, "U0LEADER01", "U0SECRETARY", "U0SECRETAR2"}},
	}
}

// directChannelID is the id of the direct messages between a person and the
// bot.
func directChannelID(person string) string { return "D" + person[1:] }

// DefaultScopes are the OAuth scopes that the seeded app holds.
func DefaultScopes() []string {
	return []string{
		"app_mentions:read", "channels:history", "channels:join", "channels:read", "chat:write", "commands",
		"files:read", "files:write", "groups:history", "groups:read", "im:history", "im:read", "im:write",
		"reactions:read", "reactions:write", "team:read", "users:read", "users:read.email",
	}
}

// DefaultEvents are the event subscriptions of the seeded app.
func DefaultEvents() []string {
	return []string{
		"app_home_opened", "app_mention", "file_shared", "member_joined_channel", "message.channels",
		"message.groups", "message.im", "reaction_added", "user_change",
	}
}

// Command is a slash command that the app registered.
type Command struct {
	Name        string `json:"name"` // with its slash
	Hint        string `json:"hint"` // what may follow, for completion
	Description string `json:"description"`
}

// The types of shortcuts.
// See https://docs.slack.dev/interactivity/implementing-shortcuts.
const (
	shortcutGlobal  = "global"
	shortcutMessage = "message"
)

// Shortcut is a shortcut that the app registered: a global one, or one in the
// menu of a message.
type Shortcut struct {
	Type        string `json:"type"` // global or message
	Name        string `json:"name"`
	CallbackID  string `json:"callback_id"`
	Description string `json:"description"`
}

func defaultShortcuts() []Shortcut {
	return []Shortcut{
		{shortcutGlobal, "上报进展 Report", "report", "打开上报表 · Open the report form"},
		{shortcutMessage, "转为上报草稿 Draft report", "report_from_message", "用这条消息填上报表 · Fill the report form from this message"},
	}
}

func defaultCommands() []Command {
	return []Command{{
		Name:        "/future",
		Hint:        "[report 上报 | review 审核 | progress 进展 | items 登记 | template 模板 | export 导出 | people 人员 | absence 外出 | period 报告期 | questions 问题 | digest 简报 | help 帮助] 或直接提问",
		Description: "问政策、报进展、审核、看简报 · Ask, report, review, read the digest",
	}}
}
