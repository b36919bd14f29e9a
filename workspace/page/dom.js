// Small helpers for building the page. Everything on the page is made of DOM
// nodes and text nodes: no string of data is ever parsed as HTML.

/** Builds an element. Properties: class, data (object), on (object of listeners), any attribute. */
export function h(tag, props, ...children) {
  const el = document.createElement(tag);
  setProps(el, props);
  append(el, children);
  return el;
}

const SVG = 'http://www.w3.org/2000/svg';

/** Builds an SVG element; same properties as h. */
export function svg(tag, props, ...children) {
  const el = document.createElementNS(SVG, tag);
  setProps(el, props);
  append(el, children);
  return el;
}

function setProps(el, props) {
  for (const [key, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key === 'class') el.setAttribute('class', value);
    else if (key === 'data') for (const [k, v] of Object.entries(value)) { if (v !== undefined && v !== null) el.dataset[k] = v; }
    else if (key === 'on') for (const [k, v] of Object.entries(value)) el.addEventListener(k, v);
    else el.setAttribute(key, value === true ? '' : String(value));
  }
}

export function append(el, children) {
  for (const child of [children].flat(9)) {
    if (child === undefined || child === null || child === false) continue;
    el.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return el;
}

/** Replaces all children of el. */
export function fill(el, ...children) {
  el.replaceChildren();
  return append(el, children);
}

let nextID = 0;
/** A fresh id for aria references. */
export const uid = (prefix) => `${prefix}-${++nextID}`;

// Icons are drawn by hand on a 20×20 grid, one or two strokes each.
const ICONS = {
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  hash: 'M7.5 3 6 17M14 3l-1.5 14M3.5 7.5h14M2.5 12.5h14',
  lock: 'M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  chat: 'M3 4h14v9.5H9L5.5 17v-3.5H3z',
  home: 'M3 9.5 10 3l7 6.5M5 8.5V17h10V8.5M8.5 17v-4.5h3V17',
  search: 'M8.5 3.5a5 5 0 1 0 0 10 5 5 0 0 0 0-10zM12.5 12.5 17 17',
  close: 'M5 5l10 10M15 5 5 15',
  back: 'M12 4l-6 6 6 6',
  down: 'M5 8l5 5 5-5',
  arrowDown: 'M10 4v12M5 11l5 5 5-5',
  send: 'M3 4l14 6-14 6 2-6zM5 10h6',
  thread: 'M4 4h12v8H9l-3.5 3.5V12H4z',
  link: 'M8.5 11.5a3 3 0 0 0 4.3.2l2.8-2.8a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3-.2l-2.8 2.8a3 3 0 0 0 4.3 4.3l1-1',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
  clip: 'M14.5 9.5l-5 5a3 3 0 0 1-4.3-4.3l6-6a2 2 0 0 1 2.9 2.9l-5.8 5.8a1 1 0 0 1-1.4-1.4l4.8-4.8',
  file: 'M5.5 2.5h6l3.5 3.5v11.5h-9.5zM11.5 2.5V6H15',
  sun: 'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.4 4.4l1 1M14.6 14.6l1 1M4.4 15.6l1-1M14.6 5.4l1-1',
  moon: 'M15.5 12.5A6.5 6.5 0 0 1 7.5 4.5a6.5 6.5 0 1 0 8 8z',
  auto: 'M3 4h14v9.5H3zM7 17h6M10 13.5V17',
  eye: 'M2 10c2-3.5 5-5 8-5s6 1.5 8 5c-2 3.5-5 5-8 5s-6-1.5-8-5zM10 7.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6z',
  warn: 'M10 3l7.5 13.5h-15zM10 8v4M10 14.3v.01',
  info: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM10 9v5M10 6.3v.01',
  check: 'M4 10.5l4 4 8-9',
  people: 'M7.5 4a2.7 2.7 0 1 0 0 5.4A2.7 2.7 0 0 0 7.5 4zM2.5 16.5c0-3 2-5 5-5s5 2 5 5M13 4.6a2.5 2.5 0 0 1 0 4.4M14.5 11.9c2 .6 3 2.3 3 4.6',
  at: 'M10 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM13 7v4.2a2 2 0 0 0 4 0V10a7 7 0 1 0-3 5.7',
  slash: 'M13 3 7 17',
  bulb: 'M7.5 13.5a5 5 0 1 1 5 0v2h-5zM8.5 17.8h3',
  play: 'M6 4l10 6-10 6z',
  bolt: 'M11 2.5 4.5 11h4.700L8.500 17.500 15.500 8.500h-4.700z',
  thumb: 'M3 9h3v7.5H3zM6 9l3.5-6c1.5 0 2 1 1.8 2.2L10.7 8h4.8c1 0 1.7.9 1.5 1.9l-1 5c-.2.9-.9 1.6-1.8 1.6H6',
};

/** A decorative icon; the text beside it, or an aria-label, says what it means. */
export function icon(name, size = 20) {
  return svg('svg', { class: `icon icon-${name}`, viewBox: '0 0 20 20', width: size, height: size, 'aria-hidden': 'true', focusable: 'false' },
    svg('path', { d: ICONS[name] || ICONS.info }));
}

/** The initials shown in an avatar: the last two characters of a Chinese name, or two Latin initials. */
export function initials(name) {
  const text = (name || '?').trim();
  if (/[\u3400-\u9fff]/.test(text)) {
    const chars = [...text.replace(/[^\u3400-\u9fff]/g, '')];
    return chars.slice(-2).join('');
  }
  const words = text.split(/[\s_-]+/).filter(Boolean);
  return (words.length > 1 ? words[0][0] + words[words.length - 1][0] : text.slice(0, 2)).toUpperCase();
}

/** A colour index from 0 to 9 that stays the same for an id. */
export function hue(id) {
  let sum = 7;
  for (const ch of String(id)) sum = (sum * 31 + ch.codePointAt(0)) >>> 0;
  return sum % 10;
}

/** The hand-drawn mark of 外脑: a gate's roof line over a thought. */
export function botMark(size) {
  return svg('svg', { class: 'bot-mark', viewBox: '0 0 36 36', width: size, height: size, 'aria-hidden': 'true', focusable: 'false' },
    svg('rect', { class: 'bot-bg', x: 0, y: 0, width: 36, height: 36, rx: 8 }),
    svg('path', { class: 'bot-roof', d: 'M5.5 14.5c4 .2 7.5-1.7 12.5-6.3 5 4.6 8.500 6.500 12.500 6.300' }),
    svg('path', { class: 'bot-wall', d: 'M10 16.500v10.500M26 16.500v10.500' }),
    svg('circle', { class: 'bot-dot', cx: 18, cy: 21, r: 3.600 }));
}

/** The avatar of a person or of the bot. */
export function avatar(who, size = 36) {
  if (who.bot) return h('span', { class: `avatar s${size}`, 'aria-hidden': 'true' }, botMark(size));
  return h('span', { class: `avatar s${size} hue${who.hue ?? hue(who.id)}`, 'aria-hidden': 'true' }, initials(who.real));
}

/** Reads and writes one JSON value in localStorage; a browser that refuses storage only forgets. */
export const memory = {
  get(key, fallback) {
    try {
      const raw = localStorage.getItem(`wainao.${key}`);
      return raw === null ? fallback : JSON.parse(raw);
    } catch {
      return fallback;
    }
  },
  set(key, value) {
    try {
      if (value === undefined) localStorage.removeItem(`wainao.${key}`);
      else localStorage.setItem(`wainao.${key}`, JSON.stringify(value));
    } catch { /* Storage is full or switched off: the page works, it just does not remember. */ }
  },
};

/** The size of a file in words. */
export const fileSize = (n) => (n >= 1 << 20 ? `${(n / (1 << 20)).toFixed(1)} MB` : n >= 1024 ? `${Math.round(n / 1024)} KB` : `${n || 0} B`);

/** The address when it is safe to link to (whole, or a path here; http, https, mailto), otherwise null. */
export function safeURL(raw) {
  try {
    const text = String(raw).trim();
    const url = /^\/(?![/\\])/.test(text) ? new URL(text, location.origin) : new URL(text);
    return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** True for an address that this workspace itself serves, whichever loopback name it was written with. */
export function isOwn(url) {
  if (url.origin === location.origin) return true;
  return LOOPBACK.includes(url.hostname) && LOOPBACK.includes(location.hostname) && url.port === location.port;
}

/** The address of a picture or file that this page may load: same origin only, as the page's policy says. */
export function ownSource(raw) {
  const url = safeURL(raw);
  return url && isOwn(url) ? url.pathname + url.search : null;
}

/** A link that opens beside the page; links into this workspace stay in it. */
export function link(raw, children, props = {}) {
  const url = safeURL(raw);
  if (!url) return h('span', { class: 'bad-link', title: String(raw) }, children);
  if (isOwn(url) && url.protocol !== 'mailto:') return h('a', { href: url.pathname + url.search + url.hash, ...props }, children);
  return h('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer', ...props }, children);
}

// Slack's timestamps are seconds with six digits after the point. All times
// on the page are Suzhou's, whatever the reader's clock says.
export const ZONE = 'Asia/Shanghai';
const locale = (lang) => (lang === 'en' ? 'en-GB' : 'zh-CN');
const formats = new Map();
function format(lang, options) {
  const key = lang + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale(lang), { timeZone: ZONE, ...options }));
  return formats.get(key);
}
export const tsDate = (ts) => new Date(Number(ts) * 1000);
export const clock = (ts, lang) => format(lang, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(tsDate(ts));
export const dayKey = (ts) => format('en', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(tsDate(ts));
export const fullTime = (ts, lang) => format(lang, { dateStyle: 'full', timeStyle: 'medium' }).format(tsDate(ts));
export const shortDate = (ts, lang) => format(lang, { month: 'short', day: 'numeric' }).format(tsDate(ts));
export function dayName(ts, lang, t) {
  const key = dayKey(ts);
  const now = Date.now() / 1000;
  if (key === dayKey(now)) return t('today');
  if (key === dayKey(now - 86400)) return t('yesterday');
  return format(lang, { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' }).format(tsDate(ts));
}
/** Fills a Slack date format such as "{date_short} {time}". */
export function slackDate(seconds, pattern, lang) {
  const date = new Date(Number(seconds) * 1000);
  const f = (o) => format(lang, o).format(date);
  const forms = {
    date_num: () => f({ year: 'numeric', month: '2-digit', day: '2-digit' }),
    date_slash: () => f({ year: 'numeric', month: '2-digit', day: '2-digit' }),
    date: () => f({ year: 'numeric', month: 'long', day: 'numeric' }),
    date_short: () => f({ year: 'numeric', month: 'short', day: 'numeric' }),
    date_long: () => f({ year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' }),
    time: () => f({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    time_secs: () => f({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }),
    ago: () => f({ dateStyle: 'medium', timeStyle: 'short' }),
  };
  return pattern.replace(/\{(\w+)\}/g, (all, name) => {
    const form = forms[name] || forms[name.replace(/_pretty$/, '')];
    return form ? form() : all;
  });
}
