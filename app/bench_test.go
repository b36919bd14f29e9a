package app_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"wainao/app"
	"wainao/workspace"
)

// BenchmarkQuestionToReply measures from a person's message to the reply's
// being there, through the workspace, Socket Mode, the bot and the Web API.
func BenchmarkQuestionToReply(b *testing.B) {
	c := startChat(b, b.TempDir(), func(o *app.TryOptions) {
		o.LogLevel = "error"
		o.Rates = new(workspace.NoRates())
	})
	api := slack.New(workspace.BotToken, slack.OptionAPIURL(c.address+"/api/"))
	dm := c.state().channel("dm-member-2").ID
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		ts := c.say("member-2", "dm", "Which districts lead hydrogen?")
		for !answered(b, api, dm, ts) {
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

// answered reports whether the newest message in the channel is a reply to the
// one at ts.
func answered(b *testing.B, api *slack.Client, channel, ts string) bool {
	b.Helper()
	page, err := api.GetConversationHistoryContext(context.Background(), &slack.GetConversationHistoryParameters{ChannelID: channel, Limit: 1, Oldest: ts})
	if err != nil {
		b.Fatal(err)
	}
	return len(page.Messages) > 0 && strings.Contains(page.Messages[0].Text, "Zhangjiagang")
}
