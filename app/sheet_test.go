package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// sent waits for a file with the ending in a channel, newer than after, and
// returns its name, its content and the message's time.
func (c *chat) sent(channel, ending, after string) (name string, content []byte, ts string) {
	c.t.Helper()
	var link string
	c.eventually("a file "+ending+" in "+channel, func(state) bool {
		resp, err := http.Get(c.address + "/control/state")
		if err != nil {
			c.t.Fatal(err)
		}
		defer resp.Body.Close()
		var s struct {
			Channels []struct {
				ID, Name string
				Messages []struct {
					TS    string
					Files []struct {
						Name string
						URL  string `json:"url"`
					}
				}
			}
		}
		if err := json.NewDecoder(resp.Body).Decode(&s); err != nil {
			c.t.Fatal(err)
		}
		for _, ch := range s.Channels {
			for _, m := range ch.Messages {
				for _, f := range m.Files {
					if ch.ID == channel && m.TS > after && strings.HasSuffix(f.Name, ending) {
						name, link, ts = f.Name, f.URL, m.TS
					}
				}
			}
		}
		return link != ""
	})
	resp, err := http.Get(c.address + link)
	if err != nil {
		c.t.Fatal(err)
	}
	defer resp.Body.Close()
	if content, err = io.ReadAll(resp.Body); err != nil || resp.StatusCode != http.StatusOK {
		c.t.Fatalf("%s: %s, %v", link, resp.Status, err)
	}
	return name, content, ts
}

// upload sends a file as a person, and returns the message's time.
func (c *chat) upload(user, channel, name string, content []byte) string {
	c.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for k, v := range map[string]string{"user": user, "channel": channel} {
		if err := form.WriteField(k, v); err != nil {
			c.t.Fatal(err)
		}
	}
	part, err := form.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(content)
	}
	if err = errors.Join(err, form.Close()); err != nil {
		c.t.Fatal(err)
	}
	resp, err := http.Post(c.address+"/control/upload", form.FormDataContentType(), &body)
	if err != nil {
		c.t.Fatal(err)
	}
	defer resp.Body.Close()
	var r result
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil || !r.OK {
		c.t.Fatalf("upload %s: %s %s %v", name, r.Error, r.Detail, err)
	}
	return r.TS
}

// TestManyAtOnce lives a quarter's report by a sheet: the liaison gets it, sends
// it back wrong, then right, takes it in, and the secretariat has one card and
// the whole in an export.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	c := startChat(t, t.TempDir())
	const user = "liaison-kunshan"
	direct := c.direct(user)
	c.command(user, "future-industries", "模板")
	_, content, ts := c.sent(direct, ".xlsx", "")

	fill := func(cells map[string]any) []byte {
		f, err := excelize.OpenReader(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for cell, v := range cells {
			if err := f.SetCellValue("上报", cell, v); err != nil {
				t.Fatal(err)
			}
		}
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	rows := map[string]any{}
	for i := range 15 {
		row := fmt.Sprint(30 + i)
		for column, v := range map[string]any{
			"B": "元宇宙", "C": "应用场景", "E": "数字场景" + row, "F": "昆山某公司", "H": "花桥镇", "I": "已征集", "P": "https://example.com/" + row,
		} {
			rows[column+row] = v
		}
	}
	rows["B31"] = "元宇宙学"
	ts = max(ts, c.upload(user, direct, "昆山.xlsx", fill(rows)))
	wrong := c.expect(direct, ts, "1 处要改", "B31", "“元宇宙学”", "什么都没有收下")
	rows["B31"] = "元宇宙"
	c.upload(user, direct, "昆山.xlsx", fill(rows))
	preview := c.expect(direct, wrong.TS, "新增 15", "全部收下（15 行）")
	c.click(user, direct, preview, "take-in")
	c.expect(direct, wrong.TS, "已收下", "15 行")
	c.expect("secretariat", "", "一份表格上报 15 份", "去审核")

	c.upload(user, direct, "照片.png", []byte("\x89PNG\r\n\x1a\n"))
	c.expect(direct, preview.TS, "只会读上报用的 Excel 表格")

	secretary := c.direct("secretariat")
	c.command("secretariat", "future-industries", "导出")
	_, out, _ := c.sent(secretary, ".xlsx", "")
	f, err := excelize.OpenReader(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := f.GetRows("上报")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, row := range got {
		if len(row) > 9 && strings.HasPrefix(row[9], "数字场景") {
			found++
		}
	}
	if found != 15 {
		t.Errorf("the export has %d of 15 reports", found)
	}
}
