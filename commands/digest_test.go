package commands_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"wainao/commands"
	"wainao/delivery"
	"wainao/lang"
	"wainao/render"
)

// TestTheDigestTellsOfAVersionThatTookEffect: in the week in which what an
// evaluation adopted comes into force, with what decided it and why; before that
// it is ahead, and later it is no news.
func TestTheDigestTellsOfAVersionThatTookEffect(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.adoptLayout(t, "2026-11-20")
	for _, tc := range []struct {
		to           delivery.Recipient
		day          int
		words, never []string
	}{
		{"C1", 23, []string{"布局第 2 版", "11月20日起", "新增 脑机接口 · 苏州工业园区：脑机接口芯片", "退出 元宇宙 · 昆山市", "2026年度评估（test）"}, []string{"11月20日 · "}},
		{"UEN", 23, []string{"Layout version 2", "from 20 Nov", "interface chips", "2026 evaluation (test)"}, nil},
		{"C1", 16, []string{"11月20日 · *布局第 2 版生效*"}, []string{"本周生效的版本", "已生效"}},
		{"C1", 30, nil, []string{"布局第 2 版"}},
	} {
		due := time.Date(2026, 11, tc.day, 1, 0, 0, 0, time.UTC)
		m, err := h.Build(t.Context(), delivery.Delivery{ID: "x", Job: commands.DigestJob, To: tc.to, Due: due, Reason: delivery.Due})
		if err != nil {
			t.Fatal(err)
		}
		raw, err := json.Marshal(m.Blocks)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range tc.words {
			if !strings.Contains(string(raw), w) {
				t.Errorf("%s on the %dth: %q is not in %s", tc.to, tc.day, w, raw)
			}
		}
		for _, w := range tc.never {
			if strings.Contains(string(raw), w) {
				t.Errorf("%s on the %dth: %q is told", tc.to, tc.day, w)
			}
		}
	}
}

// TestADigestIsShownAsItWas: its buttons show what was known at its moment, also
// where nothing of it is kept; and a dry run of the next one is no digest.
func TestADigestIsShownAsItWas(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.at(monday.Add(time.Hour))
	next := monday.AddDate(0, 0, 7)
	if _, err := h.Build(t.Context(), delivery.Delivery{ID: "dry", Job: commands.DigestJob, To: "ULEA", Due: next, Reason: delivery.Due}); err != nil {
		t.Fatal(err)
	}
	h.adoptLayout(t, "2026-11-25")
	h.at(next.Add(time.Hour))
	for _, tc := range []struct {
		name, action string
		at           time.Time
		known        bool
	}{
		{"before it was adopted", "in-detail", monday, false},
		{"behind it", "in-detail", monday.Add(2 * time.Hour), true},
		{"behind it, in short", "digest", monday.Add(2 * time.Hour), true},
		{"of which a dry run was seen", "in-detail", next, true},
	} {
		for _, again := range []string{"", " again"} { // Made anew, and kept.
			h.press(t.Context(), "ULEA", tc.name+again, tc.action, render.DigestValue(lang.ZH, tc.at))
			got := h.last(t)
			if !strings.Contains(got.text, "每周简报") || strings.Contains(got.text, "布局第 2 版") != tc.known {
				t.Errorf("%s%s: version 2 is told: %t; %s", tc.name, again, !tc.known, got.text)
			}
		}
	}
	h.press(t.Context(), "ULEA", "old", "in-detail", "")
	if got := h.last(t); !strings.Contains(got.text, "过时") && !strings.Contains(got.text, "失效") {
		t.Errorf("a button without a moment: %s", got.text)
	}
}
