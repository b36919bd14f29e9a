package commands

import "context"

// TickEvaluation takes the step of the evaluation whose date has come, as
// [Commands.RunEvaluation] does again and again.
func TickEvaluation(ctx context.Context, c *Commands) error { return c.tickEvaluation(ctx) }
