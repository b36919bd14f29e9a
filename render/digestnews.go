package render

import (
	"strings"

	"wainao/calendar"
	"wainao/lang"
	"wainao/policy"
)

// news tells what came into force in the week: what changed, since when, and
// what decided it.
func (d digest) news() []string {
	var lines []string
	for _, n := range d.News {
		from := lang.Tf("%s起", "from %s", calendar.FormatDay(n.Effective))
		source := newsSource(n)
		if n.Layout != nil {
			changes := layoutChanges(d.pol, *n.Was, *n.Layout)
			parts := make([]string, 0, len(changes))
			for _, c := range changes {
				parts = append(parts, c.In(d.lang))
			}
			if rest := len(parts) - maxDigestLines; rest > 0 {
				parts = append(parts[:maxDigestLines], lang.Tf("另有 %d 处", "%d more", rest).In(d.lang))
			}
			lines = append(lines, d.line(bold(layoutVersion(n)), from, same(strings.Join(parts, lang.T("；", "; ").In(d.lang))), source))
		}
		for _, t := range n.Targets {
			words := escaped(t.Now.Text)
			if t.Is {
				words = lang.Tf("%s → %s", "%s → %s", escaped(t.Was.Text), words)
			}
			lines = append(lines, d.line(bold(lang.Tf("目标：%s", "Target: %s", escaped(targetName(d.pol, t.Now)))), from, words, source))
		}
		for _, i := range n.Indicators {
			words := escaped(i.Now.CountsWhen)
			switch {
			case i.Is && i.Was.CountsWhen == i.Now.CountsWhen: // Only what one item is has changed.
				words = lang.Tf("一项是：%s → %s", "one item is: %s → %s", escaped(i.Was.ItemIs), escaped(i.Now.ItemIs))
			case i.Is:
				words = lang.Tf("何时计入：%s → %s", "counts when: %s → %s", escaped(i.Was.CountsWhen), words)
			}
			lines = append(lines, d.line(bold(lang.Tf("口径：%s", "Definition: %s", escaped(i.Now.Name))), from, words, source))
		}
	}
	return d.capped(lines, maxDigestLines, len(lines))
}

func bold(t lang.Text) lang.Text { return lang.T("*"+t.ZH+"*", "*"+t.EN+"*") }

// newsSource tells what decided a version, and why.
func newsSource(n policy.News) lang.Text {
	source := escaped(n.Source)
	if n.Reason == "" {
		return source
	}
	reason := written(n.Reason, maxDigestName)
	if source.IsZero() {
		return lang.Tf("理由：%s", "reason: %s", reason)
	}
	return lang.Tf("依据：%s（%s）", "source: %s (%s)", source, reason)
}

func layoutVersion(n policy.News) lang.Text {
	return lang.Tf("布局第 %d 版", "Layout version %d", n.Layout.Version)
}

// newsName names everything that comes into force on a day.
func newsName(n policy.News) lang.Text {
	var all []lang.Text
	if n.Layout != nil {
		all = append(all, lang.T(layoutVersion(n).ZH, strings.ToLower(layoutVersion(n).EN)))
	}
	if k := len(n.Targets); k > 0 {
		all = append(all, several(k, " 项新目标", "new target", "new targets"))
	}
	if k := len(n.Indicators); k > 0 {
		all = append(all, several(k, " 项新口径", "new definition", "new definitions"))
	}
	return lang.List(all, func(t lang.Text) lang.Text { return t })
}

// newsWords says in the conclusion what came into force; zero when nothing did.
func (d digest) newsWords() lang.Text {
	if len(d.News) == 0 {
		return lang.Text{}
	}
	return lang.Tf("%s已生效", "in force now: %s", lang.List(d.News, newsName))
}
