package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"wainao/bot"
	"wainao/commands"
)

// File hands a file that a person sent to the commands; it implements
// bot.FileHandler.
func (h *handler) File(ctx context.Context, user, channel, ts string, f bot.SharedFile) {
	thread := f.ThreadTS
	if thread == "" && !strings.HasPrefix(channel, "D") {
		thread = ts
	}
	h.Commands.File(ctx, user, channel, thread, commands.Upload{ID: f.ID, Name: f.Name, MimeType: f.MimeType, Size: f.Size, URL: f.URLPrivateDownload})
}

// Download implements commands.Uploads.
func (s slackAdapter) Download(ctx context.Context, u commands.Upload, most int64) ([]byte, error) {
	content, err := s.Client.Download(ctx, bot.SharedFile{ID: u.ID, Name: u.Name, MimeType: u.MimeType, Size: u.Size, URLPrivateDownload: u.URL}, most)
	if errors.Is(err, bot.ErrTooLarge) {
		return nil, fmt.Errorf("%w: %w", commands.ErrUploadTooLarge, err)
	}
	return content, err
}
