// A select that can be searched, with one or many choices: a combobox whose
// listbox opens in the top layer, so that no dialog or pane clips it.
import { h, icon, uid } from './dom.js';
import { textObject } from './mrkdwn.js';

const words = (option) => (typeof option.text === 'string' ? option.text : option.text?.text || '');

/** Places a popover below its anchor, or above it where there is more room. */
export function place(popover, anchor, width) {
  const box = anchor.getBoundingClientRect();
  const below = innerHeight - box.bottom - 12;
  const above = box.top - 12;
  const up = below < 220 && above > below;
  const wide = Math.min(Math.max(width ?? box.width, 180), innerWidth - 16);
  popover.style.width = `${wide}px`;
  popover.style.maxHeight = `${Math.max(140, Math.min(340, up ? above : below))}px`;
  popover.style.left = `${Math.max(8, Math.min(box.left, innerWidth - wide - 8))}px`;
  popover.style.top = up ? 'auto' : `${box.bottom + 4}px`;
  popover.style.bottom = up ? `${innerHeight - box.top + 4}px` : 'auto';
}

/**
 * Builds a select. groups: [{label?, options: [{text, value, description?}]}]; chosen: values at the
 * start; multi; max; placeholder; labelledby; describedby; onPick(values) after every change of the person's.
 * load(query), where it is given, brings the groups for what was typed, from least characters on.
 */
export function combo({ groups, load, least = 0, chosen = [], multi = false, max = 0, placeholder = '', labelledby, label, compact = false, disabled = false }, ctx, onPick) {
  const { t } = ctx;
  const known = new Map();
  const learn = () => { for (const g of groups) for (const o of g.options) known.set(o.value, o); };
  learn();
  let picked = chosen.filter((v) => known.has(v));
  let asked = 0;
  let timer = 0;
  let open = false;
  let active = -1;
  let shown = [];
  const listID = uid('list');
  const searchable = Boolean(load) || known.size > 7;
  const box = h('input', {
    type: 'text', class: 'combo-input', role: 'combobox', autocomplete: 'off', spellcheck: 'false', disabled,
    'aria-expanded': 'false', 'aria-controls': listID, 'aria-autocomplete': searchable ? 'list' : 'none', 'aria-labelledby': labelledby, 'aria-label': labelledby ? undefined : label || placeholder || t('choose'),
    readonly: searchable ? undefined : true,
  });
  const tokens = h('span', { class: 'tokens' });
  const clear = h('button', { type: 'button', class: 'combo-clear', 'aria-label': t('clear'), hidden: true }, icon('close', 14));
  const field = h('div', { class: `combo${multi ? ' multi' : ''}${compact ? ' compact' : ''}` }, tokens, box, clear, h('span', { class: 'combo-arrow', 'aria-hidden': 'true' }, icon('down', 16)));
  const list = h('div', { id: listID, class: 'listbox', role: 'listbox', popover: 'manual', 'aria-multiselectable': multi ? 'true' : undefined });
  const note = h('div', { class: 'combo-note', hidden: true });
  const node = h('div', { class: 'combo-root', data: { value: picked.join(',') } }, field, list, note);
  const find = (value) => known.get(value);

  function paint() {
    node.dataset.value = picked.join(',');
    if (multi) {
      tokens.replaceChildren(...picked.map((v) => h('span', { class: 'token' }, words(find(v)),
        h('button', { type: 'button', 'aria-label': t('removeItem', words(find(v))), on: { click: (e) => { e.stopPropagation(); toggle(v); box.focus(); } } }, icon('close', 12)))));
      box.placeholder = picked.length ? '' : placeholder || t('choose');
      if (!open) box.value = '';
    } else {
      const one = picked.length ? find(picked[0]) : null;
      box.placeholder = one && open && searchable ? words(one) : placeholder || t('choose');
      if (!open) box.value = one ? words(one) : '';
      note.hidden = !one?.description;
      note.replaceChildren(...(one?.description ? [textObject(one.description, ctx, true)] : []));
    }
    clear.hidden = compact || multi || !picked.length || disabled;
  }

  function draw(query = '') {
    const q = load ? '' : query.trim().toLowerCase();
    shown = [];
    list.replaceChildren();
    for (const group of groups) {
      const matches = group.options.filter((o) => !q || words(o).toLowerCase().includes(q) || String(o.value).toLowerCase().includes(q));
      if (!matches.length) continue;
      const headID = group.label ? uid('group') : undefined;
      const holder = h('div', { role: 'group', 'aria-labelledby': headID }, group.label ? h('div', { class: 'group-label', id: headID }, group.label) : null);
      for (const option of matches) {
        const n = shown.push(option) - 1;
        const on = picked.includes(option.value);
        holder.append(h('div', { id: `${listID}-${n}`, class: 'option', role: 'option', 'aria-selected': String(on), data: { value: option.value }, on: { pointerdown: (e) => e.preventDefault(), click: () => choose(option.value), pointermove: () => mark(n) } },
          h('span', { class: 'option-check', 'aria-hidden': 'true' }, on ? icon('check', 16) : null),
          h('span', { class: 'option-words' }, textObject(option.text, ctx, true), option.description ? h('small', {}, textObject(option.description, ctx, true)) : null)));
      }
      list.append(holder);
    }
    if (!shown.length) list.append(h('div', { class: 'empty', role: 'status' }, load && query.trim().length < least ? t('typeMore', least) : load && asked ? t('loadingOptions') : t('noOptions')));
    mark(q ? (shown.length ? 0 : -1) : shown.findIndex((o) => picked.includes(o.value)), true);
  }

  /** Asks for the options of what was typed, once the typing rests; the last question counts. */
  function ask(wait) {
    const query = box.value.trim();
    clearTimeout(timer);
    groups = [];
    asked = query.length < least ? 0 : Date.now();
    draw(query);
    if (!asked) return;
    timer = setTimeout(async () => {
      const mine = asked;
      const found = await load(query);
      if (mine !== asked) return;
      asked = 0;
      groups = found;
      learn();
      draw(query);
      if (open) place(list, field);
    }, wait);
  }

  function mark(n, scroll = false) {
    list.querySelector('.option.active')?.classList.remove('active');
    active = n;
    const el = n >= 0 ? list.querySelector(`#${listID}-${n}`) : null;
    if (!el) return box.removeAttribute('aria-activedescendant');
    el.classList.add('active');
    box.setAttribute('aria-activedescendant', el.id);
    if (scroll) el.scrollIntoView({ block: 'nearest' });
  }

  function show() {
    if (open || disabled) return;
    open = true;
    if (searchable) box.value = '';
    paint();
    if (load) ask(0);
    else draw();
    list.showPopover();
    place(list, field);
    mark(active, true);
    box.setAttribute('aria-expanded', 'true');
    addEventListener('resize', follow);
    addEventListener('scroll', follow, true);
  }

  function follow(e) {
    if (!(e.target instanceof Node && list.contains(e.target))) place(list, field);
  }

  function hide() {
    if (!open) return;
    open = false;
    if (list.matches(':popover-open')) list.hidePopover();
    box.setAttribute('aria-expanded', 'false');
    box.removeAttribute('aria-activedescendant');
    removeEventListener('resize', follow);
    removeEventListener('scroll', follow, true);
    paint();
  }

  function toggle(value) {
    if (picked.includes(value)) picked = picked.filter((v) => v !== value);
    else if (!multi) picked = [value];
    else if (!max || picked.length < max) picked = [...picked, value];
    else {
      note.hidden = false;
      note.textContent = t('err_too_many', max);
      return;
    }
    if (multi) note.hidden = true;
    paint();
    onPick(picked.slice());
  }

  function choose(value) {
    if (multi) {
      toggle(value);
      if (!load) box.value = '';
      const at = shown.findIndex((o) => o.value === value);
      draw();
      mark(at);
      place(list, field);
      return;
    }
    const changed = picked[0] !== value;
    picked = [value];
    hide();
    if (changed) onPick(picked.slice());
  }

  field.addEventListener('click', (e) => {
    if (e.target.closest('.token, .combo-clear')) return;
    box.focus();
    if (open && !searchable) hide();
    else show();
  });
  clear.addEventListener('click', () => { picked = []; hide(); paint(); onPick([]); box.focus(); });
  box.addEventListener('input', () => { if (!open) { const typed = box.value; show(); box.value = typed; } if (load) ask(250); else draw(box.value); });
  box.addEventListener('blur', () => hide());
  box.addEventListener('keydown', (e) => {
    if (e.isComposing) return;
    const last = shown.length - 1;
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault();
      if (!open) show();
      else if (last >= 0) mark(e.key === 'ArrowDown' ? (active >= last ? 0 : active + 1) : (active <= 0 ? last : active - 1), true);
    } else if (open && (e.key === 'Home' || e.key === 'End') && !box.value) {
      e.preventDefault();
      mark(e.key === 'Home' ? 0 : last, true);
    } else if (e.key === 'Enter' || (e.key === ' ' && !searchable)) {
      e.preventDefault();
      if (!open) show();
      else if (active >= 0) choose(shown[active].value);
    } else if (e.key === 'Escape' && open) {
      e.preventDefault();
      e.stopPropagation();
      hide();
    } else if (e.key === 'Tab') hide();
    else if (e.key === 'Backspace' && multi && !box.value && picked.length) toggle(picked[picked.length - 1]);
  });
  paint();
  return { node, focus: () => box.focus(), value: () => picked.slice(), option: find, control: box };
}
