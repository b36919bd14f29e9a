// Slack's mrkdwn, as a message's text or a text object carries it, to nodes.
import { h, link, slackDate } from './dom.js';
import { withEmoji } from './emoji.js';

/** Undoes Slack's three escapes. */
export const unescape = (s) => s.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

/** A person's name as a mention. */
export function userMention(id, ctx) {
  const who = ctx.person(id);
  if (!who) return h('span', { class: 'mention' }, `@${id}`);
  return h('span', { class: id === ctx.me ? 'mention me' : 'mention', title: who.title || undefined }, `@${who.real}`);
}

/** A channel's name as a link to it. */
export function channelMention(id, ctx, label) {
  const channel = ctx.channel(id);
  if (!channel) return h('span', { class: 'mention' }, `#${label || id}`);
  return h('button', { type: 'button', class: 'mention link', on: { click: () => ctx.openChannel(channel.id) } }, `#${channel.name}`);
}

function reference(inner, ctx) {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? '' : inner.slice(bar + 1);
  if (target[0] === '@') return userMention(target.slice(1), ctx);
  if (target[0] === '#') return channelMention(target.slice(1), ctx, unescape(label));
  if (target.startsWith('!date^')) {
    const [, seconds, pattern, url] = target.split('^');
    const text = /^\d+$/.test(seconds || '') ? slackDate(seconds, unescape(pattern || '{date_num} {time}'), ctx.lang) : unescape(label);
    const node = h('time', { datetime: /^\d+$/.test(seconds || '') ? new Date(Number(seconds) * 1000).toISOString() : undefined, title: unescape(label) || undefined }, text);
    return url ? link(unescape(url), node) : node;
  }
  if (target[0] === '!') return h('span', { class: 'mention me' }, `@${unescape(label) || target.slice(1).split('^').pop()}`);
  return link(unescape(target), label ? inline(label, ctx) : unescape(target).replace(/^mailto:/, ''));
}

// A marker opens after the start, a space or punctuation and closes before one.
// Chinese characters count as boundaries too, as there are no spaces between them.
const boundary = /[\s\p{P}\p{S}\p{Script=Han}]/u;
const STYLES = { '*': 'strong', _: 'em', '~': 's' };

function closing(text, from, mark) {
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === '\n') return -1;
    if (text[i] === '<') {
      const end = text.indexOf('>', i);
      if (end > 0) i = end;
      continue;
    }
    if (text[i] === mark && i > from + 1 && !/\s/.test(text[i - 1]) && (i + 1 === text.length || (text[i + 1] !== mark && boundary.test(String.fromCodePoint(text.codePointAt(i + 1)))))) return i;
  }
  return -1;
}

/** Inline mrkdwn: styles, code, references, emoji. */
export function inline(text, ctx) {
  const out = [];
  let plain = '';
  const flush = () => {
    if (plain) out.push(...withEmoji(unescape(plain)));
    plain = '';
  };
  for (let i = 0; i < text.length; i++) {
    const ch = text[i];
    if (ch === '<') {
      const end = text.indexOf('>', i);
      const inner = end < 0 ? '' : text.slice(i + 1, end);
      if (inner && !/\s/.test(inner[0]) && !inner.includes('<')) {
        flush();
        out.push(reference(inner, ctx));
        i = end;
        continue;
      }
    } else if (ch === '`') {
      const end = text.indexOf('`', i + 1);
      if (end > i + 1 && !text.slice(i, end).includes('\n')) {
        flush();
        out.push(h('code', {}, unescape(text.slice(i + 1, end))));
        i = end;
        continue;
      }
    } else if (STYLES[ch] && text[i + 1] !== ch && text[i + 1] !== undefined && !/\s/.test(text[i + 1]) && (i === 0 || boundary.test(text[i - 1]))) {
      const end = closing(text, i, ch);
      if (end > 0) {
        flush();
        out.push(h(STYLES[ch], {}, inline(text.slice(i + 1, end), ctx)));
        i = end;
        continue;
      }
    } else if (ch === '\n') {
      flush();
      out.push(h('br'));
      continue;
    }
    plain += ch;
  }
  flush();
  return out;
}

function lines(text, ctx) {
  const out = [];
  const rows = text.split('\n');
  for (let i = 0; i < rows.length; i++) {
    const quote = /^(?:&gt;|>) ?/;
    if (quote.test(rows[i])) {
      const quoted = [];
      while (i < rows.length && quote.test(rows[i])) quoted.push(rows[i++].replace(quote, ''));
      i--;
      out.push(h('blockquote', {}, inline(quoted.join('\n'), ctx)));
      continue;
    }
    const item = /^(\s*)([•◦▪–-]|\d{1,3}[.)])\s+(.+)$/;
    let match = item.exec(rows[i]);
    if (match) {
      const ordered = /\d/.test(match[2]);
      const list = h(ordered ? 'ol' : 'ul', { class: 'mrk-list', start: ordered ? parseInt(match[2], 10) : undefined });
      while (i < rows.length && (match = item.exec(rows[i])) && /\d/.test(match[2]) === ordered) {
        list.append(h('li', { class: match[1].length > 1 ? 'deep' : undefined }, inline(match[3], ctx)));
        i++;
      }
      i--;
      out.push(list);
      continue;
    }
    const run = [];
    while (i < rows.length && !quote.test(rows[i]) && !item.test(rows[i])) run.push(rows[i++]);
    i--;
    if (out.length && run[0] === '') run.shift();
    if (run.length > 1 && i < rows.length - 1 && run[run.length - 1] === '') run.pop();
    if (run.join('') || !out.length) out.push(h('div', { class: 'para' }, inline(run.join('\n'), ctx)));
    else out.push(h('div', { class: 'gap' }));
  }
  return out;
}

/** A whole mrkdwn text: preformatted blocks, quotes, lists and lines. */
export function mrkdwn(text, ctx) {
  const out = [];
  const parts = String(text ?? '').split('```');
  parts.forEach((part, n) => {
    // An odd part stands between two fences; a last fence without a partner is plain text.
    if (n % 2 === 1 && n < parts.length - 1) out.push(h('pre', { tabindex: 0 }, unescape(part.replace(/^\n/, '').replace(/\n$/, ''))));
    else {
      const body = n % 2 === 1 ? '```' + part : part;
      const trimmed = n > 0 ? body.replace(/^\n/, '') : body;
      if (trimmed.trim()) out.push(...lines(n < parts.length - 1 ? trimmed.replace(/\n$/, '') : trimmed, ctx));
    }
  });
  return h('div', { class: 'mrkdwn' }, out);
}

/** A text object: mrkdwn or plain_text. One line of it where asOne is true. */
export function textObject(text, ctx, asOne = false) {
  if (!text) return null;
  if (typeof text === 'string') return h('span', {}, withEmoji(text));
  if (text.type === 'mrkdwn') return asOne ? h('span', { class: 'mrkdwn' }, inline(text.text || '', ctx)) : mrkdwn(text.text, ctx);
  return h(asOne ? 'span' : 'div', { class: 'plain' }, withEmoji(text.text || '', text.emoji !== false));
}

/** The words of a mrkdwn text without its marks, for titles and announcements. */
export function plainWords(text, ctx) {
  const node = h('div', {}, inline(String(text ?? '').replace(/```/g, ' '), ctx));
  return node.textContent.replace(/\s+/g, ' ').trim();
}
