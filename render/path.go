package render

import (
	"strings"

	"github.com/slack-go/slack"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/policy"
)

// PathForm is the callback id of the form that adopts an annual path; its
// private metadata is the language. Its fields are [FieldPathIndicator],
// [FieldPathPoints] and the ledger's reason.
const PathForm = "path"

// ActionPath opens the form; its value is an indicator's id.
const ActionPath = "path"

// Names of the form's fields.
const (
	FieldPathIndicator = "path_indicator"
	FieldPathPoints    = "path_points"
)

// PathData is what the form is filled with.
type PathData struct {
	Policy    *policy.Policy
	Indicator policy.IndicatorID // Chosen; may be empty.
	Points    string             // A line for each year, 2026=20.
	Reason    string
	Adopted   map[policy.IndicatorID]ledger.AdoptedPath
}

// PathModal renders the form that adopts an annual path for an indicator, below
// the paths that are in force.
func PathModal(d PathData, l lang.Lang) slack.ModalViewRequest {
	var options []*slack.OptionBlockObject
	var chosen *slack.OptionBlockObject
	var lines []string
	for _, i := range d.Policy.Indicators {
		goals := goalsOf(d.Policy, i.ID)
		if len(goals) == 0 {
			continue
		}
		o := option(string(i.ID), lang.Tf("%s（%s）", "%s (%s)", i.Name, lang.List(goals, targetGoal)).In(l))
		if options = append(options, o); i.ID == d.Indicator {
			chosen = o
		}
		if a, ok := d.Adopted[i.ID]; ok {
			lines = append(lines, "*"+i.Name.In(l)+"* · "+PathWords(a, i).In(l)+"\n"+
				lang.Tf("%s采用：%s", "adopted on %s: %s", calendar.FormatDate(a.At), escapeCut(a.Reason, maxSubject)).In(l))
		}
	}
	if len(lines) == 0 {
		lines = []string{lang.T("还没有采用任何年度路径；政策没有规定。", "No annual path is adopted yet; the policy sets none.").In(l)}
	}
	choose := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(lang.T("选择指标", "Choose the indicator").In(l)), FieldPathIndicator, options...)
	choose.InitialOption = chosen
	points := slack.NewPlainTextInputBlockElement(plain("2026=20"), FieldPathPoints)
	points.Multiline, points.InitialValue = true, Cut(d.Points, ledger.MaxRemark)
	reason := slack.NewPlainTextInputBlockElement(nil, ledger.FieldReason)
	reason.Multiline, reason.InitialValue = true, Cut(d.Reason, ledger.MaxRemark)
	blocks := sections("*"+lang.T("现行路径", "In force").In(l)+"*", lines)
	blocks = append(blocks,
		slack.NewInputBlock(FieldPathIndicator, plain(lang.T("指标", "Indicator").In(l)), nil, choose),
		slack.NewInputBlock(FieldPathPoints, plain(lang.T("每年年底应达到", "By the end of each year").In(l)),
			plain(lang.T("一行一年，例如 2026=20。至少两年；金额单位是亿元。两年之间按直线算。", "A line for each year, such as 2026=20. At least two; amounts in RMB 100 million. Between two years it is a straight line.").In(l)), points),
		slack.NewInputBlock(ledger.FieldReason, plain(lang.T("理由", "Reason").In(l)),
			plain(lang.T("写明依据，大家都能看到。", "On what ground; everybody sees it.").In(l)), reason))
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: PathForm, PrivateMetadata: string(l),
		Title:  plain(Cut(lang.T("年度路径", "Annual path").In(l), maxViewName)),
		Submit: plain(lang.T("采用", "Adopt").In(l)),
		Close:  plain(lang.T("取消", "Cancel").In(l)),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
}

// goalsOf are the indicator's targets that have a number.
func goalsOf(pol *policy.Policy, i policy.IndicatorID) (out []policy.Target) {
	for _, t := range pol.TargetsFor(i) {
		if t.Op != policy.Qualitative {
			out = append(out, t)
		}
	}
	return out
}

func targetGoal(t policy.Target) lang.Text { return lang.Tf("%d年%s", "%d: %s", t.Year, t.Text) }

// PathWords tells an adopted path's points.
func PathWords(a ledger.AdoptedPath, i policy.Indicator) lang.Text {
	return lang.List(a.Path, func(p ledger.PathPoint) lang.Text { return lang.Tf("%d年 %s", "%d: %s", p.Year, quantity(p.Value, i)) })
}

// PathNote tells who adopted a path that it is in force.
func PathNote(a ledger.AdoptedPath, i policy.Indicator, l lang.Lang) Message {
	words := lang.Tf("已采用 %s 的年度路径：%s。`/future 进展` 从现在起按它亮灯。",
		"The annual path of %s is adopted: %s. The lights of `/future progress` follow it from now on.", i.Name, PathWords(a, i))
	m := Note(words, l)
	m.Blocks = append(m.Blocks, actions("path", button(ActionProgress, string(i.ID), lang.T("看这个指标", "See the indicator").In(l)))...)
	return m
}

// PathLines writes points as the form takes them.
func PathLines(p ledger.Path) string {
	lines := make([]string, 0, len(p))
	for _, point := range p {
		lines = append(lines, count(point.Year)+"="+decimals(point.Value))
	}
	return strings.Join(lines, "\n")
}
