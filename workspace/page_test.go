package workspace

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"strings"
	"testing"
)

func getPage(t *testing.T, method, target string, header http.Header) *http.Response {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, target, nil)
	maps.Copy(r.Header, header)
	w := httptest.NewRecorder()
	pageHandler(nil).ServeHTTP(w, r)
	return w.Result()
}

func TestPageSendsItsPolicyWithEveryAnswer(t *testing.T) {
	t.Parallel()
	for _, target := range []string{"/", "/page/app.js", "/archives/C0FUTUREIND/p1795402800000001", "/nothing"} {
		res := getPage(t, http.MethodGet, target, nil)
		policy := res.Header.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'self'", "base-uri 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("%s: policy %q lacks %q", target, policy, want)
			}
		}
		for _, bad := range []string{"unsafe", "http:", "https:", "*"} {
			if strings.Contains(policy, bad) {
				t.Errorf("%s: policy %q allows %q", target, policy, bad)
			}
		}
		if got := res.Header.Get("X-Content-Type-Options"); got != "nosniff" {
			t.Errorf("%s: X-Content-Type-Options = %q, want nosniff", target, got)
		}
		_ = res.Body.Close()
	}
}

func TestPageAnswers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, method, target string
		status               int
		kind, location       string
	}{
		{"index", http.MethodGet, "/", http.StatusOK, "text/html; charset=utf-8", ""},
		{"index for a deep link", http.MethodGet, "/?as=leader&channel=leadership", http.StatusOK, "text/html; charset=utf-8", ""},
		{"head", http.MethodHead, "/", http.StatusOK, "text/html; charset=utf-8", ""},
		{"script", http.MethodGet, "/page/app.js", http.StatusOK, "text/javascript; charset=utf-8", ""},
		{"style", http.MethodGet, "/page/base.css", http.StatusOK, "text/css; charset=utf-8", ""},
		{"icon", http.MethodGet, "/page/icon.svg", http.StatusOK, "image/svg+xml", ""},
		{"permalink", http.MethodGet, "/archives/C0FUTUREIND/p1795402800000001", http.StatusFound, "", "/?channel=C0FUTUREIND&message=1795402800.000001"},
		{"channel link", http.MethodGet, "/archives/C0FUTUREIND", http.StatusFound, "", "/?channel=C0FUTUREIND"},
		{"hostile permalink", http.MethodGet, "/archives/C0%3Cscript%3E/p1", http.StatusNotFound, "", ""},
		{"the template itself", http.MethodGet, "/page/index.html", http.StatusNotFound, "", ""},
		{"a folder", http.MethodGet, "/page/", http.StatusNotFound, "", ""},
		{"outside", http.MethodGet, "/page/../page.go", http.StatusNotFound, "", ""},
		{"post", http.MethodPost, "/", http.StatusMethodNotAllowed, "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			res := getPage(t, test.method, test.target, nil)
			defer func() { _ = res.Body.Close() }()
			if res.StatusCode != test.status {
				t.Errorf("status = %d, want %d", res.StatusCode, test.status)
			}
			if test.kind != "" && res.Header.Get("Content-Type") != test.kind {
				t.Errorf("Content-Type = %q, want %q", res.Header.Get("Content-Type"), test.kind)
			}
			if got := res.Header.Get("Location"); got != test.location {
				t.Errorf("Location = %q, want %q", got, test.location)
			}
		})
	}
}

func TestPageIsSentAgainOnlyWhenItChanged(t *testing.T) {
	t.Parallel()
	first := getPage(t, http.MethodGet, "/page/app.js", nil)
	_ = first.Body.Close()
	tag := first.Header.Get("ETag")
	if tag == "" || first.Header.Get("Cache-Control") != "no-cache" {
		t.Fatalf("ETag = %q, Cache-Control = %q, want a tag that is asked for each time", tag, first.Header.Get("Cache-Control"))
	}
	for header, want := range map[string]int{
		tag: http.StatusNotModified, `"other", W/` + tag: http.StatusNotModified, "*": http.StatusNotModified, `"other"`: http.StatusOK, "": http.StatusOK,
	} {
		res := getPage(t, http.MethodGet, "/page/app.js", http.Header{"If-None-Match": {header}})
		_ = res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("If-None-Match %q: status = %d, want %d", header, res.StatusCode, want)
		}
	}
}

// The policy in the header would stop these in a browser; here they do not
// even get into the program.
func TestPageFilesUseNothingFromElsewhereAndNoHTMLStrings(t *testing.T) {
	t.Parallel()
	assets, err := loadPage()
	if err != nil {
		t.Fatal(err)
	}
	script := regexp.MustCompile(`\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function|setTimeout\(['"]`)
	imports := regexp.MustCompile(`from '([^']+)'`)
	inline := regexp.MustCompile(`<script[^>]*>[^<]|<style|\sstyle=|\son[a-z]+=`)
	for name, asset := range assets {
		body := string(asset.body)
		switch path.Ext(name) {
		case ".js":
			if found := script.FindString(body); found != "" {
				t.Errorf("%s uses %s", name, found)
			}
			for _, from := range imports.FindAllStringSubmatch(body, -1) {
				if _, ok := assets[path.Join("/page", from[1])]; !ok {
					t.Errorf("%s imports %s, which is not there", name, from[1])
				}
			}
		case ".css":
			if strings.Contains(body, "url(") || strings.Contains(body, "@import") {
				t.Errorf("%s loads something", name)
			}
		case "":
			if found := inline.FindString(body); found != "" {
				t.Errorf("the index has something inline: %s", found)
			}
			for _, ref := range regexp.MustCompile(`(?:src|href)="(/page/[^"]+)"`).FindAllStringSubmatch(body, -1) {
				if _, ok := assets[ref[1]]; !ok {
					t.Errorf("the index names %s, which is not there", ref[1])
				}
			}
		}
	}
}
