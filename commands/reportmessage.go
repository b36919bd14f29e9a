package commands

import (
	"cmp"
	"context"
	"regexp"
	"strings"

	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
)

// reportFromMessage turns a message into a draft, and opens its form. The same
// message opens the same draft again, as it is by then. For who reports for
// several districts the form is only filled in: they choose first.
func (c *Commands) reportFromMessage(ctx context.Context, r *Request, text, ts string) error {
	key := "message:" + r.Channel + "." + ts
	if begun, ok := r.State.Ledger.DraftBegun(r.Policy, r.Person, key); ok {
		in := begun.In
		in.FromDraft = begun.ID
		return c.openSaved(ctx, r, in, memory{}, begun.ID)
	}
	words, link := readMessage(text, r.State.People, r.Lang)
	typed := ledger.Submission{Progress: words, Evidence: link}
	if len([]rune(typed.Progress)) > ledger.MaxText {
		typed.Progress = string([]rune(typed.Progress)[:ledger.MaxText])
	}
	in, m, err := c.newForm(r, typed)
	if err != nil {
		return err
	}
	in.Progress, in.Evidence = typed.Progress, typed.Evidence
	if id, ok := onlyNamed(words, r.Policy.Domains, func(d policy.Domain) (policy.DomainID, []lang.Text) {
		return d.ID, []lang.Text{d.Name, d.Short}
	}); ok && in.Domain == "" {
		in.Domain = string(id)
	}
	if id, ok := onlyNamed(words, r.Policy.Indicators, func(i policy.Indicator) (policy.IndicatorID, []lang.Text) {
		return i.ID, []lang.Text{i.Name}
	}); ok {
		in.Indicator = string(id)
	}
	var saved ledger.DraftID
	if in.District != "" {
		in.Key = key
		if saved, err = c.saveDraft(ctx, r, in); err != nil {
			return err
		}
		in.FromDraft = saved
	}
	return c.openSaved(ctx, r, in, m, saved)
}

// openSaved opens the form on what is kept as a draft, and says so.
func (c *Commands) openSaved(ctx context.Context, r *Request, in ledger.Submission, m memory, saved ledger.DraftID) error {
	f, m, err := c.form(r, in, m)
	if err != nil {
		return err
	}
	f.Saved = saved
	return c.open(ctx, r, c.modal(f, m, r.Lang))
}

// onlyNamed returns the one thing whose name stands in the text; none when
// several do.
func onlyNamed[T any, ID comparable](text string, all []T, names func(T) (ID, []lang.Text)) (found ID, ok bool) {
	text = strings.ToLower(text)
	has := func(name string) bool { return name != "" && strings.Contains(text, strings.ToLower(name)) }
	for _, one := range all {
		id, spelt := names(one)
		for _, name := range spelt {
			if !has(name.ZH) && !has(name.EN) {
				continue
			}
			if ok && id != found {
				return found, false
			}
			found, ok = id, true
		}
	}
	return found, ok
}

// marked is what Slack writes into a message's text in the place of a link, a
// mention, a channel or a date, https://docs.slack.dev/messaging/formatting-message-text.
var (
	marked   = regexp.MustCompile(`<([@#!]?)([^<>|\s]+)(?:\|([^<>]*))?>`)
	bareLink = regexp.MustCompile(`https?://[^\s<>|，。；、）】”]+`)
	unescape = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")
)

// readMessage writes a message's text as its author saw it, and finds its first
// link.
func readMessage(text string, who people.State, l lang.Lang) (words, link string) {
	words = marked.ReplaceAllStringFunc(text, func(s string) string {
		part := marked.FindStringSubmatch(s)
		kind, what, label := part[1], part[2], part[3]
		switch {
		case kind == "@":
			if p, ok := who.Person(people.UserID(what)); ok && !p.Name.IsZero() {
				label = p.Name.In(l)
			}
			return "@" + cmp.Or(label, what)
		case kind == "#":
			return "#" + cmp.Or(label, what)
		case kind == "!":
			return cmp.Or(label, "@"+what)
		case strings.HasPrefix(what, "mailto:"):
			return cmp.Or(label, strings.TrimPrefix(what, "mailto:"))
		}
		if link == "" {
			link = what
		}
		if label == "" || strings.Contains(what, label) {
			return what
		}
		return label + " " + what
	})
	if link == "" {
		link = bareLink.FindString(words)
	}
	return strings.TrimSpace(unescape.Replace(words)), unescape.Replace(link)
}
