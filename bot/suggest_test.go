package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"
)

// suggester offers as many options as it is told.
type suggester struct {
	*fakeHandler
	suggest func(ctx context.Context, typed string) int
}

func (s suggester) Suggest(ctx context.Context, in slack.InteractionCallback) (out []*slack.OptionBlockObject) {
	for i := range s.suggest(ctx, in.Value) {
		out = append(out, slack.NewOptionBlockObject(fmt.Sprint(i), slack.NewTextBlockObject(slack.PlainTextType, in.ActionID, false, false), nil))
	}
	return out
}

func TestOptionsAreOffered(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		suggest func(ctx context.Context, typed string) int
		want    int
	}{
		{"some", func(_ context.Context, typed string) int { return len([]rune(typed)) }, 3},
		{"none", func(context.Context, string) int { return 0 }, 0},
		{"more than Slack takes", func(context.Context, string) int { return MaxOptions + 1 }, MaxOptions},
		{"too late", func(ctx context.Context, _ string) int {
			<-ctx.Done()
			return 3
		}, 0},
		{"a panic", func(context.Context, string) int { panic("oh") }, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, func(o *Options) { o.Handler = suggester{o.Handler.(*fakeHandler), tt.suggest} })
			if tt.name == "too late" {
				r.guard = time.Millisecond
			}
			r.run(t)
			for _, envelope := range []string{"e1", "e2"} { // Asked twice, answered twice.
				r.send("interactive", envelope, fields{
					"type": "block_suggestion", "user": fields{"id": "U0SIP00001"}, "action_id": "item", "block_id": "b", "value": "氢能港",
				})
				var got struct {
					Options []json.RawMessage `json:"options"`
				}
				a := r.acked(envelope)
				if err := json.Unmarshal(a.Payload, &got); err != nil {
					t.Fatalf("%s: %v", a.Payload, err)
				}
				if got.Options == nil || len(got.Options) != tt.want {
					t.Errorf("%d options, want %d: %s", len(got.Options), tt.want, a.Payload)
				}
			}
		})
	}
}

func TestOptionsWithoutAHandlerForThem(t *testing.T) {
	t.Parallel()
	r := start(t, nil)
	r.send("interactive", "e1", fields{"type": "block_suggestion", "user": fields{"id": "U0SIP00001"}, "action_id": "item", "value": "x"})
	if diff := cmp.Diff(`{"options":[]}`, string(r.acked("e1").Payload)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
