package bot

import (
	"context"
	"time"

	"github.com/slack-go/slack"
)

// suggest answers what options an external select has for what was typed. The
// acknowledgement carries them, so that a handler that takes too long, or
// panics, offers nothing: the person types on, and is asked for again.
// https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
func (b *Bot) suggest(in slack.InteractionCallback, ack acknowledge) {
	offer := func(options []*slack.OptionBlockObject) {
		if options == nil {
			options = []*slack.OptionBlockObject{}
		}
		b.ack(ack, map[string]any{"options": options[:min(len(options), MaxOptions)]})
	}
	handler, ok := b.o.Handler.(SuggestHandler)
	if !ok || in.User.ID == "" {
		offer(nil)
		return
	}
	if err := b.lanes.reserve(); err != nil {
		b.log.Error("options not offered", "user", in.User.ID, "action", in.ActionID, "error", err)
		offer(nil)
		return
	}
	go func() {
		found := make(chan []*slack.OptionBlockObject, 1)
		ctx, cancel := context.WithTimeout(b.work, b.guard)
		defer cancel()
		go func() {
			defer b.lanes.release()
			var options []*slack.OptionBlockObject
			b.safely(place{user: in.User.ID}, func() { options = handler.Suggest(ctx, in) })
			found <- options
		}()
		timer := time.NewTimer(b.guard)
		defer timer.Stop()
		select {
		case options := <-found:
			offer(options)
		case <-timer.C:
			b.log.Warn("options took longer than Slack waits", "action", in.ActionID, "user", in.User.ID)
			offer(nil)
		}
	}()
}
