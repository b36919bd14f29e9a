package commands

import (
	"context"
	"maps"
	"slices"
)

// TickEvaluation takes the step of the evaluation whose date has come, as
// [Commands.RunEvaluation] does again and again.
func TickEvaluation(ctx context.Context, c *Commands) error { return c.tickEvaluation(ctx) }

// Actions lists the names of all actions.
func (c *Commands) Actions() []string { return slices.Sorted(maps.Keys(c.registry.actions)) }
