package bot

import (
	"context"
	"errors"
	"net/url"
	"regexp"
	"strings"

	"github.com/slack-go/slack"
)

// User is a person as Slack knows them.
type User struct {
	ID       string
	Name     string // Handle, without @.
	RealName string
	Locale   string // As "zh-CN"; empty when Slack does not tell.
	Bot      bool
	Gone     bool // Deactivated.
}

var (
	channelID = regexp.MustCompile(`^[CGD][A-Z0-9]{6,}$`)
	personID  = regexp.MustCompile(`^[UW][A-Z0-9]{6,}$`)
)

// User returns a person by id. What Slack says is kept for some minutes, or
// until it says that the person changed.
func (c *Client) User(ctx context.Context, id string) (User, error) {
	if u, ok := c.users.get(id); ok {
		return u, nil
	}
	var u User
	err := c.repeatable(ctx, "users.info", func(ctx context.Context) error {
		r, err := c.api.GetUserInfoContext(ctx, id)
		if err == nil {
			u = person(*r)
		}
		return err
	})
	if err != nil {
		return User{}, err
	}
	u, _ = c.users.add(id, u)
	return u, nil
}

func person(u slack.User) User {
	return User{ID: u.ID, Name: u.Name, RealName: u.RealName, Locale: u.Locale, Bot: u.IsBot, Gone: u.Deleted}
}

// Active reports whether somebody is in this Slack and not deactivated. Slack
// is asked each time. Ask before writing to a person: Slack itself takes a
// message to the direct messages of somebody who left.
func (c *Client) Active(ctx context.Context, user string) (bool, error) {
	c.forget(user)
	u, err := c.User(ctx, user)
	if e, ok := errors.AsType[*Error](err); ok && (e.Code == "user_not_found" || e.Code == "user_not_visible") {
		return false, nil
	}
	return err == nil && !u.Gone, err
}

// forget drops what is kept about a person.
func (c *Client) forget(user string) { c.users.drop(user) }

// UserID returns the id of a person given by id or by name (handle or display
// name, with or without @).
func (c *Client) UserID(ctx context.Context, nameOrID string) (string, error) {
	if personID.MatchString(nameOrID) {
		return nameOrID, nil
	}
	name := strings.TrimPrefix(strings.TrimSpace(nameOrID), "@")
	if id, ok := c.directory.get("user " + name); ok && name != "" {
		return id, nil
	}
	all, err := c.everybody(ctx)
	if err != nil {
		return "", err
	}
	// A handle is unique, a display name is not: it only counts without a handle
	// of that name, and when just one person has it.
	var byHandle, byDisplay []string
	for _, u := range all {
		if u.Deleted || name == "" {
			continue
		}
		if u.Name == name {
			byHandle = append(byHandle, u.ID)
		}
		if u.Profile.DisplayName == name {
			byDisplay = append(byDisplay, u.ID)
		}
	}
	found := byHandle
	if len(found) == 0 {
		found = byDisplay
	}
	switch len(found) {
	case 0:
		return "", refused("users.list", "user_not_found", "nobody in this Slack is called %q; give the person's id (U…)", nameOrID)
	case 1:
		c.directory.add("user "+name, found[0])
		return found[0], nil
	}
	return "", refused("users.list", "user_ambiguous", "%d people are called %q; give the person's id (U…)", len(found), nameOrID)
}

// Users returns everybody in this Slack, also who has left it and the bots.
func (c *Client) Users(ctx context.Context) ([]User, error) {
	all, err := c.everybody(ctx)
	if err != nil {
		return nil, err
	}
	users := make([]User, 0, len(all))
	for _, u := range all {
		users = append(users, person(u))
	}
	return users, nil
}

func (c *Client) everybody(ctx context.Context) (all []slack.User, err error) {
	pages := c.api.GetUsersPaginated(slack.GetUsersOptionLimit(historyPage))
	for range mostPages {
		done := false
		err := c.repeatable(ctx, "users.list", func(ctx context.Context) error {
			next, err := pages.Next(ctx)
			if done = pages.Done(err); done {
				return nil
			}
			if err == nil {
				pages = next
			}
			return err
		})
		if err != nil || done {
			return all, err
		}
		all = append(all, pages.Users...)
	}
	return all, nil
}

// Channel returns the id of a channel given by name (with or without #) or by
// id; an id, also a person's, is returned as it is. Private channels are found
// when the bot is in them.
func (c *Client) Channel(ctx context.Context, nameOrID string) (id string, err error) {
	if channelID.MatchString(nameOrID) || personID.MatchString(nameOrID) {
		return nameOrID, nil
	}
	name := strings.ToLower(strings.TrimPrefix(strings.TrimSpace(nameOrID), "#"))
	if id, ok := c.directory.get("channel " + name); ok {
		return id, nil
	}
	query := slack.GetConversationsParameters{
		ExcludeArchived: true, Limit: historyPage, Types: []string{"public_channel", "private_channel"},
	}
	for range mostPages {
		var page []slack.Channel
		var next string
		err := c.repeatable(ctx, "conversations.list", func(ctx context.Context) (err error) {
			page, next, err = c.api.GetConversationsContext(ctx, &query)
			return err
		})
		if err != nil {
			return "", err
		}
		for _, ch := range page {
			c.directory.drop("channel " + ch.Name)
			c.directory.add("channel "+ch.Name, ch.ID)
			if ch.Name == name {
				id = ch.ID
			}
		}
		if query.Cursor = next; id != "" || next == "" {
			break
		}
	}
	if id == "" {
		return "", refused("conversations.list", "channel_not_found",
			"there is no channel %q, or it is private and the bot is not in it: create it, or invite the bot", nameOrID)
	}
	return id, nil
}

// conversation returns the conversation that a post to channel goes to: the
// direct messages when channel is a person. Slack refuses to open those of
// somebody who left, with user_disabled.
func (c *Client) conversation(ctx context.Context, channel string) (string, error) {
	if !personID.MatchString(channel) {
		return channel, nil
	}
	err := c.repeatable(ctx, "conversations.open", func(ctx context.Context) error {
		ch, _, _, err := c.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{channel}})
		if err == nil {
			channel = ch.ID
		}
		return err
	})
	return channel, err
}

// hideURL takes the address out of an HTTP client's error: a response URL must
// not be logged.
func hideURL(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		return u.Err
	}
	return err
}
