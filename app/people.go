package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"

	"wainao/bot"
	"wainao/journal"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
)

// personID is what a Slack user id looks like; anything else is a user name.
var personID = regexp.MustCompile(`^[UW][A-Z0-9]{6,}$`)

// assignPeople writes the configured roles into the journal where they are news:
// what was changed in chat since is left alone.
func (a *App) assignPeople(ctx context.Context, client *bot.Client) error {
	for _, pc := range a.config.People {
		id, err := client.UserID(ctx, pc.User)
		if err != nil {
			return operatorsFault(fmt.Errorf("people: %s: %w", pc.User, err))
		}
		p := pc.person()
		p.User = people.UserID(id)
		_, err = a.journal.Update(ctx, "config", func(s record.State, now time.Time) ([]journal.Draft, error) {
			return people.Configure(s.People, p, now)
		})
		if err != nil {
			return fmt.Errorf("people: assign %s: %w", pc.User, err)
		}
	}
	return nil
}

// person returns who the configuration means. User is as it is written; a
// district that nobody knows is left out, which [Config.Check] has told.
func (p PersonConfig) person() people.Person {
	out := people.Person{User: people.UserID(p.User), Name: p.Name}
	for _, r := range p.Roles {
		out.Roles = append(out.Roles, people.Role(r))
	}
	for _, d := range p.Districts {
		if district, ok := policy.Default().FindDistrict(d); ok {
			out.Districts = append(out.Districts, district.ID)
		}
	}
	return out
}

// ImportPeople reads a roster in YAML and makes it all there is: whoever is not
// in it has no role any more. With look it only tells what would change. Slack
// is asked for the ids of people given by name, and otherwise not needed.
func ImportPeople(ctx context.Context, c Config, raw []byte, look bool) (changes people.RosterChanges, err error) {
	roster, err := people.ParseRoster(bytes.NewReader(raw))
	if err != nil {
		return changes, inBoth(err)
	}
	if err := findIDs(ctx, c, roster); err != nil {
		return changes, err
	}
	// Who can reach the storage can do everything; the journal tells who it was.
	who := people.Person{User: operator, Roles: []people.Role{people.Admin}}
	err = onJournal(ctx, c, func(j *record.Journal) error {
		if look {
			changes, _, err = people.ImportRoster(j.State().People, who, roster, time.Now())
			return inBoth(err)
		}
		_, err := j.Update(ctx, operator, func(s record.State, now time.Time) (drafts []journal.Draft, err error) {
			changes, drafts, err = people.ImportRoster(s.People, who, roster, now)
			return drafts, err
		})
		return inBoth(err)
	})
	return changes, err
}

// Roster returns everybody who has a role as a roster that can be imported.
func Roster(ctx context.Context, c Config) (raw []byte, err error) {
	err = onJournal(ctx, c, func(j *record.Journal) error {
		raw, err = people.FormatRoster(j.State().People)
		return err
	})
	return raw, err
}

// onJournal opens the configured journal for do.
func onJournal(ctx context.Context, c Config, do func(*record.Journal) error) (err error) {
	s, err := openStore(ctx, c, Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	j, err := journal.Open(ctx, record.State{}, journal.Options{Store: s})
	if err != nil {
		return err
	}
	return do(j)
}

// findIDs puts Slack's ids in the place of user names.
func findIDs(ctx context.Context, c Config, roster []people.Entry) error {
	var client *bot.Client
	for i, e := range roster {
		if personID.MatchString(string(e.User)) {
			continue
		}
		if client == nil {
			var err error
			if client, err = slackClient(c); err != nil {
				return operatorsFault(fmt.Errorf("line %d: %q is a user name, and only Slack knows whose. Give the id (U…), or:\n第 %d 行：%q 是用户名，要问 Slack 才知道是谁。请写成 id（U…），或者：\n%w", e.Line, e.User, e.Line, e.User, err))
			}
		}
		id, err := client.UserID(ctx, string(e.User))
		if err != nil {
			return operatorsFault(fmt.Errorf("line %d 第 %d 行: %s: %w", e.Line, e.Line, e.User, err))
		}
		roster[i].User = people.UserID(id)
	}
	return nil
}

// lookForDeparted asks Slack once which of the people have left it or are back,
// for what happened while the bot was away.
func (a *App) lookForDeparted(ctx context.Context) {
	users, err := a.bot.Client().Users(ctx)
	if err != nil {
		if ctx.Err() == nil {
			a.log.WarnContext(ctx, "look for people who have left Slack", "error", err)
		}
		return
	}
	known := a.journal.State().People
	for _, u := range users {
		if p, ok := known.Person(people.UserID(u.ID)); ok && u.Gone == p.Departed.IsZero() {
			a.commands.Departed(ctx, u.ID, u.Gone)
		}
	}
}
