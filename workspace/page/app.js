// The page: joins the workspace's state, the persona, the places and the panes.
import { avatar, botMark, h, icon, isOwn, memory, safeURL } from './dom.js';
import { Composer } from './composer.js';
import { confirmDialog } from './lightbox.js';
import { MessageList } from './messages.js';
import { Follow, post, upload } from './net.js';
import { personaMenu, quickSwitch, welcome } from './people.js';
import { drawSidebar } from './sidebar.js';
import { drawTips } from './tips.js';
import { Home, Modals } from './views.js';
import { hasWord, translator } from './words.js';

const $ = (id) => document.getElementById(id);
const narrow = matchMedia('(max-width: 760px)');
let state = null;
let me = ''; // id of the persona
let at = ''; // id of the open channel
let view = 'channel'; // or 'home'
let threadTS = '';
let reveal = ''; // a message to bring into view once it is there
let markAfter; // what had been read when the channel was opened
let people = new Map();
let ctxNow = null;

const lang = () => (people.get(me)?.locale?.startsWith('en') ? 'en' : 'zh');
const channelByRef = (ref) => state.channels.find((c) => c.id === ref || c.name === ref || `#${c.name}` === ref || (ref === 'dm' && c.kind === 'im' && c.user === me));
const myChannels = () => state.channels.filter((c) => c.members?.includes(me) || c.user === me);

function index() {
  const en = lang() === 'en';
  people = new Map();
  // Colours go by the order of the people, so that neighbours never share one.
  state.people.forEach((p, n) => people.set(p.id, { ...p, hue: (n * 3 + 4) % 10 }));
  const english = people.get(me)?.locale?.startsWith('en') ?? en;
  for (const p of people.values()) {
    p.real = english ? p.real_name_en || p.real_name : p.real_name || p.name;
    p.realOther = english ? p.real_name : p.real_name_en;
    if (english) p.title = p.title_en || p.title;
  }
  const bot = { id: state.bot.user_id, name: state.bot.name || 'wainao', real: english ? 'Wainao' : state.bot.real_name || '外脑', realOther: english ? state.bot.real_name : 'Wainao', title: '', bot: true };
  people.set(bot.id, bot);
  if (state.bot.bot_id) people.set(state.bot.bot_id, bot);
  people.set('USLACKBOT', { id: 'USLACKBOT', name: 'workspace', real: english ? 'Workspace' : '工作区', title: '', bot: true, system: true });
}

/** What the renderers may ask and do, for the persona of this moment. */
function context() {
  const t = translator(lang());
  const title = (c) => (c.kind === 'im' ? t('emptyDM') : c.name);
  return {
    lang: lang(), t, me, surface: 'page',
    person: (id) => people.get(id),
    channel: (id) => { const c = channelByRef(id); return c && { ...c, title: title(c) }; },
    people: () => [people.get(state.bot.user_id), ...state.people.filter((p) => !p.deleted).map((p) => people.get(p.id))],
    channels: () => myChannels().map((c) => ({ ...c, title: title(c) })),
    commands: () => (state.commands?.length ? state.commands : [state.command || { name: '/future' }]),
    openChannel: (id) => go({ channel: id }),
    openThread: (ts) => go({ thread: ts }, true),
    confirm: (ask) => confirmDialog(ask, context()),
    upload: (files) => upload(me, '', files),
    shortcuts: (type) => (state.shortcuts || []).filter((k) => k.type === type),
    shortcut: runShortcut,
    options: async (ask) => report(await post('options', { user: me, ...(ask.view_id ? {} : { channel: at }), ...ask })),
    picture: (id) => state.pictures?.[id],
    pictures: (blocks) => (blocks || []).map((b) => b.slack_file && state.pictures?.[b.slack_file.id]).filter(Boolean),
    errorWords,
    act, dismiss, copyLink,
    react: async (ts, name) => report(await post('reaction', { user: me, channel: at, message_ts: ts, name })),
    redraw: () => draw(),
  };
}

function errorWords(answer) {
  const t = translator(lang());
  const key = `err_${answer.error}`;
  if (hasWord(key)) return t(key);
  return t('err_other', answer.detail || answer.error || '?');
}

let toastTimer = 0;
function toast(words, bad = false) {
  const el = $('toast');
  el.textContent = words;
  el.classList.toggle('bad', bad);
  el.classList.add('on');
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => el.classList.remove('on'), bad ? 7000 : 2500);
}

function report(answer) {
  if (!answer.ok) toast(errorWords(answer), true);
  return answer;
}

/** Sends what a person did to an interactive element; the element is busy meanwhile. */
async function act(action, node) {
  node?.setAttribute('aria-busy', 'true');
  const body = { user: me, ...action };
  if (!body.view_id) body.channel = at;
  if (!body.value && body.value !== '') delete body.value;
  const answer = report(await post('action', body));
  await follow.refresh();
  node?.removeAttribute('aria-busy');
  return answer;
}

/** Runs one of the app's shortcuts, on a message or on none. */
async function runShortcut(k, from, ts) {
  from?.setAttribute('aria-busy', 'true');
  const answer = report(await post('shortcut', { user: me, callback_id: k.callback_id, ...(ts ? { channel: at, message_ts: ts } : {}) }));
  await follow.refresh();
  from?.removeAttribute('aria-busy');
  return answer;
}

function dismiss(ts) {
  const key = `dismissed.${me}`;
  memory.set(key, [...memory.get(key, []), ts].slice(-500));
  draw();
}

async function copyLink(ts) {
  const url = `${location.origin}/archives/${at}/p${ts.replace('.', '')}`;
  const t = translator(lang());
  try {
    await navigator.clipboard.writeText(url);
    toast(t('copied'));
  } catch {
    toast(url);
  }
}

const readKey = () => `read.${me}`;
function markRead(channel) {
  const last = channel.messages?.at(-1)?.ts;
  if (!last) return;
  const read = memory.get(readKey(), {});
  if (read[channel.id] === last) return;
  read[channel.id] = last;
  memory.set(readKey(), read);
}
function unread(channel) {
  const read = memory.get(readKey(), {})[channel.id] || '0';
  return channel.messages.filter((m) => m.ts > read && m.user !== me && (!m.thread_ts || m.thread_ts === m.ts || channel.kind === 'im' || threadHasMe(channel, m.thread_ts))).length;
}
const threadHasMe = (channel, ts) => channel.messages.some((m) => (m.ts === ts || m.thread_ts === ts) && m.user === me);

/** Goes to a place. keep leaves the other parts of the place as they are. */
function go(to, keep = false) {
  const was = `${me}|${at}|${view}`;
  if (to.as && to.as !== me) {
    modals.reset();
    home.reset();
    $('welcome')?.close();
    me = to.as;
    memory.set('persona', me);
    index();
    at = '';
    view = 'channel';
    threadTS = '';
  }
  if (to.channel) {
    const c = channelByRef(to.channel);
    if (c && (c.members?.includes(me) || c.user === me)) { at = c.id; view = 'channel'; }
  }
  if (to.view) view = to.view;
  if (!keep) threadTS = '';
  if (to.thread !== undefined) threadTS = to.thread;
  if (to.message) reveal = to.message;
  if (!at || !channelByRef(at)) {
    const held = channelByRef(memory.get(`place.${me}`, ''));
    at = (held && myChannels().some((c) => c.id === held.id) ? held : myChannels()[0])?.id || '';
  }
  if (`${me}|${at}|${view}` !== was) {
    markAfter = memory.get(readKey(), {})[at];
    closeMenu();
    if (view === 'home') openHome();
  }
  memory.set(`place.${me}`, at);
  const query = new URLSearchParams({ as: people.get(me)?.name || me });
  if (view === 'home') query.set('view', 'home');
  else query.set('channel', channelByRef(at)?.kind === 'im' ? 'dm' : channelByRef(at)?.name || at);
  if (threadTS) query.set('thread', threadTS);
  const url = `/?${query}`;
  if (url !== location.pathname + location.search) history[was.startsWith('|') ? 'replaceState' : 'pushState'](null, '', url);
  draw();
  if (to.thread) setTimeout(() => threadComposer.box.focus(), 0);
  else if (to.channel && !narrow.matches) composer.box.focus();
}

async function openHome() { report(await post('home', { user: me })); }

function fromAddress(first) {
  const query = new URLSearchParams(location.search);
  const as = query.get('as');
  const who = as && state.people.find((p) => p.name === as || p.id === as);
  const held = state.people.find((p) => p.id === memory.get('persona'));
  const start = [who, held, state.people.find((p) => p.name === 'member-1'), ...state.people].find((p) => p && !p.deleted) || state.people[0];
  go({ as: start.id, channel: query.get('channel') || undefined, view: query.get('view') === 'home' ? 'home' : undefined, thread: query.get('thread') || '', message: query.get('message') || undefined });
  if (first && !who && !held && !query.has('as')) welcome(context(), state.people.filter((p) => !p.deleted).map((p) => people.get(p.id)), (id) => go({ as: id }));
}

function items(channel) {
  const gone = new Set(memory.get(`dismissed.${me}`, []));
  const replies = new Map();
  const top = [];
  for (const m of channel.messages) {
    if (m.thread_ts && m.thread_ts !== m.ts) {
      if (!replies.has(m.thread_ts)) replies.set(m.thread_ts, []);
      replies.get(m.thread_ts).push(m);
      if (m.subtype === 'thread_broadcast') top.push({ m });
    } else top.push({ m });
  }
  for (const row of top) row.replies = replies.get(row.m.ts);
  const mine = (channel.ephemerals || []).filter((e) => e.to === me && !gone.has(e.ts)).map((m) => ({ m, ephemeral: true }));
  const byTime = (a, b) => (a.m.ts < b.m.ts ? -1 : a.m.ts > b.m.ts ? 1 : 0);
  const inThread = threadTS ? [...(top.filter((r) => r.m.ts === threadTS)), ...[...(replies.get(threadTS) || []).map((m) => ({ m })), ...mine.filter((e) => e.m.thread_ts === threadTS)].sort(byTime)] : [];
  return { top: [...top, ...mine.filter((e) => !e.m.thread_ts || e.m.thread_ts === e.m.ts)].sort(byTime), inThread };
}

function draw() {
  if (!state || !me) return;
  const ctx = context();
  ctxNow = ctx;
  const { t } = ctx;
  const channel = channelByRef(at);
  document.documentElement.lang = ctx.lang === 'en' ? 'en' : 'zh-CN';
  if (channel && view === 'channel' && document.visibilityState === 'visible' && list.atBottom()) markRead(channel);
  const counts = new Map(myChannels().map((c) => [c.id, unread(c)]));
  const others = [...counts].reduce((sum, [id, n]) => sum + (id === at && view === 'channel' ? 0 : n), 0);
  drawTop(ctx, others);
  drawSidebar($('sidebar'), ctx, { channels: myChannels(), counts, at, view, team: state.team?.name, bot: people.get(state.bot.user_id) }, (to) => go(to));
  drawPlace(ctx, channel);
  $('channel').hidden = view === 'home';
  $('home').hidden = view !== 'home';
  if (view === 'home') home.sync(state.homes?.[me]);
  else if (channel) drawChannel(ctx, channel);
  modals.sync(state.views?.[me] || []);
  const name = view === 'home' ? t('appHome') : channel?.kind === 'im' ? people.get(state.bot.user_id).real : `#${channel?.name}`;
  document.title = `${others ? `(${others}) ` : ''}${name} · ${ctx.lang === 'en' ? 'Wainao' : '外脑'}`;
}

function drawChannel(ctx, channel) {
  const { t } = ctx;
  const { top, inThread } = items(channel);
  const dm = channel.kind === 'im';
  list.draw(`${me}|${channel.id}`, top, ctx, {
    markAfter,
    empty: () => h('div', { class: 'empty-state' }, dm ? botMark(44) : icon('hash', 32), h('h3', {}, dm ? t('emptyDM') : t('emptyChannel')), h('p', {}, dm ? t('emptyDMNote') : t('emptyChannelNote', `#${channel.name}`))),
  });
  if (document.visibilityState === 'visible' && list.atBottom()) markRead(channel);
  const where = dm ? people.get(state.bot.user_id).real : `#${channel.name}`;
  composer.place(`${me}.${channel.id}`, t('compose', where));
  drawTips($('tips'), ctx, people.get(me), channel, (tip) => { if (!dm && tip.channel && tip.channel !== channel.name && myChannels().some((c) => c.name === tip.channel)) go({ channel: tip.channel }); composer.set(tip[ctx.lang]); });
  const root = inThread[0];
  $('thread').hidden = !root;
  $('app').classList.toggle('with-thread', Boolean(root));
  if (root) {
    threadHead.replaceChildren(
      h('button', { type: 'button', class: 'icon-btn only-narrow', 'aria-label': t('back'), on: { click: () => go({ thread: '' }) } }, icon('back')),
      h('div', { class: 'place-words' }, h('h2', {}, t('thread')), h('span', { class: 'muted' }, t('threadIn', where))),
      h('button', { type: 'button', class: 'icon-btn', 'aria-label': t('closeThread'), data: { testid: 'thread-close' }, on: { click: () => go({ thread: '' }) } }, icon('close')));
    $('thread').setAttribute('aria-label', t('thread'));
    threadList.draw(`${me}|${channel.id}|${threadTS}`, inThread, ctx);
    threadComposer.place(`${me}.${channel.id}.${threadTS}`, t('composeThread'));
  }
  if (reveal) {
    const ts = reveal;
    const reply = channel.messages.find((m) => m.ts === ts);
    if (reply?.thread_ts && reply.thread_ts !== ts && threadTS !== reply.thread_ts) { threadTS = reply.thread_ts; draw(); return; }
    reveal = '';
    requestAnimationFrame(() => { if (!list.reveal(ts)) threadList.reveal(ts); });
  }
}

function drawTop(ctx, others) {
  const { t } = ctx;
  const who = people.get(me);
  const sign = JSON.stringify([me, ctx.lang, others]);
  if ($('persona').dataset.sign === sign) return;
  $('persona').dataset.sign = sign;
  $('persona').replaceChildren(avatar(who, 30), h('span', { class: 'persona-words' }, h('strong', {}, who.real), h('span', {}, who.title)), icon('down', 14));
  $('persona').setAttribute('aria-label', `${t('persona')} · ${t('actAs', `${who.real}, ${who.title}`)}`);
  $('persona').dataset.value = who.name;
  $('menu').replaceChildren(icon('menu'), others ? h('span', { class: 'dot', 'aria-hidden': 'true' }, String(Math.min(others, 99))) : '');
  $('menu').setAttribute('aria-label', others ? `${t('menu')} · ${t('unread', others)}` : t('menu'));
  $('jump').replaceChildren(icon('search', 16), h('span', {}, t('jumpShort')), h('kbd', {}, /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘K' : 'Ctrl K'));
  $('jump').setAttribute('aria-label', t('jump'));
  $('team').textContent = state.team?.name || '';
  document.querySelector('.brand strong').textContent = people.get(state.bot.user_id).real;
  $('skip').textContent = t('skip');
  $('newest').replaceChildren(icon('arrowDown', 15), h('span', {}, t('jumpNewest')));
  $('sidebar').setAttribute('aria-label', t('menu'));
  $('messages').setAttribute('aria-label', t('messages'));
  for (const id of ['channel', 'thread']) $(id).dataset.drop = t('dropHere');
}

function drawPlace(ctx, channel) {
  const { t } = ctx;
  const dm = channel?.kind === 'im';
  const sign = JSON.stringify([me, at, view, ctx.lang, channel?.topic, channel?.members?.length]);
  if ($('place').dataset.sign === sign) return;
  $('place').dataset.sign = sign;
  if (view === 'home' || dm) {
    const tab = (id, words, to, on) => h('button', { type: 'button', role: 'tab', 'aria-selected': String(on), class: 'tab', data: { testid: `tab-${id}` }, on: { click: () => go(to) } }, words);
    $('place').replaceChildren(h('div', { class: 'place-words' }, h('h1', {}, botMark(24), people.get(state.bot.user_id).real, h('span', { class: 'badge' }, t('app')))),
      h('div', { class: 'tabs', role: 'tablist', 'aria-label': people.get(state.bot.user_id).real }, tab('home', t('home'), { view: 'home' }, view === 'home'), tab('messages', t('messages'), { channel: 'dm' }, view !== 'home')));
    return;
  }
  const members = (channel?.members || []).map((id) => people.get(id)).filter(Boolean);
  $('place').replaceChildren(
    h('div', { class: 'place-words' }, h('h1', {}, icon(channel?.private ? 'lock' : 'hash', 19), channel?.name), channel?.topic ? h('span', { class: 'muted topic', title: channel.topic }, channel.topic) : null),
    h('div', { class: 'place-people', title: members.map((p) => p.real).join(ctx.lang === 'en' ? ', ' : '、') }, h('span', { class: 'stack' }, members.slice(0, 3).map((p) => avatar(p, 24))), h('span', { class: 'muted' }, t('members', members.length))));
}

function linkState(status) {
  const t = translator(lang());
  const el = $('link-state');
  document.documentElement.dataset.link = status;
  if (status === 'ok') {
    el.hidden = true;
    return;
  }
  el.hidden = false;
  el.className = `link-state ${status}`;
  el.replaceChildren(status === 'gone' ? icon('warn', 17) : h('span', { class: 'spinner' }), h('span', {}, t(status)), h('button', { type: 'button', class: 'btn small', on: { click: () => follow.connect() } }, t('retryNow')));
}

function closeMenu() {
  $('app').classList.remove('menu-open');
  $('scrim').hidden = true;
  $('menu').setAttribute('aria-expanded', 'false');
}

async function say(text, thread, files = []) {
  const t = translator(lang());
  const command = !files.length && /^(\/[^\s/]+)(?:\s+([\s\S]*))?$/.exec(text);
  if (command) {
    const known = context().commands().map((c) => c.name);
    if (!known.includes(command[1])) return { ok: false, words: t('noCommand', command[1], known.join(', ')) };
    const answer = await post('command', { channel: at, user: me, command: command[1], text: command[2] || '' });
    follow.refresh();
    return answer;
  }
  // Names chosen from the completion become the ids that Slack sends.
  let out = text;
  for (const p of [...people.values()].sort((a, b) => (b.real || '').length - (a.real || '').length)) {
    if (p.system || p.bot || !p.real) continue;
    out = out.replaceAll(`@${p.real}`, `<@${p.id}>`);
  }
  const bot = state.bot.user_id;
  out = out.replaceAll(`@${state.bot.real_name}`, `<@${bot}>`);
  const answer = files.length ? await upload(me, at, files, { text: out, thread }) : await post('message', { channel: at, user: me, text: out, ...(thread ? { thread_ts: thread } : {}) });
  if (answer.ok) {
    (thread ? threadList : list).stick = true;
    await follow.refresh();
    (thread ? threadList : list).toBottom();
  }
  return answer;
}

const list = new MessageList($('scroll'), $('messages'), $('newest'));
list.onSeen = () => { const c = state && channelByRef(at); if (c && view === 'channel') markRead(c); };
const composer = new Composer({ id: 'composer', sendID: 'send', testid: 'composer', commands: true, ctx: () => ctxNow, drop: $('channel'), send: (text, files) => say(text, '', files) });
$('composer-place').append(composer.node);
const threadHead = h('div', { class: 'place' });
const threadMessages = h('div', { class: 'messages', role: 'log', 'aria-live': 'polite' });
const threadScroll = h('div', { class: 'scroll', tabindex: 0 }, threadMessages);
const threadComposer = new Composer({ id: 'thread-composer', sendID: 'thread-send', testid: 'thread-composer', ctx: () => ctxNow, drop: $('thread'), send: (text, files) => say(text, threadTS, files) });
$('thread').append(threadHead, threadScroll, threadComposer.node);
const threadList = new MessageList(threadScroll, threadMessages, null, true);
const home = new Home($('home-view'), context);
const modals = new Modals({
  ctx: context,
  submit: async (v, values) => {
    const answer = await post('submit', { user: me, view_id: v.id, values });
    if (answer.ok && !answer.errors) await follow.refresh();
    return answer;
  },
  close: async (v) => { report(await post('close', { user: me, view_id: v.id })); await follow.refresh(); },
});
const follow = new Follow((next) => {
  const first = !state;
  state = next;
  index();
  $('app').removeAttribute('data-loading');
  $('loading').hidden = true;
  if (first) fromAddress(true);
  else if (people.get(me)?.deleted) fromAddress(false); // Nobody acts as somebody who left.
  else draw();
}, linkState);

$('mark').append(botMark(30));
$('menu').addEventListener('click', () => {
  const open = $('app').classList.toggle('menu-open');
  $('scrim').hidden = !open;
  $('menu').setAttribute('aria-expanded', String(open));
  if (open) $('sidebar').querySelector('button')?.focus();
});
$('scrim').addEventListener('click', closeMenu);
const setDeleted = async (id, deleted) => { report(await post(deleted ? 'deactivate' : 'reactivate', { user: id })); await follow.refresh(); };
const setLocale = async (id, locale) => { report(await post('locale', { user: id, locale })); await follow.refresh(); };
$('persona').addEventListener('click', () => personaMenu($('persona'), context(), state.people.map((p) => people.get(p.id)), { choose: (id) => go({ as: id }), setLocale, setDeleted, redraw: draw }));
const jump = () => quickSwitch(context(), { channels: myChannels(), people: state.people.filter((p) => !p.deleted).map((p) => people.get(p.id)), bot: people.get(state.bot.user_id) }, (to) => go(to));
$('jump').addEventListener('click', jump);
document.addEventListener('keydown', (e) => {
  if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'k' && state) {
    e.preventDefault();
    if (!document.querySelector('dialog[open]')) jump();
  } else if (e.key === 'Escape' && !e.defaultPrevented && !e.isComposing && !document.querySelector('dialog[open], :popover-open')) {
    if ($('app').classList.contains('menu-open')) { closeMenu(); $('menu').focus(); }
    else if (threadTS) { const ts = threadTS; go({ thread: '' }); list.list.querySelector(`[data-ts="${CSS.escape(ts)}"] .thread-bar`)?.focus(); }
  }
});
// Links into this workspace move within the page instead of loading it anew.
document.addEventListener('click', (e) => {
  const a = e.target.closest?.('a[href]');
  const url = a && !e.defaultPrevented && e.button === 0 && !e.ctrlKey && !e.metaKey && safeURL(a.getAttribute('href'));
  const to = url && isOwn(url) && /^\/archives\/([^/]+)(?:\/p(\d{10})(\d{6}))?/.exec(url.pathname);
  if (!to) return;
  e.preventDefault();
  go({ channel: to[1], message: to[2] ? `${to[2]}.${to[3]}` : undefined });
});
addEventListener('popstate', () => { if (state) fromAddress(false); });
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') draw(); });
