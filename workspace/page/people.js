// Choosing whom to be: the first visit, the menu of personas, the quick switcher.
import { avatar, botMark, h, icon, memory, uid } from './dom.js';
import { roleOf } from './words.js';

const roleWords = (p, t) => t(`role${roleOf(p.name)[0].toUpperCase()}${roleOf(p.name).slice(1)}`);

function dialog(cls, label, ...children) {
  const back = document.activeElement;
  const el = h('dialog', { class: cls, 'aria-label': label }, children);
  document.body.append(el);
  el.addEventListener('close', () => {
    el.remove();
    if (back instanceof HTMLElement && back.isConnected) back.focus();
  });
  el.addEventListener('click', (e) => { if (e.target === el) el.close(); });
  return el;
}

/** Arrow keys move within a list of buttons. */
function arrows(el, selector) {
  el.addEventListener('keydown', (e) => {
    if (e.key !== 'ArrowDown' && e.key !== 'ArrowUp') return;
    const all = [...el.querySelectorAll(selector)];
    const n = all.indexOf(document.activeElement);
    if (n < 0) return;
    e.preventDefault();
    all[(n + (e.key === 'ArrowDown' ? 1 : all.length - 1)) % all.length].focus();
  });
}

/** The first visit: cards of all personas. */
export function welcome(ctx, people, choose) {
  const { t } = ctx;
  const el = dialog('welcome', t('welcome'),
    h('div', { class: 'welcome-head' }, botMark(44), h('div', {}, h('h2', {}, t('welcome')), h('p', { class: 'muted' }, t('welcomeNote')))),
    h('div', { class: 'cards' }, people.map((p) => h('button', { type: 'button', class: 'persona-card', data: { persona: p.name }, on: { click: () => { el.close(); choose(p.id); } } },
      avatar(p), h('span', {}, h('strong', {}, p.real), h('span', { class: 'muted' }, p.title), h('small', {}, roleWords(p, t)))))),
    h('button', { type: 'button', class: 'icon-btn welcome-close', 'aria-label': t('close'), on: { click: () => el.close() } }, icon('close')));
  el.id = 'welcome';
  el.addEventListener('keydown', (e) => { if (e.key === 'Escape') { e.stopPropagation(); el.close(); } });
  // Not a modal dialog: who wants to look around first can do so.
  el.show();
}

/** What an administrator of a Slack does elsewhere: deactivating accounts and bringing them back. */
function admin(ctx, people, setDeleted) {
  const { t } = ctx;
  return h('details', { class: 'admin', data: { testid: 'admin' } }, h('summary', {}, t('admin')), h('p', { class: 'muted note' }, t('adminNote')),
    people.map((p) => h('div', { class: `admin-row${p.deleted ? ' gone' : ''}` }, avatar(p, 24), h('span', { class: 'option-words' }, h('strong', {}, p.real), h('small', {}, p.title)),
      h('button', { type: 'button', class: `btn small${p.deleted ? '' : ' danger'}`, disabled: p.id === ctx.me, title: p.id === ctx.me ? t('adminSelf') : undefined, 'aria-label': `${t(p.deleted ? 'reactivate' : 'deactivate')}: ${p.real}`, data: { testid: p.deleted ? 'reactivate' : 'deactivate', user: p.name }, on: { click: () => setDeleted(p.id, !p.deleted) } }, t(p.deleted ? 'reactivate' : 'deactivate')))));
}

/** The menu behind #persona: who, language, appearance. */
export function personaMenu(anchor, ctx, people, { choose, setLocale, setDeleted, redraw }) {
  const { t } = ctx;
  const listID = uid('personas');
  const segments = (label, options, current, pick) => h('div', { class: 'setting' }, h('span', {}, label), h('div', { class: 'segments', role: 'group', 'aria-label': label },
    options.map(([value, words, testid]) => h('button', { type: 'button', class: 'segment', 'aria-pressed': String(value === current), data: { testid }, on: { click: () => pick(value) } }, words))));
  const mine = people.find((p) => p.id === ctx.me);
  const theme = memory.get('theme', 'auto');
  const el = dialog('persona-menu', t('persona'),
    h('p', { class: 'muted note' }, t('personaNote')),
    h('div', { id: listID, role: 'listbox', 'aria-label': t('persona') }, people.filter((p) => !p.deleted).map((p) => h('button', { type: 'button', role: 'option', 'aria-selected': String(p.id === ctx.me), class: 'option person', data: { persona: p.name }, on: { click: () => { el.close(); choose(p.id); } } },
      avatar(p), h('span', { class: 'option-words' }, h('strong', {}, p.real), h('small', {}, p.title)), h('span', { class: 'lang-tag' }, p.locale?.startsWith('en') ? 'EN' : '中'), p.id === ctx.me ? icon('check', 16) : null))),
    segments(t('language'), [['zh-CN', '中文', 'lang-zh'], ['en-US', 'English', 'lang-en']], mine.locale?.startsWith('en') ? 'en-US' : 'zh-CN', (locale) => { el.close(); setLocale(ctx.me, locale); }),
    segments(t('theme'), [['auto', t('themeAuto'), 'theme-auto'], ['light', t('themeLight'), 'theme-light'], ['dark', t('themeDark'), 'theme-dark']], theme, (value) => {
      memory.set('theme', value === 'auto' ? undefined : value);
      if (value === 'auto') delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = value;
      el.close();
      redraw();
    }),
    admin(ctx, people, (id, deleted) => { el.close(); setDeleted(id, deleted); }));
  arrows(el, '[role=option]');
  anchor.setAttribute('aria-expanded', 'true');
  el.addEventListener('close', () => anchor.setAttribute('aria-expanded', 'false'));
  el.showModal();
  el.querySelector('[aria-selected=true]')?.focus();
}

/** Ctrl/Cmd+K: type to go to a channel or to become somebody. */
export function quickSwitch(ctx, { channels, people, bot }, go) {
  const { t } = ctx;
  const listID = uid('jump');
  const all = [
    ...channels.filter((c) => c.kind !== 'im').map((c) => ({ mark: icon(c.private ? 'lock' : 'hash', 18), words: c.name, note: c.topic, to: { channel: c.id }, group: 'group_go' })),
    ...channels.filter((c) => c.kind === 'im').map((c) => ({ mark: botMark(22), words: bot.real, note: t('directs'), also: 'wainao 外脑 dm', to: { channel: c.id }, group: 'group_go' })),
    { mark: icon('home', 18), words: t('appHome'), note: '', also: 'home 主页', to: { view: 'home' }, group: 'group_go' },
    ...people.filter((p) => p.id !== ctx.me).map((p) => ({ mark: avatar(p, 24), words: p.real, note: p.title, also: `${p.name} ${p.realOther} ${p.title_en || ''}`, to: { as: p.id }, group: 'group_as' })),
  ];
  let shown = [];
  let active = 0;
  const box = h('input', { type: 'text', class: 'jump-input', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': listID, 'aria-label': t('jump'), placeholder: t('jump'), autocomplete: 'off', data: { testid: 'jump-input' } });
  const list = h('div', { id: listID, class: 'jump-list', role: 'listbox', 'aria-label': t('jump') });
  const el = dialog('jump-dialog', t('jump'), h('div', { class: 'jump-head' }, icon('search', 18), box), list);
  const mark = (n) => {
    active = n;
    list.querySelectorAll('.option').forEach((o, i) => {
      o.classList.toggle('active', i === n);
      o.setAttribute('aria-selected', String(i === n));
      if (i === n) { o.scrollIntoView({ block: 'nearest' }); box.setAttribute('aria-activedescendant', o.id); }
    });
  };
  const pick = (n) => { if (shown[n]) { const { to } = shown[n]; el.close(); go(to); } };
  const draw = () => {
    const q = box.value.trim().toLowerCase().replace(/^[#@]/, '');
    shown = all.filter((x) => `${x.words} ${x.note} ${x.also || ''}`.toLowerCase().includes(q));
    let group = '';
    list.replaceChildren(...shown.flatMap((x, n) => {
      const head = x.group === group ? [] : [h('div', { class: 'group-label' }, t(x.group))];
      group = x.group;
      return [...head, h('div', { id: `${listID}-${n}`, class: 'option', role: 'option', on: { click: () => pick(n), pointermove: () => mark(n) } }, x.mark, h('span', { class: 'option-words row' }, h('strong', {}, x.words), h('small', {}, x.note)))];
    }));
    if (!shown.length) list.append(h('div', { class: 'empty' }, t('jumpEmpty')));
    mark(0);
  };
  box.addEventListener('input', draw);
  box.addEventListener('keydown', (e) => {
    if (e.isComposing || !shown.length) return;
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') { e.preventDefault(); mark((active + (e.key === 'ArrowDown' ? 1 : shown.length - 1)) % shown.length); }
    if (e.key === 'Enter') { e.preventDefault(); pick(active); }
  });
  draw();
  el.showModal();
  box.focus();
}
