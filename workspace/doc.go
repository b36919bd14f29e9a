// Package workspace is a local Slack-compatible workspace: the part of Slack
// that a bot talks to, in one process, with a page for people and a control API
// for tests.
//
// It decides what Slack would decide: whether a token, a scope, a block, a view
// or a trigger is acceptable, which events a person's doing causes, to which
// connection they go, and when they are sent again. It refuses what Slack
// refuses, with Slack's own error code, and it misbehaves on request.
//
// It never knows what the bot under trial is about. It imports nothing of
// Wainao and speaks only Slack's protocol, so whatever bot uses it is the bot
// that runs on Slack. It is a tool for one machine: its credentials are fixed
// and public, and it answers only to addresses of its own host.
package workspace
