package workspace

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"
)

//go:embed page
var pageFiles embed.FS

// pagePolicy is the page's Content-Security-Policy. Everything the page uses
// comes from this server and no script is inline. Trusted Types with no policy
// at all makes the browser itself refuse what would turn a string into HTML.
const pagePolicy = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; " +
	"require-trusted-types-for 'script'; trusted-types 'none'"

// pageStyles are the page's style sheets, in the order in which they apply.
var pageStyles = []string{"base.css", "messages.css", "blocks.css", "forms.css"}

// pageTypes are the media types of the page's files. They are named here
// because the machine's own table may know another type for an extension.
var pageTypes = map[string]string{
	".js":  "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".svg": "image/svg+xml",
}

// permalinkPath is the path of chat.getPermalink's addresses: a channel, and a
// message's timestamp without its point.
var permalinkPath = regexp.MustCompile(`^/archives/([A-Za-z0-9]+)(?:/p(\d{10})(\d{6}))?$`)

// pageAsset is one file of the page, ready to be sent.
type pageAsset struct {
	body []byte
	kind string // the media type
	etag string
}

// Browser tests may rely on these names of the page: #persona (its data-value
// is the user name) and [data-persona] in its menu, [data-testid=lang-zh],
// [data-testid=lang-en], #composer, #send, [data-channel=NAME],
// [data-testid=home-link], [data-testid=home], [data-ts], [data-ephemeral],
// [data-testid=thread-link], [data-testid=thread], #thread-composer,
// [data-action-id], dialog[data-view-id], [data-block-id] with .field-error,
// [role=option][data-value], [data-testid=modal-submit],
// [data-testid=confirm-yes], [data-testid=composer-file],
// [data-testid=thread-composer-file], [data-testid=file], [data-testid=more],
// [data-testid=message-shortcut][data-value], [data-testid=shortcuts],
// [data-testid=global-shortcut][data-value], [data-testid=admin],
// [data-testid=deactivate][data-user] and [data-testid=reactivate]. /?as=NAME&channel=NAME opens a place directly;
// channel=dm is the direct messages, view=home the app's Home.

// pageHandler serves the page for people: "/", its files under "/page/", and
// the addresses that chat.getPermalink gives, which lead to the message on the
// page. Everything else is not found.
func pageHandler(*Server) http.Handler {
	assets, err := loadPage()
	if err != nil {
		// The files are part of the program, so this is a mistake in it.
		panic(fmt.Sprintf("workspace: load page: %v", err))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { servePage(assets, w, r) })
}

// loadPage reads the embedded files and fills in the template. The keys are
// the paths under which the files are served.
func loadPage() (map[string]pageAsset, error) {
	assets := map[string]pageAsset{}
	err := fs.WalkDir(pageFiles, "page", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) == ".html" {
			return err
		}
		body, err := pageFiles.ReadFile(name)
		if err != nil {
			return err
		}
		kind, known := pageTypes[path.Ext(name)]
		if !known {
			return fmt.Errorf("%s: no media type for %q", name, path.Ext(name))
		}
		assets["/"+name] = newPageAsset(body, kind)
		return nil
	})
	if err != nil {
		return nil, err
	}
	index, err := template.ParseFS(pageFiles, "page/index.html")
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	data := struct {
		App, Team string
		Styles    []string
	}{App: botReal, Team: teamName, Styles: pageStyles}
	if err := index.Execute(&out, data); err != nil {
		return nil, err
	}
	assets["/"] = newPageAsset(out.Bytes(), "text/html; charset=utf-8")
	return assets, nil
}

func newPageAsset(body []byte, kind string) pageAsset {
	sum := sha256.Sum256(body)
	return pageAsset{body: body, kind: kind, etag: `"` + hex.EncodeToString(sum[:12]) + `"`}
}

func servePage(assets map[string]pageAsset, w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", pagePolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "只能读取此地址。 This address can only be read.", http.StatusMethodNotAllowed)
		return
	}
	if link := permalinkPath.FindStringSubmatch(r.URL.Path); link != nil {
		query := url.Values{"channel": {link[1]}}
		if link[2] != "" {
			query.Set("message", link[2]+"."+link[3])
		}
		http.Redirect(w, r, "/?"+query.Encode(), http.StatusFound)
		return
	}
	asset, ok := assets[r.URL.Path]
	if !ok {
		http.Error(w, "没有这个页面。 There is no such page.", http.StatusNotFound)
		return
	}
	// Each load asks whether the file is still the same: a new build of the
	// program shows at once, an unchanged one costs a few bytes.
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Type", asset.kind)
	h.Set("ETag", asset.etag)
	if notModified(r.Header.Get("If-None-Match"), asset.etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Length", fmt.Sprint(len(asset.body)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(asset.body) // the reader went away: nobody is left to tell
	}
}

func notModified(header, etag string) bool {
	for candidate := range strings.SplitSeq(header, ",") {
		if candidate = strings.TrimPrefix(strings.TrimSpace(candidate), "W/"); candidate == etag || candidate == "*" {
			return true
		}
	}
	return false
}
