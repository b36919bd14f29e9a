package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
)

// receive keeps the socket and handles what comes over it. slack-go connects
// again by itself; its own handler starts a goroutine an event, which loses the
// order, so the events are read here, one after another.
func (b *Bot) receive(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	socket := socketmode.New(b.client.api, socketmode.OptionReadLimit(requestBody))

	var err error
	var wg sync.WaitGroup
	wg.Go(func() {
		err = socket.RunContext(ctx)
		cancel(errors.New("the socket ended"))
	})
	var dead error
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case e := <-socket.Events:
			if dead = b.socketEvent(ctx, socket, e); dead != nil {
				cancel(dead)
			}
		}
	}
	wg.Wait()
	switch {
	case dead != nil:
		return fmt.Errorf("socket mode: %w", dead)
	case err == nil || errors.Is(err, context.Canceled):
		return nil
	default:
		return fmt.Errorf("socket mode: %w", typed("apps.connections.open", err, true))
	}
}

// socketEvent handles one event; its error means that no connection will ever
// come about with these tokens.
func (b *Bot) socketEvent(ctx context.Context, socket *socketmode.Client, e socketmode.Event) error {
	ack := func(payload any) error {
		if _, ok := payload.(notTaken); ok {
			return nil
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), ackTime)
		defer cancel()
		return socket.AckCtx(ctx, e.Request.EnvelopeID, payload)
	}
	switch e.Type {
	case socketmode.EventTypeConnecting:
		b.connected.Store(false)
	case socketmode.EventTypeHello:
		b.connected.Store(true)
		b.log.Info("connected to Slack")
	case socketmode.EventTypeConnectionError:
		return b.connectionError(e)
	case socketmode.EventTypeEventsAPI:
		if data, ok := e.Data.(slackevents.EventsAPIEvent); ok {
			b.event(data, ack)
		}
	case socketmode.EventTypeSlashCommand:
		if data, ok := e.Data.(slack.SlashCommand); ok {
			b.command(data, e.Request.EnvelopeID, ack)
		}
	case socketmode.EventTypeInteractive:
		if data, ok := e.Data.(slack.InteractionCallback); ok {
			b.interaction(data, e.Request.EnvelopeID, ack)
		}
	case socketmode.EventTypeErrorBadMessage:
		b.badMessage(ctx, socket, e)
	case socketmode.EventTypeIncomingError, socketmode.EventTypeErrorWriteFailed:
		// The connection is made anew; Slack sends what was not acknowledged again.
		b.log.Warn("the socket failed", "event", string(e.Type))
	case socketmode.EventTypeInvalidAuth, socketmode.EventTypeConnected, socketmode.EventTypeDisconnect:
		// RunContext returns, or says hello next, or connects again.
	}
	return nil
}

// connectionError reports a failed attempt. slack-go goes on for ever with a
// token of the wrong kind; that is told to the operator instead.
func (b *Bot) connectionError(e socketmode.Event) error {
	b.connected.Store(false)
	data, ok := e.Data.(*slack.ConnectionErrorEvent)
	if !ok {
		return nil
	}
	err := typed("apps.connections.open", data.ErrorObj, true)
	if kind, _ := Classify(err); kind == Dead {
		return err
	}
	b.log.Warn("no connection to Slack", "attempt", data.Attempt, "wait", data.Backoff, "error", err)
	return nil
}

// badMessage acknowledges what slack-go cannot parse, for instance an event
// type that it does not know: nobody would understand it the next time either.
func (b *Bot) badMessage(ctx context.Context, socket *socketmode.Client, e socketmode.Event) {
	data, ok := e.Data.(*socketmode.ErrorBadMessage)
	if !ok {
		return
	}
	var envelope struct {
		ID   string `json:"envelope_id"`
		Type string `json:"type"`
	}
	if err := json.Unmarshal(data.Message, &envelope); err != nil || envelope.ID == "" {
		b.log.Warn("not understood from Slack", "type", envelope.Type)
		return
	}
	b.log.Warn("not understood from Slack", "type", envelope.Type, "envelope", envelope.ID)
	ctx, cancel := context.WithTimeout(ctx, ackTime)
	defer cancel()
	if err := socket.AckCtx(ctx, envelope.ID, nil); err != nil {
		b.log.Warn("acknowledge", "envelope", envelope.ID, "error", err)
	}
}
