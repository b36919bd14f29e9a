package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/sync/errgroup"

	"wainao/app"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
	"wainao/workspace"
)

// BenchmarkQuestionToReply measures from a person's message to the reply's
// being there, through the workspace, Socket Mode, the bot and the Web API.
func BenchmarkQuestionToReply(b *testing.B) {
	c := startChat(b, b.TempDir(), func(o *app.TryOptions) {
		o.LogLevel = "error"
		o.Rates = new(workspace.NoRates())
	})
	api := slack.New(workspace.BotToken, slack.OptionAPIURL(c.address+"/api/"))
	dm := c.state().channel("dm-member-2").ID
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		ts := c.say("member-2", "dm", "Which districts lead hydrogen?")
		for !answered(b, api, dm, ts) {
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

// answered reports whether the newest message in the channel is a reply to the
// one at ts.
func answered(b *testing.B, api *slack.Client, channel, ts string) bool {
	b.Helper()
	page, err := api.GetConversationHistoryContext(context.Background(), &slack.GetConversationHistoryParameters{ChannelID: channel, Limit: 1, Oldest: ts})
	if err != nil {
		b.Fatal(err)
	}
	return len(page.Messages) > 0 && strings.Contains(page.Messages[0].Text, "Zhangjiagang")
}

// focus is what the liaison of a number reports on: what the districts lead, in
// turn.
func focus(i int) policy.Focus {
	all := policy.Default().LayoutAt(time.Now()).Focus
	return all[i%len(all)]
}

// liaisons are people besides the seeded ones, with their roles.
func liaisons(n int) (seeds []workspace.Seed, roles []app.PersonConfig) {
	for i := range n {
		zh, en, id := fmt.Sprintf("联络员%04d", i), fmt.Sprintf("Liaison %04d", i), fmt.Sprintf("U0LOAD%04d", i)
		seeds = append(seeds, workspace.Seed{
			ID: id, Name: fmt.Sprintf("liaison-%04d", i), RealName: zh, RealNameEN: en, Title: zh, TitleEN: en, Locale: "zh-CN",
		})
		roles = append(roles, app.PersonConfig{
			User: id, Name: lang.T(zh, en), Roles: []string{string(people.Liaison)}, Districts: []string{string(focus(i).District)},
		})
	}
	return seeds, roles
}

// BenchmarkReportsAtOnce has many liaisons submit a report each at the same
// moment: through the workspace, Socket Mode, the bot and the journal. Whoever's
// form stays open submits it again, as people do, and whoever's form does not
// open in time asks for it again. Nothing may be lost, and
// nothing be there twice: not in the journal, not among the receipts, not among
// the secretariat's cards. It measures from the first submission to its
// acknowledgement, for which Slack waits 3 s; late is how many forms stayed
// open at first.
func BenchmarkReportsAtOnce(b *testing.B) {
	for _, n := range []int{100, 1000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				reportsAtOnce(b, n)
				b.StartTimer()
			}
		})
	}
}

func reportsAtOnce(b *testing.B, n int) {
	b.Helper()
	dir := b.TempDir()
	seeds, roles := liaisons(n)
	c := startChat(b, dir, func(o *app.TryOptions) {
		o.LogLevel, o.Rates, o.People = "error", new(workspace.NoRates()), seeds
		o.Adjust = func(c *app.Config) { c.People = append(c.People, roles...) }
	})

	forms, again := c.openForms(b, seeds)
	bodies := make([]object, n)
	for i, p := range seeds {
		v := forms[p.ID][0]
		values := object{}
		for field, value := range map[string]string{
			"name": sceneName(i), "holder": fmt.Sprintf("第%d示范公司", i), "place": "产业园", "stage": "built", "evidence": "https://www.suzhou.gov.cn/notice/1",
		} {
			values[c.block(v, field)] = object{field: value}
		}
		bodies[i] = object{"user": p.Name, "view_id": v.ID, "values": values}
	}

	took, problems := make([]time.Duration, n), make([]error, n)
	start := make(chan struct{})
	var late atomic.Int64
	var all sync.WaitGroup
	for i, body := range bodies {
		all.Go(func() {
			<-start
			began := time.Now()
			closed, err := c.submitOnce(body)
			took[i] = time.Since(began)
			for try := 0; err == nil && !closed; try++ {
				if try == 0 {
					late.Add(1)
				}
				if try == 60 {
					err = fmt.Errorf("%s's form never closes", body["user"])
					break
				}
				time.Sleep(time.Second) // A person takes a moment to read what the form says.
				closed, err = c.submitOnce(body)
			}
			problems[i] = err
		})
	}
	spent, began := processorTime(b), time.Now()
	close(start)
	all.Wait()
	elapsed, acknowledged := time.Since(began), processorTime(b)-spent
	if err := errors.Join(problems...); err != nil {
		b.Fatalf("%.2000s", err)
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[n/2].Milliseconds()), "p50-ms")
	b.ReportMetric(float64(took[n*99/100].Milliseconds()), "p99-ms")
	b.ReportMetric(float64(n)/elapsed.Seconds(), "reports/s")

	b.ReportMetric(float64(again), "opened-again")
	b.ReportMetric(float64(late.Load()), "late")
	b.ReportMetric(float64(acknowledged.Microseconds())/1000/float64(n), "cpu-ms/ack")

	c.allToldOnce(b, seeds)
	b.ReportMetric(time.Since(began).Seconds(), "all-told-s")
	b.ReportMetric(float64((processorTime(b)-spent).Microseconds())/1000/float64(n), "cpu-ms/report")
	c.stop()
	reported := map[string]int{}
	for _, name := range exportedNames(b, dir) {
		reported[name]++
	}
	for i := range n {
		if got := reported[sceneName(i)]; got != 1 {
			b.Fatalf("%q is %d times in the ledger", sceneName(i), got)
		}
	}
}

// openForms has everybody open the form, some at a time: a trigger lives for
// 3 s. Who is too late all the same is told, and asks again, as people do; again
// is how often that was.
func (c *chat) openForms(b *testing.B, seeds []workspace.Seed) (forms map[string][]view, again int) {
	b.Helper()
	waiting := make([]int, len(seeds))
	for i := range waiting {
		waiting[i] = i
	}
	told := make([]int, len(seeds)) // How often somebody was told to ask again.
	deadline := time.Now().Add(5 * time.Minute)
	for len(waiting) > 0 {
		asking := waiting[:min(len(waiting), 32)]
		waiting = waiting[len(asking):]
		var opening errgroup.Group
		for _, i := range asking {
			opening.Go(func() error {
				return c.send("command", object{"user": seeds[i].Name, "channel": "dm", "command": "/future", "text": fmt.Sprintf("上报 %s 应用场景 %s", focus(i).Domain, sceneName(i))}, nil)
			})
		}
		if err := opening.Wait(); err != nil {
			b.Fatal(err)
		}
		for len(asking) > 0 { // Until each has a form, or was told that it came too late.
			s := c.state()
			forms = s.Views
			asking = slices.DeleteFunc(slices.Clone(asking), func(i int) bool {
				if len(forms[seeds[i].ID]) > 0 {
					return true
				}
				late := s.channel("dm-" + seeds[i].Name).Ephemerals
				if len(late) == told[i] || !strings.Contains(late[len(late)-1].shows(), "请再点一次") {
					return false
				}
				told[i], waiting, again = len(late), append(waiting, i), again+1
				return true
			})
			if time.Now().After(deadline) {
				b.Fatalf("%d of %d have no form, %d of them were not told why", len(waiting)+len(asking), len(seeds), len(asking))
			}
			if len(asking) > 0 {
				time.Sleep(20 * time.Millisecond)
			}
		}
	}
	return forms, again
}

// submitOnce submits a form; closed is false when it stays open.
func (c *chat) submitOnce(body object) (closed bool, err error) {
	var r result
	err = c.send("submit", body, &r)
	switch r.Error {
	case "":
		return r.Closed && err == nil, err
	case "operation_timeout": // Slack shows that too, and keeps the form.
		return false, nil
	case "invalid_response":
		// That the outcome is not known yet came when the form showed its outcome
		// already: the person sees that, and a form without fields takes nothing more.
		if strings.Contains(r.Detail, "which is no input") {
			return false, nil
		}
	case "view_not_found", "view_not_on_top", "not_submittable", "action_not_found": // It was closed, or shows the outcome, meanwhile.
		return true, nil
	}
	return false, err
}

// processorTime is what this process has used, the workspace included.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// sceneName names what the liaison of a number reports, so that no two sound
// alike.
func sceneName(i int) string {
	what := []string{"低空物流", "氢能重卡", "智能巡检", "光子检测", "柔性制造", "虚拟实训", "基因筛查", "新型储能", "远程诊疗", "数字孪生"}
	where := []string{"港口", "园区", "古镇", "地铁", "医院", "机场", "湖区", "工厂", "学校", "仓库"}
	how := []string{"一期", "联合", "夜间", "全程", "社区", "跨城", "无人", "云端", "户外", "应急"}
	return where[i%10] + how[i/10%10] + what[i/100%10] + "场景"
}

// allToldOnce waits until every liaison has one receipt and the secretariat one
// card of each report.
func (c *chat) allToldOnce(b *testing.B, seeds []workspace.Seed) {
	b.Helper()
	count := func(ch channel, word string) (n int) {
		for _, m := range ch.Messages {
			if m.BotID != "" && strings.Contains(m.shows(), word) {
				n++
			}
		}
		return n
	}
	deadline := time.Now().Add(5 * time.Minute)
	for {
		s := c.state()
		cards, receipts := count(s.channel("secretariat"), "新上报 R-"), 0
		for _, p := range seeds {
			got := count(s.channel("dm-"+p.Name), "已收到 R-")
			if got > 1 {
				b.Fatalf("%s has %d receipts", p.Name, got)
			}
			receipts += got
		}
		switch {
		case cards > len(seeds):
			b.Fatalf("the secretariat has %d cards of %d reports", cards, len(seeds))
		case cards == len(seeds) && receipts == len(seeds):
			return
		case time.Now().After(deadline):
			b.Fatalf("after 5 minutes: %d cards, %d receipts of %d reports", cards, receipts, len(seeds))
		}
		time.Sleep(200 * time.Millisecond)
	}
}

// manyAtOnce keeps its connections: opening 1,000 is not what is measured.
var manyAtOnce = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 1000}}

// send posts to the control API and reads its answer into into, if not nil; it
// may be called by many at once.
func (c *chat) send(path string, body any, into *result) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	resp, err := manyAtOnce.Post(c.address+"/control/"+path, "application/json", bytes.NewReader(raw))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var r result
	if into == nil {
		into = &r
	}
	if err := json.NewDecoder(resp.Body).Decode(into); err != nil {
		return err
	}
	if !into.OK {
		return fmt.Errorf("%s: %s %s %v", path, into.Error, into.Detail, into.Errors)
	}
	return nil
}

// exportedNames returns the name of each report in a stopped journal.
func exportedNames(b *testing.B, dir string) (names []string) {
	b.Helper()
	cfg := app.DefaultConfig()
	cfg.Storage = app.StorageConfig{Data: dir}
	var out written
	if _, err := app.Export(context.Background(), cfg, app.ExportOptions{Format: "json", Now: time.Now()}, func(string) (io.WriteCloser, error) { return &out, nil }); err != nil {
		b.Fatal(err)
	}
	var file struct {
		Tables []struct {
			Name string
			Rows []json.RawMessage
		}
	}
	if err := json.Unmarshal(out.Bytes(), &file); err != nil {
		b.Fatal(err)
	}
	for _, t := range file.Tables {
		if t.Name != "reports" {
			continue
		}
		for _, raw := range t.Rows {
			var row struct{ Name string }
			if err := json.Unmarshal(raw, &row); err != nil {
				b.Fatal(err)
			}
			names = append(names, row.Name)
		}
	}
	return names
}

// written is a file in memory.
type written struct{ bytes.Buffer }

// Close does nothing: there is nothing to give back.
func (*written) Close() error { return nil }
