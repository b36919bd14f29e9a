package app

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"wainao/delivery"
	"wainao/lang"
	"wainao/people"
	"wainao/policy"
)

// Config is everything that an operator can set. It is made of defaults, a
// YAML file over them and environment variables over both; [LoadConfig] does
// that.
type Config struct {
	Slack    SlackConfig    `yaml:"slack"`
	Storage  StorageConfig  `yaml:"storage"`
	Policy   PolicyConfig   `yaml:"policy"`
	Channels ChannelConfig  `yaml:"channels"`
	People   []PersonConfig `yaml:"people"`
	Jobs     JobsConfig     `yaml:"jobs"`
	Ledger   LedgerConfig   `yaml:"ledger"`

	Reminders  RemindersConfig  `yaml:"reminders"`
	Evaluation EvaluationConfig `yaml:"evaluation"`

	Health HealthConfig `yaml:"health"`
	Log    LogConfig    `yaml:"log"`
}

// SlackConfig says how to reach Slack. With an app token events come over
// Socket Mode; with a signing secret and Listen they come over signed HTTP.
type SlackConfig struct {
	BotToken      Secret `yaml:"bot_token"`      // SLACK_BOT_TOKEN, "xoxb-…".
	AppToken      Secret `yaml:"app_token"`      // SLACK_APP_TOKEN, "xapp-…".
	SigningSecret Secret `yaml:"signing_secret"` // SLACK_SIGNING_SECRET.
	Listen        string `yaml:"listen"`         // Address for signed HTTP delivery; empty is Socket Mode.
	APIURL        string `yaml:"api_url"`        // SLACK_API_URL, for a compatible server; empty is Slack.
}

// StorageConfig says where the journal is kept: in MongoDB when a URI is
// given, otherwise in an embedded file in the data folder.
type StorageConfig struct {
	MongoURI   Secret `yaml:"mongodb_uri"` // MONGODB_URI.
	Database   string `yaml:"database"`    // Used when the URI names none.
	Collection string `yaml:"collection"`  // Where the journal is in MongoDB; must not be sharded.
	Data       string `yaml:"data"`        // WAINAO_DATA, the folder.
}

// PolicyConfig holds what belongs to the policy's text.
type PolicyConfig struct {
	Text string `yaml:"text"` // File with the official document; may be empty.
}

// ChannelConfig names the channels that the bot posts to, by name or id.
type ChannelConfig struct {
	Leadership  string `yaml:"leadership"`  // Gets the weekly digest.
	Secretariat string `yaml:"secretariat"` // Gets each report for review.
}

// PersonConfig gives one person a role. It is written into the journal at the
// start when it says something else than it last said: what is changed in chat
// stays.
type PersonConfig struct {
	User      string    `yaml:"user"`      // Slack user id or user name.
	Name      lang.Text `yaml:"name"`      // In both languages, zh and en.
	Roles     []string  `yaml:"roles"`     // liaison, deputy, lead, member, secretariat, leader, admin.
	Districts []string  `yaml:"districts"` // Of a liaison, a deputy, a lead: ids, names or short names.
}

// JobsConfig says what is posted again and again, and when. What is changed in
// chat wins over it until it is reset there.
type JobsConfig struct {
	Digest    JobConfig `yaml:"weekly-digest"`    // To channels.leadership and each leader when it names nobody.
	Reminders JobConfig `yaml:"reminders"`        // To those who owe a report; to and roles have no say.
	Monthly   JobConfig `yaml:"monthly-note"`     // Tells each liaison how their district stands.
	Queue     JobConfig `yaml:"queue-note"`       // Tells the secretariat what waits for it, when anything does.
	Holidays  JobConfig `yaml:"holidays"`         // Tells the administrators when a year's holidays are missing.
	Begin     JobConfig `yaml:"evaluation-begin"` // Tells the secretariat when the year's evaluation is to be begun, until it is.
}

// JobConfig is the schedule of one job.
type JobConfig struct {
	Spec    string        `yaml:"spec"`     // Five cron fields: minute, hour, day, month, weekday.
	Zone    string        `yaml:"zone"`     // IANA name.
	CatchUp time.Duration `yaml:"catch_up"` // How late a slot missed while the bot was down is still posted.
	On      string        `yaml:"on"`       // any, workday (others are left out), next-workday (moved to it), 10-workdays-before-deadline (0 to 60).
	Quiet   string        `yaml:"quiet"`    // Hours in which nothing is posted, as 22:00-08:00; empty is none.
	To      []string      `yaml:"to"`       // Channels by name or id, people by id.
	Roles   []string      `yaml:"roles"`    // Everybody with one of these roles.
	Off     bool          `yaml:"off"`      // Then it is posted on request only.
}

// HealthConfig says where the health page listens.
type HealthConfig struct {
	Listen string `yaml:"listen"` // Empty turns it off.
}

// LogConfig shapes the log on standard error.
type LogConfig struct {
	Level  string `yaml:"level"`  // debug, info, warn, error.
	Format string `yaml:"format"` // text, json.
}

// Secret is a string that never shows itself in a log or an error.
type Secret string

// String hides the secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "(set)"
}

// LogValue hides the secret.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// DefaultConfig returns the configuration that holds where nothing is set.
func DefaultConfig() Config {
	return Config{
		Storage:  StorageConfig{Database: "wainao", Collection: "journal", Data: DefaultDataDir},
		Channels: ChannelConfig{Leadership: "leadership", Secretariat: "secretariat"},
		Jobs: JobsConfig{
			Digest:    JobConfig{Spec: "0 9 * * 1", Zone: delivery.DefaultZone, CatchUp: 48 * time.Hour, On: "any", To: []string{}, Roles: []string{}},
			Reminders: JobConfig{Spec: "30 9 * * *", Zone: delivery.DefaultZone, CatchUp: 8 * time.Hour, On: "workday", To: []string{}, Roles: []string{}},
			Monthly: JobConfig{
				Spec: "0 9 1 * *", Zone: delivery.DefaultZone, CatchUp: 48 * time.Hour, On: "next-workday", To: []string{}, Roles: []string{string(people.Liaison)},
			},
			Queue: JobConfig{
				Spec: "0 9 * * *", Zone: delivery.DefaultZone, CatchUp: 8 * time.Hour, On: "workday", To: []string{}, Roles: []string{string(people.Secretariat)},
			},
			Begin: JobConfig{
				Spec: "0 10 * * 1", Zone: delivery.DefaultZone, CatchUp: 48 * time.Hour, On: "next-workday", To: []string{}, Roles: []string{string(people.Secretariat)},
			},
			Holidays: JobConfig{
				Spec: "0 9 * * 1", Zone: delivery.DefaultZone, CatchUp: 48 * time.Hour, On: "next-workday", To: []string{}, Roles: []string{string(people.Admin)},
			},
		},
		Ledger: defaultLedger(), Reminders: defaultReminders(), Evaluation: EvaluationConfig{BeginBy: "10-15"},
		Health: HealthConfig{Listen: "127.0.0.1:8086"},
		Log:    LogConfig{Level: "info", Format: "text"},
	}
}

// DefaultDataDir is the folder for embedded data where none is named.
const DefaultDataDir = "wainao-data"

// LoadConfig reads path over the defaults, then the environment over both, and
// checks the result. An empty path reads no file. Everything that is wrong is
// reported at once; an unknown key is wrong.
func LoadConfig(path string, getenv func(string) string) (Config, error) {
	c := DefaultConfig()
	if path != "" {
		raw, err := os.ReadFile(path) //nolint:gosec // The operator names the file.
		if err != nil {
			return c, fmt.Errorf("read configuration: %w", err)
		}
		if err := decodeConfig(raw, &c); err != nil {
			return c, fmt.Errorf("configuration %s: %w", path, err)
		}
	}
	for name, field := range map[string]*string{
		"SLACK_BOT_TOKEN":      (*string)(&c.Slack.BotToken),
		"SLACK_APP_TOKEN":      (*string)(&c.Slack.AppToken),
		"SLACK_SIGNING_SECRET": (*string)(&c.Slack.SigningSecret),
		"SLACK_API_URL":        &c.Slack.APIURL,
		"MONGODB_URI":          (*string)(&c.Storage.MongoURI),
		"WAINAO_DATA":          &c.Storage.Data,
		"WAINAO_LOG_LEVEL":     &c.Log.Level,
	} {
		if v := getenv(name); v != "" {
			*field = v
		}
	}
	if err := c.Check(); err != nil {
		return c, fmt.Errorf("configuration %s:\n%w", path, err)
	}
	return c, nil
}

func decodeConfig(raw []byte, c *Config) error {
	d := yaml.NewDecoder(bytes.NewReader(raw), yaml.DisallowUnknownField(), yaml.Strict())
	if err := d.Decode(c); err != nil && !errors.Is(err, io.EOF) { // An empty file sets nothing.
		return err
	}
	return nil
}

// Check reports everything in the configuration that cannot work. It looks at
// no network and at no file but the policy text's.
func (c Config) Check() error {
	var problems []error
	add := func(format string, args ...any) { problems = append(problems, fmt.Errorf("  "+format, args...)) }

	if t := string(c.Slack.BotToken); t != "" && !strings.HasPrefix(t, "xoxb-") {
		add("slack.bot_token (SLACK_BOT_TOKEN): a bot token starts with xoxb-")
	}
	if t := string(c.Slack.AppToken); t != "" && !strings.HasPrefix(t, "xapp-") {
		add("slack.app_token (SLACK_APP_TOKEN): an app token starts with xapp-")
	}
	if c.Slack.Listen != "" && c.Slack.SigningSecret == "" {
		add("slack.signing_secret (SLACK_SIGNING_SECRET): signed HTTP delivery at slack.listen needs it")
	}
	if c.Slack.APIURL != "" {
		if u, err := url.Parse(c.Slack.APIURL); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			add("slack.api_url (SLACK_API_URL): want a URL such as http://127.0.0.1:8080/api/")
		}
	}
	if c.Storage.MongoURI == "" && c.Storage.Data == "" {
		add("storage: name a MongoDB in mongodb_uri (MONGODB_URI) or a folder in data (--data)")
	}
	if c.Policy.Text != "" {
		if _, err := os.Stat(c.Policy.Text); errors.Is(err, fs.ErrNotExist) {
			add("policy.text: there is no file %s", c.Policy.Text)
		}
	}
	_, wrong := c.jobs()
	for _, err := range wrong {
		add("%w", err)
	}
	c.Ledger.check(add)
	c.Reminders.check(add)
	c.Evaluation.check(add)
	if _, err := c.Log.level(); err != nil {
		add("log.level: %w", err)
	}
	if c.Log.Format != "text" && c.Log.Format != "json" {
		add("log.format: want text or json, not %q", c.Log.Format)
	}
	seen := map[string]bool{}
	for i, p := range c.People {
		if p.User == "" {
			add("people[%d].user: whose role is it? a Slack user id or name is missing", i)
		}
		if seen[p.User] {
			add("people[%d].user: %s is listed twice", i, p.User)
		}
		seen[p.User] = true
		for _, err := range p.check() {
			add("people[%d] (%s): %w", i, p.User, err)
		}
	}
	return errors.Join(problems...)
}

func (p PersonConfig) check() []error {
	var problems []error
	if len(p.Roles) == 0 {
		problems = append(problems, errors.New("roles: none given"))
	}
	for _, r := range p.Roles {
		if !people.Role(r).Valid() {
			problems = append(problems, fmt.Errorf("roles: there is no role %q; the roles are %s", r, people.RoleNames()))
		}
	}
	for _, d := range p.Districts {
		if _, ok := policy.Default().FindDistrict(d); !ok {
			problems = append(problems, fmt.Errorf("districts: there is no district %q", d))
		}
	}
	if len(problems) > 0 || p.User == "" {
		return problems
	}
	if fields, wrong := errors.AsType[lang.FieldProblems](p.person().Check()); wrong {
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			problems = append(problems, fmt.Errorf("%s: %s", name, fields[name].Words.EN))
		}
	}
	return problems
}

func (c LogConfig) level() (slog.Level, error) {
	var l slog.Level
	if err := l.UnmarshalText([]byte(c.Level)); err != nil {
		return l, fmt.Errorf("want debug, info, warn or error, not %q", c.Level)
	}
	return l, nil
}

// Logger returns the logger that the configuration describes, writing to w.
func (c LogConfig) Logger(w io.Writer) *slog.Logger {
	level, err := c.level()
	if err != nil {
		level = slog.LevelInfo
	}
	o := &slog.HandlerOptions{Level: level}
	if c.Format == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}
