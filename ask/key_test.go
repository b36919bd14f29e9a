package ask_test

import "testing"

// A question that the policy does not answer has one key for the same words,
// whatever the marks, the case and the talk around them, and another for others.
func TestKeysOfWhatIsNotAnswered(t *testing.T) {
	t.Parallel()
	e := engine(t)
	for _, same := range [][]string{
		{"怎么申请补贴", "请问怎么申请补贴？", "怎么 申请，补贴", "补贴怎么申请"},
		{"Who is the mayor?", "who is the MAYOR", "hello, who is the mayor"},
		{"合成肉由哪个板块承担", "请问：合成肉 由哪个板块承担？"},
	} {
		for _, q := range same[1:] {
			if got, want := key(e, q), key(e, same[0]); got != want {
				t.Errorf("%s: %s; %s: %s", q, got, same[0], want)
			}
		}
	}
	for _, other := range [][2]string{{"怎么申请补贴", "怎么申请签证"}, {"华为在不在里面", "腾讯在不在里面"}, {"合成肉由哪个板块承担", "预制菜由哪个板块承担"}} {
		if a, b := key(e, other[0]), key(e, other[1]); a == b {
			t.Errorf("%s and %s have one key: %s", other[0], other[1], a)
		}
	}
}
