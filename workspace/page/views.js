// Views: modals on their stack, and Home. What a person typed belongs to the
// view's form, so that it survives errors, other updates and a redraw.
import { append, h, icon, memory, uid } from './dom.js';
import { blockNode } from './blocks.js';
import { initialState } from './fields.js';
import { textObject } from './mrkdwn.js';

const slot = (block, action) => `${block}|${action}`;
const startOf = (el) => JSON.stringify([el?.type, initialState(el || {})]);

/** The values of one view's inputs, as the person left them. */
class Form {
  constructor() {
    this.held = new Map();
    this.fields = new Map();
    this.dirty = false;
  }

  get(block, action) { return this.held.get(slot(block, action)); }

  set(block, action, state, typed) {
    this.held.set(slot(block, action), state);
    if (typed) {
      this.dirty = true;
      this.onTyped?.(block);
    }
  }

  register(block, el, made, spec) { this.fields.set(block, { el, made, spec }); }

  forget(block) { this.fields.delete(block); }

  /** All values in the shape of view.state.values. */
  values() {
    const out = {};
    for (const [key, state] of this.held) {
      const cut = key.indexOf('|');
      (out[key.slice(0, cut)] ??= {})[key.slice(cut + 1)] = state;
    }
    for (const [block, { el, made }] of this.fields) out[block] = { ...out[block], [el.action_id]: made.read() };
    return out;
  }

  /** What Slack's own client checks before it sends anything: {block_id: words}. */
  check(t) {
    const out = {};
    for (const [block, { el, made, spec }] of this.fields) {
      const state = made.read();
      const value = Object.entries(state).find(([key]) => key !== 'type')?.[1];
      const empty = value === null || value === undefined || (typeof value === 'string' && !value.trim()) || (Array.isArray(value) && !value.length);
      if (empty) {
        if (!spec.optional) out[block] = t('err_required');
        continue;
      }
      if (typeof value !== 'string' || !/input$/.test(el.type)) continue;
      const n = [...value].length;
      if (el.min_length && n < el.min_length) out[block] = t('err_short', el.min_length);
      else if (el.max_length && n > el.max_length) out[block] = t('err_long', el.max_length, n);
      else if (el.type === 'number_input') {
        const number = Number(value.trim());
        if (!/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(value.trim())) out[block] = t('err_number');
        else if (!el.is_decimal_allowed && !Number.isInteger(number)) out[block] = t('err_integer');
        else if (el.min_value !== undefined && number < Number(el.min_value)) out[block] = t('err_min', el.min_value);
        else if (el.max_value !== undefined && number > Number(el.max_value)) out[block] = t('err_max', el.max_value);
      } else if (el.type === 'url_text_input' && !/^https?:\/\/\S+$/i.test(value.trim())) out[block] = t('err_url');
      else if (el.type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(value.trim())) out[block] = t('err_email');
    }
    return out;
  }
}

/** Keeps the blocks of a view on the page: a block that did not change keeps its nodes, its focus and its value. */
class ViewBody {
  constructor(root, ctx, surface) {
    this.root = root;
    this.ctx = ctx;
    this.surface = surface;
    this.form = new Form();
    this.blocks = new Map();
    this.lang = '';
  }

  update(view) {
    const ctx = { ...this.ctx(), surface: this.surface, form: this.form };
    ctx.options = (ask) => this.ctx().options({ ...ask, view_id: view.id });
    ctx.act = (action, node) => this.ctx().act({ ...action, view_id: view.id, values: this.form.values() }, node);
    if (this.lang !== ctx.lang) this.blocks.clear();
    this.lang = ctx.lang;
    const next = new Map();
    (view.blocks || []).forEach((block, n) => {
      const key = block.block_id || `#${n}`;
      const sign = JSON.stringify(block);
      let held = this.blocks.get(key);
      if (!held || held.sign !== sign) {
        const was = held?.block;
        const el = block.element;
        if (was && el && startOf(was.element) !== startOf(el)) this.form.held.delete(slot(block.block_id, el.action_id));
        if (was?.element && !el) this.form.forget(key);
        held = { sign, block, node: blockNode(block, ctx) };
      }
      next.set(key, held);
    });
    for (const key of this.blocks.keys()) {
      if (next.has(key)) continue;
      this.form.forget(key);
      for (const name of this.form.held.keys()) if (name.startsWith(`${key}|`)) this.form.held.delete(name);
    }
    const want = [...next.values()].map((b) => b.node);
    for (const child of [...this.root.children]) if (!want.includes(child)) child.remove();
    want.forEach((node, n) => { if (this.root.children[n] !== node) this.root.insertBefore(node, this.root.children[n] || null); });
    this.blocks = next;
  }

  showErrors(errors, focus) {
    let first = null;
    for (const [key, { node }] of this.blocks) {
      const words = errors[key];
      const place = node.querySelector('.field-error');
      if (!place) continue;
      if (place.textContent !== (words || '')) place.textContent = words || '';
      node.classList.toggle('has-error', Boolean(words));
      const control = this.form.fields.get(key)?.made.control;
      if (words) control?.setAttribute('aria-invalid', 'true');
      else control?.removeAttribute('aria-invalid');
      if (words && !first) first = key;
    }
    if (first && focus) {
      this.form.fields.get(first)?.made.focus();
      this.blocks.get(first).node.scrollIntoView({ block: 'center' });
    }
  }
}

/** Shows the modal stack of the persona: the last view on top. */
export class Modals {
  constructor(env) {
    this.env = env; // {ctx(), submit(view, values), close(view)}
    this.open = new Map();
  }

  sync(stack, keep = false) {
    const ids = new Set(stack.map((v) => v.id));
    for (const [id, modal] of this.open) {
      if (ids.has(id)) continue;
      modal.dialog.close();
      modal.dialog.remove();
      this.open.delete(id);
      if (!keep) memory.set(`view.${id}`, undefined);
      if (modal.back?.isConnected) modal.back.focus();
    }
    stack.forEach((view, depth) => {
      let modal = this.open.get(view.id);
      if (!modal) {
        modal = this.build(view);
        this.open.set(view.id, modal);
      }
      this.update(modal, view, depth);
    });
    const top = stack.length ? this.open.get(stack[stack.length - 1].id) : null;
    for (const modal of this.open.values()) if (modal !== top && modal.dialog.open) modal.dialog.close();
    if (top && !top.dialog.open) {
      top.back = document.activeElement instanceof HTMLElement ? document.activeElement : null;
      top.dialog.showModal();
      const first = top.dialog.querySelector('[data-first]') || top.dialog.querySelector('.modal-body :is(input, textarea, select, button):not([disabled])');
      (first || top.submit).focus({ preventScroll: !first });
      top.bodyNode.scrollTop = 0;
    }
  }

  /** Forgets everything, for another persona. */
  reset() { this.sync([], true); }

  build(view) {
    const title = uid('modal-title');
    const { t } = this.env.ctx();
    const modal = { view, busy: false, errors: {}, own: {} };
    modal.title = h('h2', { id: title });
    modal.banner = h('div', { class: 'modal-banner', role: 'alert', hidden: true });
    modal.bodyNode = h('div', { class: 'modal-body' });
    modal.cancel = h('button', { type: 'button', class: 'btn', data: { testid: 'modal-cancel' }, on: { click: () => this.close(modal) } });
    modal.submit = h('button', { type: 'button', class: 'btn primary', data: { testid: 'modal-submit' }, on: { click: () => this.send(modal) } });
    modal.x = h('button', { type: 'button', class: 'icon-btn', 'aria-label': t('close'), data: { testid: 'modal-close' }, on: { click: () => this.close(modal) } }, icon('close'));
    modal.foot = h('div', { class: 'modal-foot' }, modal.cancel, modal.submit);
    modal.ask = h('div', { class: 'modal-foot ask', hidden: true });
    modal.dialog = h('dialog', { class: 'modal', 'aria-labelledby': title, data: { viewId: view.id, callbackId: view.callback_id } },
      h('div', { class: 'modal-head' }, modal.title, modal.x), modal.banner, modal.bodyNode, modal.foot, modal.ask);
    modal.dialog.addEventListener('cancel', (e) => { e.preventDefault(); this.close(modal); });
    modal.dialog.addEventListener('keydown', (e) => {
      if (e.key === 'Escape') {
        e.preventDefault();
        e.stopPropagation();
        if (!e.isComposing) this.close(modal);
      }
      if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) this.send(modal);
    });
    modal.body = new ViewBody(modal.bodyNode, this.env.ctx, 'modal');
    // What was typed outlives a reload of the page; it goes when the view goes.
    const kept = memory.get(`view.${view.id}`, {});
    for (const [block, actions] of Object.entries(kept)) for (const [action, state] of Object.entries(actions)) modal.body.form.set(block, action, state);
    modal.body.form.dirty = Object.keys(kept).length > 0;
    modal.body.form.onTyped = (block) => {
      memory.set(`view.${view.id}`, modal.body.form.values());
      if (!modal.errors[block]) return;
      delete modal.errors[block];
      modal.body.showErrors(modal.errors);
      this.count(modal);
    };
    document.body.append(modal.dialog);
    return modal;
  }

  update(modal, view, depth) {
    const ctx = this.env.ctx();
    const { t } = ctx;
    const changed = modal.view.hash !== view.hash || modal.lang !== ctx.lang || !modal.lang;
    const fresh = JSON.stringify(view.errors || {});
    modal.view = view;
    modal.lang = ctx.lang;
    if (changed) {
      modal.title.replaceChildren(textObject(view.title, ctx, true));
      modal.cancel.replaceChildren(view.close ? textObject(view.close, ctx, true) : document.createTextNode(depth ? t('back') : t('cancel')));
      modal.submit.hidden = !view.submit;
      if (view.submit && !modal.busy) modal.submit.replaceChildren(textObject(view.submit, ctx, true));
      modal.body.update(view);
      modal.body.showErrors(modal.errors);
    }
    if (modal.fresh !== fresh) {
      // The server keeps the errors of the last submission: they come back after a reload.
      modal.fresh = fresh;
      if (view.errors && Object.keys(view.errors).length && !modal.busy) {
        modal.errors = { ...view.errors };
        modal.body.showErrors(modal.errors);
        this.count(modal);
      }
    }
  }

  count(modal) {
    const n = Object.keys(modal.errors).length;
    const { t } = this.env.ctx();
    modal.banner.hidden = !n;
    modal.banner.textContent = n === 1 ? t('fieldErrors1') : t('fieldErrors', n);
  }

  fail(modal, errors) {
    modal.errors = { ...errors };
    modal.body.showErrors(modal.errors, true);
    this.count(modal);
  }

  async send(modal) {
    const ctx = this.env.ctx();
    if (modal.busy || !modal.view.submit) return;
    const own = modal.body.form.check(ctx.t);
    if (Object.keys(own).length) {
      this.fail(modal, own);
      return;
    }
    this.setBusy(modal, true);
    modal.errors = {};
    modal.body.showErrors({});
    modal.banner.hidden = true;
    const answer = await this.env.submit(modal.view, modal.body.form.values());
    this.setBusy(modal, false);
    if (answer.errors && Object.keys(answer.errors).length) {
      this.fail(modal, answer.errors);
    } else if (!answer.ok) {
      modal.banner.hidden = false;
      modal.banner.textContent = ctx.errorWords(answer);
      modal.submit.focus();
    } else {
      modal.body.form.dirty = false;
    }
  }

  setBusy(modal, busy) {
    const ctx = this.env.ctx();
    modal.busy = busy;
    modal.dialog.setAttribute('aria-busy', String(busy));
    modal.submit.setAttribute('aria-disabled', String(busy));
    modal.submit.replaceChildren(...(busy ? [h('span', { class: 'spinner', 'aria-hidden': 'true' }), document.createTextNode(ctx.t('submitting'))] : [textObject(modal.view.submit, ctx, true)]));
  }

  close(modal) {
    if (modal.busy) return;
    const { t } = this.env.ctx();
    if (modal.body.form.dirty && modal.ask.hidden) {
      const keep = h('button', { type: 'button', class: 'btn', on: { click: () => { modal.ask.hidden = true; modal.foot.hidden = false; modal.submit.focus(); } } }, t('keepEditing'));
      const drop = h('button', { type: 'button', class: 'btn danger', data: { testid: 'modal-discard' }, on: { click: () => this.env.close(modal.view) } }, t('discard'));
      modal.ask.replaceChildren();
      append(modal.ask, [h('span', { class: 'ask-words', role: 'alert' }, t('dirtyClose')), keep, drop]);
      modal.ask.hidden = false;
      modal.foot.hidden = true;
      drop.focus();
      return;
    }
    this.env.close(modal.view);
  }
}

/** The Home of the persona. */
export class Home {
  constructor(root, ctx) {
    this.root = root;
    this.ctx = ctx;
    this.id = '';
  }

  sync(view) {
    const ctx = this.ctx();
    if (!view) {
      this.id = '';
      this.root.replaceChildren(h('div', { class: 'empty-state' }, icon('home', 32), h('h3', {}, ctx.t('emptyHome')), h('p', {}, ctx.t('emptyHomeNote'))));
      return;
    }
    if (this.id !== view.id) {
      this.id = view.id;
      this.root.replaceChildren();
      this.body = new ViewBody(this.root, this.ctx, 'home');
    }
    this.body.update(view);
  }

  reset() { this.id = ''; this.root.replaceChildren(); }
}
