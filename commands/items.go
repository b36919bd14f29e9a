package commands

import (
	"context"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/render"
)

func (c *Commands) itemsFeature() feature {
	list, path := c.itemsCommand(), c.pathCommand()
	duplicates := c.duplicatesCommand()
	return feature{
		commands: []Command{list, duplicates, path},
		actions: map[string]action{
			render.ActionItems:      {list.Needs, c.itemsClick},
			render.ActionItemsPage:  {list.Needs, c.itemsPageClick},
			render.ActionItem:       {list.Needs, c.itemClick},
			render.ActionDuplicates: {duplicates.Needs, func(ctx context.Context, r *Request, _ slack.BlockAction) error { return duplicates.run(ctx, r) }},
			render.ActionMerge:      {duplicates.Needs, c.mergeClick},
			render.ActionApart:      {duplicates.Needs, c.apartClick},
			render.ActionPair:       {duplicates.Needs, c.pairClick},
			render.ActionPath:       {path.Needs, c.pathClick},
		},
		forms: map[string]form{render.PathForm: {path.Needs, c.submitPath}},
	}
}

func (c *Commands) itemsCommand() Command {
	return Command{
		Name: "items", Alias: "登记",
		Usage:   lang.T("[领域|板块|指标|名称里的字]", "[domain|district|indicator|words]"),
		Summary: lang.T("看登记的项目：阶段、有效期、是否计入，找一项，看它的上报。", "See the register: each item's stage and validity, whether it counts, and its reports; search it."),
		Example: lang.T("登记 昆山 应用场景", "items Kunshan scenarios"),
		Needs:   people.ReadProgress,
		run: func(ctx context.Context, r *Request) error {
			return c.answer(ctx, r, c.itemsPage(r, r.Args, 0))
		},
	}
}

// itemsPage makes a page of the register.
func (c *Commands) itemsPage(r *Request, text string, page int) render.Message {
	var s ledger.Submission
	var rest []string
	for words := strings.Fields(text); len(words) > 0; {
		n := parseName(r.Policy, words, &s)
		if n == 0 {
			n, rest = 1, append(rest, words[0])
		}
		words = words[n:]
	}
	f := ledger.ItemFilter{Indicator: policy.IndicatorID(s.Indicator), Domain: policy.DomainID(s.Domain), District: policy.DistrictID(s.District)}
	items := r.State.Ledger.Items(f)
	if len(rest) > 0 {
		items = slices.DeleteFunc(items, func(it ledger.Item) bool { return !itemHas(it, rest) })
	}
	what := lang.T(short(text), short(text))
	return render.Items(render.ItemsData{Policy: r.Policy, What: what, Words: text, Items: items, Page: page, Now: r.Now}, r.Lang)
}

// itemHas reports whether every word stands somewhere in the item.
func itemHas(it ledger.Item, words []string) bool {
	all := policy.Key(strings.Join([]string{it.Name, it.Holder, it.Place, it.Document, it.CreditCode, string(it.Report)}, "\n"))
	for _, w := range words {
		if !strings.Contains(all, policy.Key(w)) {
			return false
		}
	}
	return true
}

func (c *Commands) itemsClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	return c.answer(ctx, r, c.itemsPage(r, valueOf(a), 0))
}

// itemsPageClick turns the page in place.
func (c *Commands) itemsPageClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	page, words := render.ParseItemsPage(valueOf(a))
	return c.inPlace(ctx, r, c.itemsPage(r, words, page))
}

// itemClick shows one item with its reports.
func (c *Commands) itemClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	state := r.State.Ledger
	it, ok := state.Item(ledger.ItemKey(valueOf(a)))
	if !ok {
		return errNoItem
	}
	d := render.ItemData{
		Policy: r.Policy, Item: it, People: r.State.People, Now: r.Now,
		Reports: state.Reports(ledger.Filter{District: it.District, City: it.District == ledger.City, Item: it.Key}),
	}
	if it.Lead != "" {
		d.Lead, _ = state.Item(it.Lead)
	}
	if district, ok := r.Policy.District(it.District); ok {
		d.MayReport = people.MayReport(r.Person, district) == nil
	}
	if people.Can(r.Person, people.ManageRegister) {
		d.Suspects, d.Settled = len(state.DuplicatesOf(it.Key)), state.SettledOf(it.Key)
	}
	return c.answer(ctx, r, render.Item(d, r.Lang))
}

var errNoItem = lang.Problemf("no_item", "台账里没有这一项了，请重新打开 `/future 登记`。", "The register has no such item any more; please open `/future items` again.")
