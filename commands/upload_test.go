package commands_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/xuri/excelize/v2"

	"wainao/commands"
	"wainao/journal"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
	"wainao/render"
)

// Download gives a file that was uploaded: its name tells which of the files
// that went out it is made of, see [sent].
func (f *slackFake) Download(_ context.Context, u commands.Upload, most int64) ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if u.Size > most {
		return nil, fmt.Errorf("%w: %d", commands.ErrUploadTooLarge, u.Size)
	}
	content, ok := f.uploads[u.ID]
	if !ok {
		return nil, errors.New("no such file")
	}
	return content, nil
}

// upload sends a file to the bot in a direct message.
func (h *house) upload(t *testing.T, user, id, name string, content []byte) said {
	t.Helper()
	h.slack.mu.Lock()
	if h.slack.uploads == nil {
		h.slack.uploads = map[string][]byte{}
	}
	h.slack.uploads[id] = content
	h.slack.mu.Unlock()
	h.File(t.Context(), user, "D"+user, "", commands.Upload{ID: id, Name: name, Size: int64(len(content)), URL: "https://files.example/" + id})
	return h.last(t)
}

// sheetOf asks for the template of a person's district and fills in cells.
func (h *house) sheetOf(t *testing.T, user string, cells map[string]any) []byte {
	t.Helper()
	h.command(t.Context(), user, "C1", "模板")
	if got := h.last(t); got.how != "share" || got.channel != user {
		t.Fatalf("no sheet came: %+v", got)
	}
	f, err := excelize.OpenReader(bytes.NewReader(h.slack.files[len(h.slack.files)-1].Content))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, v := range cells {
		if err := f.SetCellValue("上报", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// newRows are n new scenarios, below the template's rows.
func newRows(n int) map[string]any {
	cells := map[string]any{}
	for i := range n {
		row := fmt.Sprint(i + 20)
		for column, v := range map[string]any{
			"B": "元宇宙", "C": "应用场景", "E": "场景" + row, "F": "昆山某公司", "H": "花桥镇", "I": "已建成", "J": "2026-11-01", "P": "https://example.com/" + row,
		} {
			cells[column+row] = v
		}
	}
	return cells
}

// button returns the value of the first button of an action in what was said.
func button(t *testing.T, s said, action string) string {
	t.Helper()
	_, blocks, _ := strings.Cut(s.text, "\n")
	var all slack.Blocks
	if err := all.UnmarshalJSON([]byte(blocks)); err != nil {
		t.Fatal(err)
	}
	for _, b := range all.BlockSet {
		if row, ok := b.(*slack.ActionBlock); ok {
			for _, e := range row.Elements.ElementSet {
				if one, ok := e.(*slack.ButtonBlockElement); ok && render.ActionName(one.ActionID) == action {
					return one.Value
				}
			}
		}
	}
	t.Fatalf("there is no button %q in %s", action, s.text)
	return ""
}

func (h *house) press(ctx context.Context, user, message, action, value string) {
	in := slack.InteractionCallback{Type: slack.InteractionTypeBlockActions, User: slack.User{ID: user}, ResponseURL: "url"}
	in.Channel.ID, in.Container.MessageTs = "D"+user, message
	in.ActionCallback.BlockActions = []*slack.BlockAction{{ActionID: action, Value: value}}
	h.Action(ctx, in)
}

func TestASheetIsTakenInOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	content := h.sheetOf(t, "UKUN", newRows(40))
	before := h.store.Appends()
	preview := h.upload(t, "UKUN", "F900", "昆山.xlsx", content)
	for _, want := range []string{"新增 40", "第 20 行（新）", "场景20", "还有 28 行", "全部收下（40 行）"} {
		if !strings.Contains(preview.text, want) {
			t.Errorf("the preview lacks %q: %s", want, preview.text)
		}
	}
	if h.store.Appends() != before {
		t.Error("the preview wrote into the journal")
	}
	value := button(t, preview, render.ActionTakeIn)
	h.press(t.Context(), "UKUN", "1.0", render.ActionTakeIn, value)
	if got := h.last(t); !strings.Contains(got.text, "已收下") || !strings.Contains(got.text, "40 行") || got.how != "respond" {
		t.Errorf("after the click: %+v", got)
	}
	if n := h.store.Appends() - before; n != 1 {
		t.Errorf("%d writes for one sheet, want 1", n)
	}
	s := h.journal.State()
	if n := len(s.Ledger.Reports(ledger.Filter{District: policy.Kunshan})); n != 40 {
		t.Errorf("%d reports, want 40", n)
	}
	cards := s.Delivery.Deliveries()
	if len(cards) != 1 || cards[0].Job != commands.BatchCardJob || cards[0].To != "C-secretariat" {
		t.Fatalf("deliveries %+v, want one card", cards)
	}
	card, err := h.Build(t.Context(), cards[0])
	if err != nil || !strings.Contains(card.Text, "昆山市") || !strings.Contains(card.Text, "40 份") {
		t.Errorf("the card says %q, %v", card.Text, err)
	}

	// Pressed again, and sent again: nothing more is written.
	h.press(t.Context(), "UKUN", "2.0", render.ActionTakeIn, value)
	if got := h.last(t); !strings.Contains(got.text, "已经收下") {
		t.Errorf("pressed again: %s", got.text)
	}
	if got := h.upload(t, "UKUN", "F901", "昆山.xlsx", content); !strings.Contains(got.text, "都已经在台账里") {
		t.Errorf("sent again: %s", got.text)
	}
	if n := h.store.Appends() - before; n != 1 {
		t.Errorf("%d writes after all, want 1", n)
	}
}

func TestASheetWithProblemsChangesNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	few := newRows(3)
	few["J21"], few["P22"] = "下个月", ""
	content := h.sheetOf(t, "UKUN", few)
	before := h.store.Appends()
	got := h.upload(t, "UKUN", "F1", "a.xlsx", content)
	for _, want := range []string{"2 处要改", "*J21*", "*P22*", "新增 1", "有问题 2", "再发一次"} {
		if !strings.Contains(got.text, want) {
			t.Errorf("it lacks %q: %s", want, got.text)
		}
	}
	if strings.Contains(got.text, render.ActionTakeIn) {
		t.Error("a sheet with problems can be taken in")
	}

	many := newRows(30)
	for row := 20; row < 50; row++ {
		many[fmt.Sprint("F", row)] = ""
	}
	got = h.upload(t, "UKUN", "F2", "b.xlsx", h.sheetOf(t, "UKUN", many))
	if got.how != "share" || !strings.Contains(got.text, "待改.xlsx") {
		t.Errorf("no copy came back: %+v", got)
	}
	f, err := excelize.OpenReader(bytes.NewReader(h.slack.files[len(h.slack.files)-1].Content))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if comments, err := f.GetComments("上报"); err != nil || len(comments) != 30 {
		t.Errorf("%d comments, want 30 (%v)", len(comments), err)
	}
	if h.store.Appends() != before {
		t.Error("something was written")
	}
}

func TestASheetWhoseLedgerMovedOn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	preview := h.upload(t, "UKUN", "F1", "a.xlsx", h.sheetOf(t, "UKUN", newRows(2)))
	value := button(t, preview, render.ActionTakeIn)
	// The same item comes in by another way, with other facts.
	other := ledger.Submission{
		District: "kunshan", Domain: "metaverse", Period: "2026Q4", Indicator: "scenarios", Name: "场景20", Holder: "昆山某公司", Place: "花桥镇", Stage: "built",
		Date: "2026-11-09", Evidence: "https://example.com/x", Key: "other",
	}
	deputy := people.Person{User: "UDEP", Roles: []people.Role{people.Deputy}, Districts: []policy.DistrictID{policy.Kunshan}}
	if _, err := h.journal.Update(t.Context(), "UDEP", func(s record.State, now time.Time) ([]journal.Draft, error) {
		_, drafts, err := ledger.Submit(s.Ledger, policy.Default(), deputy, other, ledger.DefaultSettings(), now)
		return drafts, err
	}); err != nil {
		t.Fatal(err)
	}
	h.press(t.Context(), "UKUN", "1.0", render.ActionTakeIn, value)
	if got := h.last(t); !strings.Contains(got.text, "1 处要改") || !strings.Contains(got.text, "第 1 版") {
		t.Errorf("it says %s", got.text)
	}
	if n := len(h.journal.State().Ledger.Reports(ledger.Filter{District: policy.Kunshan})); n != 1 {
		t.Errorf("%d reports, want only the other's", n)
	}
}

func TestFilesThatAreNoSheet(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	good := h.sheetOf(t, "UKUN", newRows(1))
	for _, tc := range []struct {
		user, name string
		content    []byte
		want       string
	}{
		{"UKUN", "照片.png", []byte("\x89PNG"), "只会读上报用的 Excel 表格"},
		{"UEN", "photo.png", []byte("\x89PNG"), "I read only the Excel sheet"},
		{"UKUN", "表.csv", []byte("a,b\n"), "文本文件（CSV）"},
		{"UKUN", "表.xls", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "旧版 Excel"},
		{"UKUN", "大.xlsx", make([]byte, 50<<20), "最大 5 MB"},
		{"UKUN", "空.xlsx", nil, "空的"},
		{"UMEM", "表.xlsx", good, "秘书处"},
		{"UEN", "sheet.xlsx", good, "not a liaison"},
		{"UKUN", "没动过.xlsx", h.sheetOf(t, "UKUN", nil), "没有改动"},
	} {
		before := h.store.Appends()
		if got := h.upload(t, tc.user, "F"+tc.name, tc.name, tc.content); !strings.Contains(got.text, tc.want) || h.store.Appends() != before {
			t.Errorf("%s by %s: %s, want %q", tc.name, tc.user, got.text, tc.want)
		}
	}
	// In a channel, only the sender sees what becomes of their sheet.
	h.File(t.Context(), "UKUN", "C1", "1.0", commands.Upload{ID: "F照片.png", Name: "照片.png"})
	if got := h.last(t); got.how != "ephemeral" {
		t.Errorf("in a channel it was said as %+v", got)
	}
}

func TestExport(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	preview := h.upload(t, "UKUN", "F1", "a.xlsx", h.sheetOf(t, "UKUN", newRows(2)))
	h.press(t.Context(), "UKUN", "1.0", render.ActionTakeIn, button(t, preview, render.ActionTakeIn))
	for _, tc := range []struct{ user, text, want, name string }{
		{"USEC", "导出", "2 份上报、14 张表", "wainao-ledger-2026-11-23.xlsx"},
		{"ULEA", "导出 csv", "2 份上报、12 张表", "wainao-ledger-2026-11-23.csv.zip"},
		{"UADM", "导出 json 2026-11-22", "截至2026年11月22日 23:59：0 份上报、14 张表", "wainao-ledger-2026-11-22.json"},
	} {
		h.command(t.Context(), tc.user, "C1", tc.text)
		got := h.last(t)
		if got.how != "share" || got.channel != tc.user || !strings.Contains(got.text, tc.want) || h.slack.files[len(h.slack.files)-1].Name != tc.name {
			t.Errorf("%q: %+v", tc.text, got)
		}
	}
	for text, want := range map[string]string{"导出 2027-01-01": "还没到", "导出 昨天": "看不懂"} {
		h.command(t.Context(), "USEC", "C1", text)
		if got := h.last(t); !strings.Contains(got.text, want) {
			t.Errorf("%q: %s", text, got.text)
		}
	}
}
