package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"
)

// File is a file that the bot uploads.
type File struct {
	// Channel is where a message shows the file: a channel's id, or a person's
	// for their direct messages. When it is empty the file is stored and nobody
	// sees it, until a message shows it by its id, see [Picture].
	Channel  string
	ThreadTS string // The thread of Channel that it goes to; none when empty.
	Name     string // With its ending, which tells Slack the type: progress.png.
	Title    string // Shown above the file; the name when empty.
	AltText  string // What a picture shows, for those who do not see it; at most MaxFileAltText characters.
	Comment  string // Plain text of the message that shows the file.
	Content  []byte
}

// SharedFile is a file that a person sent.
type SharedFile struct {
	ID       string
	Name     string
	MimeType string
	Size     int64 // Bytes, as Slack says; 0 when it does not.
	// URLPrivateDownload is where [Client.Download] gets it; it takes the token.
	URLPrivateDownload string
	// Text is what the person wrote with it, as [Handler.Message] gets it, and
	// ThreadTS the thread where; both may be empty.
	Text     string
	ThreadTS string
}

// Shared tells of a file in a submitted form what [Client.Download] needs: those
// of a file_input are in its state.
// https://docs.slack.dev/reference/block-kit/block-elements/file-input-element
func Shared(f slack.File) SharedFile {
	return SharedFile{ID: f.ID, Name: f.Name, MimeType: f.Mimetype, Size: int64(f.Size), URLPrivateDownload: f.URLPrivateDownload}
}

// ErrTooLarge is wrapped by the error of a file that is larger than the caller
// takes.
var ErrTooLarge = errors.New("the file is too large")

// Picture is the block that shows an uploaded picture (png, jpg, gif) in a
// message. alt tells what it shows, at most 2,000 characters; title may be
// empty. Slack works on a picture for a moment after its upload and refuses to
// show it meanwhile; the calls that send messages wait for that.
// https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object
func Picture(fileID, alt, title string) slack.Block {
	var t *slack.TextBlockObject
	if title != "" {
		t = slack.NewTextBlockObject(slack.PlainTextType, title, false, false)
	}
	return slack.NewImageBlockSlackFile(&slack.SlackFileObject{ID: fileID}, alt, "", t)
}

// Upload stores a file in Slack and returns its id and its address, which is
// empty when Slack does not tell it yet. With a channel it is shown there, once:
// when the outcome is not known Slack is asked for the file before it is shown
// again. It needs the scopes files:write and files:read.
// https://docs.slack.dev/messaging/working-with-files#uploading_files
func (c *Client) Upload(ctx context.Context, f File) (fileID, permalink string, err error) {
	const method = "files.getUploadURLExternal"
	switch n := utf8.RuneCountInString(f.AltText); {
	case f.Name == "" || len(f.Content) == 0:
		return "", "", refused(method, "missing_argument", "a file needs a name and a content")
	case n > MaxFileAltText:
		return "", "", refused(method, "alt_txt_too_large", "the file's alt text has %d characters; Slack takes %d", n, MaxFileAltText)
	case utf8.RuneCountInString(f.Comment) > MaxText:
		return "", "", refused(method, "msg_too_long", "the comment is longer than %d characters", MaxText)
	}
	channel, err := c.conversation(ctx, f.Channel)
	if err != nil {
		return "", "", err
	}
	if fileID, err = c.store(ctx, f); err != nil {
		return "", "", err
	}
	if err := c.complete(ctx, f, fileID, channel); err != nil {
		return "", "", err
	}
	if info, err := c.fileInfo(ctx, fileID); err == nil {
		permalink = info.Permalink
	}
	return fileID, permalink, nil
}

// store sends the content. Until the upload is completed nobody knows of it, so
// that both steps may be repeated.
func (c *Client) store(ctx context.Context, f File) (fileID string, err error) {
	err = c.repeatable(ctx, "files.getUploadURLExternal", func(ctx context.Context) error {
		place, err := c.api.GetUploadURLExternalContext(ctx, slack.GetUploadURLExternalParameters{
			AltTxt: f.AltText, FileName: f.Name, FileSize: len(f.Content),
		})
		if err != nil {
			return err
		}
		fileID = place.FileID
		return hideURL(c.api.UploadToURL(ctx, slack.UploadToURLParameters{
			UploadURL: place.UploadURL, Content: string(f.Content), Filename: f.Name,
		}))
	})
	return fileID, err
}

// complete ends an upload, which shows the file.
func (c *Client) complete(ctx context.Context, f File, fileID, channel string) error {
	const method = "files.completeUploadExternal"
	return c.onceOrFound(ctx, func(ctx context.Context) error {
		return c.once(ctx, method, func(ctx context.Context) error {
			_, err := c.api.CompleteUploadExternalContext(ctx, slack.CompleteUploadExternalParameters{
				Files: []slack.FileSummary{{ID: fileID, Title: f.Title}}, Channel: channel,
				InitialComment: escaped(f.Comment), ThreadTimestamp: f.ThreadTS,
			})
			return err
		})
	}, func(ctx context.Context) (bool, error) {
		_, err := c.fileInfo(ctx, fileID)
		if e, ok := errors.AsType[*Error](err); ok && e.Code == "file_not_found" {
			return false, nil
		}
		return err == nil, err
	})
}

func (c *Client) fileInfo(ctx context.Context, id string) (info *slack.File, err error) {
	err = c.repeatable(ctx, "files.info", func(ctx context.Context) (err error) {
		info, _, _, err = c.api.GetFileInfoContext(ctx, id, 0, 0)
		return err
	})
	return info, err
}

// Download returns the content of a file that a person sent, at most maxBytes
// of it: a larger one is refused with [ErrTooLarge], by the size that Slack
// gives before anything is sent, or else while it is read. The token goes to
// Slack's own hosts only. It needs the scope files:read.
func (c *Client) Download(ctx context.Context, f SharedFile, maxBytes int64) (content []byte, err error) {
	const method = "files.download"
	if f.Size > maxBytes {
		return nil, tooLarge(f.Size, maxBytes)
	}
	from, err := url.Parse(f.URLPrivateDownload)
	if err != nil || !c.mayHaveToken(from) {
		return nil, refused(method, "not_slack", "the file %s is not kept by Slack", f.ID)
	}
	err = c.repeatable(ctx, method, func(ctx context.Context) (err error) {
		content, err = c.download(ctx, from, f.MimeType, maxBytes)
		return err
	})
	if err != nil {
		return nil, err
	}
	return content, nil
}

func tooLarge(size, most int64) error {
	return &Error{
		Method: "files.download", Kind: Dead, Code: "file_too_large", err: ErrTooLarge,
		Detail: fmt.Sprintf("the file has %d bytes; at most %d are taken", size, most),
	}
}

// download makes one attempt.
func (c *Client) download(ctx context.Context, from *url.URL, mimeType string, most int64) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, from.String(), nil)
	if err != nil {
		return nil, refused("files.download", "invalid_url", "the file's address cannot be used")
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	resp, err := c.files.Do(req)
	if err != nil {
		return nil, hideURL(err)
	}
	defer resp.Body.Close() //nolint:errcheck // It was only read.
	switch kind := resp.Header.Get("Content-Type"); {
	case resp.StatusCode != http.StatusOK:
		return nil, slack.StatusCodeError{Code: resp.StatusCode, Status: resp.Status}
	case strings.HasPrefix(kind, "text/html") && !strings.HasPrefix(mimeType, "text/html"):
		// Slack shows a page to log in at, instead of refusing.
		return nil, refused("files.download", "not_allowed",
			"Slack did not give the file: the app may lack the scope files:read (see manifest.yaml), or the file is in a conversation without the bot")
	case resp.ContentLength > most:
		return nil, tooLarge(resp.ContentLength, most)
	}
	content, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	if err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	if int64(len(content)) > most {
		return nil, tooLarge(int64(len(content)), most)
	}
	return content, nil
}

// mayHaveToken reports whether the token may be sent there: to Slack's own
// hosts, or to where the calls go anyway.
func (c *Client) mayHaveToken(u *url.URL) bool {
	if u.Scheme == c.base.Scheme && strings.EqualFold(u.Host, c.base.Host) {
		return true
	}
	host := strings.ToLower(u.Hostname())
	for _, domain := range []string{"slack.com", "slack-gov.com"} {
		if u.Scheme == "https" && (host == domain || strings.HasSuffix(host, "."+domain)) {
			return true
		}
	}
	return false
}

// filesClient is an HTTP client for contents. It has more time than calls, and
// follows no redirection to where the token must not go.
func (c *Client) filesClient() *http.Client {
	return &http.Client{
		Timeout: fileTime,
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if len(via) >= 5 || !c.mayHaveToken(req.URL) {
				return refused("files.download", "not_slack", "Slack sends elsewhere for the file")
			}
			return nil
		},
	}
}
