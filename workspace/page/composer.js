// The composer: typing, completion of people and commands, drafts.
import { avatar, fileSize, h, icon, memory, uid } from './dom.js';
import { menuButton } from './menu.js';
import { VERBS } from './words.js';

const TOKEN = /(^|[\s(（,，。])@([\p{L}\p{N}_.-]*)$/u;

/** The completions for the text before the cursor: {from, items: [{insert, title, note, person?}]}. */
export function completions(text, cursor, ctx) {
  const before = text.slice(0, cursor);
  const at = TOKEN.exec(before);
  if (at) {
    const q = at[2].toLowerCase();
    const people = ctx.people().filter((p) => [p.name, p.real, p.realOther, p.title, p.bot ? '外脑' : ''].some((s) => s && s.toLowerCase().includes(q)));
    people.sort((a, b) => Number(Boolean(b.bot)) - Number(Boolean(a.bot)));
    if (people.length === 1 && people[0].name === at[2]) return null;
    return { from: cursor - at[2].length - 1, label: ctx.t('people'), items: people.slice(0, 9).map((p) => ({ insert: p.bot ? '@wainao ' : `@${p.real} `, title: p.real, note: p.bot ? `@${p.name} · ${ctx.t('bot')}` : p.title, person: p })) };
  }
  if (!before.startsWith('/') || before.includes('\n')) return null;
  const name = /^\/\S*$/.exec(before);
  if (name) {
    const items = ctx.commands().filter((c) => c.name.startsWith(before) && c.name !== before).map((c) => ({ insert: `${c.name} `, title: c.name, note: c.description || c.hint || '' }));
    return items.length ? { from: 0, label: ctx.t('commands'), items } : null;
  }
  const verb = /^(\/\S+)\s+(\S*)$/.exec(before);
  if (!verb || !ctx.commands().some((c) => c.name === verb[1])) return null;
  const q = verb[2].toLowerCase();
  if (VERBS.some((v) => v.zh === q || v.en === q)) return null;
  const n = ctx.lang === 'en' ? 1 : 0;
  const items = VERBS.filter((v) => v.zh.startsWith(q) || v.en.startsWith(q)).map((v) => {
    const words = /^[a-z]/.test(q) || (n && !q) ? [v.en, v.zh] : [v.zh, v.en];
    return { insert: words[0] + (v.arg ? ' ' : ''), title: words[0], also: words[1], note: v.says[n] };
  });
  return items.length ? { from: cursor - verb[2].length, label: verb[1], items } : null;
}

const MOST_FILES = 10;
const MOST_BYTES = 100 << 20;

/** Builds a composer. opts: {id, testid, sendID, ctx(), send(text, files) → answer, drop: element that takes files} */
export class Composer {
  constructor(opts) {
    this.opts = opts;
    this.list = null;
    this.active = 0;
    this.listID = uid('complete');
    this.box = h('textarea', { id: opts.id, class: 'composer-text', rows: 1, autocomplete: 'off', 'aria-autocomplete': 'list', 'aria-haspopup': 'listbox', 'aria-controls': this.listID, data: { testid: opts.testid } });
    this.menu = h('div', { id: this.listID, class: 'complete listbox', role: 'listbox', hidden: true });
    this.error = h('div', { class: 'composer-error', role: 'alert', hidden: true });
    this.button = h('button', { type: 'button', id: opts.sendID, class: 'send', data: { testid: `${opts.testid}-send` }, on: { click: () => this.send() } }, icon('send', 18));
    const tool = (name, key, run) => {
      const b = h('button', { type: 'button', class: 'icon-btn', on: { click: run } }, icon(name, 18));
      b.words = key;
      return b;
    };
    this.toolList = [tool('at', 'mention', () => this.insert('@')), opts.commands ? tool('slash', 'command', () => { if (!this.box.value.trim()) this.set('/future '); this.box.focus(); this.complete(); }) : null].filter(Boolean);
    this.files = [];
    this.attached = h('ul', { class: 'attached', hidden: true });
    const file = h('input', { type: 'file', multiple: true, class: 'visually-hidden', tabindex: -1, 'aria-hidden': 'true', data: { testid: `${opts.testid}-file` } });
    file.addEventListener('change', () => { this.attach([...file.files]); file.value = ''; });
    this.toolList.push(tool('clip', 'attach', () => file.click()), file);
    this.shortcuts = h('span', { class: 'shortcuts' });
    this.toolList.push(this.shortcuts);
    this.takeDrops(opts.drop);
    this.box.addEventListener('paste', (e) => {
      if (!e.clipboardData?.files.length) return;
      e.preventDefault();
      this.attach([...e.clipboardData.files]);
    });
    this.hint = h('span', { class: 'composer-hint' });
    this.node = h('div', { class: 'composer' }, this.menu, h('div', { class: 'composer-box' }, this.box, this.attached, h('div', { class: 'composer-bar' }, this.toolList, this.hint, this.button)), this.error);
    this.box.addEventListener('input', () => { this.grow(); this.keepDraft(); this.fail(''); this.complete(); });
    this.box.addEventListener('keydown', (e) => this.key(e));
    // Some input tools send the line break after the key: Enter has been used already.
    this.box.addEventListener('beforeinput', (e) => { if (this.entered && e.inputType === 'insertLineBreak') e.preventDefault(); });
    this.box.addEventListener('keyup', () => { this.entered = false; });
    this.box.addEventListener('blur', () => this.closeMenu());
    this.box.addEventListener('click', () => this.complete());
  }

  /** Files dropped anywhere on the element are attached; it shows that it takes them. */
  takeDrops(el) {
    const carries = (e) => [...(e.dataTransfer?.types || [])].includes('Files');
    let depth = 0;
    const mark = (n) => { depth = n; el.classList.toggle('dropping', n > 0); };
    el.addEventListener('dragenter', (e) => { if (carries(e)) { e.preventDefault(); mark(depth + 1); } });
    el.addEventListener('dragover', (e) => { if (carries(e)) e.preventDefault(); });
    el.addEventListener('dragleave', (e) => { if (carries(e)) mark(Math.max(0, depth - 1)); });
    el.addEventListener('drop', (e) => {
      if (!carries(e)) return;
      e.preventDefault();
      mark(0);
      this.attach([...e.dataTransfer.files]);
      this.box.focus();
    });
  }

  /** Puts files beside the text; they are sent with it. */
  attach(files) {
    const { t } = this.opts.ctx();
    const all = [...this.files, ...files];
    const bad = files.find((f) => !f.size || f.size > MOST_BYTES);
    if (bad) return this.fail(bad.size ? t('err_file_large', bad.name, fileSize(MOST_BYTES)) : t('err_file_empty', bad.name));
    if (all.length > MOST_FILES) return this.fail(t('err_many_files', MOST_FILES));
    this.fail('');
    this.files = all;
    this.drawFiles();
    this.box.focus();
  }

  drawFiles() {
    const { t } = this.opts.ctx();
    this.attached.hidden = !this.files.length;
    this.attached.setAttribute('aria-label', t('attached'));
    this.attached.replaceChildren(...this.files.map((f) => h('li', { class: 'chip' }, icon('file', 16), h('span', { class: 'chip-name' }, f.name), h('small', {}, fileSize(f.size)),
      h('button', { type: 'button', class: 'icon-btn', 'aria-label': t('removeItem', f.name), on: { click: () => { this.files = this.files.filter((x) => x !== f); this.drawFiles(); this.box.focus(); } } }, icon('close', 14)))));
    this.grow();
  }

  /** The app's global shortcuts, in a menu of their own. */
  drawShortcuts(ctx) {
    const list = ctx.shortcuts('global');
    const sign = JSON.stringify([list, ctx.lang]);
    if (!this.opts.commands || this.shortcuts.dataset.sign === sign) return;
    this.shortcuts.dataset.sign = sign;
    if (!list.length) { this.shortcuts.replaceChildren(); return; }
    const { button, menu } = menuButton({ class: 'icon-btn', title: ctx.t('shortcuts'), 'aria-label': ctx.t('shortcuts'), data: { testid: 'shortcuts' } }, icon('bolt', 18), list.map((k) => ({
      value: k.callback_id, testid: 'global-shortcut', node: [h('strong', {}, k.name), h('small', {}, k.description)], run: (from) => this.opts.ctx().shortcut(k, from),
    })), { label: ctx.t('shortcuts'), width: 300 });
    this.shortcuts.replaceChildren(button, menu);
  }

  /** Points the composer at a place: its draft, its words. */
  place(key, label) {
    const { t } = this.opts.ctx();
    for (const tool of this.toolList) if (tool.words) { tool.title = t(tool.words); tool.setAttribute('aria-label', t(tool.words)); }
    this.button.setAttribute('aria-label', t('send'));
    this.button.title = t('send');
    this.hint.textContent = t('sendHint');
    this.drawShortcuts(this.opts.ctx());
    this.box.placeholder = label;
    this.box.setAttribute('aria-label', label);
    if (this.draftKey === key) return;
    this.draftKey = key;
    this.fail('');
    this.closeMenu();
    this.files = [];
    this.drawFiles();
    this.box.value = memory.get(`draft.${key}`, '');
    this.grow();
  }

  keepDraft() { if (this.draftKey) memory.set(`draft.${this.draftKey}`, this.box.value || undefined); }

  set(text) {
    this.box.value = text;
    this.grow();
    this.keepDraft();
    this.fail('');
    this.box.focus();
    this.box.setSelectionRange(text.length, text.length);
  }

  insert(text) {
    const { selectionStart: from, selectionEnd: to, value } = this.box;
    const gap = from > 0 && !/\s/.test(value[from - 1]) ? ' ' : '';
    this.box.focus();
    this.box.setRangeText(gap + text, from, to, 'end');
    this.grow();
    this.keepDraft();
    this.complete();
  }

  grow() {
    this.box.style.height = 'auto';
    this.box.style.height = `${Math.min(this.box.scrollHeight, innerHeight * 0.35)}px`;
    this.button.classList.toggle('ready', Boolean(this.box.value.trim() || this.files.length));
  }

  fail(words) {
    this.error.hidden = !words;
    this.error.textContent = words;
  }

  complete() {
    const found = this.composing ? null : completions(this.box.value, this.box.selectionStart, this.opts.ctx());
    if (!found || !found.items.length) return this.closeMenu();
    this.list = found;
    this.active = 0;
    this.menu.replaceChildren(h('div', { class: 'group-label' }, found.label), ...found.items.map((item, n) => h('div', { id: `${this.listID}-${n}`, class: 'option', role: 'option', 'aria-selected': 'false', on: { pointerdown: (e) => { e.preventDefault(); this.pick(n); } } },
      item.person ? avatar(item.person, 24) : null,
      h('span', { class: 'option-words' }, h('strong', {}, item.title), item.also ? h('span', { class: 'also' }, ` ${item.also}`) : null, h('small', {}, item.note)))));
    this.menu.hidden = false;
    this.mark(0);
  }

  mark(n) {
    this.active = n;
    this.menu.querySelectorAll('.option').forEach((el, i) => {
      el.classList.toggle('active', i === n);
      el.setAttribute('aria-selected', String(i === n));
      if (i === n) el.scrollIntoView({ block: 'nearest' });
    });
    this.box.setAttribute('aria-activedescendant', `${this.listID}-${n}`);
  }

  closeMenu() {
    this.list = null;
    this.menu.hidden = true;
    this.box.removeAttribute('aria-activedescendant');
  }

  pick(n) {
    const item = this.list.items[n];
    const cursor = this.box.selectionStart;
    this.box.setRangeText(item.insert, this.list.from, cursor, 'end');
    this.grow();
    this.keepDraft();
    this.complete();
  }

  key(e) {
    if (e.isComposing || e.keyCode === 229) return;
    this.entered = e.key === 'Enter' && !e.shiftKey && !e.altKey;
    if (this.list) {
      const last = this.list.items.length - 1;
      if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
        e.preventDefault();
        this.mark(e.key === 'ArrowDown' ? (this.active === last ? 0 : this.active + 1) : (this.active === 0 ? last : this.active - 1));
        return;
      }
      // A command without a verb is whole: Enter sends it, Tab completes it.
      const whole = /^\/\S+\s+$/.test(this.box.value) && this.active === 0 && e.key === 'Enter';
      if ((e.key === 'Enter' || e.key === 'Tab') && !e.shiftKey && !whole) {
        e.preventDefault();
        this.pick(this.active);
        return;
      }
      if (e.key === 'Escape') {
        e.preventDefault();
        e.stopPropagation();
        this.closeMenu();
        return;
      }
    }
    if (e.key === 'Enter' && !e.shiftKey && !e.altKey) {
      e.preventDefault();
      this.send();
    } else if ((e.ctrlKey || e.metaKey) && (e.key === 'b' || e.key === 'i')) {
      e.preventDefault();
      const mark = e.key === 'b' ? '*' : '_';
      const { selectionStart: from, selectionEnd: to, value } = this.box;
      this.box.setRangeText(mark + value.slice(from, to) + mark, from, to, 'end');
      this.keepDraft();
    }
  }

  async send() {
    const text = this.box.value;
    const key = this.draftKey;
    const files = this.files;
    if ((!text.trim() && !files.length) || this.busy) return;
    this.closeMenu();
    this.busy = true;
    this.button.setAttribute('aria-busy', 'true');
    this.fail('');
    const answer = await this.opts.send(text.trim(), files);
    this.busy = false;
    this.button.removeAttribute('aria-busy');
    if (!answer.ok) {
      if (this.draftKey === key) this.fail(answer.words || this.opts.ctx().errorWords(answer));
      return;
    }
    // The person may have gone to another channel, or typed on, meanwhile.
    if (this.draftKey === key && files.length) {
      this.files = this.files.filter((f) => !files.includes(f));
      this.drawFiles();
    }
    if (this.draftKey !== key) memory.set(`draft.${key}`, undefined);
    else if (this.box.value === text) {
      this.box.value = '';
      this.grow();
      this.keepDraft();
    }
  }
}
