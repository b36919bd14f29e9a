package ask_test

import (
	"runtime"
	"slices"
	"testing"
	"time"

	"wainao/ask"
	"wainao/policy"
)

// BenchmarkAnswer asks the working corpus and reports the time of a question
// in the middle and of the slowest hundredth (the limit is 1 ms), beside
// allocations (the limit is 64 KB).
func BenchmarkAnswer(b *testing.B) {
	e := engine(b)
	qs := corpus(b, "work.jsonl")
	v := ask.View{At: at}
	put := func(q question) { e.Answer(ask.Question{Text: q.Question, Lang: q.Lang}, v) }
	for _, q := range qs {
		put(q)
	}
	var took []time.Duration
	var most uint64
	var before, after runtime.MemStats
	for _, q := range qs {
		runtime.ReadMemStats(&before)
		put(q)
		runtime.ReadMemStats(&after)
		most = max(most, after.TotalAlloc-before.TotalAlloc)
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		start := time.Now()
		put(qs[i%len(qs)])
		took = append(took, time.Since(start))
		i++
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds()), "p50-ns")
	b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds()), "p99-ns")
	b.ReportMetric(float64(most), "most-B")
}

// BenchmarkNew builds the index (the limit is 100 ms) and reports the memory
// that it keeps.
func BenchmarkNew(b *testing.B) {
	pol := policy.Default()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	e, err := ask.New(pol)
	if err != nil {
		b.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	kept := float64(after.HeapAlloc) - float64(before.HeapAlloc)
	for b.Loop() {
		if _, err := ask.New(pol); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(kept, "kept-B")
	runtime.KeepAlive(e)
}
