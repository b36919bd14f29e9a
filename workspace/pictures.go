package workspace

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// pictureTypes are the files that a block may show.
// See https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object.
var pictureTypes = []string{"png", "jpg", "jpeg", "gif"}

// fileRef is a place that shows an uploaded picture.
type fileRef struct{ at, id, url string }

// fileID is the shape of a file's id, as Slack's refusals name it.
var fileID = regexp.MustCompile(`^[F][A-Z0-9]{8,}$`)

// slackFile checks how an image names an uploaded picture: by its id or by its
// address. Whether there is such a picture is asked afterwards.
// See https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object.
func (k *checker) slackFile(v any, at string) {
	o, ok := v.(object)
	if !ok {
		k.fail(at, "must provide an object")
		return
	}
	id, _ := o["id"].(string)
	address, _ := o["url"].(string)
	switch {
	case o["id"] != nil && o["url"] != nil:
		k.fail(at, "only one of id and url may be given")
	case o["url"] != nil:
		k.address(o, "url", at, true)
		k.files = append(k.files, fileRef{at: at, url: address})
	case !fileID.MatchString(id):
		k.fail(at+"/id", "input must match regex pattern: %s", fileID)
	default:
		k.files = append(k.files, fileRef{at: at, id: id})
	}
}

// showable refuses, under a code, uploaded pictures that blocks may not show:
// none of the app's, not a picture, or not worked on yet. The caller holds the
// mutex.
func (s *Server) showable(files []fileRef, code string) error {
	for _, ref := range files {
		id := ref.id
		if id == "" {
			if u, err := url.Parse(ref.url); err == nil {
				id, _, _ = strings.Cut(strings.TrimPrefix(u.Path, "/files/"), "/")
			}
		}
		f := s.visible(id)
		if f == nil || !f.worked() || !slices.Contains(pictureTypes, f.Filetype) {
			return refuseBecause(code, "invalid slack file [json-pointer:"+ref.at+"]")
		}
	}
	return nil
}
