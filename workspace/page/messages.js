// The list of messages: days, groups, app messages, ephemerals, threads.
import { avatar, clock, dayKey, dayName, fileSize, fullTime, h, icon, link, ownSource, shortDate, tsDate } from './dom.js';
import { blockNodes, picture } from './blocks.js';
import { emojiChar, emojiNode } from './emoji.js';
import { menuButton } from './menu.js';
import { mrkdwn } from './mrkdwn.js';

const GROUP_SECONDS = 300;
const PAGE = 200;

function files(list, ctx) {
  return h('div', { class: 'files' }, list.map((f) => {
    if (/^image\//.test(f.mimetype || '') && f.url) return h('figure', { class: 'figure' }, h('figcaption', {}, f.title || f.name), picture(f.url, f.alt_txt || f.name, ctx, { title: f.title || f.name }));
    const src = ownSource(f.url || '');
    const body = [icon('file', 24), h('span', { class: 'file-words' }, h('strong', {}, f.title || f.name), h('small', {}, [f.title && f.title !== f.name ? f.name : f.name.split('.').pop().toUpperCase(), fileSize(f.size)].join(' · ')))];
    return src ? link(`${src}?download=1`, [body, h('span', { class: 'file-get' }, icon('arrowDown', 16), ctx.t('download'))], { class: 'file', download: f.name, data: { testid: 'file', fileId: f.id }, 'aria-label': `${ctx.t('download')}: ${f.name}, ${fileSize(f.size)}` }) : h('span', { class: 'file' }, body);
  }));
}

function reactions(m, ctx) {
  return h('div', { class: 'reactions' }, m.reactions.map((r) => {
    const mine = (r.users || []).includes(ctx.me);
    const names = (r.users || []).map((id) => ctx.person(id)?.real || id).join(ctx.lang === 'en' ? ', ' : '、');
    return h('button', { type: 'button', class: `reaction${mine ? ' mine' : ''}`, title: names, 'aria-pressed': String(mine), 'aria-label': `${r.name.replace(/_/g, ' ')} ${r.count ?? r.users?.length ?? 1} · ${names}`, on: { click: () => { if (!mine) ctx.react(m.ts, r.name); } } },
      emojiChar(r.name) ? emojiNode(emojiChar(r.name), r.name) : `:${r.name}:`, h('span', {}, ` ${r.count ?? r.users?.length ?? 1}`));
  }));
}

function threadBar(m, row, ctx) {
  const who = [...new Set(row.replies.map((r) => r.user))].slice(0, 4);
  const last = row.replies[row.replies.length - 1];
  const when = dayKey(last.ts) === dayKey(Date.now() / 1000) ? clock(last.ts, ctx.lang) : `${shortDate(last.ts, ctx.lang)} ${clock(last.ts, ctx.lang)}`;
  return h('button', { type: 'button', class: 'thread-bar', data: { testid: 'thread-link' }, on: { click: () => ctx.openThread(m.ts) } },
    h('span', { class: 'stack' }, who.map((id) => avatar(ctx.person(id) || { id, real: id }, 20))),
    h('span', { class: 'count' }, row.replies.length === 1 ? ctx.t('reply1') : ctx.t('replies', row.replies.length)),
    h('span', { class: 'muted' }, ctx.t('lastReply', when)));
}

function tools(m, ctx, inThread) {
  const tool = (name, label, run, testid) => h('button', { type: 'button', class: 'icon-btn', title: label, 'aria-label': label, data: { testid }, on: { click: run } }, icon(name, 17));
  const shortcuts = ctx.shortcuts('message');
  const menu = shortcuts.length ? menuButton({ class: 'icon-btn', title: ctx.t('more'), 'aria-label': ctx.t('more'), data: { testid: 'more' } }, icon('more', 17), shortcuts.map((k) => ({
    value: k.callback_id, testid: 'message-shortcut', node: [h('strong', {}, k.name), h('small', {}, k.description)], run: (from) => ctx.shortcut(k, from, m.ts),
  })), { label: ctx.t('more'), width: 300 }) : null;
  return h('div', { class: 'tools', role: 'group', 'aria-label': ctx.t('more') },
    inThread ? null : tool('thread', ctx.t('openThread'), () => ctx.openThread(m.ts), 'reply'),
    tool('link', ctx.t('copyLink'), () => ctx.copyLink(m.ts), 'copy-link'),
    menu ? [menu.button, menu.menu] : null);
}

/** One message as a node. row: {m, grouped, replies, ephemeral}. */
function messageNode(row, ctx, inThread) {
  const { m } = row;
  const who = ctx.person(m.bot_id && !m.user ? m.bot_id : m.user) || { id: m.user || '?', real: m.user || '?', title: '' };
  if (['channel_join', 'group_join', 'channel_topic', 'channel_purpose'].includes(m.subtype)) {
    return h('div', { class: 'msg system', data: { ts: m.ts }, id: `m-${m.ts}`, role: 'article' }, `${who.real} `, m.subtype.endsWith('_join') ? ctx.t('joinLine') : mrkdwn(m.text, ctx), ' · ', clock(m.ts, ctx.lang));
  }
  const time = h('time', { class: 'time', datetime: tsDate(m.ts).toISOString(), title: `${fullTime(m.ts, ctx.lang)} · ${ctx.t('time_note')}` }, clock(m.ts, ctx.lang));
  const surface = { ...ctx, surface: 'message', act: (action, node) => ctx.act({ ...action, message_ts: m.ts }, node), options: (ask) => ctx.options({ ...ask, message_ts: m.ts }) };
  const body = h('div', { class: 'content' });
  const hasBlocks = m.blocks?.length;
  if (hasBlocks) body.append(...blockNodes(m.blocks, surface));
  else if (m.text) body.append(mrkdwn(m.text, ctx));
  if (m.edited) body.append(h('small', { class: 'edited', title: fullTime(m.edited.ts, ctx.lang) }, ctx.t('edited')));
  if (m.files?.length) body.append(files(m.files, ctx));
  if (m.reactions?.length) body.append(reactions(m, ctx));
  if (!inThread && row.replies?.length) body.append(threadBar(m, row, ctx));
  return h('div', { class: `msg${row.grouped ? ' grouped' : ''}${row.ephemeral ? ' ephemeral' : ''}${who.bot ? ' from-app' : ''}`, role: 'article', 'aria-label': `${who.real} ${clock(m.ts, ctx.lang)}`, tabindex: -1, data: { ts: m.ts, user: m.user, ephemeral: row.ephemeral ? '1' : undefined }, id: inThread ? undefined : `m-${m.ts}` },
    h('div', { class: 'gutter' }, row.grouped ? time : avatar(who)),
    h('div', { class: 'msg-main' },
      row.ephemeral ? h('div', { class: 'only-you' }, icon('eye', 15), ctx.t('onlyYou'), ' · ', h('button', { type: 'button', class: 'text-btn', data: { testid: 'dismiss' }, on: { click: () => ctx.dismiss(m.ts) } }, ctx.t('dismiss'))) : null,
      row.grouped ? null : h('div', { class: 'msg-head' }, h('strong', { class: 'author' }, who.real), who.bot ? h('span', { class: 'badge' }, ctx.t('app')) : null, who.deleted ? h('span', { class: 'badge' }, ctx.t('deactivated')) : null, who.title && !who.bot ? h('span', { class: 'muted title' }, who.title) : null, time),
      body),
    row.ephemeral ? null : tools(m, ctx, inThread));
}

/** A scrolling list that keeps the nodes of messages that did not change. */
export class MessageList {
  constructor(scroller, list, newest, inThread = false) {
    this.scroller = scroller;
    this.list = list;
    this.newest = newest;
    this.inThread = inThread;
    this.nodes = new Map();
    this.key = '';
    this.limit = PAGE;
    this.unseen = 0;
    newest?.addEventListener('click', () => this.toBottom(true));
    // Only the reader's own way up leaves the bottom; a list that grows does not.
    let top = 0;
    scroller.addEventListener('scroll', () => {
      if (this.atBottom()) {
        this.stick = true;
        this.seen();
      } else if (scroller.scrollTop < top - 2) this.stick = false;
      top = scroller.scrollTop;
    }, { passive: true });
    // Pictures change the height after the list was drawn: stay at the bottom where the reader was there.
    const watch = new ResizeObserver(() => { if (this.stick) this.toBottom(); });
    watch.observe(list);
    watch.observe(scroller);
  }

  atBottom() { return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < 60; }

  toBottom(smooth) {
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smooth && !matchMedia('(prefers-reduced-motion: reduce)').matches ? 'smooth' : 'instant' });
    this.stick = true;
    this.seen();
  }

  seen() {
    this.unseen = 0;
    if (this.newest) this.newest.hidden = true;
    this.onSeen?.();
  }

  /** Draws items [{m, replies?, ephemeral?}] in order. key names the place; markAfter is the last ts read before. */
  draw(key, items, ctx, { markAfter, empty } = {}) {
    const fresh = key !== this.key;
    if (fresh) {
      this.key = key;
      this.nodes.clear();
      this.limit = PAGE;
      this.unseen = 0;
      this.list.setAttribute('aria-busy', 'true');
    }
    const stay = !fresh && !this.stick;
    const shown = items.slice(-this.limit);
    const want = [];
    const next = new Map();
    const keep = (id, sign, build) => {
      const held = this.nodes.get(id);
      const entry = held && held.sign === sign ? held : { sign, node: build() };
      next.set(id, entry);
      want.push(entry.node);
      return entry !== held;
    };
    if (items.length > shown.length) keep('earlier', String(items.length), () => h('button', { type: 'button', class: 'btn small earlier', on: { click: () => { this.limit += PAGE; ctx.redraw(); } } }, ctx.t('earlier')));
    if (!items.length && empty) keep('empty', ctx.lang + key, empty);
    let day = '';
    let before = null;
    let marked = false;
    let arrived = 0;
    for (const item of shown) {
      const { m } = item;
      const today = dayKey(m.ts);
      if (today !== day && !this.inThread) {
        day = today;
        before = null;
        keep(`day-${today}`, ctx.lang + dayName(m.ts, ctx.lang, ctx.t), () => h('div', { class: 'day', role: 'separator' }, h('span', {}, dayName(m.ts, ctx.lang, ctx.t))));
      }
      if (markAfter && !marked && m.ts > markAfter && m.user !== ctx.me && !item.ephemeral) {
        marked = true;
        before = null;
        keep('new', ctx.lang, () => h('div', { class: 'new-mark', role: 'separator' }, h('span', {}, ctx.t('newMessages'))));
      }
      const grouped = before && before.m.user === m.user && Boolean(before.ephemeral) === Boolean(item.ephemeral) && !item.ephemeral && !m.subtype && !before.m.subtype && m.ts - before.m.ts < GROUP_SECONDS;
      const sign = JSON.stringify([m, grouped, item.replies?.length, item.replies?.at(-1)?.ts, ctx.lang, ctx.me, ctx.person(m.user)?.deleted, ctx.pictures(m.blocks)]);
      const row = { ...item, grouped };
      const isNew = !this.nodes.has(`m-${m.ts}`);
      keep(`m-${m.ts}`, sign, () => messageNode(row, ctx, this.inThread));
      if (isNew && !fresh && m.user !== ctx.me) arrived++;
      before = item;
      if (this.inThread && item === shown[0]) {
        before = null;
        const n = shown.length - 1;
        keep('count', ctx.lang + n, () => h('div', { class: 'day thread-count', role: 'separator' }, h('span', {}, n === 0 ? ctx.t('noReplies') : n === 1 ? ctx.t('reply1') : ctx.t('replies', n))));
      }
    }
    const wanted = new Set(want);
    for (const child of [...this.list.children]) if (!wanted.has(child)) child.remove();
    want.forEach((node, n) => { if (this.list.children[n] !== node) this.list.insertBefore(node, this.list.children[n] || null); });
    this.nodes = next;
    if (fresh) {
      this.toBottom();
      requestAnimationFrame(() => { this.toBottom(); this.list.removeAttribute('aria-busy'); });
    } else if (!stay) this.toBottom();
    else if (arrived && this.newest) {
      this.unseen += arrived;
      this.newest.hidden = false;
      this.newest.lastChild.textContent = `${ctx.t('jumpNewest')} (${this.unseen})`;
    }
  }

  /** Brings one message into view and shows which it is. */
  reveal(ts) {
    const node = this.list.querySelector(`[data-ts="${CSS.escape(ts)}"]`);
    if (!node) return false;
    this.stick = false;
    node.scrollIntoView({ block: 'center' });
    node.classList.add('flash');
    node.focus({ preventScroll: true });
    setTimeout(() => node.classList.remove('flash'), 2500);
    return true;
  }
}
