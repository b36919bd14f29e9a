package ask_test

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"

	"wainao/ask"
	"wainao/lang"
)

func TestTmp(t *testing.T) {
	name := os.Getenv("ASKQ")
	if name == "" {
		t.Skip("no file")
	}
	f, _ := os.Open(name)
	e := engine(t)
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		line := sc.Text()
		if line == "" {
			continue
		}
		q := question{Lang: lang.ZH}
		parts := strings.Split(line, " >> ")
		q.Question = parts[len(parts)-1]
		q.Thread = parts[:len(parts)-1]
		a := put(e, q)
		if os.Getenv("SHORT") != "" {
			p := strings.Split(a.Plain(a.Lang), "\n")
			fmt.Printf("%-9s %s\n     [%s] %q %s\n", a.Status, line, a.Explain.Reading, a.Explain.Unknown, p[0])
			continue
		}
		fmt.Printf("Q %s\n[%s] %s %q\n%s\n\n", line, a.Status, a.Explain.Reading, a.Explain.Unknown, a.Plain(a.Lang))
	}
	_ = ask.Answered
}
