package ledger

import (
	"strings"

	"wainao/calendar"
	"wainao/policy"
)

// Item is one item of the register in one district and domain, as the newest
// accepted report has it.
type Item struct {
	Key        ItemKey
	Indicator  policy.IndicatorID
	Domain     policy.DomainID
	District   policy.DistrictID // [City] for an item that the secretariat reports.
	Name       string
	Holder     string
	CreditCode string
	Place      string
	Stage      string
	Date       Day
	Document   string
	ValidUntil Day
	Value      *Amount // Of a cluster: its yearly output.
	Evidence   string
	Report     ReportID
	Revision   int
	Period     calendar.Period

	// Lead is the item that this one was merged into, empty when there is none.
	// Collaborators are the districts of those merged into this one, in
	// administrative order.
	Lead          ItemKey
	Collaborators []policy.DistrictID
}

// ItemState says whether an item counts.
type ItemState string

// The states of an item.
const (
	ItemCounts  ItemState = "counts"
	ItemStage   ItemState = "stage"   // Its stage does not count.
	ItemExpired ItemState = "expired" // It counted until its validity ended.
	ItemMerged  ItemState = "merged"  // It counts as part of the item that leads it.
)

// counts reports whether the item's stage counts, whatever the date.
func (it Item) counts() bool {
	return stageCounts(it.Indicator, it.Stage)
}

// State returns whether the item counts on a day. Two items that are suspected
// to be the same both count for their districts, and once for the city.
func (it Item) State(on Day) ItemState {
	switch {
	case it.Lead != "":
		return ItemMerged
	case !it.counts():
		return ItemStage
	case it.ValidUntil != "" && it.ValidUntil < on:
		return ItemExpired
	}
	return ItemCounts
}

// countingStages are the stages that count, for the fold, which has no policy
// at hand: those of the policy's staged indicator are part of its ids.
var countingStages = func() map[policy.IndicatorID]map[string]bool {
	out := map[policy.IndicatorID]map[string]bool{policy.Scenarios: {"built": true, "accepted": true}}
	for id, table := range itemTable {
		for _, stage := range table.stages {
			if out[id] == nil {
				out[id] = map[string]bool{}
			}
			out[id][stage.Value] = stage.Counts
		}
	}
	return out
}()

func stageCounts(i policy.IndicatorID, stage string) bool { return countingStages[i][stage] }

func itemFrom(r Report) Item {
	return Item{
		Key: r.Item, Indicator: r.Indicator, Domain: r.Domain, District: r.District, Name: r.Name, Holder: r.Holder, CreditCode: r.CreditCode,
		Place: r.Place, Stage: r.Stage, Date: r.Date, Document: r.Document, ValidUntil: r.ValidUntil, Value: r.Value, Evidence: r.Evidence,
		Report: r.ID, Revision: r.Revision, Period: r.Period,
	}
}

// identity are the parts of an item that say which it is.
type identity struct {
	indicator                         policy.IndicatorID
	domain                            policy.DomainID
	name, holder, code, place, number string
}

func (r Report) identity() identity {
	return identity{r.Indicator, r.Domain, r.Name, r.Holder, r.CreditCode, r.Place, r.Document}
}

func (it Item) identity() identity {
	return identity{it.Indicator, it.Domain, it.Name, it.Holder, it.CreditCode, it.Place, it.Document}
}

// ownNumbers are the indicators whose items have a number of their own: there
// the document alone says which item it is. One recognition document of the
// others often names many items, so there it takes the name as well.
var ownNumbers = map[policy.IndicatorID]bool{
	policy.Breakthroughs: true, policy.Consortia: true, policy.Institutes: true,
	policy.ExhibitionCentres: true, policy.Talents: true, policy.SignedProjects: true,
}

// keys returns by what an item is the same as another of its indicator, the
// surest first: the credit code with the name, the product or (of a scenario)
// the place and domain; the document's number; and the holder with the name.
func (id identity) keys() []string {
	name := policy.Key(id.name)
	var out []string
	if id.code != "" {
		if id.indicator == policy.Scenarios {
			out = append(out, "code|"+id.code+"|"+policy.Key(id.place)+"|"+string(id.domain))
		} else {
			out = append(out, "code|"+id.code+"|"+name)
		}
	}
	if number := policy.Key(id.number); number != "" {
		if ownNumbers[id.indicator] {
			out = append(out, "number|"+number)
		} else {
			out = append(out, "document|"+number+"|"+name)
		}
	}
	return append(out, "name|"+policy.Key(id.holder)+"|"+name)
}

// ownNumber reports whether a key is an item's own number, which no other can
// have.
func ownNumber(key string) bool { return strings.HasPrefix(key, "number|") }

// itemOf returns the item that a report is about: one that the district has
// reported in the domain under one of the same keys, or a new one. Names do not
// join what two different credit codes tell apart.
func (s State) itemOf(r Report) ItemKey {
	at := pairKey(r.Domain, r.District) + "|" + string(r.Indicator) + "|"
	keys := r.identity().keys()
	for _, key := range keys {
		item, ok := s.names.Get(at + key)
		if !ok {
			continue
		}
		if code, _ := s.codes.Get(item); ownNumber(key) || code == "" || r.CreditCode == "" || code == r.CreditCode {
			return item
		}
	}
	item := ItemKey(at + keys[0])
	for s.codes.Has(item) { // Named so by a report that was given another code since.
		item += "'"
	}
	return item
}

// named remembers by which keys the report's item is found again.
func (s State) named(r Report) State {
	at := pairKey(r.Domain, r.District) + "|" + string(r.Indicator) + "|"
	for _, key := range r.identity().keys() {
		s.names = s.names.Set(at+key, r.Item)
	}
	if code, known := s.codes.Get(r.Item); !known || r.CreditCode != "" && code != r.CreditCode {
		s.codes = s.codes.Set(r.Item, r.CreditCode)
	}
	return s
}

// loose returns by what an item may be the same as another, so that a person
// should look: the bare name, and the document.
func (id identity) loose() []string {
	var out []string
	if name := bareName(id.name); len([]rune(name)) >= 2 {
		out = append(out, "bare|"+name)
	}
	if id.code != "" {
		out = append(out, "holder|"+id.code)
	}
	return out
}

// dressing is what names carry besides what tells them apart.
var dressing = strings.NewReplacer(
	"有限责任公司", "", "股份有限公司", "", "有限公司", "", "股份公司", "", "集团", "", "公司", "",
	"江苏省", "", "江苏", "", "苏州市", "", "苏州", "", "昆山市", "", "昆山", "", "常熟市", "", "常熟", "", "太仓市", "", "太仓", "",
	"张家港市", "", "张家港", "", "吴江区", "", "吴江", "", "吴中区", "", "吴中", "", "相城区", "", "相城", "", "姑苏区", "", "姑苏", "",
	"工业园区", "", "虎丘区", "", "高新区", "",
	"项目", "", "示范", "", "应用场景", "", "场景", "", "平台", "", "中心", "", "创新", "", "技术", "", "科技", "",
	"(", "", ")", "", "（", "", "）", "", "“", "", "”", "", "《", "", "》", "",
)

// bareName is a name without its dressing.
func bareName(name string) string { return policy.Key(dressing.Replace(policy.Key(name))) }

// alike reports whether two bare names share most of their neighbouring pairs
// of characters (Dice's coefficient).
func alike(a, b string) bool {
	const enough = 0.6
	x, y := pairs(a), pairs(b)
	if len(x)+len(y) == 0 {
		return a == b
	}
	shared, total := 0, 0
	for p, n := range x {
		shared += min(n, y[p])
		total += n
	}
	for _, n := range y {
		total += n
	}
	return 2*float64(shared)/float64(total) >= enough
}

func pairs(s string) map[[2]rune]int {
	r := []rune(s)
	out := map[[2]rune]int{}
	for i := 1; i < len(r); i++ {
		out[[2]rune{r[i-1], r[i]}]++
	}
	return out
}
