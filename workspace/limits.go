package workspace

import "time"

// Slack's limits. Each names the page that documents it; lengths are in
// characters unless stated.
const (
	// https://docs.slack.dev/reference/block-kit/blocks
	maxMessageBlocks = 50
	maxViewBlocks    = 100
	// Undocumented; measured on Slack as about 13,000 characters in all blocks
	// of a message, refused with msg_blocks_too_long.
	maxMessageBlockText = 13000
	maxIDLength         = 255 // block_id, action_id, callback_id, external_id

	// https://docs.slack.dev/reference/block-kit/blocks/section-block
	maxSectionText  = 3000
	maxFields       = 10
	maxFieldText    = 2000
	maxTextObject   = 3000  // https://docs.slack.dev/reference/block-kit/composition-objects/text-object
	maxHeaderText   = 150   // https://docs.slack.dev/reference/block-kit/blocks/header-block
	maxMarkdownText = 12000 // https://docs.slack.dev/reference/block-kit/blocks/markdown-block
	maxContextItems = 10    // https://docs.slack.dev/reference/block-kit/blocks/context-block
	maxActionItems  = 25    // https://docs.slack.dev/reference/block-kit/blocks/actions-block
	maxInputLabel   = 2000  // https://docs.slack.dev/reference/block-kit/blocks/input-block
	maxInputHint    = 2000
	maxAltText      = 2000 // https://docs.slack.dev/reference/block-kit/blocks/image-block
	maxImageTitle   = 2000
	maxURL          = 3000
	maxContextActs  = 5 // https://docs.slack.dev/reference/block-kit/blocks/context-actions-block

	// https://docs.slack.dev/reference/block-kit/block-elements/button-element
	maxButtonText  = 75
	maxButtonValue = 2000
	maxButtonLabel = 75 // accessibility_label

	// https://docs.slack.dev/reference/block-kit/composition-objects/option-object
	maxOptionText        = 75
	maxOptionValue       = 150
	maxOptionDescription = 75
	maxOptions           = 100 // https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
	maxOptionGroups      = 100
	maxGroupLabel        = 75  // https://docs.slack.dev/reference/block-kit/composition-objects/option-group-object
	maxPlaceholder       = 150 // https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
	maxChoices           = 10  // https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element
	maxOverflowOptions   = 5   // https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element
	maxPlainTextInput    = 3000

	// https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
	maxConfirmTitle  = 100
	maxConfirmText   = 300
	maxConfirmButton = 30

	// https://docs.slack.dev/reference/block-kit/blocks/table-block
	maxTableRows = 100
	maxTableCols = 20
	maxTableText = 10000 // all cells of the tables of a message together

	// https://docs.slack.dev/reference/block-kit/blocks/data-table-block
	minDataTableRows = 2
	maxDataTableRows = 201
	maxDataTablePage = 100

	// https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
	maxSeries     = 6
	maxPoints     = 20
	maxPointLabel = 20
	maxChartTitle = 50

	// https://docs.slack.dev/reference/block-kit/blocks/card-block
	maxCardTitle    = 150
	maxCardSubtitle = 150
	maxCardBody     = 200
	maxCardActions  = 3
	maxCards        = 10 // https://docs.slack.dev/reference/block-kit/blocks/carousel-block
	maxAlertText    = 200

	// https://docs.slack.dev/reference/views/modal-views
	maxViewTitle       = 24
	maxPrivateMetadata = 3000
	maxViewBytes       = 250 << 10
	maxViewStack       = 3

	// https://docs.slack.dev/reference/methods/chat.postMessage
	maxMessageText  = 40000 // more is cut
	maxUpdateText   = 4000  // chat.update refuses more without blocks
	maxAttachments  = 100
	maxFileAltText  = 1000 // https://docs.slack.dev/reference/methods/files.getUploadURLExternal
	maxReactionName = 100

	// https://docs.slack.dev/messaging/message-metadata names metadata_too_large
	// without a size; the bound is our own.
	maxMetadataBytes = 8000

	// https://docs.slack.dev/reference/methods/conversations.history
	defaultPage = 100
	maxPage     = 999

	// https://docs.slack.dev/apis/events-api/using-socket-mode
	maxConnections      = 10
	maxAckBytes         = 20480 // of a response on a socket
	connectionLifetime  = 18060 // seconds, as hello announces it
	maxWaitingEvents    = 10000 // kept while no connection is open; our own bound
	ticketTTL           = 30 * time.Second
	pingInterval        = 10 * time.Second
	pongWait            = 30 * time.Second
	socketWriteTimeout  = 10 * time.Second
	maxSocketFrame      = 1 << 20
	connectionCloseWait = time.Second

	// https://docs.slack.dev/interactivity/handling-user-interaction
	ackTimeout      = 3 * time.Second
	triggerTTL      = 3 * time.Second
	rememberTrigger = time.Hour // how long an expired trigger is told from an unknown one
	responseTTL     = 30 * time.Minute
	maxResponseUses = 5

	uploadTTL        = time.Hour
	fileDelay        = 300 * time.Millisecond // undocumented, and longer for large files; our own
	maxFileTypes     = 100                    // of a file_input; undocumented, our own bound
	maxMessageFiles  = 10                     // https://slack.com/help/articles/201330736-Add-files-to-Slack
	maxUploadBytes   = 1 << 30                // https://docs.slack.dev/messaging/working-with-files
	maxRequestBody   = 4 << 20                // of a Web API or control request; our own bound
	maxControlUpload = 100 << 20              // of a file that a person uploads on the page; our own bound
)
