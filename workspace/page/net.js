// Talking with the workspace: its control API, its state, its events.

/** Posts JSON to /control/<name>. Never throws: a failure is {ok: false, error}. */
export async function post(name, body) {
  try {
    const response = await fetch(`/control/${name}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    const answer = await response.json();
    return { ...answer, ok: response.ok && answer.ok !== false };
  } catch {
    return { ok: false, error: 'network' };
  }
}

/** Sends files as a person into a channel, in one message: with a text, in a thread. Without a channel they are for a form. */
export async function upload(user, channel, files, { text = '', thread = '' } = {}) {
  const form = new FormData();
  form.append('user', user);
  if (channel) form.append('channel', channel);
  if (text) form.append('text', text);
  if (thread) form.append('thread_ts', thread);
  for (const file of files) form.append('file', file, file.name);
  try {
    const response = await fetch('/control/upload', { method: 'POST', body: form });
    const answer = await response.json();
    return { ...answer, ok: response.ok && answer.ok !== false };
  } catch {
    return { ok: false, error: 'network' };
  }
}

const WAIT = [500, 1000, 2000, 3000, 5000];

/**
 * Follows the workspace: onState(state) after every change, onLink('ok' | 'reconnecting' | 'gone').
 * Events only say that something changed; the state is fetched whole, never twice at a time.
 */
export class Follow {
  constructor(onState, onLink) {
    this.onState = onState;
    this.onLink = onLink;
    this.rev = null;
    this.tries = 0;
    this.connect();
    // A browser opens few connections to one server: a page that nobody looks
    // at gives its own back and asks now and then instead.
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.connect();
      else this.rest();
    });
    addEventListener('pagehide', () => this.source?.close());
    addEventListener('pageshow', (e) => { if (e.persisted) this.connect(); });
  }

  rest() {
    clearTimeout(this.timer);
    this.source?.close();
    this.timer = setTimeout(() => { this.refresh(); this.rest(); }, 10000);
  }

  connect() {
    clearTimeout(this.timer);
    this.source?.close();
    const source = new EventSource('/page/events');
    this.source = source;
    source.onmessage = () => {
      this.up();
      this.refresh();
    };
    source.onopen = () => this.refresh();
    source.onerror = () => {
      source.close();
      if (this.source === source) this.down();
    };
  }

  up() {
    this.tries = 0;
    this.onLink('ok');
  }

  down() {
    // A server that starts again may count its revisions anew.
    this.rev = null;
    this.onLink(this.tries < 2 ? 'reconnecting' : 'gone');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), WAIT[Math.min(this.tries++, WAIT.length - 1)]);
  }

  /** Fetches the state unless it is the one we have; resolves when it has been shown. */
  refresh() {
    if (this.fetching) {
      this.again = true;
      return this.fetching;
    }
    this.fetching = this.load().finally(() => {
      this.fetching = null;
      if (this.again) {
        this.again = false;
        this.refresh();
      }
    });
    return this.fetching;
  }

  async load() {
    let state;
    try {
      const response = await fetch(this.rev === null ? '/control/state' : `/control/state?since=${this.rev}`, { cache: 'no-store' });
      if (response.status === 304) return;
      if (!response.ok) throw new Error(`state: ${response.status}`);
      state = await response.json();
    } catch {
      this.onLink('reconnecting');
      return;
    }
    this.rev = state.rev;
    try {
      this.onState(state);
    } catch (error) {
      console.error(error);
    }
  }
}
