package commands

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"wainao/delivery"
	"wainao/journal"
	"wainao/lang"
	"wainao/ledger"
	"wainao/people"
	"wainao/record"
	"wainao/render"
	"wainao/sheet"
	"wainao/tables"
)

// Upload is a file that a person sent to Wainao. It is kept in the value of a
// button until the person has decided, so that no process has to remember it.
type Upload struct {
	ID       string `json:"id"` // Slack's. It names the act of taking the file in.
	Name     string `json:"name"`
	MimeType string `json:"type,omitempty"`
	Size     int64  `json:"size,omitempty"` // Bytes; 0 when Slack does not say.
	URL      string `json:"url"`
}

// Uploads fetches what people sent.
type Uploads interface {
	// Download returns a file's content, at most the given number of bytes of it.
	// A larger one is refused with [ErrUploadTooLarge].
	Download(ctx context.Context, u Upload, most int64) ([]byte, error)
}

// ErrUploadTooLarge is wrapped by the error of a file that is too large.
var ErrUploadTooLarge = errors.New("the uploaded file is too large")

// BatchCardJob tells the secretariat of a sheet that was taken in: one card,
// however many reports. Its key is that of batchKey.
const BatchCardJob delivery.JobName = "batch-card"

// spreadsheets are the endings of files that people take for a sheet; what is
// in them is looked at. Any other file is no attempt to report.
var spreadsheets = []string{".xlsx", ".xls", ".xlsm", ".xlsb", ".csv", ".et", ".ods", ".numbers"}

// File answers a file that a person sent: a filled-in template is shown as
// what it would change, and nothing is taken in before they confirm.
func (c *Commands) File(ctx context.Context, user, channel, threadTS string, u Upload) {
	r := c.request(ctx, user, "")
	r.Channel, r.Thread = channel, threadTS
	r.public = strings.HasPrefix(channel, "D") // A sheet is its sender's business.
	c.finish(ctx, r, c.file(ctx, r, u))
}

func (c *Commands) file(ctx context.Context, r *Request, u Upload) error {
	if !slices.Contains(spreadsheets, strings.ToLower(path.Ext(u.Name))) {
		return lang.Problemf("file_type", "收到“%s”，但我只会读上报用的 Excel 表格（.xlsx）。要上报多项，请用 `/future 模板` 取表；佐证材料请放到能公开访问的地方，把链接填进表单。",
			"Got “%s”, but I read only the Excel sheet for reports (.xlsx). Get one with `/future template`; put evidence where it can be opened, and give its link in the form.", short(u.Name))
	}
	if err := people.Allow(r.Person, people.Report); err != nil {
		return err
	}
	batch, _, err := c.read(ctx, r, u)
	if err != nil {
		return err
	}
	return c.preview(ctx, r, u, batch)
}

// read fetches a file and decides what becomes of it as the state is now.
func (c *Commands) read(ctx context.Context, r *Request, u Upload) (tables.Batch, sheet.Filled, error) {
	most := int64(sheet.DefaultLimits().Bytes)
	content, err := c.Uploads.Download(ctx, u, most)
	if errors.Is(err, ErrUploadTooLarge) {
		return tables.Batch{}, sheet.Filled{}, lang.Problemf("file_too_large", "文件太大：最大 %d MB。请只留要上报的行再发。", "The file is too large: at most %d MB. Please keep only the rows that you report, and send it again.", most>>20)
	}
	if err != nil {
		return tables.Batch{}, sheet.Filled{}, fmt.Errorf("download %s: %w", u.ID, err)
	}
	filled, err := tables.Read(content, r.Policy)
	if err != nil {
		return tables.Batch{}, filled, err
	}
	batch, err := tables.Intake(r.State.Ledger, r.Policy, r.Person, filled, u.ID, c.Settings, r.Now)
	return batch, filled, err
}

// preview shows what a sheet would change, or what is wrong with it.
func (c *Commands) preview(ctx context.Context, r *Request, u Upload, batch tables.Batch) error {
	shown := batchShown(u, batch)
	switch {
	case len(batch.Problems) > 0:
		return c.wrongSheet(ctx, r, shown, batch)
	case batch.Again():
		return c.answer(ctx, r, render.Note(lang.T("这份表格里的内容都已经在台账里了，不用再报。", "The ledger has all of this sheet already; nothing more is needed."), r.Lang))
	case len(batch.Drafts) == 0:
		return lang.Problemf("nothing_filled_in", "这份表格里没有改动，没有要上报的行。请改动或新增几行，或在“本期情况”里选一项，再发一次。",
			"Nothing in this sheet was changed, so there is nothing to report. Change or add rows, or choose something under “This period”, and send it again.")
	}
	value, err := json.Marshal(u)
	if err != nil || utf8.RuneCount(value) > maxButtonValue {
		return fmt.Errorf("the file %s does not fit a button: %d bytes, %w", u.ID, len(value), err)
	}
	return c.answer(ctx, r, render.BatchPreview(shown, string(value), r.Policy, r.Lang))
}

// maxButtonValue is how many characters a button's value holds.
// https://docs.slack.dev/reference/block-kit/block-elements/button-element
const maxButtonValue = 2000

// wrongSheet tells what is wrong with a sheet, and hands it back with the
// problems at their cells when a message cannot hold them.
func (c *Commands) wrongSheet(ctx context.Context, r *Request, shown render.Batch, batch tables.Batch) error {
	if err := c.answer(ctx, r, render.BatchProblems(shown, r.Lang)); err != nil || !render.BatchNeedsCopy(shown) {
		return err
	}
	d, _ := r.Policy.District(batch.District)
	file, err := c.formFile([]sheet.Table{batch.Table, tables.Guide(r.Policy)}, d, batch.Period, r)
	if err != nil {
		return err
	}
	file.Name = strings.TrimSuffix(file.Name, ".xlsx") + lang.T("-待改", "-to-mend").In(r.Lang) + ".xlsx"
	return c.Files.Share(ctx, string(r.User), "", lang.T("红色的格要改，批注里写了原因。改好后发回来。", "The red cells are to be mended; a comment at each says why. Send it back then.").In(r.Lang), file)
}

// takeInClick takes a sheet in, all of it or nothing, on the newest state. The
// reports and the secretariat's card are one write. The same file is taken in
// once, however often the button is pressed.
func (c *Commands) takeInClick(ctx context.Context, r *Request, a slack.BlockAction) error {
	var u Upload
	if err := json.Unmarshal([]byte(a.Value), &u); err != nil {
		return fmt.Errorf("read a button's file: %w", err)
	}
	batch, filled, err := c.read(ctx, r, u)
	if err != nil {
		return err
	}
	secretariat, err := c.Directory.Channel(ctx, c.Channels.Secretariat)
	if err != nil {
		return fmt.Errorf("find secretariat channel: %w", err)
	}
	var taken tables.Batch
	if len(batch.Problems) == 0 {
		_, err = c.Journal.Update(ctx, string(r.User), func(s record.State, now time.Time) ([]journal.Draft, error) {
			person, ok := s.People.Person(r.User)
			if !ok {
				person = people.Person{User: r.User}
			}
			b, err := tables.Intake(s.Ledger, c.policyAt(s, now), person, filled, u.ID, c.Settings, now)
			taken = b
			if err != nil || len(b.Drafts) == 0 {
				return nil, err
			}
			card, err := send(s, r.User, batchKey(r.User, u.ID, now), now, to{BatchCardJob, delivery.Recipient(secretariat)})
			return append(slices.Clone(b.Drafts), card...), err
		})
		if err != nil {
			return err
		}
		batch = taken
	}
	shown := batchShown(u, batch)
	switch {
	case len(batch.Problems) > 0: // The ledger changed since the preview.
		return c.wrongSheet(ctx, r, shown, batch)
	case len(batch.Drafts) == 0:
		return c.inPlace(ctx, r, render.Note(lang.T("这份表格已经收下了，不用再按。", "This sheet was taken in already; there is nothing more to do."), r.Lang))
	}
	return c.inPlace(ctx, r, render.BatchTaken(shown, r.Policy, r.Lang))
}

// leaveOutClick leaves a sheet as if it had not been sent.
func (c *Commands) leaveOutClick(ctx context.Context, r *Request, _ slack.BlockAction) error {
	return c.inPlace(ctx, r, render.Note(lang.T("好的，这份表格没有收下，什么都没有上报。", "All right: the sheet was not taken in, and nothing is reported."), r.Lang))
}

// batchShown puts a batch into the terms of what is shown of it.
func batchShown(u Upload, b tables.Batch) render.Batch {
	out := render.Batch{
		District: b.District, Period: b.Period, File: u.Name, More: b.More,
		New: b.Count(tables.RowNew), Changed: b.Count(tables.RowChanged), Unchanged: b.Count(tables.RowUnchanged),
		Same: b.Count(tables.RowSame), Left: b.Count(tables.RowLeft), Wrong: b.Count(tables.RowWrong), Ignored: b.Ignored,
	}
	for _, row := range b.Rows {
		if row.State == tables.RowNew || row.State == tables.RowChanged {
			out.Lines = append(out.Lines, render.BatchLine{Row: row.Number, New: row.State == tables.RowNew, Report: row.Report, Changes: row.Changes})
		}
	}
	for _, p := range b.Problems {
		out.Problems = append(out.Problems, render.BatchProblem{Sheet: p.Sheet, Cell: p.Cell, Words: p.Words})
	}
	return out
}

// batchKey names what one person reported in one act: who, when, and with
// which file.
func batchKey(who people.UserID, file string, at time.Time) string {
	return fmt.Sprintf("%s.%d.%s", who, at.UnixMilli(), file)
}

// batchOf returns the reports of a batch, as they were submitted.
func batchOf(s record.State, key string) (who people.UserID, reports []ledger.Report, err error) {
	parts := strings.SplitN(key, ".", 3)
	if len(parts) != 3 {
		return "", nil, fmt.Errorf("%q names no batch", key)
	}
	milli, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return "", nil, fmt.Errorf("%q names no batch: %w", key, err)
	}
	at := time.UnixMilli(milli)
	who = people.UserID(parts[0])
	reports = s.Ledger.Reports(ledger.Filter{By: who, Since: at, Until: at.Add(time.Millisecond)})
	if len(reports) == 0 {
		return who, nil, fmt.Errorf("there are no reports of the batch %q any more", key)
	}
	return who, reports, nil
}

// batchCardMessage makes the secretariat's card of a sheet.
func (c *Commands) batchCardMessage(_ context.Context, s record.State, d delivery.Delivery, l lang.Lang) (render.Message, error) {
	who, reports, err := batchOf(s, d.Key())
	if err != nil {
		return render.Message{}, err
	}
	by, ok := s.People.Person(who)
	if !ok {
		by = people.Person{User: who}
	}
	return render.BatchCard(reports, by, c.policyAt(s, d.Due), l), nil
}
