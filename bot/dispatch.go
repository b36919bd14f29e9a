package bot

import (
	"context"
	"crypto/rand"
	"errors"
	"runtime/debug"
	"strings"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"wainao/lang"
)

// acknowledge answers Slack that a request has arrived, with a payload or nil;
// with [notTaken] it tells, by silence or by status, to try again.
type acknowledge func(payload any) error

// notTaken is the acknowledgement that there is none: the bot is stopping, and
// Slack is to try again with whoever runs then.
type notTaken struct{}

// place is where a person can be told something about their request; the zero
// value is nowhere, for what nobody asked for.
type place struct {
	responseURL, channel, user, thread string
}

// event takes one event of the Events API.
func (b *Bot) event(e slackevents.EventsAPIEvent, ack acknowledge) {
	outer, ok := e.Data.(*slackevents.EventsAPICallbackEvent)
	if !ok || b.repeats.repeated("event", outer.EventID) {
		b.ack(ack, nil)
		return
	}
	answer := ack
	ack = func(payload any) error {
		if _, ok := payload.(notTaken); ok {
			b.repeats.forget("event", outer.EventID) // It comes again.
		}
		return answer(payload)
	}
	switch inner := e.InnerEvent.Data.(type) {
	case *slackevents.AppMentionEvent, *slackevents.MessageEvent:
		if q, ok := b.question(e.InnerEvent.Type, outer.InnerEvent); ok {
			b.take(ack, q.place(), func(ctx context.Context) { b.answer(ctx, q) }, q.lanes()...)
			return
		}
	case *slackevents.AppHomeOpenedEvent:
		if inner.User != "" && (inner.Tab == "home" || inner.Tab == "") {
			b.take(ack, place{user: inner.User}, func(ctx context.Context) {
				b.o.Handler.Home(ctx, inner.User)
			}, "user "+inner.User)
			return
		}
	case *slackevents.UserChangeEvent:
		b.client.forget(inner.User.ID)
		if handler, ok := b.o.Handler.(DepartureHandler); ok && inner.User.ID != "" && !inner.User.IsBot {
			b.take(ack, place{}, func(ctx context.Context) {
				handler.Departed(ctx, inner.User.ID, inner.User.Deleted)
			}, "user "+inner.User.ID)
			return
		}
	}
	b.ack(ack, nil)
}

// command takes a slash command; envelope is empty over HTTP.
func (b *Bot) command(cmd slack.SlashCommand, envelope string, ack acknowledge) {
	if b.repeats.repeated("interaction", envelope, cmd.TriggerID) || cmd.UserID == "" {
		b.ack(ack, nil)
		return
	}
	where := place{responseURL: cmd.ResponseURL, channel: cmd.ChannelID, user: cmd.UserID}
	b.take(ack, where, func(ctx context.Context) { b.o.Handler.Command(ctx, cmd) }, "user "+cmd.UserID)
}

// interaction takes a click, a form or a shortcut; envelope is empty over HTTP.
func (b *Bot) interaction(in slack.InteractionCallback, envelope string, ack acknowledge) {
	if in.Type == slack.InteractionTypeViewSubmission {
		b.submit(in, envelope, ack)
		return
	}
	if in.Type == slack.InteractionTypeBlockSuggestion {
		b.suggest(in, ack) // Asking changes nothing: a repeat is as good.
		return
	}
	if b.repeats.repeated("interaction", envelope, in.TriggerID) || in.User.ID == "" {
		b.ack(ack, nil)
		return
	}
	where := place{responseURL: in.ResponseURL, channel: in.Channel.ID, user: in.User.ID, thread: in.Message.ThreadTimestamp}
	if where.channel == "" {
		where.channel = in.Container.ChannelID
	}
	switch in.Type {
	case slack.InteractionTypeBlockActions:
		b.take(ack, where, func(ctx context.Context) { b.o.Handler.Action(ctx, in) }, "user "+in.User.ID)
	case slack.InteractionTypeShortcut, slack.InteractionTypeMessageAction:
		b.take(ack, where, func(ctx context.Context) { b.o.Handler.Shortcut(ctx, in) }, "user "+in.User.ID)
	case slack.InteractionTypeViewClosed:
		if handler, ok := b.o.Handler.(CloseHandler); ok {
			b.take(ack, place{}, func(ctx context.Context) { handler.Closed(ctx, in) }, "user "+in.User.ID)
			return
		}
		b.ack(ack, nil)
	default:
		b.ack(ack, nil) // A kind that the app does not use.
	}
}

// take acknowledges a request and hands it to a worker, or tells the person
// that it was not taken. What nobody asked for is left to Slack to send again.
func (b *Bot) take(ack acknowledge, where place, handle func(ctx context.Context), keys ...string) {
	switch err := b.lanes.reserve(); {
	case errors.Is(err, errStopped), err != nil && where == place{}:
		b.ack(ack, notTaken{})
		return
	case err != nil:
		b.ack(ack, nil)
		b.log.Error("request not taken", "user", where.user, "channel", where.channel, "error", err)
		b.tell(where, overloaded)
		return
	}
	b.ack(ack, nil)
	b.lanes.enqueue(func() {
		ctx, cancel := context.WithTimeout(b.work, handlerTime)
		defer cancel()
		if reference := b.safely(where, func() { handle(ctx) }); reference != "" {
			b.tell(where, failed(reference))
		}
	}, keys...)
}

func (b *Bot) ack(ack acknowledge, payload any) {
	if err := ack(payload); err != nil {
		b.log.Warn("acknowledge", "error", err)
	}
}

// safely runs do. If it panics that is logged, and the reference under which
// it was logged is returned.
func (b *Bot) safely(where place, do func()) (reference string) {
	defer func() {
		if p := recover(); p != nil {
			reference = rand.Text()[:8]
			b.log.Error("a handler panicked", "reference", reference, "user", where.user, "channel", where.channel,
				"panic", p, "stack", string(debug.Stack()))
		}
	}()
	do()
	return ""
}

var (
	overloaded = lang.T("现在请求太多，这一条没有处理。请过一分钟再试。",
		"Too many requests right now: this one was not handled. Please try again in a minute.")
	notKnown = lang.T("处理得比平时慢，还不知道是否已保存。请不要改动内容，过几秒再提交一次；同一份表单不会重复记录。",
		"This takes longer than usual; it is not known yet whether it was saved. Change nothing and submit again in a few seconds: the same form is not recorded twice.")
	saved = lang.T("刚才提交的内容已处理完毕，可以关闭这个窗口。", "What you submitted has been handled. You can close this window.")
)

func failed(reference string) lang.Text {
	return lang.Tf("出错了，编号 %s。请把编号告诉管理员。",
		"Something went wrong, reference %s. Please give it to your administrator.", reference)
}

// both shows a notice in both languages: the edge does not know the person's.
func both(t lang.Text) string { return t.ZH + "\n" + t.EN }

// tell tells a person about their request without keeping the caller. Not more
// than a few people are told at the same time, so that an overload does not
// feed itself; whoever cannot be told is in the log.
func (b *Bot) tell(where place, words lang.Text) {
	if where == (place{}) {
		return
	}
	select {
	case b.telling <- struct{}{}:
	default:
		b.log.Error("person not told", "user", where.user, "error", errFull)
		return
	}
	go func() {
		defer func() { <-b.telling }()
		ctx, cancel := context.WithTimeout(b.work, tellTime)
		defer cancel()
		if err := b.tellNow(ctx, where, words); err != nil {
			b.log.Error("person not told", "user", where.user, "error", err)
		}
	}()
}

func (b *Bot) tellNow(ctx context.Context, where place, words lang.Text) error {
	if where.responseURL != "" {
		if err := b.client.Respond(ctx, where.responseURL, false, both(words), nil); err == nil {
			return nil
		}
	}
	if where.channel != "" && !strings.HasPrefix(where.channel, "D") {
		return b.client.Ephemeral(ctx, where.channel, where.user, where.thread, both(words), nil)
	}
	if where.channel == "" {
		where.channel = where.user // A Home tab, a modal: the direct messages.
	}
	_, err := b.client.Post(ctx, where.channel, where.thread, both(words), nil)
	return err
}
