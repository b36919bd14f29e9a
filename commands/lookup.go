package commands

import (
	"context"

	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

func (c *Commands) lookupFeature() feature {
	return feature{commands: []Command{c.domainCommand(), c.districtCommand(), c.targetCommand()}}
}

func (c *Commands) domainCommand() Command {
	return Command{
		Name: "domain", Alias: "领域",
		Usage:   lang.T("[领域]", "[domain]"),
		Summary: lang.T("看一个领域的方向和负责板块；不写就全部列出。", "Show a domain's directions and districts; without a name, all of them."),
		Example: lang.T("领域 氢能", "domain hydrogen"),
		Needs:   people.Ask,
		run: func(ctx context.Context, r *Request) error {
			if r.Args == "" {
				return c.lookup(ctx, r, lang.T("重点发展哪些未来产业领域？", "Which future-industry domains are there?"))
			}
			d, ok := r.Policy.FindDomain(r.Args)
			if !ok {
				return lang.Problemf("unknown_domain", "没有“%s”这个领域。现有的领域是：%s。", "There is no domain %q. The domains are: %s.",
					short(r.Args), lang.List(r.Policy.Domains, func(d policy.Domain) lang.Text { return d.Name }))
			}
			return c.lookup(ctx, r, lang.Tf("介绍一下%s", "Tell me about %s", d.Name))
		},
	}
}

func (c *Commands) districtCommand() Command {
	return Command{
		Name: "district", Alias: "板块",
		Usage:   lang.T("[板块]", "[district]"),
		Summary: lang.T("看一个板块负责的领域和主攻方向；不写就列出十个。", "Show what a district leads and its focus; without a name, all ten."),
		Example: lang.T("板块 昆山", "district Kunshan"),
		Needs:   people.Ask,
		run: func(ctx context.Context, r *Request) error {
			if r.Args == "" {
				return c.lookup(ctx, r, lang.T("有哪些板块？", "Which districts are there?"))
			}
			d, ok := r.Policy.FindDistrict(r.Args)
			if !ok {
				return unknownDistrict(r.Policy, r.Args)
			}
			return c.lookup(ctx, r, lang.Tf("%s负责哪些领域？", "What does %s lead?", d.Name))
		},
	}
}

func unknownDistrict(pol *policy.Policy, word string) error {
	return lang.Problemf("unknown_district", "没有“%s”这个板块。十个板块是：%s。", "There is no district %q. The ten districts are: %s.",
		short(word), lang.List(pol.Districts, func(d policy.District) lang.Text { return d.Name }))
}

func (c *Commands) targetCommand() Command {
	return Command{
		Name: "target", Alias: "目标",
		Usage:   lang.T("[2030|2035|指标]", "[2030|2035|indicator]"),
		Summary: lang.T("看2030年和2035年的目标。", "Show the targets for 2030 and 2035."),
		Example: lang.T("目标 2030", "target 2030"),
		Needs:   people.Ask,
		run: func(ctx context.Context, r *Request) error {
			switch r.Args {
			case "":
				return c.lookup(ctx, r, lang.T("2030年和2035年的目标有哪些？", "What are the targets for 2030 and 2035?"))
			case "2030", "2035":
				return c.lookup(ctx, r, lang.Tf("%s年的目标有哪些？", "What are the targets for %s?", r.Args))
			}
			if i, ok := r.Policy.FindIndicator(r.Args); ok {
				return c.lookup(ctx, r, lang.Tf("%s的目标是多少？", "What is the target for %s?", i.Name))
			}
			// Anything else ("2027", "氢能") is a question about targets, which
			// the answer may well have to turn down.
			return c.lookup(ctx, r, lang.Tf("%s的目标是多少？", "What is the target for %s?", r.Args))
		},
	}
}

// lookup answers a question that a command stands for.
func (c *Commands) lookup(ctx context.Context, r *Request, question lang.Text) error {
	return c.answerIn(ctx, r, question.In(r.Lang), r.Lang)
}

// short cuts what a person typed for showing it back.
func short(s string) string {
	if r := []rune(s); len(r) > 30 {
		return string(r[:30]) + "…"
	}
	return s
}
