package policy

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// maxText is the size in bytes beyond which a text is refused: the official
// document has some 17 KB.
const maxText = 4 << 20

// Text is the official document, split into paragraphs. The operator supplies
// it; a Text is not changed after [ParseText].
type Text struct {
	parts []textPart
}

type textPart struct {
	section string
	body    string
	key     string // the body as searched: folded, without punctuation.
}

// Hit is one paragraph that a search found.
type Hit struct {
	Section   string // as in [Citation.Section].
	Paragraph string
	Score     float64 // from 0, not included, to 1; a share of the query.
}

// ErrNotThePolicy is returned by [ParseText] when the text does not have the
// document's headings.
var ErrNotThePolicy = errors.New("the text does not have the policy's six sections")

// The headings of the document. A section's numeral may be lost, as on the
// published page, so that a heading may begin with the bare 、.
var (
	sectionNames = []string{"发展基础", "总体要求", "重点领域", "空间布局", "实施路径", "保障措施"}
	subHeading   = regexp.MustCompile(`^[(（]([一二三四五])[)）]`)
	fieldHeading = regexp.MustCompile(`^([1-8])[.．、]`)
	topHeading   = regexp.MustCompile(`^[一二三四五六]?、`)
	signature    = regexp.MustCompile(`^(苏州市人民政府|20\d\d年\d+月\d+日)$`)
)

// ParseText reads the official document as plain text, one paragraph a line,
// and splits it by its headings. Lost section numerals are tolerated. Rows of
// the layout table are addressed as "4.1" to "4.8", and the paragraphs of
// §二(二) and §二(三) by their order. The error is a read error, or
// [ErrNotThePolicy] with the sections that were not found.
func ParseText(r io.Reader) (*Text, error) {
	t := &Text{}
	section, row := "0", ""
	var field int // the table row in §四, 0 outside it.
	count := 0    // paragraphs in §二(二), §二(三).
	next := 0     // index of the next section's name.
	sc := bufio.NewScanner(io.LimitReader(r, maxText+1))
	sc.Buffer(make([]byte, 64<<10), maxText+1)
	size := 0
	for sc.Scan() {
		line := strings.TrimSpace(strings.TrimPrefix(sc.Text(), "\ufeff"))
		if size += len(sc.Bytes()) + 1; size > maxText {
			return nil, fmt.Errorf("read the official text: it has more than %d bytes", maxText)
		}
		if line == "" {
			continue
		}
		if next < len(sectionNames) && isSection(line, sectionNames[next]) {
			next++
			section, row, field, count = fmt.Sprint(next), "", 0, 0
			t.add(section, line)
			continue
		}
		top := section[:1]
		switch m, f := subHeading.FindStringSubmatch(line), fieldHeading.FindStringSubmatch(line); {
		case m != nil && strings.Contains("256", top):
			section = fmt.Sprintf("%s.%d", top, slices.Index([]string{"", "一", "二", "三", "四", "五"}, m[1]))
			count = 0
			t.add(section, line)
		case f != nil && top == "3":
			section = "3." + f[1]
			t.add(section, line)
		case top == "4" && slices.Contains(fieldNames, line):
			field = slices.Index(fieldNames, line) + 1
			row = fmt.Sprintf("4.%d", field)
			t.add(row, line)
		case signature.MatchString(line):
			t.add("7", line)
		case top == "4" && field > 0:
			t.add(row, line)
		case section == "2.2" || section == "2.3":
			count++
			t.add(fmt.Sprintf("%s.%d", section, count), line)
		default:
			t.add(section, line)
		}
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("read the official text: %w", err)
	}
	if next < len(sectionNames) {
		return nil, fmt.Errorf("%w: %s was not found", ErrNotThePolicy, sectionNames[next])
	}
	for i := range t.parts {
		t.parts[i].key = string(searchKey(t.parts[i].body))
	}
	return t, nil
}

// fieldNames are the rows of the layout table as printed.
var fieldNames = []string{
	"前沿新材料", "光子芯片与光器件", "元宇宙", "氢能", "数字金融", "细胞和基因诊疗", "空天开发", "量子技术",
}

func isSection(line, name string) bool {
	rest := topHeading.ReplaceAllString(line, "")
	return rest == name && len(line) <= len(name)+len("一、")
}

func (t *Text) add(section, line string) {
	for i := range t.parts {
		if t.parts[i].section == section {
			t.parts[i].body += "\n" + line
			return
		}
	}
	t.parts = append(t.parts, textPart{section: section, body: line})
}

// Paragraph returns the original words of the cited place. A section that has
// only parts is returned as its heading and parts; where the text does not have
// a finer part, the nearest enclosing one is returned. ok is false when the
// address is unknown.
func (t *Text) Paragraph(c Citation) (string, bool) {
	for s := c.Section; s != ""; {
		var found []string
		for _, p := range t.parts {
			if p.section == s || strings.HasPrefix(p.section, s+".") {
				found = append(found, p.body)
			}
		}
		if len(found) > 0 {
			return strings.Join(found, "\n"), true
		}
		i := strings.LastIndexByte(s, '.')
		if i < 0 {
			break
		}
		s = s[:i]
	}
	return "", false
}

// Search returns at most n paragraphs that share words with the query, the best
// first; paragraphs of equal score stand in the document's order. The score is
// the share of the query's two-character pieces (whole words for Latin script)
// that the paragraph holds, weighted by how few paragraphs hold them. A search
// understands nothing, and what it finds must be labelled as a search result.
func (t *Text) Search(query string, n int) []Hit {
	pieces := slicePieces(searchKey(query))
	if len(pieces) == 0 || n <= 0 {
		return nil
	}
	type scored struct {
		part  int
		score float64
	}
	weight := make([]float64, len(pieces))
	has := make([][]bool, len(pieces))
	var total float64
	for i, w := range pieces {
		has[i] = make([]bool, len(t.parts))
		df := 0
		for j, p := range t.parts {
			if strings.Contains(p.key, w) {
				has[i][j] = true
				df++
			}
		}
		weight[i] = 1 / float64(1+df)
		total += weight[i]
	}
	var hits []scored
	for j := range t.parts {
		var sum float64
		for i := range pieces {
			if has[i][j] {
				sum += weight[i]
			}
		}
		if sum > 0 {
			hits = append(hits, scored{j, sum / total})
		}
	}
	slices.SortStableFunc(hits, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	out := make([]Hit, 0, min(n, len(hits)))
	for _, h := range hits[:min(n, len(hits))] {
		out = append(out, Hit{t.parts[h.part].section, t.parts[h.part].body, h.score})
	}
	return out
}

// maxPieces bounds the work of one search.
const maxPieces = 64

// searchKey folds s and turns everything but letters and digits into one space.
func searchKey(s string) []rune {
	var out []rune
	for _, r := range strings.ToLower(foldWidth(s)) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			out = append(out, r)
		} else if len(out) > 0 && out[len(out)-1] != ' ' {
			out = append(out, ' ')
		}
	}
	return out
}

// slicePieces returns the pieces by which a query is compared: pairs of Han
// characters and whole words of anything else, each once.
func slicePieces(key []rune) []string {
	var out []string
	push := func(r []rune) {
		if s := string(r); len(out) < maxPieces && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for i := 0; i < len(key); {
		if key[i] == ' ' {
			i++
			continue
		}
		han := unicode.Is(unicode.Han, key[i])
		j := i
		for j < len(key) && key[j] != ' ' && unicode.Is(unicode.Han, key[j]) == han {
			j++
		}
		switch run := key[i:j]; {
		case !han || len(run) == 1:
			push(run)
		default:
			for k := 0; k+1 < len(run); k++ {
				push(run[k : k+2])
			}
		}
		i = j
	}
	return out
}
