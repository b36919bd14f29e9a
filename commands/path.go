package commands

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"wainao/journal"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
	"wainao/render"
)

func (c *Commands) pathCommand() Command {
	return Command{
		Name: "path", Alias: "路径",
		Usage:   lang.T("[指标] [年=数]… [理由]", "[indicator] [year=value]… [reason]"),
		Summary: lang.T("看和采用一个指标的年度路径；采用之后按它亮灯。", "See and adopt an indicator's annual path; the lights follow it then."),
		Example: lang.T("路径 应用场景 2026=20 2028=60 2030=100", "path scenarios 2026=20 2028=60 2030=100"),
		Needs:   people.ManageRegister,
		run: func(ctx context.Context, r *Request) error {
			return c.openPath(ctx, r, r.Args)
		},
	}
}

func (c *Commands) pathClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	return c.openPath(ctx, r, valueOf(a))
}

// openPath opens the form, filled with what the words say, and otherwise with
// the path in force.
func (c *Commands) openPath(ctx context.Context, r *Request, text string) error {
	d := render.PathData{Policy: r.Policy, Adopted: map[policy.IndicatorID]ledger.AdoptedPath{}}
	for _, i := range r.Policy.Indicators {
		if a, ok := r.State.Ledger.PathOf(i.ID); ok {
			d.Adopted[i.ID] = a
		}
	}
	words := strings.Fields(text)
	for n := min(maxNameWords, len(words)); n > 0; n-- {
		if i, ok := r.Policy.FindIndicator(strings.Join(words[:n], " ")); ok {
			d.Indicator, words = i.ID, words[n:]
			break
		}
	}
	points := 0
	for points < len(words) && isPoint(words[points]) {
		points++
	}
	d.Points, d.Reason = strings.Join(words[:points], "\n"), strings.Join(words[points:], " ")
	if a, ok := d.Adopted[d.Indicator]; ok && points == 0 {
		d.Points = render.PathLines(a.Path)
	}
	return c.open(ctx, r, render.PathModal(d, r.Lang))
}

// submitPath takes the filled-in form.
func (c *Commands) submitPath(ctx context.Context, r *Request, in slack.InteractionCallback) (*slack.ViewSubmissionResponse, error) {
	if l := lang.Lang(in.View.PrivateMetadata); l == lang.ZH || l == lang.EN {
		r.Lang = l // That of the form.
	}
	indicator, ok := r.Policy.Indicator(policy.IndicatorID(stated(in, render.FieldPathIndicator)))
	if !ok {
		return nil, lang.FieldProblems{render.FieldPathIndicator: lang.Problemf("indicator_missing", "请选择指标。", "Choose the indicator.")}
	}
	points, err := parsePath(stated(in, render.FieldPathPoints))
	if err == nil {
		_, err = c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
			return ledger.AdoptPath(s.Ledger, c.policyAt(s, now), personOf(s.People, r.User), indicator.ID, points, stated(in, ledger.FieldReason), now)
		})
	}
	if p, ok := errors.AsType[*lang.Problem](err); ok {
		switch p.Code {
		case "path_points", "path_year", "path_value":
			return nil, lang.FieldProblems{render.FieldPathPoints: p}
		case "no_target":
			return nil, lang.FieldProblems{render.FieldPathIndicator: p}
		}
	}
	if err != nil {
		return nil, err
	}
	if a, ok := c.Journal.State().Ledger.PathOf(indicator.ID); ok {
		c.tell(ctx, r, render.PathNote(a, indicator, r.Lang))
	}
	return nil, nil
}

// isPoint reports whether a word looks like 2026=20.
func isPoint(word string) bool {
	year, _, ok := cutPoint(word)
	_, err := strconv.Atoi(year)
	return ok && err == nil && len(year) == 4
}

// cutPoint parts the year of a point from its value; full-width signs are
// taken too.
func cutPoint(s string) (year, value string, ok bool) {
	year, value, ok = strings.Cut(strings.NewReplacer("＝", "=", "：", "=", ":", "=").Replace(s), "=")
	return strings.TrimSuffix(strings.TrimSpace(year), "年"), strings.TrimSpace(value), ok
}

// parsePath reads the points of a path: a year and its value on each line, or
// parted by spaces. The error is a [lang.Problem].
func parsePath(text string) (ledger.Path, error) {
	var out ledger.Path
	for word := range strings.FieldsSeq(strings.NewReplacer(" =", "=", "= ", "=", "，", " ", "、", " ", ";", " ", "；", " ").Replace(text)) {
		left, right, ok := cutPoint(word)
		year, yearErr := strconv.Atoi(left)
		value, valueErr := strconv.ParseFloat(strings.TrimRight(strings.ReplaceAll(right, ",", ""), "亿元家个项人"), 64)
		if !ok || yearErr != nil || valueErr != nil {
			return nil, lang.Problemf("path_points", "看不懂“%s”。一行写一年，例如 2026=20。", "I do not understand %q. Write one year a line, such as 2026=20.", short(word))
		}
		out = append(out, ledger.PathPoint{Year: year, Value: value})
	}
	return out, nil
}
