package storagetest

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"wainao/journal"
)

// report is about what a district's report is in the journal.
type report struct {
	District, Domain, Period, Indicator, Name, Value, Evidence, Text string
}

var sample = report{
	"kunshan", "hydrogen", "2026Q4", "core-products", "燃料电池电堆", "3.5", "https://example.org/evidence/2026Q4/7",
	"完成第二代电堆量产线调试，本季度新增订单两项。",
}

func reported(i int) journal.Draft {
	r := sample
	r.Name = fmt.Sprint(r.Name, " ", i)
	return journal.Draft{Kind: "bench.report.submitted", Version: 1, Data: r}
}

// reports is a state that keeps every report.
type reports struct {
	All journal.Table[string, report]
}

// Apply implements [journal.State].
func (r reports) Apply(e journal.Entry) (reports, error) {
	var d report
	if err := e.Decode(&d); err != nil {
		return r, err
	}
	r.All = r.All.Set(fmt.Sprintf("%012d", e.Number), d)
	return r, nil
}

// Raw inserts the value under the number with the bare engine, as durable as
// the backend does.
type Raw func(number uint64, value []byte) error

// BenchmarkAppend measures appending through a journal against the bare
// engine's insert of as many bytes. The two take turns in one run, so that
// what else the machine does meets both; the metric is the ratio of the rates.
func BenchmarkAppend(b *testing.B, s journal.Store, raw Raw) {
	b.Helper()
	j, err := journal.Open(b.Context(), reports{}, journal.Options{Store: s})
	if err != nil {
		b.Fatal(err)
	}
	entries, err := j.Update(b.Context(), "U1", func(reports, time.Time) ([]journal.Draft, error) {
		return []journal.Draft{reported(1000)}, nil
	})
	if err != nil {
		b.Fatal(err)
	}
	value, err := json.Marshal(entries[0])
	if err != nil {
		b.Fatal(err)
	}
	var through, bare time.Duration
	number := uint64(0)
	for b.Loop() {
		number++
		begin := time.Now()
		_, err := j.Update(b.Context(), "U1", func(reports, time.Time) ([]journal.Draft, error) {
			return []journal.Draft{reported(int(number))}, nil //nolint:gosec // A benchmark's count is small.
		})
		middle := time.Now()
		if err == nil {
			err = raw(number, value)
		}
		if err != nil {
			b.Fatal(err)
		}
		through += middle.Sub(begin)
		bare += time.Since(middle)
	}
	b.ReportMetric(float64(number)/through.Seconds(), "appends/s")
	b.ReportMetric(float64(number)/bare.Seconds(), "raw/s")
	b.ReportMetric(100*bare.Seconds()/through.Seconds(), "%ofraw")
}

// BenchmarkAppendGroup measures 64 concurrent updaters, whose decisions share
// writes.
func BenchmarkAppendGroup(b *testing.B, s journal.Store) {
	b.Helper()
	j, err := journal.Open(b.Context(), reports{}, journal.Options{Store: s})
	if err != nil {
		b.Fatal(err)
	}
	const updaters = 64
	var next atomic.Int64
	var running sync.WaitGroup
	b.ResetTimer()
	for range updaters {
		running.Go(func() {
			for {
				i := int(next.Add(1))
				if i > b.N {
					return
				}
				if _, err := j.Update(b.Context(), "U1", func(reports, time.Time) ([]journal.Draft, error) {
					return []journal.Draft{reported(i)}, nil
				}); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	running.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "appends/s")
}

// BenchmarkReplay measures opening a journal of n entries: how fast, and how
// many bytes an entry takes in memory and, where file names the place, on disk.
func BenchmarkReplay(b *testing.B, s journal.Store, n int, file string) {
	b.Helper()
	j, err := journal.Open(b.Context(), reports{}, journal.Options{Store: s})
	if err != nil {
		b.Fatal(err)
	}
	for done := 0; done < n; {
		if _, err := j.Update(b.Context(), "U1", func(reports, time.Time) ([]journal.Draft, error) {
			var drafts []journal.Draft
			for ; len(drafts) < 1000 && done < n; done++ {
				drafts = append(drafts, reported(done))
			}
			return drafts, nil
		}); err != nil {
			b.Fatal(err)
		}
	}
	j = nil
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	opened := 0
	for b.Loop() {
		if j, err = journal.Open(b.Context(), reports{}, journal.Options{Store: s}); err != nil {
			b.Fatal(err)
		}
		opened++
	}
	rate := float64(n) * float64(opened) / b.Elapsed().Seconds()
	runtime.GC()
	runtime.ReadMemStats(&after)
	if got := j.State().All.Len(); got != n {
		b.Fatalf("replayed %d entries of %d", got, n)
	}
	b.ReportMetric(rate, "entries/s")
	b.ReportMetric((float64(after.HeapAlloc)-float64(before.HeapAlloc))/float64(n), "memB/entry")
	if info, err := os.Stat(file); err == nil {
		b.ReportMetric(float64(info.Size())/float64(n), "diskB/entry")
	}
	runtime.KeepAlive(j)
}
