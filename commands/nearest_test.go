package commands_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/slack-go/slack"
)

// offered finds the commands behind an answer's buttons.
var offered = regexp.MustCompile(`"action_id":"command:\d","value":"([a-z]+)"`)

func offers(text string) (verbs []string) {
	for _, m := range offered.FindAllStringSubmatch(text, -1) {
		verbs = append(verbs, m[1])
	}
	return verbs
}

func TestWhoAsksForACommandIsOfferedIt(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		user, text string
		want       []string
	}{
		{"UKUN", "上报", []string{"report"}},
		{"UKUN", "我要上报", []string{"report"}},
		{"UKUN", "怎么上报？", []string{"report"}},
		{"UKUN", "昨天的上报怎么撤回", []string{"report"}},
		{"UKUN", "how do I submit my reports", []string{"report"}},
		{"UKUN", "请假两周", []string{"absence"}},
		{"UKUN", "审核", nil}, // Not theirs.
		{"USEC", "review", []string{"review"}},
		{"USEC", "repeat: pause the digest", []string{"digest", "schedule"}},
		{"USEC", "重复", []string{"duplicates"}},
		{"ULEA", "简报", []string{"digest"}},
		{"ULEA", "全部数据怎么下载", []string{"export"}},
		{"UMEM", "menu", []string{"help"}},
		{"UMEM", "2027年目标是多少", nil}, // What has its own refusal keeps it.
		{"UMEM", "昆山的GDP", nil},
		{"UMEM", "氢能由谁牵头", nil},
	} {
		h := newHouse(t)
		h.Message(t.Context(), tc.user, "D1", "", "1.0", tc.text, true)
		if got := offers(h.last(t).text); !slices.Equal(got, tc.want) {
			t.Errorf("%s: %q is offered %q, want %q: %s", tc.user, tc.text, got, tc.want, h.last(t).text)
		}
		h.Wait()
		if open := h.journal.State().Questions.Open(); tc.want != nil && len(open) > 0 {
			t.Errorf("%q is in the secretariat's queue", tc.text)
		}
	}
}

func TestAnOfferedCommandStarts(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	click := func(user, verb string) {
		h.Action(t.Context(), slack.InteractionCallback{
			User: slack.User{ID: user}, TriggerID: "T" + user + verb, Container: slack.Container{ChannelID: "D1", MessageTs: "1.0"},
			ActionCallback: slack.ActionCallbacks{BlockActions: []*slack.BlockAction{{ActionID: "command:0", Value: verb}}},
		})
	}
	click("UKUN", "report")
	if len(h.slack.modals) != 1 || h.slack.modals[0].CallbackID != "report" {
		t.Errorf("the form is not open: %+v", h.slack.modals)
	}
	click("UKUN", "review") // An old message, or a forged one: the command is not theirs.
	if got := h.last(t).text; !regexp.MustCompile(`:warning:.*秘书处`).MatchString(got) {
		t.Errorf("a liaison reviews: %s", got)
	}
	said := len(h.slack.said)
	click("UKUN", "nothing")
	if len(h.slack.said) != said {
		t.Errorf("an unknown verb says %s", h.last(t).text)
	}
}
