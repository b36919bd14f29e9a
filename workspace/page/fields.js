// The interactive elements of Block Kit. Each is built once and tells its
// state in Slack's own form: {type, value | selected_option | …}.
import { combo } from './combo.js';
import { fileSize, h, icon, link, uid, ZONE } from './dom.js';
import { menuButton } from './menu.js';
import { textObject } from './mrkdwn.js';
import { withEmoji } from './emoji.js';

const say = (text, ctx) => (text ? textObject(text, ctx, true) : null);
const plain = (text) => (typeof text === 'string' ? text : text?.text || '');

/** Suzhou's wall clock for datetimepicker, as a datetime-local input wants it, and back. */
function wallClock(seconds) {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).format(new Date(seconds * 1000)).replace(' ', 'T');
}
const fromWallClock = (text) => Math.round(Date.parse(`${text}:00+08:00`) / 1000);

/** The state that an element has before anybody touched it, or null. */
export function initialState(el) {
  const type = el.type;
  const one = (key, value) => (value === undefined || value === null ? null : { type, [key]: value });
  switch (type) {
    case 'plain_text_input': case 'url_text_input': case 'email_text_input': case 'number_input': return one('value', el.initial_value);
    case 'static_select': case 'external_select': case 'radio_buttons': return one('selected_option', el.initial_option);
    case 'multi_static_select': case 'multi_external_select': case 'checkboxes': return one('selected_options', el.initial_options);
    case 'users_select': return one('selected_user', el.initial_user);
    case 'multi_users_select': return one('selected_users', el.initial_users);
    case 'channels_select': return one('selected_channel', el.initial_channel);
    case 'multi_channels_select': return one('selected_channels', el.initial_channels);
    case 'conversations_select': return one('selected_conversation', el.initial_conversation);
    case 'multi_conversations_select': return one('selected_conversations', el.initial_conversations);
    case 'datepicker': return one('selected_date', el.initial_date);
    case 'timepicker': return one('selected_time', el.initial_time);
    case 'datetimepicker': return one('selected_date_time', el.initial_date_time);
    case 'file_input': return { type, files: [] };
    default: return null;
  }
}

/** What /control/action calls "selected" or "value" for a state. */
export function selectedOf(state) {
  if (!state) return {};
  if (state.selected_option) return { selected: state.selected_option.value };
  if (state.selected_options) return { selected: state.selected_options.map((o) => o.value) };
  for (const [key, value] of Object.entries(state)) {
    if (key.startsWith('selected_') && value !== null && value !== undefined) return { selected: key === 'selected_date_time' ? Number(value) : value };
  }
  return 'value' in state && state.value !== null ? { value: state.value } : { selected: null };
}

const optionGroups = (el) => (el.option_groups ? el.option_groups.map((g) => ({ label: plain(g.label), options: g.options || [] })) : [{ options: el.options || [] }]);

function peopleOptions(ctx) {
  return [{ options: ctx.people().map((p) => ({ text: p.bot ? p.real : `${p.real} · ${p.title}`, value: p.id })) }];
}
function channelOptions(ctx, withDirect) {
  return [{ options: ctx.channels().filter((c) => withDirect || c.kind === 'channel').map((c) => ({ text: c.kind === 'channel' ? `#${c.name}` : c.title, value: c.id })) }];
}

function textInput(el, env, state, changed) {
  const { labelledby, describedby } = env;
  const type = { url_text_input: 'url', email_text_input: 'email', number_input: 'text' }[el.type] || 'text';
  const props = {
    class: 'input', id: env.id, placeholder: plain(el.placeholder) || undefined, 'aria-labelledby': labelledby, 'aria-label': labelledby ? undefined : plain(el.placeholder) || el.action_id, 'aria-describedby': describedby,
    autocomplete: 'off', inputmode: el.type === 'number_input' ? (el.is_decimal_allowed ? 'decimal' : 'numeric') : undefined,
  };
  const input = el.multiline ? h('textarea', { ...props, rows: 4 }) : h('input', { ...props, type });
  input.value = state?.value ?? '';
  const max = el.max_length;
  const counter = max ? h('span', { class: 'counter', 'aria-hidden': 'true' }) : null;
  const count = () => {
    if (!counter) return;
    const n = [...input.value].length;
    counter.textContent = n > max * 0.8 || n > max ? `${n}/${max}` : '';
    counter.classList.toggle('over', n > max);
  };
  count();
  const on = el.dispatch_action_config?.trigger_actions_on || ['on_enter_pressed'];
  let timer = 0;
  input.addEventListener('input', () => {
    count();
    changed();
    if (env.dispatch && on.includes('on_character_entered')) {
      clearTimeout(timer);
      timer = setTimeout(() => env.act(read()), 400);
    }
  });
  input.addEventListener('keydown', (e) => {
    if (e.key === 'Enter' && !e.isComposing && env.dispatch && !el.multiline && on.includes('on_enter_pressed')) {
      e.preventDefault();
      env.act(read());
    }
  });
  const read = () => ({ type: el.type, value: input.value === '' ? null : input.value });
  return { node: h('div', { class: 'input-wrap' }, input, counter), read, focus: () => input.focus(), control: input };
}

function select(el, env, state, changed, ctx) {
  const multi = el.type.startsWith('multi_');
  const kind = el.type.replace('multi_', '').replace('_select', '');
  const groups = kind === 'users' ? peopleOptions(ctx) : kind === 'channels' ? channelOptions(ctx, false) : kind === 'conversations' ? channelOptions(ctx, true) : optionGroups(el);
  const key = kind === 'users' ? 'selected_user' : kind === 'channels' ? 'selected_channel' : kind === 'conversations' ? 'selected_conversation' : 'selected_option';
  const many = `${key}s`;
  const isOption = key === 'selected_option';
  const start = multi ? state?.[many] || [] : state?.[key] ? [state[key]] : [];
  const c = combo({
    groups, multi, max: el.max_selected_items || 0, chosen: start.map((x) => (isOption ? x.value : x)), placeholder: plain(el.placeholder),
    labelledby: env.labelledby, compact: env.compact, disabled: false,
  }, ctx, () => changed(true));
  const full = (v) => groups.flatMap((g) => g.options).find((o) => o.value === v);
  const read = () => {
    const values = c.value().map((v) => (isOption ? full(v) : v));
    return multi ? { type: el.type, [many]: values } : { type: el.type, [key]: values[0] ?? null };
  };
  return { node: c.node, read, focus: c.focus, control: c.control };
}

/** A select whose options the app brings while the person types. */
function external(el, env, state, changed, ctx) {
  const multi = el.type.startsWith('multi_');
  const start = (multi ? state?.selected_options || [] : [state?.selected_option]).filter(Boolean);
  const c = combo({
    groups: [{ options: start }], multi, max: el.max_selected_items || 0, chosen: start.map((o) => o.value), placeholder: plain(el.placeholder), labelledby: env.labelledby, compact: env.compact,
    least: el.min_query_length ?? 3,
    load: async (query) => {
      const answer = await ctx.options({ action_id: el.action_id, block_id: env.block, text: query });
      return answer.ok ? (answer.option_groups || [{ options: answer.options || [] }]).map((g) => ({ label: plain(g.label), options: g.options || [] })) : [];
    },
  }, ctx, () => changed(true));
  const read = () => {
    const options = c.value().map(c.option);
    return multi ? { type: el.type, selected_options: options } : { type: el.type, selected_option: options[0] || null };
  };
  return { node: c.node, read, focus: c.focus, control: c.control };
}

function choices(el, env, state, changed, ctx) {
  const multi = el.type === 'checkboxes';
  const name = uid('choice');
  const start = multi ? (state?.selected_options || []).map((o) => o.value) : [state?.selected_option?.value];
  const rows = (el.options || []).map((option) => {
    const input = h('input', { type: multi ? 'checkbox' : 'radio', name, value: option.value });
    input.checked = start.includes(option.value);
    input.addEventListener('change', () => changed(true));
    return { option, input, node: h('label', { class: 'choice' }, input, h('span', {}, say(option.text, ctx), option.description ? h('small', {}, say(option.description, ctx)) : null)) };
  });
  const read = () => {
    const on = rows.filter((r) => r.input.checked).map((r) => r.option);
    return multi ? { type: el.type, selected_options: on } : { type: el.type, selected_option: on[0] || null };
  };
  const node = h('div', { class: 'choices', role: multi ? 'group' : 'radiogroup', 'aria-labelledby': env.labelledby, 'aria-label': env.labelledby ? undefined : el.action_id }, rows.map((r) => r.node));
  return { node, read, focus: () => (rows.find((r) => r.input.checked) || rows[0])?.input.focus(), control: node };
}

function picker(el, env, state, changed) {
  const type = { datepicker: 'date', timepicker: 'time', datetimepicker: 'datetime-local' }[el.type];
  const key = { datepicker: 'selected_date', timepicker: 'selected_time', datetimepicker: 'selected_date_time' }[el.type];
  const input = h('input', { class: 'input date', type, 'aria-labelledby': env.labelledby, 'aria-label': env.labelledby ? undefined : plain(el.placeholder) || el.action_id, 'aria-describedby': env.describedby });
  const held = state?.[key];
  input.value = held ? (el.type === 'datetimepicker' ? wallClock(Number(held)) : held) : '';
  input.addEventListener('change', () => changed(true));
  const read = () => ({ type: el.type, [key]: input.value ? (el.type === 'datetimepicker' ? fromWallClock(input.value) : input.value) : null });
  return { node: input, read, focus: () => input.focus(), control: input };
}

function fileInput(el, env, state, changed, ctx) {
  let files = state?.files || [];
  const most = el.max_files || 10;
  const list = h('ul', { class: 'file-list' });
  const note = h('div', { class: 'combo-note', role: 'status', hidden: true });
  const input = h('input', { type: 'file', class: 'input', multiple: most > 1, accept: el.filetypes?.map((x) => `.${x}`).join(','), 'aria-labelledby': env.labelledby, 'aria-describedby': env.describedby });
  const say = (words) => { note.hidden = !words; note.textContent = words || ''; };
  const draw = () => list.replaceChildren(...files.map((f) => h('li', { class: 'chip' }, icon('file', 16), h('span', { class: 'chip-name' }, f.name || f.id), f.size ? h('small', {}, fileSize(f.size)) : null,
    h('button', { type: 'button', class: 'icon-btn', 'aria-label': ctx.t('removeItem', f.name || f.id), on: { click: () => { files = files.filter((x) => x !== f); draw(); changed(true); input.focus(); } } }, icon('close', 14)))));
  input.addEventListener('change', async () => {
    const chosen = [...input.files];
    input.value = '';
    say('');
    const wrong = chosen.find((f) => el.filetypes?.length && !el.filetypes.includes(f.name.split('.').pop().toLowerCase()));
    if (wrong) return say(ctx.t('err_file_type', wrong.name, el.filetypes.join(', ')));
    if (files.length + chosen.length > most) return say(ctx.t('err_many_form_files', most));
    const answer = await ctx.upload(chosen);
    if (!answer.ok) return say(ctx.errorWords(answer));
    files = [...files, ...chosen.map((f, n) => ({ id: answer.files[n], name: f.name, size: f.size }))];
    draw();
    changed(true);
  });
  draw();
  return { node: h('div', {}, input, list, note), read: () => ({ type: el.type, files: files.map((f) => ({ id: f.id, name: f.name, size: f.size })) }), focus: () => input.focus(), control: input };
}

/**
 * Builds an element that holds a state. env: {labelledby, describedby, id, compact, dispatch, act(state)}.
 * changed(settled) is called when the person changes it; settled is false while typing.
 */
export function stateful(el, env, state, changed, ctx) {
  if (['plain_text_input', 'url_text_input', 'email_text_input', 'number_input'].includes(el.type)) return textInput(el, env, state, changed);
  if (/external_select$/.test(el.type)) return external(el, env, state, changed, ctx);
  if (/_select$/.test(el.type)) return select(el, env, state, changed, ctx);
  if (el.type === 'radio_buttons' || el.type === 'checkboxes') return choices(el, env, state, changed, ctx);
  if (['datepicker', 'timepicker', 'datetimepicker'].includes(el.type)) return picker(el, env, state, changed);
  if (el.type === 'file_input') return fileInput(el, env, state, changed, ctx);
  return null;
}

/** A button; one with an address is a link that also tells the app. */
export function button(el, block, ctx) {
  const cls = `btn${el.style ? ` ${el.style}` : ''}`;
  const data = { actionId: el.action_id, blockId: block.block_id, value: el.value };
  const words = withEmoji(plain(el.text), el.text?.emoji !== false);
  const label = el.accessibility_label || undefined;
  if (el.url) {
    const node = link(el.url, words, { class: cls, 'aria-label': label });
    Object.assign(node.dataset, Object.fromEntries(Object.entries(data).filter(([, v]) => v !== undefined)));
    node.addEventListener('click', () => ctx.act({ action_id: el.action_id, block_id: block.block_id, value: el.value }, node));
    return node;
  }
  const node = h('button', { type: 'button', class: cls, data, 'aria-label': label }, words);
  node.addEventListener('click', async (e) => {
    // The second click of a double click is meant for the first one's effect.
    if (e.detail > 1 || node.getAttribute('aria-busy') === 'true') return;
    if (el.confirm && !(await ctx.confirm(el.confirm))) return;
    ctx.act({ action_id: el.action_id, block_id: block.block_id, value: el.value }, node);
  });
  return node;
}

/** Two thumbs for praise and complaint; the one last clicked stays pressed. */
export function feedbackButtons(el, block, ctx) {
  const pair = [['thumb-up', el.positive_button], ['thumb-down', el.negative_button]].filter(([, b]) => b);
  const nodes = pair.map(([name, b]) => {
    const node = button({ ...b, action_id: el.action_id }, block, ctx);
    node.classList.add('small', 'thumb-btn', name);
    node.setAttribute('aria-pressed', 'false');
    node.prepend(icon('thumb', 15));
    node.addEventListener('click', () => nodes.forEach((n) => n.setAttribute('aria-pressed', String(n === node))));
    return node;
  });
  return h('span', { class: 'feedback', role: 'group' }, nodes);
}

/** An overflow menu: a button with a menu of options. */
export function overflow(el, block, ctx) {
  const { button: node, menu } = menuButton({ class: 'btn icon-btn', 'aria-label': ctx.t('more'), data: { actionId: el.action_id, blockId: block.block_id } }, icon('more', 18), (el.options || []).map((option) => ({
    value: option.value,
    node: [say(option.text, ctx), option.description ? h('small', {}, say(option.description, ctx)) : null],
    run: async (from) => {
      if (option.url) window.open(link(option.url, '').href, '_blank', 'noopener');
      if (el.confirm && !(await ctx.confirm(el.confirm))) return;
      ctx.act({ action_id: el.action_id, block_id: block.block_id, selected: option.value }, from);
    },
  })), { label: ctx.t('more') });
  return h('span', { class: 'overflow' }, node, menu);
}
