package ledger_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wainao/lang"
	"wainao/ledger"
)

// published are codes as their holders publish them, of several departments,
// with digits and letters in the organisation code and in the check character.
var published = []string{
	"91110000802100433B", // Baidu Online Network Technology (Beijing)
	"91440300708461136T", // Tencent Technology (Shenzhen)
	"914403001922038216", // Huawei Technologies
	"91330100799655058B", // Alibaba (China)
	"91100000100003962T", // Registered at the national office
	"91320594088140947F", // Registered in Suzhou Industrial Park
	"9135021359498494XQ", // The organisation code's check digit is X
	"91350203MA31XXW31H", // An organisation code with letters
	"123502001549897397", // A public institution
	"92371000MA3MXH0E3W", // A sole trader
}

func TestCheckCreditCode(t *testing.T) {
	t.Parallel()
	for _, code := range published {
		if got, err := ledger.CheckCreditCode(code); err != nil || got != code {
			t.Errorf("%s: got %q, %v", code, got, err)
		}
	}
	for in, want := range map[string]string{
		" 91350203ma31xxw31h ": "91350203MA31XXW31H",
		"９１３５０２０３ＭＡ３１ＸＸＷ３１Ｈ":         "91350203MA31XXW31H",
		"9111 0000 8021 0043 3B":     "91110000802100433B",
		"91110000-80210043-3-B":      "91110000802100433B",
		"91110000\u200b802100433B\n": "91110000802100433B",
	} {
		if got, _ := ledger.CheckCreditCode(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestCheckCreditCodeTellsWhatIsWrong(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ in, code, words string }{
		{"", "credit_code_length", "0 位"},
		{"9111000080210043", "credit_code_length", "16 位"},
		{"91110000802100433BB", "credit_code_length", "19 位"},
		{"9111000O802100433B", "credit_code_character", "第 8 位是“O”"},
		{"91110000802IO0433B", "credit_code_character", "也许应为“1”"},
		{"91110000802100433科", "credit_code_character", "第 18 位是“科”"},
		{"91A10000802100433B", "credit_code_character", "只能是数字"},
		{"9111０000802100434B", "credit_code_organisation", "802100434"},
		{"91110000802100433C", "credit_code_check_digit", "最后一位"},
		{"92110000802100433B", "credit_code_check_digit", "最后一位"},
		{"91350203M0001QAY9B", "credit_code_check_digit", "最后一位"}, // Given in Xiamen, against the standard.
	} {
		got, err := ledger.CheckCreditCode(tt.in)
		problem, ok := errors.AsType[*lang.Problem](err)
		if !ok || got != "" || problem.Code != tt.code || !problem.Words.Complete() || !strings.Contains(problem.Words.ZH, tt.words) {
			t.Errorf("%q: got %q, %v; want %s, %s", tt.in, got, err, tt.code, tt.words)
		}
	}
}

// TestOneWrongCharacterIsFound changes every character of every published code
// into every other that is possible there.
func TestOneWrongCharacterIsFound(t *testing.T) {
	t.Parallel()
	for _, code := range published {
		for i := range code {
			for _, r := range "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
				wrong := code[:i] + string(r) + code[i+1:]
				if _, err := ledger.CheckCreditCode(wrong); (err == nil) != (wrong == code) {
					t.Errorf("%s for %s: %v", wrong, code, err)
				}
			}
		}
	}
}

func TestCheckCreditCodeOfAnything(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9A-Za-z]{16,19}`)).Draw(t, "in")
		got, err := ledger.CheckCreditCode(in)
		if _, ok := errors.AsType[*lang.Problem](err); (err == nil) != (len(got) == 18) || (err != nil) != ok {
			t.Fatalf("%q: got %q, %v", in, got, err)
		}
		if again, err2 := ledger.CheckCreditCode(got); err == nil && (again != got || err2 != nil) {
			t.Fatalf("%q is not normalised: %q, %v", got, again, err2)
		}
	})
}
