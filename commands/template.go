package commands

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"wainao/calendar"
	"wainao/delivery"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/policy"
	"wainao/render"
	"wainao/sheet"
	"wainao/tables"
)

func (c *Commands) templateFeature() feature {
	return feature{
		commands: []Command{c.templateCommand()},
		actions: map[string]action{
			render.ActionTakeIn:   {people.Report, c.takeInClick},
			render.ActionLeaveOut: {people.Report, c.leaveOutClick},
		},
		deliveries: map[delivery.JobName]buildMessage{BatchCardJob: c.batchCardMessage},
	}
}

func (c *Commands) templateCommand() Command {
	return Command{
		Name: "template", Alias: "模板",
		Usage:   lang.T("[板块] [报告期]", "[district] [period]"),
		Summary: lang.T("取一份填好已知内容的 Excel 表格，改完发回来，一次上报多项。", "Get an Excel sheet with what is known filled in; send it back to report many things at once."),
		Example: lang.T("模板", "template"),
		Needs:   people.Report,
		run:     c.template,
	}
}

// template sends the person the sheet of their district in a direct message.
func (c *Commands) template(ctx context.Context, r *Request) error {
	d, period, err := c.templateFor(r)
	if err != nil {
		return err
	}
	all := tables.Template(r.State.Ledger, r.Policy, d.ID, period, r.Now)
	file, err := c.formFile(all, d, period, r)
	if err != nil {
		return err
	}
	words := lang.Tf("%s%s的上报表，%d 行，已知内容都填好了。没动过的行不会上报；改好后保存，直接发回这里，看过预览再确认。请勿填写涉密内容。",
		"The sheet of %s for %s, %d rows, with what is known filled in. Rows you leave alone are not reported. Save it and send it back here; you see a preview first. Nothing classified, please.",
		d.Name, period.Label(), len(all[0].Rows))
	return c.Files.Share(ctx, string(r.User), "", words.In(r.Lang), file)
}

// templateFor reads which district and period the person wants the sheet of.
func (c *Commands) templateFor(r *Request) (d policy.District, period calendar.Period, err error) {
	var named ledger.Submission
	words := strings.Fields(r.Args)
	for len(words) > 0 {
		n := parseName(r.Policy, words, &named)
		if n == 0 || named.Domain != "" || named.Indicator != "" {
			return d, "", lang.Problemf("unknown_word", "看不懂“%s”。写法是：`/future 模板 板块 报告期`，例如 `/future 模板 昆山 2026Q4`；都可以不写。",
				"I do not understand %q. Write `/future template district period`, for example `/future template Kunshan 2026Q4`; both may be left out.", short(r.Args))
		}
		words = words[n:]
	}
	period = calendar.Period(named.Period)
	if period == "" {
		period = calendar.PeriodOf(r.Now)
	}
	if open := ledger.Periods(r.Now); !slices.Contains(open, period) {
		return d, "", lang.Problemf("period", "%s现在不能上报。可以上报的是%s至%s。", "%s cannot be reported for now. You can report for %s to %s.",
			period.Label(), open[len(open)-1].Label(), open[0].Label())
	}
	if err := r.State.Ledger.CheckOpen(period); err != nil {
		return d, "", err
	}
	if named.District != "" {
		d, _ = r.Policy.District(policy.DistrictID(named.District))
		return d, period, people.MayReport(r.Person, d)
	}
	for _, one := range r.Policy.Districts {
		if people.MayReport(r.Person, one) == nil {
			return one, period, nil
		}
	}
	return d, "", lang.Problemf("no_district", "你还没有负责的板块。请联系秘书处登记。", "You answer for no district yet. Please ask the secretariat to register you.")
}

// formFile makes the workbook of a template, or of one that is handed back.
func (c *Commands) formFile(all []sheet.Table, d policy.District, period calendar.Period, r *Request) (File, error) {
	form := tables.Form(d.ID, period)
	var b bytes.Buffer
	if err := sheet.WriteXLSX(&b, all, sheet.Options{Lang: r.Lang, Made: r.Now, Form: &form}); err != nil {
		return File{}, fmt.Errorf("write the sheet of %s: %w", d.ID, err)
	}
	title := lang.Tf("%s %s 上报表", "Reports of %s, %s", d.Name, period.Label()).In(r.Lang)
	return File{Name: fmt.Sprintf("wainao-%s-%s.xlsx", d.ID, period), Title: title, Content: b.Bytes()}, nil
}
