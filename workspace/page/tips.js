// A few things worth trying, for each kind of persona; hidden for good once closed.
import { h, icon, memory } from './dom.js';
import { roleOf, TIPS } from './words.js';

export function drawTips(root, ctx, who, channel, use) {
  const { t } = ctx;
  const key = `tips.${who.id}`;
  const hidden = memory.get(key, false);
  const sign = JSON.stringify([who.id, ctx.lang, channel.id, hidden]);
  if (root.dataset.sign === sign) return;
  root.dataset.sign = sign;
  const dm = channel.kind === 'im';
  const tips = (TIPS[roleOf(who.name)] || []).map((tip) => (dm ? { ...tip, zh: tip.zh.replace('@wainao ', ''), en: tip.en.replace('@wainao ', '') } : tip));
  root.hidden = hidden || !tips.length;
  if (root.hidden) return;
  root.replaceChildren(h('span', { class: 'tips-label' }, icon('bulb', 16), t('tryThese')),
    h('div', { class: 'tips-list' }, tips.map((tip) => h('button', { type: 'button', class: 'tip', data: { testid: 'tip' }, on: { click: () => use(tip) } }, tip[ctx.lang]))),
    h('button', { type: 'button', class: 'icon-btn', 'aria-label': t('hideTips'), title: t('hideTips'), on: { click: () => { memory.set(key, true); drawTips(root, ctx, who, channel, use); } } }, icon('close', 15)));
}
