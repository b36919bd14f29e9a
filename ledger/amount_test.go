package ledger_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wainao/lang"
	"wainao/ledger"
)

func TestParseAmount(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"12.5": "12.5", " 12.50 亿元 ": "12.5", "１２．５亿": "12.5", "0": "0", "0.0001": "0.0001", "1,234.5": "1234.5",
		"100000": "100000", "007": "7", "0.1": "0.1", "0.3": "0.3", "99999.9999": "99999.9999",
	} {
		got, err := ledger.ParseAmount(in)
		if err != nil || got.String() != want {
			t.Errorf("ParseAmount(%q) = %s, %v; want %s", in, got, err, want)
		}
	}
	for in, want := range map[string]string{
		"": "value_missing", "-1": "value_negative", "－1": "value_negative", "NaN": "value_not_a_number", "Inf": "value_not_a_number",
		"1e5": "value_unit", "0x10": "value_unit", "1,23": "value_not_a_number", "1.2.3": "value_not_a_number", ".": "value_not_a_number",
		"12.34567": "value_precision", "100001": "value_too_large", "99999999999999999999": "value_too_large",
		"3000万元": "value_unit", "3000 万": "value_unit", "15%": "value_unit", "百分之五": "value_not_a_number", "12 USD": "value_unit", "1亿2千万": "value_unit",
	} {
		_, err := ledger.ParseAmount(in)
		if !errors.Is(err, &lang.Problem{Code: want}) {
			t.Errorf("ParseAmount(%q): %v, want %s", in, err, want)
		}
	}
	_, err := ledger.ParseAmount("1,250,000万元")
	if problem, ok := errors.AsType[*lang.Problem](err); !ok || !strings.Contains(problem.Words.ZH, "请写 125。") {
		t.Errorf("万元 is not told what to write: %v", err)
	}
}

func TestAmountReadsAsItIsWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := ledger.Amount(rapid.Int64Range(0, 1_000_000_000).Draw(t, "amount"))
		if got, err := ledger.ParseAmount(want.Text().ZH); err != nil || got != want {
			t.Fatalf("%s reads as %d, %v", want.Text().ZH, got, err)
		}
	})
}
