package app_test

import (
	"context"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wainao/app"
	"wainao/ask"
	"wainao/commands"
	"wainao/journal"
	"wainao/journal/journaltest"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
	"wainao/record"
)

var update = flag.Bool("update", false, "rewrite the generated documentation")

// generated holds a documentation page against what the code says.
func generated(t *testing.T, path, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("%s is not what the code says (-code +page); run: make docs\n%s", path, diff)
	}
}

func TestDocsOfTheCommands(t *testing.T) {
	t.Parallel()
	pol := policy.Default()
	engine, err := ask.New(pol)
	if err != nil {
		t.Fatal(err)
	}
	j, err := journal.Open(context.Background(), record.State{}, journal.Options{Store: journaltest.NewStore()})
	if err != nil {
		t.Fatal(err)
	}
	c, err := commands.New(commands.Options{Journal: j, Published: pol, Ask: engine})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("# Commands and roles 命令与角色\n\nGenerated from the code by `make docs`.\n\n" +
		"`/future` and a verb in either language; anything else behind it is a question.\n`/future` 后面跟一个动词，中英文都可以；不是动词的文字就是提问。\n\n" +
		"| verb | behind it | does | example | who |\n| --- | --- | --- | --- | --- |\n")
	for _, cmd := range c.Commands() {
		fmt.Fprintf(&b, "| `%s` `%s` | %s | %s | %s | %s |\n", cmd.Name, cmd.Alias, both(cmd.Usage), both(cmd.Summary), code(cmd.Example), who(cmd.Needs))
	}
	b.WriteString("\n## Who may do what 谁可以做什么\n\n| permission | what |")
	line := "\n| --- | --- |"
	for _, role := range people.Roles() {
		fmt.Fprintf(&b, " %s<br>`%s` |", role.Name().ZH, role)
		line += " :---: |"
	}
	b.WriteString(" 其他人<br>others |" + line + " :---: |\n")
	for _, r := range people.Rules() {
		fmt.Fprintf(&b, "| `%s` | %s |", r.Permission, both(r.What))
		for _, role := range people.Roles() {
			fmt.Fprintf(&b, " %s |", mark(slices.Contains(r.Roles, role)))
		}
		fmt.Fprintf(&b, " %s |\n", mark(r.Anyone))
	}
	b.WriteString("\nWho has left Slack may do what others may. A liaison and a deputy report for their own districts only.\n" +
		"已离开 Slack 的人按“其他人”对待。联络员和副联络员只能为自己负责的板块上报。\n")
	generated(t, "../docs/commands.md", b.String())
}

func both(t lang.Text) string {
	if t.IsZero() {
		return ""
	}
	return escape(t.ZH) + "<br>" + escape(t.EN)
}

func code(t lang.Text) string { return "`/future " + t.ZH + "`<br>`/future " + t.EN + "`" }

func mark(yes bool) string {
	if yes {
		return "✓"
	}
	return ""
}

// escape keeps a cell in its table.
func escape(s string) string {
	return strings.NewReplacer("|", "\\|", "<", "&lt;").Replace(s)
}

func who(p people.Permission) string {
	for _, r := range people.Rules() {
		if r.Permission != p {
			continue
		}
		if r.Anyone {
			return "everyone 所有人"
		}
		var roles []string
		for _, role := range r.Roles {
			roles = append(roles, string(role))
		}
		return strings.Join(roles, ", ")
	}
	return ""
}

func TestDocsOfTheConfiguration(t *testing.T) {
	t.Parallel()
	comments := map[string]string{} // By type and field.
	for _, name := range []string{"config.go", "ledgerconfig.go", "reminderconfig.go", "evaluationconfig.go"} {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok {
				if s, ok := spec.Type.(*ast.StructType); ok {
					for _, f := range s.Fields.List {
						comments[spec.Name.Name+"."+f.Names[0].Name] = strings.TrimSpace(f.Comment.Text())
					}
				}
			}
			return true
		})
	}
	var b strings.Builder
	b.WriteString("# Configuration\n\nGenerated from the code by `make docs`. Defaults, then the file named by `--config`, then the environment (named in capitals), each\n" +
		"over the one before it. Unknown keys are refused, and everything that is wrong is told at once.\n[wainao.example.yaml](../wainao.example.yaml) shows the whole file.\n\n" +
		"| key | default | meaning |\n| --- | --- | --- |\n")
	var walk func(prefix string, v reflect.Value)
	walk = func(prefix string, v reflect.Value) {
		for f, value := range v.Fields() {
			key := prefix + f.Tag.Get("yaml")
			switch {
			case f.Type.Kind() == reflect.Struct && f.Type != reflect.TypeFor[lang.Text]():
				walk(key+".", value)
			case f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct:
				walk(key+"[].", reflect.New(f.Type.Elem()).Elem())
			default:
				shown := ""
				if !value.IsZero() {
					shown = fmt.Sprintf("`%v`", value)
				}
				meaning := comments[v.Type().Name()+"."+f.Name]
				if meaning == "" {
					t.Errorf("%s: its field has no comment to say what it means", key)
				}
				fmt.Fprintf(&b, "| `%s` | %s | %s |\n", key, shown, meaning)
			}
		}
	}
	walk("", reflect.ValueOf(app.DefaultConfig()))
	generated(t, "../docs/config.md", b.String())
}
