package commands

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"wainao/calendar"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/record"
	"wainao/tables"
)

func (c *Commands) exportFeature() feature {
	return feature{commands: []Command{c.exportCommand()}}
}

func (c *Commands) exportCommand() Command {
	return Command{
		Name: "export", Alias: "导出",
		Usage:   lang.T("[xlsx|csv|json] [截至日期]", "[xlsx|csv|json] [as of a date]"),
		Summary: lang.T("把整个台账导出成文件，可以回到任何一天。", "Take the whole ledger out as a file, as of any date."),
		Example: lang.T("导出 xlsx 2026-09-30", "export xlsx 2026-09-30"),
		Needs:   people.Export,
		run:     c.export,
	}
}

// export sends the person the ledger in a direct message.
func (c *Commands) export(ctx context.Context, r *Request) error {
	format, at := tables.XLSX, r.Now
	for word := range strings.FieldsSeq(r.Args) {
		if f, ok := tables.ParseFormat(word); ok {
			format = f
			continue
		}
		d, ok := ledger.ParseDay(word)
		if !ok {
			return lang.Problemf("unknown_word", "看不懂“%s”。写法是：`/future 导出 xlsx 2026-09-30`；格式可以是 xlsx、csv、json，两样都可以不写。",
				"I do not understand %q. Write `/future export xlsx 2026-09-30`; the format is xlsx, csv or json, and both may be left out.", short(word))
		}
		if at, ok = tables.EndOf(d, r.Now); !ok {
			return lang.Problemf("future_date", "%s还没到。请写今天或以前的日期。", "%s has not come yet. Please name today or a day before.", d.Label())
		}
	}
	state := r.State
	if at.Before(r.Now) {
		past, err := c.Journal.StateAt(ctx, record.State{}, 0, at)
		if err != nil {
			return fmt.Errorf("export as of %s: %w", at.Format(time.RFC3339), err)
		}
		state = past.State
	}
	all := tables.Export(tables.Source{
		State: state, Policy: c.policyAt(state, at), Settings: c.Settings, At: at,
		People: people.Can(r.Person, people.ManagePeople),
	})
	var b bytes.Buffer
	if err := format.Write(&b, all, r.Lang, at); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	day := calendar.DateOf(at)
	words := lang.Tf("台账，截至%s：%d 份上报、%d 张表。草稿和评估打分不在里面。请妥善保管。",
		"The ledger as of %s: %d reports, %d tables. Drafts and scores of an evaluation are not in it. Please keep it safe.",
		calendar.FormatTime(at), len(all[0].Rows), len(all))
	return c.Files.Share(ctx, string(r.User), "", words.In(r.Lang), File{
		Name: "wainao-ledger-" + string(day) + format.Ending(), Title: lang.Tf("台账 %s", "Ledger %s", string(day)).In(r.Lang), Content: b.Bytes(),
	})
}
