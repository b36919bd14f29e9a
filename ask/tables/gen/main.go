// Command gen writes the two character tables that package ask embeds:
// simplify.txt from OpenCC's traditional characters, and pinyin.txt from
// go-pinyin's readings of the characters of GB 2312, into the folder that is
// its argument.
package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"unicode"

	"github.com/longbridgeapp/opencc"
	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/encoding/simplifiedchinese"
)

func main() {
	dir := "tables" // as go generate runs it.
	if len(os.Args) > 1 {
		dir = os.Args[1]
	}
	if err := run(dir); err != nil {
		slog.Error("write the tables", "error", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	simple, err := simplify()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "simplify.txt"), simple, 0o600); err != nil {
		return fmt.Errorf("write the table of characters: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "pinyin.txt"), sounds(), 0o600); err != nil {
		return fmt.Errorf("write the table of sounds: %w", err)
	}
	return nil
}

// simplify lists each traditional character with its simplified one.
func simplify() ([]byte, error) {
	cc, err := opencc.New("t2s")
	if err != nil {
		return nil, fmt.Errorf("load OpenCC: %w", err)
	}
	var out bytes.Buffer
	for r := rune(0x3400); r <= 0x9fff; r++ {
		if !unicode.Is(unicode.Han, r) {
			continue
		}
		s, err := cc.Convert(string(r))
		if err != nil {
			return nil, fmt.Errorf("convert %q: %w", r, err)
		}
		if to := []rune(s); len(to) == 1 && to[0] != r {
			out.WriteString(string(r) + s + "\n")
		}
	}
	return out.Bytes(), nil
}

// sounds lists the common characters by their syllable without its tone.
func sounds() []byte {
	encoder := simplifiedchinese.HZGB2312.NewEncoder()
	args := pinyin.NewArgs()
	by := map[string][]rune{}
	for r := rune(0x4e00); r <= 0x9fff; r++ {
		if _, err := encoder.String(string(r)); err != nil {
			continue
		}
		if p := pinyin.SinglePinyin(r, args); len(p) == 1 {
			by[p[0]] = append(by[p[0]], r)
		}
	}
	var out bytes.Buffer
	for _, p := range slices.Sorted(maps.Keys(by)) {
		out.WriteString(p + " " + string(by[p]) + "\n")
	}
	return out.Bytes()
}
