// A button that opens a menu: arrow keys move in it, Escape and a click beside it close it.
import { place } from './combo.js';
import { h, uid } from './dom.js';

/** Builds the button and its menu. props: the button's own; items: [{node, value, testid, run}]; label names the menu. */
export function menuButton(props, face, items, { label, width = 220 } = {}) {
  const menu = h('div', { id: uid('menu'), class: 'listbox menu', role: 'menu', popover: 'auto', 'aria-label': label });
  const button = h('button', { type: 'button', 'aria-haspopup': 'menu', 'aria-expanded': 'false', ...props }, face);
  const rows = items.map((item) => {
    const row = h('button', { type: 'button', class: 'option', role: 'menuitem', tabindex: -1, data: { value: item.value, testid: item.testid } }, h('span', { class: 'option-words' }, item.node));
    row.addEventListener('click', () => {
      menu.hidePopover();
      item.run(button);
    });
    return row;
  });
  menu.append(...rows);
  button.addEventListener('click', () => {
    menu.showPopover();
    place(menu, button, width);
    rows[0]?.focus();
  });
  menu.addEventListener('toggle', (e) => {
    button.setAttribute('aria-expanded', String(e.newState === 'open'));
    if (e.newState !== 'open' && menu.contains(document.activeElement)) button.focus();
  });
  menu.addEventListener('keydown', (e) => {
    const at = rows.indexOf(document.activeElement);
    const to = { ArrowDown: (at + 1) % rows.length, ArrowUp: (at - 1 + rows.length) % rows.length, Home: 0, End: rows.length - 1 }[e.key];
    if (to !== undefined) { e.preventDefault(); rows[to].focus(); }
    if (e.key === 'Tab') menu.hidePopover();
    if (e.key === 'Escape') { e.preventDefault(); e.stopPropagation(); menu.hidePopover(); button.focus(); }
  });
  return { button, menu };
}
