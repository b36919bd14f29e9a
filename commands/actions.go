package commands

import (
	"context"

	"github.com/slack-go/slack"

	"wainao/render"
)

// registerActions says what each button and each form does.
func (c *Commands) registerActions() {
	c.registry.actions = map[string]func(context.Context, *Request, slack.BlockAction) error{
		render.ActionAsk:       c.askClick,
		render.ActionTranslate: c.translateClick,
		render.ActionReport:    c.reportClick,
		render.ActionProgress:  c.progressClick,
		render.ActionDigest:    c.digestClick,
		render.ActionSend:      c.sendClick,
		render.ActionText:      c.textClick,
		render.ActionFeedback:  c.feedbackClick,
		render.ActionAnswer:    c.answerClick,
		render.ActionDismiss:   c.dismissClick,
		render.ActionRetract:   c.retractClick,
		render.ActionQuestions: func(ctx context.Context, r *Request, _ slack.BlockAction) error {
			return c.run(ctx, r, c.questionsCommand())
		},
		render.ActionHelp: func(ctx context.Context, r *Request, _ slack.BlockAction) error {
			return c.run(ctx, r, c.helpCommand())
		},
	}
	c.registry.forms = map[string]func(context.Context, *Request, slack.InteractionCallback) (*slack.ViewSubmissionResponse, error){
		render.ReportForm: c.submitReport,
		render.VerifyForm: c.submitAnswer,
	}
}
