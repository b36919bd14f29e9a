// The list of places: channels, direct messages, the app's Home.
import { botMark, h, icon } from './dom.js';

export function drawSidebar(root, ctx, { channels, counts, at, view, bot }, go) {
  const { t } = ctx;
  const sign = JSON.stringify([ctx.me, ctx.lang, at, view, [...counts], channels.map((c) => c.name)]);
  if (root.dataset.sign === sign) return;
  root.dataset.sign = sign;
  const focused = root.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const entry = (key, mark, name, on, n, to, data) => h('li', {}, h('button', { type: 'button', class: `entry${on ? ' on' : ''}${n && !on ? ' unread' : ''}`, 'aria-current': on ? 'page' : undefined, 'aria-label': n && !on ? `${name}, ${t('unread', n)}` : undefined, data: { key, ...data }, on: { click: () => go(to) } },
    mark, h('span', { class: 'name' }, name), n && !on ? h('span', { class: 'pill', data: { testid: 'unread' } }, n > 99 ? '99+' : String(n)) : null));
  const group = (words, list) => (list.length ? [h('h2', {}, words), h('ul', {}, list)] : []);
  const place = (c) => entry(c.id, icon(c.private ? 'lock' : 'hash', 17), c.name, view !== 'home' && c.id === at, counts.get(c.id), { channel: c.id }, { channel: c.name, channelId: c.id });
  const direct = (c) => entry(c.id, botMark(20), bot.real, view !== 'home' && c.id === at, counts.get(c.id), { channel: c.id }, { channel: c.name, channelId: c.id, dm: '1' });
  root.replaceChildren(
    ...group(t('channels'), channels.filter((c) => c.kind !== 'im').map(place)),
    ...group(t('directs'), channels.filter((c) => c.kind === 'im').map(direct)),
    ...group(t('apps'), [entry('home', icon('home', 17), t('appHome'), view === 'home', 0, { view: 'home' }, { testid: 'home-link' })]));
  if (focused) root.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}
