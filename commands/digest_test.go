package commands_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"wainao/commands"
	"wainao/delivery"
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
