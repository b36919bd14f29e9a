// Dialogs that are the page's own: an enlarged picture, and a question to confirm.
import { h, icon, link } from './dom.js';
import { textObject } from './mrkdwn.js';

function show(dialog, onEnd) {
  const back = document.activeElement;
  document.body.append(dialog);
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (back instanceof HTMLElement && back.isConnected) back.focus();
    onEnd?.(dialog.returnValue);
  });
  dialog.addEventListener('click', (e) => { if (e.target === dialog) dialog.close(''); });
  dialog.showModal();
  return dialog;
}

/** Shows a picture as large as the window allows. */
export function lightbox(src, alt, title, ctx) {
  const dialog = h('dialog', { class: 'lightbox', 'aria-label': title || alt || ctx.t('enlarge', '') },
    h('div', { class: 'lightbox-bar' }, h('span', {}, title || ''), link(src, ctx.t('openOriginal'), { target: '_blank' }),
      h('button', { type: 'button', class: 'icon-btn', 'aria-label': ctx.t('close'), on: { click: () => dialog.close('') } }, icon('close'))),
    h('img', { src, alt: alt || '' }),
    alt ? h('p', { class: 'lightbox-alt' }, alt) : null);
  show(dialog);
}

/** Asks as a confirmation object says; resolves to true when the person agrees. */
export function confirmDialog(ask, ctx) {
  return new Promise((resolve) => {
    const end = (yes) => () => dialog.close(yes ? 'yes' : '');
    const yes = h('button', { type: 'button', class: `btn ${ask.style === 'danger' ? 'danger solid' : 'primary'}`, data: { testid: 'confirm-yes' }, on: { click: end(true) } }, textObject(ask.confirm, ctx, true) || ctx.t('confirm'));
    const dialog = h('dialog', { class: 'confirm', 'aria-label': ask.title?.text || ctx.t('confirm') },
      ask.title ? h('h2', {}, textObject(ask.title, ctx, true)) : null,
      ask.text ? textObject(ask.text, ctx) : null,
      h('div', { class: 'modal-foot' }, h('button', { type: 'button', class: 'btn', data: { testid: 'confirm-no' }, on: { click: end(false) } }, textObject(ask.deny, ctx, true) || ctx.t('cancel')), yes));
    show(dialog, (value) => resolve(value === 'yes'));
    yes.focus();
  });
}
