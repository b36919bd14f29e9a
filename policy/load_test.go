package policy

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// edited is the data with one file changed: the first old becomes new. It also
// returns the line on which old stood.
func edited(t *testing.T, file, old, with string) (fstest.MapFS, int) {
	t.Helper()
	data := dataFS(t)
	out := fstest.MapFS{}
	err := fs.WalkDir(data, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		src, err := fs.ReadFile(data, name)
		out[name] = &fstest.MapFile{Data: src}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if file == "" {
		return out, 0
	}
	src := string(out[file].Data)
	i := strings.Index(src, old)
	if i < 0 {
		t.Fatalf("%s does not hold %q", file, old)
	}
	out[file] = &fstest.MapFile{Data: []byte(strings.Replace(src, old, with, 1))}
	return out, 1 + strings.Count(src[:i], "\n")
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, file, old, with string
		line                  int // relative to old's line.
		msg                   string
	}{
		{"unknown key", "districts.yaml", "    short: {zh: 常熟,", "    nickname: x\n    short: {zh: 常熟,", 0, `unknown key "nickname"`},
		{"unknown key at the top", "layout.yaml", "version: 1", "versions: 1\nversion: 1", 0, `unknown key "versions"`},
		{"missing translation", "districts.yaml", "name: {zh: 常熟市, en: Changshu}", "name: {zh: 常熟市}", 0, `translation "en" is missing`},
		{"empty translation", "districts.yaml", "name: {zh: 常熟市, en: Changshu}", `name: {zh: 常熟市, en: ""}`, 0, "must not be empty"},
		{"Chinese in English", "districts.yaml", "en: Changshu}", "en: 常熟}", 0, "the English words hold Chinese characters"},
		{"missing key", "districts.yaml", "    short: {zh: 常熟, en: Changshu}\n", "", -2, `key "short" is missing`},
		{"repeated key", "layout.yaml", "version: 1", "version: 1\nversion: 1", 1, `key "version" is repeated`},
		{"dangling district", "layout.yaml", "district: huqiu", "district: wuxi", 0, `there is no district "wuxi"`},
		{"dangling domain", "layout.yaml", "  - domain: quantum", "  - domain: qantum", 0, `there is no domain "qantum"`},
		{"dangling term", "layout.yaml", "terms: [blockchain,", "terms: [block-chain,", 0, `there is no term of digital-finance "block-chain"`},
		{"term of another domain", "layout.yaml", "terms: [blockchain,", "terms: [e-cny, drones,", 0, `there is no term of digital-finance "drones"`},
		{"dangling broader term", "domains/quantum.yaml", "broader: [quantum-computing]", "broader: [quantum]", 0, `there is no term of quantum "quantum"`},
		{"broader circle", "domains/quantum.yaml", "en: [quantum computation, quantum computing industry]}}", "en: [x]}, broader: [quantum-cloud]}", 0, `the term "quantum-computing" is broader than itself`},
		{"dangling indicator", "targets.yaml", "indicator: output", "indicator: outputs", 0, `there is no indicator "outputs"`},
		{"dangling damage", "targets.yaml", "damage: clusters-2035", "damage: clusters", 0, `there is no damage "clusters"`},
		{"dangling citation", "targets.yaml", `cite: "2.3.6"`, `cite: "2.9"`, 0, `the document has no section "2.9"`},
		{"section without a parent", "document.yaml", `- number: "2.3.6"`, `- number: "9.3"`, 0, `there is no section "9"`},
		{"section that is none", "document.yaml", `- number: "7"`, `- number: "seven"`, 0, `"seven" is no section's number`},
		{"duplicate id", "targets.yaml", "id: 2035-output", "id: 2030-output", 0, `target "2030-output" is already defined at targets.yaml:17`},
		{"malformed id", "targets.yaml", "id: 2035-output", "id: 2035_Output", 0, `id "2035_Output" may hold only`},
		{"second target of a year", "targets.yaml", "indicator: platforms", "indicator: output", 0, "output has a target for 2030 at targets.yaml:18 already"},
		{"alias twice", "districts.yaml", "aliases: {zh: [港城],", "aliases: {zh: [港城, 港 城],", 0, `"港 城" is listed twice`},
		{"unknown district", "districts.yaml", "id: gusu", "id: wuxi", 0, `district "wuxi" is none of`},
		{"wrong domain in a file", "domains/quantum.yaml", "number: 8", "number: 7", -1, `must hold domain "quantum", number 8`},
		{"pair twice", "layout.yaml", "    district: wujiang\n    text: {zh: 量子通信", "    district: xiangcheng\n    text: {zh: 量子通信", -1, "quantum in xiangcheng is already given at layout.yaml:68"},
		{"not a number", "targets.yaml", "value: 5000", "value: many", 0, "must be a number"},
		{"not a whole number", "targets.yaml", "year: 2030", "year: 2030.5", 0, "must be a whole number"},
		{"not a date", "layout.yaml", "effective: 2023-09-01", "effective: 2023-13-01", 0, `"2023-13-01" is not a date`},
		{"not a truth value", "damage.yaml", "sure: true", "sure: maybe", 0, "must be true or false"},
		{"unknown operation", "targets.yaml", "op: range", "op: between", 0, `"between" is none of`},
		{"range upside down", "targets.yaml", "max: 2", "max: 1", 0, "a range must end above its beginning"},
		{"stages where none belong", "indicators.yaml", "kind: staged", "kind: stock", -3, "a staged indicator, and no other, has stages"},
		{"not a mapping", "districts.yaml", "note:\n      zh: 文中", "note: words\n    x:\n      zh: 文中", 0, "must be a mapping"},
		{"not a list", "districts.yaml", "zh: [港城]", "zh: 港城", 0, "must be a list"},
		{"empty list", "districts.yaml", "zh: [港城]", "zh: []", 0, "must not be empty"},
		{"not YAML", "actions.yaml", "actions:", "actions: [", 0, "not YAML"},
		{"later version", "layout.yaml", "version: 1", "version: 2", 0, "the policy's own layout is version 1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fsys, line := edited(t, tt.file, tt.old, tt.with)
			p, err := Load(fsys)
			if err == nil || p != nil {
				t.Fatalf("loaded: policy %v, error %v", p != nil, err)
			}
			want := DataError{File: tt.file, Line: line + tt.line}
			for _, e := range all(err) {
				if e.File == want.File && (e.Line == want.Line || tt.name == "not YAML") && strings.Contains(e.Msg, tt.msg) {
					return
				}
			}
			t.Errorf("no error %s:%d: …%s… among:\n%v", want.File, want.Line, tt.msg, err)
		})
	}
}

// all returns the errors that err joins.
func all(err error) []*DataError {
	var out []*DataError
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return nil
	}
	for _, e := range joined.Unwrap() {
		if d, ok := errors.AsType[*DataError](e); ok {
			out = append(out, d)
		}
	}
	return out
}

func TestLoadTellsWhereBothStand(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, file, old, with, want string }{
		{
			"alias clash", "districts.yaml", "aliases: {zh: [港城],", "aliases: {zh: [高新区],",
			`districts.yaml:49: district "huqiu" and "zhangjiagang" at districts.yaml:6 are both called "高新区"`,
		},
		{
			"unused term", "domains/quantum.yaml", "terms: [use-quantum-finance, ", "terms: [",
			`domains/quantum.yaml:27: no direction and no focus names the term "use-quantum-finance"`,
		},
		{
			"batch missing", "safeguards.yaml", "      - {id: batch-talents,", "      # - {id: batch-talents,",
			`safeguards.yaml:2: holds 7 batches, must hold 8`,
		},
		{
			"focus missing", "layout.yaml",
			"  - domain: quantum\n    district: wujiang\n    text: {zh: 量子通信, en: quantum communications}\n    terms: [quantum-communications]\n", "",
			`layout.yaml:3: holds 16 focus phrases, must hold 17`,
		},
		{
			"district missing", "districts.yaml", "  - id: zhangjiagang\n    name: {zh: 张家港市, en: Zhangjiagang}\n    short: {zh: 张家港, en: Zhangjiagang}\n    aliases: {zh: [港城], en: [Zhangjiagang City, ZJG]}\n", "",
			`districts.yaml:2: holds 9 districts, must hold 10`,
		},
		{
			"order of districts", "districts.yaml", "id: taicang", "id: kunshan",
			`districts.yaml:11: district "kunshan" stands where "taicang" belongs`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fsys, _ := edited(t, tt.file, tt.old, tt.with)
			_, err := Load(fsys)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("want %q in:\n%v", tt.want, err)
			}
		})
	}
}

func TestLoadTellsEverythingAtOnce(t *testing.T) {
	t.Parallel()
	fsys, _ := edited(t, "targets.yaml", "indicator: output", "indicator: outputs")
	delete(fsys, "governance.yaml")
	fsys["domains/robots.yaml"] = &fstest.MapFile{Data: []byte("id: robots\n")}
	fsys["layout.yaml"].Data = []byte("version: 1\neffective: 2023-09-01\nfocus:\n  - {}\n")
	_, err := Load(fsys)
	files := map[string]bool{}
	for _, e := range all(err) {
		files[e.File] = true
	}
	want := map[string]bool{"targets.yaml": true, "governance.yaml": true, "domains/robots.yaml": true, "layout.yaml": true}
	for f := range want {
		if !files[f] {
			t.Errorf("nothing is said about %s:\n%v", f, err)
		}
	}
	for f := range files {
		if !want[f] && !strings.HasPrefix(f, "domains/") { // Terms of the layout alone are unused now.
			t.Errorf("something is said about %s:\n%v", f, err)
		}
	}
}

func TestLoadOfEmptyFiles(t *testing.T) {
	t.Parallel()
	if _, err := Load(fstest.MapFS{}); err == nil || len(all(err)) < 12 {
		t.Errorf("an empty folder gave %v, want an error for each file", err)
	}
	data, _ := edited(t, "", "", "")
	for name := range data {
		data[name] = &fstest.MapFile{}
	}
	if _, err := Load(data); err == nil {
		t.Error("empty files were loaded")
	}
}

func TestDefaultIsTheData(t *testing.T) {
	t.Parallel()
	p, err := Load(dataFS(t))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(p.Targets, Default().Targets); d != "" {
		t.Errorf("targets (-loaded +default):\n%s", d)
	}
}

func BenchmarkLoad(b *testing.B) {
	data := dataFS(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(data); err != nil {
			b.Fatal(err)
		}
	}
}
