package commands

import (
	"context"
	"time"

	"github.com/slack-go/slack"

	"wainao/journal"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/record"
	"wainao/render"
)

func (c *Commands) duplicatesCommand() Command {
	return Command{
		Name: "duplicates", Alias: "查重",
		Summary: lang.T("看疑似重复的项目，定是不是同一项、由谁牵头。", "See items that may be the same; say whether they are, and which district leads."),
		Example: lang.T("查重", "duplicates"),
		Needs:   people.ManageRegister,
		run: func(ctx context.Context, r *Request) error {
			return c.answer(ctx, r, render.Duplicates(r.State.Ledger.Duplicates(), nil, r.Policy, r.Lang))
		},
	}
}

func (c *Commands) mergeClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	return c.settle(ctx, r, a, ledger.Merge)
}

func (c *Commands) apartClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	return c.settle(ctx, r, a, ledger.KeepApart)
}

// settle writes what somebody decided on two items, and shows what is left to
// decide in the place of the list.
func (c *Commands) settle(ctx context.Context, r *Request, a slack.BlockAction, decide func(ledger.State, people.Person, ledger.ItemKey, ledger.ItemKey, time.Time) ([]journal.Draft, error)) error {
	x, y, ok := render.ParsePairValue(valueOf(a))
	if !ok {
		return errNoItem
	}
	_, err := c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
		return decide(s.Ledger, personOf(s.People, r.User), x, y, now)
	})
	if err != nil {
		return err
	}
	state := c.Journal.State().Ledger
	done, ok := state.SettledPair(x, y)
	if ok && render.IsSettledPair(a.BlockID) {
		return c.inPlace(ctx, r, render.Pair(done, r.Policy, r.Lang))
	}
	var shown *ledger.Settled
	if ok {
		shown = &done
	}
	return c.inPlace(ctx, r, render.Duplicates(state.Duplicates(), shown, r.Policy, r.Lang))
}

// pairClick shows what was decided on two items, to decide anew.
func (c *Commands) pairClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	x, y, ok := render.ParsePairValue(valueOf(a))
	if !ok {
		return errNoItem
	}
	d, ok := r.State.Ledger.SettledPair(x, y)
	if !ok {
		return lang.Problemf("not_settled", "这两项现在没有定论，请看 `/future 查重`。", "Nothing is decided on these two now; see `/future duplicates`.")
	}
	return c.answer(ctx, r, render.Pair(d, r.Policy, r.Lang))
}
