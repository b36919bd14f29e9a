package bot

import (
	"context"
	"errors"
	"time"

	"github.com/slack-go/slack"

	"wainao/lang"
)

// submission is a form on its way; done is closed once the answer is there.
type submission struct {
	done   chan struct{}
	answer *slack.ViewSubmissionResponse
}

// submit takes a submitted form. Its acknowledgement is the handler's answer.
// The same envelope again gets the first one's answer, not a second handling.
//
// When the handler takes too long the form stays open, with what was typed in
// it, and says at its first field that the outcome is not known; once the
// handler is through after all, the form is replaced by its outcome.
func (b *Bot) submit(in slack.InteractionCallback, envelope string, ack acknowledge) {
	if in.User.ID == "" {
		b.ack(ack, nil)
		return
	}
	key := in.TriggerID
	if key == "" {
		key = envelope
	}
	switch err := b.lanes.reserve(); {
	case errors.Is(err, errStopped):
		b.ack(ack, notTaken{})
		return
	case err != nil:
		b.log.Error("form not taken", "user", in.User.ID, "callback", in.View.CallbackID, "error", err)
		b.ack(ack, notice(in, overloaded))
		return
	}
	s, again := &submission{done: make(chan struct{})}, false
	if key != "" {
		s, again = b.submits.add(key, s)
	}
	go func() {
		defer b.lanes.release()
		if !again {
			go b.handleForm(in, s)
		}
		timer := time.NewTimer(b.guard)
		defer timer.Stop()
		select {
		case <-s.done:
			b.ack(ack, payload(s.answer))
			return
		case <-timer.C:
			b.ack(ack, notice(in, notKnown))
		}
		if again {
			return // The first one's goroutine shows the outcome.
		}
		b.log.Warn("a form took longer than Slack waits", "callback", in.View.CallbackID, "user", in.User.ID)
		arrived := b.later()
		<-s.done
		select {
		case <-arrived:
		case <-b.work.Done():
		}
		b.showLate(in, s.answer)
	}()
}

// handleForm calls the handler; it always closes s.done, since a panic is
// caught and becomes the answer.
func (b *Bot) handleForm(in slack.InteractionCallback, s *submission) {
	defer close(s.done)
	ctx, cancel := context.WithTimeout(b.work, handlerTime)
	defer cancel()
	where := place{user: in.User.ID}
	if reference := b.safely(where, func() { s.answer = b.o.Handler.Submit(ctx, in) }); reference != "" {
		s.answer = notice(in, failed(reference))
	}
}

// showLate replaces a form that was told to wait by what came of it. Field
// errors are not shown: submitting again brings them at their fields.
func (b *Bot) showLate(in slack.InteractionCallback, answer *slack.ViewSubmissionResponse) {
	if answer != nil && answer.ResponseAction == slack.RAErrors {
		return
	}
	view := message(in, saved)
	if answer != nil && answer.View != nil {
		view = *answer.View
	}
	ctx, cancel := context.WithTimeout(b.work, tellTime)
	defer cancel()
	if err := b.client.UpdateView(ctx, in.View.ID, "", view); err != nil {
		// The person may have closed the form.
		b.log.Warn("show a form's late outcome", "user", in.User.ID, "error", err)
		b.tell(place{user: in.User.ID}, saved)
	}
}

// payload keeps a nil answer a nil payload: no answer closes the form.
func payload(answer *slack.ViewSubmissionResponse) any {
	if answer == nil {
		return nil
	}
	if answer.View != nil {
		answer.View.NotifyOnClose = true
	}
	return answer
}

// notice answers a form with words at its first field, so that what was typed
// is kept; a form without a field shows the words instead.
func notice(in slack.InteractionCallback, words lang.Text) *slack.ViewSubmissionResponse {
	for _, block := range in.View.Blocks.BlockSet {
		if field, ok := block.(*slack.InputBlock); ok && field.BlockID != "" {
			return slack.NewErrorsViewSubmissionResponse(map[string]string{field.BlockID: both(words)})
		}
	}
	view := message(in, words)
	return slack.NewUpdateViewSubmissionResponse(&view)
}

// message is a view that says something, under the form's own title.
func message(in slack.InteractionCallback, words lang.Text) slack.ModalViewRequest {
	title := in.View.Title
	if title == nil || title.Text == "" {
		title = slack.NewTextBlockObject(slack.PlainTextType, "外脑 Wainao", false, false)
	}
	return slack.ModalViewRequest{
		Type: slack.VTModal, Title: title,
		Close: slack.NewTextBlockObject(slack.PlainTextType, "关闭 Close", false, false),
		Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewSectionBlock(
			slack.NewTextBlockObject(slack.PlainTextType, both(words), false, false), nil, nil)}},
	}
}
