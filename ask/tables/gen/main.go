// This program writes the two character tables that the package embeds:
// tables/simplify.txt from OpenCC's traditional characters and
// tables/pinyin.txt from go-pinyin's readings of the characters of GB 2312.
package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"slices"
	"unicode"

	"github.com/longbridgeapp/opencc"
	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/encoding/simplifiedchinese"
)

func main() {
	if err := run(); err != nil {
		slog.Error("write the tables", "error", err)
		os.Exit(1)
	}
}

func run() error {
	cc, err := opencc.New("t2s")
	if err != nil {
		return fmt.Errorf("load OpenCC: %w", err)
	}
	var simple bytes.Buffer
	for r := rune(0x3400); r <= 0x9fff; r++ {
		if !unicode.Is(unicode.Han, r) {
			continue
		}
		out, err := cc.Convert(string(r))
		if err != nil {
			return fmt.Errorf("convert %q: %w", r, err)
		}
		if to := []rune(out); len(to) == 1 && to[0] != r {
			simple.WriteString(string(r) + out + "\n")
		}
	}
	if err := os.WriteFile("tables/simplify.txt", simple.Bytes(), 0o644); err != nil {
		return err
	}

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
	var sound bytes.Buffer
	for _, p := range slices.Sorted(maps.Keys(by)) {
		sound.WriteString(p + " " + string(by[p]) + "\n")
	}
	return os.WriteFile("tables/pinyin.txt", sound.Bytes(), 0o644)
}
