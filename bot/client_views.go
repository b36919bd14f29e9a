package bot

import (
	"context"
	"errors"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"
)

// triggerLife is how long a trigger can be used, less what it took to get here:
// https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses
const triggerLife = 2500 * time.Millisecond

// OpenView opens a modal and returns its id. A trigger is good once and for
// about 3 seconds; within them the call is repeated, because it cannot open two
// modals. When an attempt whose answer was lost has opened it, the id is empty.
func (c *Client) OpenView(ctx context.Context, triggerID string, view slack.ModalViewRequest) (viewID string, err error) {
	return c.showView(ctx, "views.open", c.api.OpenViewContext, triggerID, view)
}

// PushView opens a modal on top of the one that the trigger came from, and is
// like [Client.OpenView] in everything else. Slack takes three in a stack.
func (c *Client) PushView(ctx context.Context, triggerID string, view slack.ModalViewRequest) (viewID string, err error) {
	return c.showView(ctx, "views.push", c.api.PushViewContext, triggerID, view)
}

func (c *Client) showView(
	ctx context.Context, method string, call func(context.Context, string, slack.ModalViewRequest) (*slack.ViewResponse, error),
	triggerID string, view slack.ModalViewRequest,
) (viewID string, err error) {
	if err := checkModal(method, view); err != nil {
		return "", err
	}
	view.NotifyOnClose = true // For a [CloseHandler].
	ctx, cancel := context.WithTimeout(ctx, triggerLife)
	defer cancel()
	attempts := 0
	err = c.repeatable(ctx, method, func(ctx context.Context) error {
		attempts++
		r, err := call(ctx, triggerID, view)
		if err == nil {
			viewID = r.ID
		}
		return err
	})
	if e, ok := errors.AsType[*Error](err); ok && attempts > 1 && e.Code == "exchanged_trigger_id" {
		return "", nil
	}
	return viewID, err
}

// UpdateView replaces an open modal's content. With a hash it does so only
// when the modal is still as it was with that hash, and fails with
// hash_conflict otherwise.
func (c *Client) UpdateView(ctx context.Context, viewID, hash string, view slack.ModalViewRequest) error {
	const method = "views.update"
	if err := checkModal(method, view); err != nil {
		return err
	}
	view.NotifyOnClose = true
	call := func(ctx context.Context) error {
		_, err := c.api.UpdateViewContext(ctx, view, "", hash, viewID)
		return err
	}
	if hash != "" {
		// After a lost answer the hash would have changed by our own hand.
		return c.once(ctx, method, call)
	}
	return c.repeatable(ctx, method, call)
}

// PublishHome replaces a person's Home tab.
func (c *Client) PublishHome(ctx context.Context, user string, view slack.HomeTabViewRequest) error {
	const method = "views.publish"
	if err := checkView(method, view.Blocks, view.PrivateMetadata, view.CallbackID); err != nil {
		return err
	}
	return c.repeatable(ctx, method, func(ctx context.Context) error {
		_, err := c.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: user, View: view})
		return err
	})
}

func checkModal(method string, view slack.ModalViewRequest) error {
	for name, label := range map[string]*slack.TextBlockObject{"title": view.Title, "submit": view.Submit, "close": view.Close} {
		if label == nil {
			continue
		}
		if n := utf8.RuneCountInString(label.Text); n > MaxViewTitle {
			return refused(method, "invalid_arguments", "the view's %s has %d characters; Slack takes %d", name, n, MaxViewTitle)
		}
	}
	return checkView(method, view.Blocks, view.PrivateMetadata, view.CallbackID)
}

func checkView(method string, blocks slack.Blocks, metadata, callback string) error {
	if n := len(blocks.BlockSet); n > MaxViewBlocks {
		return refused(method, "invalid_arguments", "the view has %d blocks; Slack takes %d", n, MaxViewBlocks)
	}
	if n := utf8.RuneCountInString(metadata); n > MaxPrivateMetadata {
		return refused(method, "invalid_arguments", "the view's private metadata has %d characters; Slack takes %d", n, MaxPrivateMetadata)
	}
	if n := utf8.RuneCountInString(callback); n > MaxCallbackID {
		return refused(method, "invalid_arguments", "the view's callback id has %d characters; Slack takes %d", n, MaxCallbackID)
	}
	return nil
}
