package bot

import "time"

// Limits of Slack that the client keeps before it sends anything.
const (
	// MaxText is how many characters a message's text may have; Slack cuts the
	// rest. https://docs.slack.dev/changelog/2018-truncating-really-long-messages
	MaxText = 40_000
	// MaxMessageBlocks is how many blocks a message may have.
	// https://docs.slack.dev/reference/block-kit/blocks
	MaxMessageBlocks = 50
	// MaxViewBlocks is how many blocks a modal or a Home tab may have.
	// https://docs.slack.dev/reference/block-kit/blocks
	MaxViewBlocks = 100
	// MaxViewTitle is how many characters a modal's title, submit and close
	// labels may each have. https://docs.slack.dev/reference/views/modal-views
	MaxViewTitle = 24
	// MaxPrivateMetadata is how many characters a view's private metadata may
	// have. https://docs.slack.dev/reference/views/modal-views
	MaxPrivateMetadata = 3_000
	// MaxCallbackID is how many characters a view's callback id may have.
	// https://docs.slack.dev/reference/views/modal-views
	MaxCallbackID = 255
	// MaxOptions is how many options a select may have.
	// https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
	MaxOptions = 100
	// MaxFileAltText is how many characters the alt text of an uploaded file may
	// have. https://docs.slack.dev/reference/methods/files.getUploadURLExternal
	MaxFileAltText = 1_000
)

// looks are the pauses before each look for something whose outcome is not
// known: a slow request may still arrive after its connection is gone.
var looks = []time.Duration{time.Second, 3 * time.Second}

// Slack waits 3 s for an acknowledgement, so a form's answer is given up on a
// little earlier: https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response
const submitGuard = 2500 * time.Millisecond

// lateAfter is how long a form's late outcome waits behind the acknowledgement
// that it is not known yet: that one goes over the socket, where it may stand
// in a queue, and would otherwise reach a form that shows the outcome.
const lateAfter = time.Second

const (
	// requestBody bounds what is read of one request from Slack, in bytes. A view
	// is at most 250 KB, and its state comes beside it.
	requestBody = 4 << 20
	// responseBody bounds what is read of an answer from a response URL, in bytes.
	responseBody = 64 << 10

	// repeatsKept and repeatsAge bound the memory of what was already handled.
	// Slack tries an event again for about 5 minutes, or hourly for a day where
	// delayed events are on: https://docs.slack.dev/apis/events-api#retries
	repeatsKept = 20_000
	repeatsAge  = 24 * time.Hour

	usersKept    = 5_000
	usersAge     = 15 * time.Minute
	directoryAge = 10 * time.Minute

	defaultWorkers = 16
	defaultQueue   = 4_000
	defaultGrace   = 10 * time.Second

	// handlerTime is how long a handler may work before its context ends.
	handlerTime = time.Minute
	// ackTime is how long an acknowledgement may wait for the socket.
	ackTime = 3 * time.Second
	// tellers is how many people are told at the same time that a request was
	// not taken or went wrong.
	tellers = 8
	// tellTime is how long telling one person may take.
	tellTime = 20 * time.Second

	// callTime bounds one call of the Web API.
	callTime = 20 * time.Second
	// fileTime bounds the download of one file.
	fileTime = 50 * time.Second
	// pictureWait is how long a message waits for Slack to have worked on a
	// picture that it shows. Slack names no time; it usually takes a few seconds.
	pictureWait = 20 * time.Second
	// readAttempts and postAttempts are how often a call is tried in all.
	readAttempts = 4
	postAttempts = 2
	// longestWait is the longest Retry-After that a call waits for by itself;
	// a longer one is returned to the caller.
	longestWait = 30 * time.Second
	firstDelay  = 200 * time.Millisecond
	longestStep = 5 * time.Second

	// historyPage is the page size of conversations.history and of the lists.
	// https://docs.slack.dev/reference/methods/conversations.history
	historyPage = 200
	// mostPages bounds how far back a list or a history is read.
	mostPages = 500
	// clockSkew is how much Slack's clock may be behind this machine's.
	clockSkew = time.Minute
)
