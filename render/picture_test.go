package render_test

import (
	"testing"

	"github.com/slack-go/slack"

	"wainao/picture"
	"wainao/render"
)

func TestPicturesArePlaced(t *testing.T) {
	t.Parallel()
	var m render.Message
	m.AddPicture(render.Picture{Picture: picture.Picture{Alt: "what A tells"}, Name: "a.png", Title: "A"})
	m.Blocks = append(m.Blocks, slack.NewDividerBlock())
	m.AddPicture(render.Picture{Picture: picture.Picture{Alt: "what *B* tells"}, Name: "b.png", Title: "B"})

	got := m.Place([]string{"F1", ""})
	if len(got.Blocks) != 3 || len(got.Pictures) != 0 {
		t.Fatalf("%d blocks, %d pictures", len(got.Blocks), len(got.Pictures))
	}
	if image, ok := got.Blocks[0].(*slack.ImageBlock); !ok || image.SlackFile.ID != "F1" || image.AltText != "what A tells" {
		t.Errorf("the stored picture is %+v", got.Blocks[0])
	}
	words, ok := got.Blocks[2].(*slack.ContextBlock)
	if !ok || words.ContextElements.Elements[0].(*slack.TextBlockObject).Text != "what ∗B∗ tells" {
		t.Errorf("instead of the picture that is not there: %+v", got.Blocks[2])
	}
	if image := m.Blocks[0].(*slack.ImageBlock); image.SlackFile.ID == "F1" {
		t.Error("the message itself was changed")
	}
}
