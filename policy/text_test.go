package policy

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// officialText is the document beside the repository, where it is.
func officialText(t testing.TB) string {
	t.Helper()
	src, err := os.ReadFile("../../shared/policy/source.txt")
	if err != nil {
		t.Skipf("the official text is not beside the repository: %v", err)
	}
	return string(src)
}

func TestEveryCitationHasItsParagraph(t *testing.T) {
	t.Parallel()
	text, err := ParseText(strings.NewReader(officialText(t)))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range Default().Sections {
		own := false
		for _, p := range text.parts {
			own = own || p.section == s.Number
		}
		if !own {
			t.Errorf("section %s (%s) has no paragraph of its own", s.Number, s.Name.ZH)
		}
	}
	for section, want := range map[string]string{
		"0": "制定本工作意见", "1": "4万亿元", "2.1": "习近平", "2.2.3": "聚焦重点", "2.3.1": "5000亿元", "2.3.2": "10家以上",
		"2.3.3": "20家以上", "2.3.4": "先导园区", "2.3.5": "100个以上核心产品", "2.3.6": "10000亿元", "3.4": "低成本高效绿氢",
		"3.8": "量子交换机", "4": "动态评估", "4.4": "张家港市:侧重制储加氢", "4.8": "吴江区:侧重量子通信",
		"5.5": "安全空间", "6.1": "外脑支持", "6.4": "展演中心", "7": "2023年9月1日",
	} {
		got, ok := text.Paragraph(Citation{Section: section})
		if !ok || !strings.Contains(got, want) {
			t.Errorf("paragraph %s (found %v) does not hold %q:\n%s", section, ok, want, got)
		}
	}
	if got, _ := text.Paragraph(Citation{Section: "4.4"}); strings.Contains(got, "相城") {
		t.Errorf("the hydrogen row holds another row:\n%s", got)
	}
	if _, ok := text.Paragraph(Citation{Section: "9"}); ok {
		t.Error("section 9 was found")
	}
	if got, ok := text.Paragraph(Citation{Section: "5.1.7"}); !ok || !strings.HasPrefix(got, "(一)优势产业") {
		t.Errorf("an unknown part of 5.1 gave %q, want 5.1", got)
	}
}

// document is a made-up text with the document's headings.
const document = "题目\n一、发展基础\n基础若干。\n二、总体要求\n(一)指导思想\n思想。\n、重点领域\n1.前沿新材料\n做abc材料。\n、空间布局\n统筹。\n氢能\n甲市:侧重制氢\n、实施路径\n(一)行动\n行动内容。\n、保障措施\n(一)组织\n内容。\n"

func TestParseText(t *testing.T) {
	t.Parallel()
	text, err := ParseText(strings.NewReader("\ufeff" + strings.ReplaceAll(document, "\n", "\r\n")))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range text.parts {
		got = append(got, p.section)
	}
	want := []string{"0", "1", "2", "2.1", "3", "3.1", "4", "4.4", "5", "5.1", "6", "6.1"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("sections (-want +got):\n%s", d)
	}
	p, ok := text.Paragraph(Citation{Section: "4.4"})
	if want := "氢能\n甲市:侧重制氢"; !ok || p != want {
		t.Errorf("row 4.4 is %q, want %q", p, want)
	}
}

func TestParseTextRefuses(t *testing.T) {
	t.Parallel()
	for name, in := range map[string]string{
		"empty": "", "another document": "一、发展基础\n二、别的\n", "binary": "\x00\xff\xfe",
	} {
		if _, err := ParseText(strings.NewReader(in)); !errors.Is(err, ErrNotThePolicy) {
			t.Errorf("%s: error %v, want ErrNotThePolicy", name, err)
		}
	}
	if _, err := ParseText(strings.NewReader(strings.Repeat("长", maxText))); err == nil || errors.Is(err, ErrNotThePolicy) {
		t.Errorf("an endless text gave %v, want a read error", err)
	}
}

func TestSearch(t *testing.T) {
	t.Parallel()
	text, err := ParseText(strings.NewReader(officialText(t)))
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		"量子随机数发生器": "3.8", "宽容失败": "6.4", "揭榜挂帅": "5.1", "专利导航": "5.2", "独角兽": "6.3", "SIC": "3.1",
		"哪里提到了氢脆?": "3.4", "MOEMS": "3.2",
	} {
		hits := text.Search(query, 3)
		if len(hits) == 0 || hits[0].Section != want {
			t.Errorf("search %q found %v, want %s first", query, hits, want)
			continue
		}
		if s := hits[0].Score; s <= 0 || s > 1 {
			t.Errorf("search %q scores %g", query, s)
		}
	}
	for _, query := range []string{"", "?!", "xyzzy", "踢足球"} {
		if hits := text.Search(query, 3); len(hits) != 0 {
			t.Errorf("search %q found %v, want nothing", query, hits)
		}
	}
	if hits := text.Search("未来产业", 2); len(hits) != 2 {
		t.Errorf("at most 2 hits were asked for, got %d", len(hits))
	}
	if hits := text.Search(strings.Repeat("未来产业平台建设", 20000), 1); len(hits) != 1 {
		t.Errorf("a long query found %d hits, want 1", len(hits))
	}
}

func FuzzParseText(f *testing.F) {
	f.Add(document)
	f.Add("(一)\n3.")
	f.Fuzz(func(t *testing.T, in string) {
		text, err := ParseText(strings.NewReader(in))
		if (text == nil) == (err == nil) {
			t.Fatalf("text %v, error %v", text, err)
		}
		if text != nil {
			text.Search(in, 3)
		}
	})
}
