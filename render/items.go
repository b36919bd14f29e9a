package render

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
)

// Action ids of the register.
const (
	ActionItems     = "items"         // Shows the register; value: the words behind /future items.
	ActionItemsPage = "items-page"    // Turns the page in place; value: an [ItemsPage].
	ActionItem      = "register-item" // Shows one item; value: its key.
)

// itemsShown is how many items a page of the register shows.
const itemsShown = 8

// ItemsPage names a page of the register, from 0, for [ParseItemsPage].
func ItemsPage(page int, words string) string { return strconv.Itoa(page) + "|" + words }

// ParseItemsPage reads what [ItemsPage] wrote.
func ParseItemsPage(s string) (page int, words string) {
	number, words, _ := strings.Cut(s, "|")
	page, err := strconv.Atoi(number)
	if err != nil || page < 0 {
		return 0, words
	}
	return page, words
}

// ItemsData is a page of the register.
type ItemsData struct {
	Policy *policy.Policy
	What   lang.Text // What was asked for; zero for all.
	Words  string    // Behind /future items, as they were typed.
	Items  []ledger.Item
	Page   int // From 0; one that is not there shows the nearest.
	Now    time.Time
}

// Items renders a page of the register.
func Items(d ItemsData, l lang.Lang) Message {
	title := lang.Tf("登记的项目：%d 项", "Register: %d", len(d.Items))
	if !d.What.IsZero() {
		title = lang.Tf("%s（%s）", "%s (%s)", title, d.What)
	}
	m := Message{Text: Escape(title.In(l)), Blocks: []slack.Block{header(title.In(l))}}
	if len(d.Items) == 0 {
		m.Blocks = append(m.Blocks, section(lang.T("没有找到。采纳之后的项目才进入登记；待审核的见 `/future 进展`。",
			"Nothing found. An item enters the register once it is accepted; what is pending is in `/future progress`.").In(l)))
	} else {
		m.Blocks = append(m.Blocks, contextLine(itemCounts(d, l)))
	}
	pages := max(1, (len(d.Items)+itemsShown-1)/itemsShown)
	page := min(max(d.Page, 0), pages-1)
	from := page * itemsShown
	for n, it := range d.Items[from:min(from+itemsShown, len(d.Items))] {
		m.Blocks = append(m.Blocks, sectionWith(itemLine(it, d.Policy, d.Now, true, l),
			button(fmt.Sprintf("%s:%d", ActionItem, n), string(it.Key), lang.T("详情", "Details").In(l))))
	}
	var turn []slack.BlockElement
	if page > 0 {
		turn = append(turn, button(ActionItemsPage+":0", ItemsPage(page-1, d.Words), lang.T("上一页", "Previous").In(l)))
	}
	if page < pages-1 {
		turn = append(turn, button(ActionItemsPage+":1", ItemsPage(page+1, d.Words), lang.T("下一页", "Next").In(l)))
	}
	m.Blocks = append(m.Blocks, actions("pages", turn...)...)
	if pages > 1 {
		m.Blocks = append(m.Blocks, contextLine(lang.Tf("第 %d 页，共 %d 页", "Page %d of %d", page+1, pages).In(l)))
	}
	m.Blocks = append(m.Blocks, contextLine(lang.T("找：`/future 登记 氢能`、`/future 登记 昆山 应用场景`、`/future 登记 名称里的字`",
		"To search: `/future items hydrogen`, `/future items Kunshan scenarios`, `/future items WORDS`").In(l)))
	return m
}

// itemStates are the states of an item in the order in which they are counted.
var itemStates = []struct {
	state ledger.ItemState
	words lang.Text
}{
	{ledger.ItemCounts, lang.T("计入", "counts")},
	{ledger.ItemStage, lang.T("未到计入阶段", "not yet counting")},
	{ledger.ItemExpired, lang.T("已过有效期", "expired")},
	{ledger.ItemMerged, lang.T("已合并", "merged")},
}

func itemCounts(d ItemsData, l lang.Lang) string {
	counts := map[ledger.ItemState]int{}
	on := ledger.DayOf(d.Now)
	for _, it := range d.Items {
		counts[it.State(on)]++
	}
	var parts []string
	for _, s := range itemStates {
		if n := counts[s.state]; n > 0 {
			parts = append(parts, s.words.In(l)+" "+count(n))
		}
	}
	return strings.Join(parts, " · ")
}

// itemState tells whether an item counts, and if not, why.
func itemState(it ledger.Item, now time.Time) lang.Text {
	state := it.State(ledger.DayOf(now))
	if state == ledger.ItemStage && it.Stage == ledger.Ended {
		return lang.T("不计入", "does not count")
	}
	for _, s := range itemStates {
		if s.state == state {
			return s.words
		}
	}
	return lang.T(string(state), string(state))
}

// Bounds of an item's line, in characters.
const (
	maxItemName   = 80
	maxItemHolder = 60
)

// itemLine tells an item in two or three short lines; with place also where it
// is.
func itemLine(it ledger.Item, pol *policy.Policy, now time.Time, place bool, l lang.Lang) string {
	lines := []string{"*" + escapeCut(it.Name, maxItemName) + "*", indicatorName(pol, it.Indicator).In(l) + " · " + stageName(pol, it.Indicator, it.Stage).In(l) + " · " + itemState(it, now).In(l)}
	if place {
		lines[1] = itemState(it, now).In(l) + " · " + indicatorName(pol, it.Indicator).In(l) + " · " + stageName(pol, it.Indicator, it.Stage).In(l)
		lines = append(lines, districtName(pol, it.District).In(l)+" · "+domainName(pol, it.Domain).In(l))
		if it.Holder != "" {
			lines[2] += " · " + escapeCut(it.Holder, maxItemHolder)
		}
		return strings.Join(lines, "\n")
	}
	return strings.Join(lines, " · ")
}

// ItemData is one item of the register with its reports.
type ItemData struct {
	Policy   *policy.Policy
	Item     ledger.Item
	Lead     ledger.Item      // Of a merged item.
	Reports  []ledger.Report  // About the item, the newest period first.
	Suspects int              // Open suspicions about it, for who decides on them.
	Settled  []ledger.Settled // What was decided on it and others, for who may decide anew.
	People   people.State
	Now      time.Time

	MayReport bool
}

// maxItemReports is how many of an item's reports are shown.
const maxItemReports = 8

// Item renders an item of the register: what it is, whether it counts, and its
// reports.
func Item(d ItemData, l lang.Lang) Message {
	it := d.Item
	m := Message{Text: Escape(it.Name), Blocks: []slack.Block{header(it.Name)}}
	lines := []string{"*" + itemState(it, d.Now).In(l) + "* · " + stageName(d.Policy, it.Indicator, it.Stage).In(l)}
	if it.Lead != "" {
		lines = append(lines, lang.Tf("并入：%s（%s牵头）", "Part of: %s (led by %s)", escapeCut(d.Lead.Name, maxItemName), districtName(d.Policy, d.Lead.District)).In(l))
	}
	if len(it.Collaborators) > 0 {
		lines = append(lines, lang.Tf("协作板块：%s", "Collaborating: %s", lang.List(it.Collaborators, func(id policy.DistrictID) lang.Text { return districtName(d.Policy, id) })).In(l))
	}
	lines = append(lines, indicatorName(d.Policy, it.Indicator).In(l)+" · "+districtName(d.Policy, it.District).In(l)+" · "+domainName(d.Policy, it.Domain).In(l))
	m.Blocks = append(m.Blocks, section(strings.Join(lines, "\n")))
	for n, s := range d.Settled[:min(len(d.Settled), maxSuspects)] {
		m.Blocks = append(m.Blocks, settledLine(s, true, n, d.Policy, l))
	}
	m.Blocks = append(m.Blocks, more(len(d.Settled), maxSuspects, l)...)
	lines = nil
	for _, f := range itemFields(it, d.Policy) {
		lines = append(lines, f.label.In(l)+lang.T("：", ": ").In(l)+escapeCut(f.words.In(l), maxSubject))
	}
	if it.Evidence != "" {
		lines = append(lines, lang.T("佐证：", "Evidence: ").In(l)+evidence(it.Evidence, host(it.Evidence), maxLink))
	}
	m.lines(strings.Join(lines, "\n"))
	m.Blocks = append(m.Blocks, section("*"+lang.Tf("上报（%d）", "Reports (%d)", len(d.Reports)).In(l)+"*"))
	for n, r := range d.Reports[:min(len(d.Reports), maxItemReports)] {
		words := r.Period.Label().In(l) + " · " + string(r.ID) + " · " + r.Status.Label().In(l) + "\n" +
			lang.Tf("%s %s上报", "reported by %s on %s", userName(d.People, r.By), calendar.FormatDate(r.At)).In(l)
		m.Blocks = append(m.Blocks, sectionWith(words, historyButton(n, r, l)))
	}
	m.rest(len(d.Reports), maxItemReports, l)
	var buttons []slack.BlockElement
	if d.MayReport {
		buttons = append(buttons, primary(button(ActionReport, string(it.District)+" "+string(it.Domain)+" "+string(it.Indicator)+" "+it.Name, lang.T("上报新进展", "Report what is new").In(l))))
	}
	if d.Suspects > 0 {
		buttons = append(buttons, button(ActionDuplicates, "", lang.Tf("疑似重复（%d）", "Suspected duplicates (%d)", d.Suspects).In(l)))
	}
	m.Blocks = append(m.Blocks, actions("item", append(buttons, button(ActionItems, string(it.District)+" "+string(it.Indicator), lang.T("看同类", "See others of its kind").In(l)))...)...)
	m.Blocks = append(m.Blocks, contextLine(ledgerNote.In(l)))
	return m
}

// itemField is one field of an item with its label.
type itemField struct {
	name  string
	label lang.Text
	words lang.Text
}

// itemFields are an item's fields that hold something, under the labels of the
// form that they were filled into.
func itemFields(it ledger.Item, pol *policy.Policy) []itemField {
	i, _ := pol.Indicator(it.Indicator)
	var out []itemField
	for _, f := range []itemField{
		{name: ledger.FieldHolder, words: lang.T(it.Holder, it.Holder)},
		{name: ledger.FieldCreditCode, words: lang.T(it.CreditCode, it.CreditCode)},
		{name: ledger.FieldPlace, words: lang.T(it.Place, it.Place)},
		{name: ledger.FieldDate, words: it.Date.Label()},
		{name: ledger.FieldDocument, words: lang.T(it.Document, it.Document)},
		{name: ledger.FieldValidUntil, words: it.ValidUntil.Label()},
	} {
		if known, ok := ledger.FieldOf(i, f.name); ok && !f.words.IsZero() {
			f.label = known.Label
			out = append(out, f)
		}
	}
	if it.Value != nil {
		if known, ok := ledger.FieldOf(i, ledger.FieldValue); ok {
			out = append(out, itemField{ledger.FieldValue, known.Label, it.Value.Text()})
		}
	}
	return out
}
