package commands

import (
	"testing"

	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

func TestReadMessage(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, text, words, link string }{
		{"plain", "首飞成功", "首飞成功", ""},
		{"a link", "见 <https://a.gov.cn/1?x=1&amp;y=2>。", "见 https://a.gov.cn/1?x=1&y=2。", "https://a.gov.cn/1?x=1&y=2"},
		{"a link with words", "<https://a.gov.cn/1|公告> 和 <https://b.gov.cn>", "公告 https://a.gov.cn/1 和 https://b.gov.cn", "https://a.gov.cn/1"},
		{"a link under its own name", "<http://a.gov.cn|a.gov.cn>", "http://a.gov.cn", "http://a.gov.cn"},
		{"a link that nobody marked", "见https://a.gov.cn/1，已验收", "见https://a.gov.cn/1，已验收", "https://a.gov.cn/1"},
		{"what is escaped", "A &amp; B &lt;10&gt; &amp;lt;", "A & B <10> &lt;", ""},
		{"mentions", "<@U1|someone> 在 <#C1|future-industries> 说 <!here>，<!date^1|周一>", "@someone 在 #future-industries 说 @here，周一", ""},
		{"a mail address", "<mailto:a@b.cn|a@b.cn>", "a@b.cn", ""},
		{"somebody unknown", "<@U1>", "@U1", ""},
	} {
		words, link := readMessage(tc.text, people.State{}, lang.ZH)
		if words != tc.words || link != tc.link {
			t.Errorf("%s: %q, %q, want %q, %q", tc.name, words, link, tc.words, tc.link)
		}
	}
}

func TestOnlyNamed(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]policy.DomainID{
		"港口氢能重卡上路":               "hydrogen",
		"氢能和空天开发都有进展":            "",
		"A hydrogen ferry sails": "hydrogen",
		"今天天气好":                  "",
	} {
		got, ok := onlyNamed(text, policy.Default().Domains, func(d policy.Domain) (policy.DomainID, []lang.Text) {
			return d.ID, []lang.Text{d.Name, d.Short}
		})
		if !ok {
			got = ""
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
