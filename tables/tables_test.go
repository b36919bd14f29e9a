package tables_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/sheet"
	"wainao/tables"
)

var (
	now      = time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)
	pol      = policy.Default()
	liaison  = people.Person{User: "UKUN", Name: lang.T("昆", "Kun"), Roles: []people.Role{people.Liaison}, Districts: []policy.DistrictID{policy.Kunshan}}
	reviewer = people.Person{User: "USEC", Name: lang.T("秘", "Sec"), Roles: []people.Role{people.Secretariat}}
)

// book is a ledger in the making.
type book struct {
	t     testing.TB
	state ledger.State
	n     int
}

func (b *book) submit(at time.Time, in ledger.Submission) ledger.Report {
	b.t.Helper()
	b.n++
	in.Key = fmt.Sprint("k", b.n)
	r, drafts, err := ledger.Submit(b.state, pol, liaison, in, ledger.DefaultSettings(), at)
	if err != nil {
		b.t.Fatal(err)
	}
	if b.state, err = tables.Fold(b.state, drafts, liaison.User, at); err != nil {
		b.t.Fatal(err)
	}
	return r
}

func (b *book) review(r ledger.Report, d ledger.Decision, at time.Time) {
	b.t.Helper()
	b.n++
	d.Report, d.Revision, d.Key = r.ID, r.Revision, fmt.Sprint("k", b.n)
	_, drafts, err := ledger.Review(b.state, reviewer, d, at)
	if err == nil {
		b.state, err = tables.Fold(b.state, drafts, reviewer.User, at)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// quarter is a ledger after one quarter: two scenarios and the output of
// metaverse accepted in the third, and one scenario returned in the fourth.
func quarter(t testing.TB) *book {
	b := &book{t: t}
	last := now.AddDate(0, -3, 0)
	for i, name := range []string{"数字人直播基地", "虚拟工厂"} {
		in := scenario(name, fmt.Sprint(i+1))
		in.Period, in.Date = "2026Q3", "2026-08-01"
		b.review(b.submit(last, in), ledger.Decision{Verdict: ledger.Accept}, last)
	}
	b.review(b.submit(last, ledger.Submission{
		District: "kunshan", Domain: "metaverse", Period: "2026Q3", Indicator: "output", Value: "12.5", Evidence: "https://example.com/o", Next: "扩产", NextUntil: "2026-12-20",
	}), ledger.Decision{Verdict: ledger.Accept}, last)
	bad := scenario("展厅", "3")
	b.review(b.submit(now, bad), ledger.Decision{Verdict: ledger.Return, Code: ledger.Unclear}, now)
	return b
}

func scenario(name, evidence string) ledger.Submission {
	return ledger.Submission{
		District: "kunshan", Domain: "metaverse", Period: "2026Q4", Indicator: "scenarios", Name: name, Holder: "昆山某公司", Place: "花桥镇", Stage: "built",
		Date: "2026-11-01", Evidence: "https://example.com/" + evidence,
	}
}

// template makes the file that a district gets.
func (b *book) template(l lang.Lang) []byte {
	b.t.Helper()
	var out bytes.Buffer
	form := tables.Form(policy.Kunshan, "2026Q4")
	if err := sheet.WriteXLSX(&out, tables.Template(b.state, pol, policy.Kunshan, "2026Q4", now), sheet.Options{Lang: l, Made: now, Form: &form}); err != nil {
		b.t.Fatal(err)
	}
	return out.Bytes()
}

// fill changes cells of the template: the values of columns by row and label.
func fill(t testing.TB, content []byte, cells map[string]any) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	name := f.GetSheetName(0)
	rows, err := f.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	for place, v := range cells {
		row, label, _ := strings.Cut(place, " ")
		column := 0
		for i, l := range rows[0] {
			if l == label {
				column = i + 1
			}
		}
		letters, err := excelize.ColumnNumberToName(column)
		if err != nil {
			t.Fatalf("%s: %v", place, err)
		}
		if err := f.SetCellValue(name, letters+row, v); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func (b *book) intake(content []byte, key string) (tables.Batch, error) {
	b.t.Helper()
	filled, err := tables.Read(content, pol)
	if err != nil {
		b.t.Fatal(err)
	}
	return tables.Intake(b.state, pol, liaison, filled, key, ledger.DefaultSettings(), now)
}

// told lists what becomes of a batch's rows and what is wrong.
func told(b tables.Batch) []string {
	var out []string
	for _, r := range b.Rows {
		line := fmt.Sprintf("%d %s", r.Number, r.State)
		for _, c := range r.Changes {
			line += fmt.Sprintf(" %s:%s→%s", c.Field, c.Before.ZH, c.After.ZH)
		}
		out = append(out, line)
	}
	for _, p := range b.Problems {
		out = append(out, p.Cell+" "+p.Code)
	}
	return out
}

func TestTemplateIsPrefilled(t *testing.T) {
	t.Parallel()
	rows := tables.Template(quarter(t).state, pol, policy.Kunshan, "2026Q4", now)[0]
	var got []string
	for _, row := range rows.Rows {
		var cells []string
		for i, c := range rows.Columns {
			if v := row[i]; i > 0 && !v.Empty() {
				cells = append(cells, c.Key+"="+v.Text+v.Number+string(v.Date)+v.Written)
			}
		}
		got = append(got, strings.Join(cells, " "))
	}
	want := []string{
		"domain=metaverse",
		"domain=metaverse indicator=output value=12.5 basis=年初至本季度末 evidence=https://example.com/o next=扩产 next_until=2026-12-20",
		"domain=metaverse indicator=scenarios name=数字人直播基地 holder=昆山某公司 place=花桥镇 stage=已建成 date=2026-08-01 evidence=https://example.com/1",
		"domain=metaverse indicator=scenarios name=虚拟工厂 holder=昆山某公司 place=花桥镇 stage=已建成 date=2026-08-01 evidence=https://example.com/2",
		"domain=metaverse indicator=scenarios name=展厅 holder=昆山某公司 place=花桥镇 stage=已建成 date=2026-11-01 evidence=https://example.com/3",
		"domain=aerospace",
		"domain=aerospace indicator=output",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsLeftAloneIsNotReported(t *testing.T) {
	t.Parallel()
	for _, l := range lang.Both() {
		b := quarter(t)
		batch, err := b.intake(fill(t, b.template(l), nil), "F1")
		if err != nil || len(batch.Drafts) > 0 || len(batch.Problems) > 0 || batch.Count(tables.RowLeft) != len(batch.Rows) || len(batch.Rows) == 0 {
			t.Errorf("%s: %v, %v, %d drafts", l, err, told(batch), len(batch.Drafts))
		}
	}
}

// TestIntake walks what a liaison does to the sheet. The template's rows are 2
// metaverse, 3 its output, 4 and 5 scenarios accepted last quarter, 6 one that
// was returned, 7 aerospace, 8 its output.
func TestIntake(t *testing.T) {
	t.Parallel()
	row := func(n string, cells map[string]any) map[string]any {
		out := map[string]any{}
		for label, v := range cells {
			out[n+" "+label] = v
		}
		return out
	}
	fresh := map[string]any{
		"领域": "元宇宙", "指标": "应用场景", "名称": "云上博物馆", "单位": "昆山某馆", "地点": "玉山镇", "阶段": "已建成", "日期": "2026/11/02", "佐证链接": "https://example.com/m",
	}
	with := func(more map[string]any) map[string]any {
		out := map[string]any{}
		maps.Copy(out, fresh)
		maps.Copy(out, more)
		return out
	}
	for _, tc := range []struct {
		name  string
		cells map[string]any
		want  []string
	}{
		{"nothing", nil, nil},
		{"a new row", row("9", fresh), []string{"9 new"}},
		{"a row in English", row("9", with(map[string]any{"领域": "metaverse", "阶段": "built", "指标": "application scenarios"})), []string{"9 new"}},
		{"a changed item", row("4", map[string]any{"阶段": "已验收", "日期": "2026-11-05"}), []string{"4 changed stage:已建成→已验收 date:2026年8月1日→2026年11月5日"}},
		{"a figure", row("3", map[string]any{"数值（亿元）": 14}), []string{"3 changed value:12.5亿元→14亿元"}},
		{"a magnitude without a note", row("3", map[string]any{"数值（亿元）": "１,４００"}), []string{"3 wrong", "M3 magnitude"}},
		{"a jump with a note", row("3", map[string]any{"数值（亿元）": 30, "数据说明": "新厂投产"}), []string{"3 changed value:12.5亿元→30亿元 note:→新厂投产"}},
		{"万元", row("3", map[string]any{"数值（亿元）": "140000万元"}), []string{"3 wrong", "M3 value_unit"}},
		{"what was returned", row("6", map[string]any{"地点": "周庄镇"}), []string{"6 changed place:花桥镇→周庄镇"}},
		{"no change in a domain", row("2", map[string]any{"本期情况": "本期无变化"}), []string{"2 unchanged"}},
		{"no change of items", map[string]any{"4 本期情况": "本期无变化", "5 本期情况": "本期无变化"}, []string{"4 unchanged", "5 unchanged"}},
		{"no change beside a change", map[string]any{"4 本期情况": "本期无变化", "5 地点": "周庄镇"}, []string{"4 unchanged", "5 changed place:花桥镇→周庄镇"}},
		{"no change, but changed", map[string]any{"4 本期情况": "本期无变化", "4 地点": "周庄镇"}, []string{"4 wrong", "D4 answer_contradicts"}},
		{"no data", row("8", map[string]any{"本期情况": ledger.NoData.Label().ZH}), []string{"8 unchanged"}},
		{
			"wrong at many places", row("9", with(map[string]any{"统一社会信用代码": "91320583MA1234567X", "日期": "下个月", "佐证链接": "在我电脑里", "单位": ""})),
			[]string{"9 wrong", "F9 holder_missing", "G9 credit_code_organisation", "J9 bad_date", "P9 bad_link"},
		},
		{"a stage of another indicator", row("9", with(map[string]any{"阶段": "已签约"})), []string{"9 wrong", "I9 unknown_stage"}},
		{"words in a cell of another indicator", row("3", map[string]any{"数值（亿元）": 14, "名称": "甲"}), []string{"3 wrong", "E3 name_not_wanted"}},
		{"no stage at all", row("9", with(map[string]any{"阶段": "差不多"})), []string{"9 wrong", "I9 unknown_stage"}},
	} {
		b := quarter(t)
		batch, err := b.intake(fill(t, b.template(lang.ZH), tc.cells), "F1")
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
			continue
		}
		var got []string
		for _, line := range told(batch) {
			if !strings.HasSuffix(line, " left") {
				got = append(got, line)
			}
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
		if wrong := len(batch.Problems) > 0; wrong && len(batch.Drafts) > 0 || len(batch.Drafts) != len(batch.Reports) {
			t.Errorf("%s: %d problems, and yet %d drafts for %d reports", tc.name, len(batch.Problems), len(batch.Drafts), len(batch.Reports))
		}
	}
}

func TestTheSameFileTwice(t *testing.T) {
	t.Parallel()
	b := quarter(t)
	content := fill(t, b.template(lang.ZH), map[string]any{"3 数值（亿元）": 14, "4 本期情况": "本期无变化"})
	first, err := b.intake(content, "F1")
	if err != nil || len(first.Reports) != 2 || first.Again() {
		t.Fatalf("%v, %v", err, told(first))
	}
	if b.state, err = tables.Fold(b.state, first.Drafts, liaison.User, now); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"F1", "F2"} {
		again, err := b.intake(content, key)
		if err != nil || !again.Again() || again.Count(tables.RowSame) != 2 {
			t.Errorf("%s: %v, %v", key, err, told(again))
		}
	}
}

func TestOneItemInTwoRows(t *testing.T) {
	t.Parallel()
	b := quarter(t)
	cells := map[string]any{}
	for _, row := range []string{"9", "11"} {
		for label, v := range map[string]any{
			"领域": "元宇宙", "指标": "应用场景", "名称": "云上博物馆", "单位": "昆山某馆", "地点": "玉山镇", "阶段": "已建成", "日期": "2026-11-02",
			"佐证链接": "https://example.com/" + row,
		} {
			cells[row+" "+label] = v
		}
	}
	batch, err := b.intake(fill(t, b.template(lang.ZH), cells), "F1")
	if err != nil || len(batch.Problems) != 1 || batch.Problems[0].Code != "row_twice" || batch.Problems[0].Cell != "E11" || len(batch.Drafts) > 0 {
		t.Errorf("%v, %v", err, told(batch))
	}
}

func TestSomebodyElseWasFaster(t *testing.T) {
	t.Parallel()
	b := quarter(t)
	content := fill(t, b.template(lang.ZH), map[string]any{"6 地点": "周庄镇"})
	deputy := liaison
	deputy.User = "UDEP"
	mended := scenario("展厅", "4")
	mended.Key, mended.Base = "k", 1
	_, drafts, err := ledger.Submit(b.state, pol, deputy, mended, ledger.DefaultSettings(), now)
	if err != nil {
		t.Fatal(err)
	}
	if b.state, err = tables.Fold(b.state, drafts, deputy.User, now); err != nil {
		t.Fatal(err)
	}
	batch, err := b.intake(content, "F1")
	if err != nil || len(batch.Problems) != 1 || batch.Problems[0].Code != "conflict" || !strings.Contains(batch.Problems[0].Words.ZH, "第 2 版") {
		t.Errorf("%v, %v", err, told(batch))
	}
}

// TestWhatIsHandedBackCanBeMended: the copy with the problems is a template
// itself.
func TestWhatIsHandedBackCanBeMended(t *testing.T) {
	t.Parallel()
	b := quarter(t)
	batch, err := b.intake(fill(t, b.template(lang.ZH), map[string]any{"3 数值（亿元）": "十四", "6 地点": "周庄镇"}), "F1")
	if err != nil || len(batch.Problems) != 1 {
		t.Fatalf("%v, %v", err, told(batch))
	}
	var out bytes.Buffer
	form := tables.Form(batch.District, batch.Period)
	if err := sheet.WriteXLSX(&out, []sheet.Table{batch.Table, tables.Guide(pol)}, sheet.Options{Lang: lang.ZH, Made: now, Form: &form}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	comments, err := f.GetComments("上报")
	if err != nil || len(comments) != 1 || comments[0].Cell != "M3" {
		t.Errorf("comments %+v, %v", comments, err)
	}
	mended, err := b.intake(fill(t, out.Bytes(), map[string]any{"3 数值（亿元）": "14"}), "F2")
	if err != nil || len(mended.Problems) > 0 || len(mended.Reports) != 2 {
		t.Errorf("%v, %v", err, told(mended))
	}
}

func TestWholeFilesThatAreRefused(t *testing.T) {
	t.Parallel()
	b := quarter(t)
	content := fill(t, b.template(lang.ZH), map[string]any{"3 数值（亿元）": 14})
	filled, err := tables.Read(content, pol)
	if err != nil {
		t.Fatal(err)
	}
	drafts, err := ledger.Lock(b.state, reviewer, "2026Q4", "到期", now)
	if err != nil {
		t.Fatal(err)
	}
	locked, err := tables.Fold(b.state, drafts, reviewer.User, now)
	if err != nil {
		t.Fatal(err)
	}
	stranger := people.Person{User: "USIP", Roles: []people.Role{people.Liaison}, Districts: []policy.DistrictID{policy.SIP}}
	for name, tc := range map[string]struct {
		state ledger.State
		who   people.Person
		at    time.Time
		want  string
	}{
		"another district": {b.state, stranger, now, "你不是昆山市"},
		"a locked period":  {locked, liaison, now, "已锁定"},
		"long ago":         {b.state, liaison, now.AddDate(2, 0, 0), "太早了"},
	} {
		batch, err := tables.Intake(tc.state, pol, tc.who, filled, "F1", ledger.DefaultSettings(), tc.at)
		p, ok := errors.AsType[*lang.Problem](err)
		if !ok || len(batch.Drafts) > 0 {
			t.Errorf("%s: %v, %v", name, err, told(batch))
			continue
		}
		if !strings.Contains(p.Words.ZH, tc.want) {
			t.Errorf("%s: %s, want %s", name, p.Words.ZH, tc.want)
		}
	}
}
