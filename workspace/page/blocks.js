// Block Kit blocks to nodes, for messages, modals and Home.
//
// ctx is what a surface gives: {lang, t, me, person, channel, people, channels, openChannel, confirm,
// upload, errorWords, act(action, node), form?}. form keeps the values of a view's inputs.
import { button, feedbackButtons, initialState, overflow, selectedOf, stateful } from './fields.js';
import { h, icon, link, ownSource, uid } from './dom.js';
import { lightbox } from './lightbox.js';
import { textObject } from './mrkdwn.js';
import { markdown, richText } from './richtext.js';
import { chart, dataTable, table } from './tables.js';

const wordsOf = (text) => (typeof text === 'string' ? text : text?.text || '');

/** A picture of this workspace, enlarged on click; one from elsewhere is named and linked, not loaded. */
export function picture(raw, alt, ctx, { small = false, title = '' } = {}) {
  const src = ownSource(raw);
  if (!src) {
    return h('span', { class: 'img-external' }, icon('eye', 16), link(raw, alt || ctx.t('externalImage')), small ? null : h('small', {}, ctx.t('externalImage')));
  }
  const img = h('img', { src, alt: alt || '', loading: 'lazy', class: small ? 'thumb' : 'pic' });
  img.addEventListener('error', () => img.replaceWith(h('span', { class: 'img-external' }, icon('warn', 16), alt || ctx.t('brokenImage'))));
  if (small) return img;
  return h('button', { type: 'button', class: 'pic-button', 'aria-label': ctx.t('enlarge', alt || title), on: { click: () => lightbox(src, alt, title, ctx) } }, img);
}

/** Where the picture of an image is: anywhere, or an upload of this workspace, by its address or its id. */
const address = (image, ctx) => image.image_url || image.slack_file?.url || ctx.picture?.(image.slack_file?.id) || '';

/** One interactive element outside an input block. */
function element(el, block, ctx) {
  switch (el?.type) {
    case undefined: return null;
    case 'button': return button(el, block, ctx);
    case 'workflow_button': return button({ ...el, url: undefined }, block, ctx);
    case 'overflow': return overflow(el, block, ctx);
    case 'feedback_buttons': return feedbackButtons(el, block, ctx);
    case 'image': return picture(address(el, ctx), el.alt_text, ctx, { small: true });
    case 'mrkdwn': case 'plain_text': return textObject(el, ctx, true);
    default: break;
  }
  const held = ctx.form?.get(block.block_id, el.action_id) ?? initialState(el);
  const made = stateful(el, { compact: true, labelledby: undefined, block: block.block_id, dispatch: true, act: (state) => send(state) }, held, async (settled) => {
    const state = made.read();
    if (settled && el.confirm && !(await ctx.confirm(el.confirm))) return;
    ctx.form?.set(block.block_id, el.action_id, state);
    if (settled) send(state);
  }, ctx);
  const send = (state) => ctx.act({ action_id: el.action_id, block_id: block.block_id, ...selectedOf(state) }, made.node);
  if (!made) return h('span', { class: 'unknown-block' }, ctx.t('unknownElement', el.type));
  Object.assign(made.node.dataset, { actionId: el.action_id || '', blockId: block.block_id || '' });
  made.node.classList.add('el');
  return made.node;
}

function input(block, ctx) {
  const el = block.element || {};
  const label = uid('label');
  const hint = block.hint ? uid('hint') : undefined;
  const error = uid('error');
  const held = ctx.form?.get(block.block_id, el.action_id) ?? initialState(el);
  const act = (state) => ctx.act({ action_id: el.action_id, block_id: block.block_id, ...selectedOf(state) }, root);
  const made = stateful(el, { labelledby: label, block: block.block_id, describedby: [hint, error].filter(Boolean).join(' '), dispatch: block.dispatch_action, act, compact: false }, held, (settled) => {
    const state = made.read();
    ctx.form?.set(block.block_id, el.action_id, state, true);
    if (settled && block.dispatch_action) act(state);
  }, ctx);
  const root = h('div', { class: 'field', data: { actionId: el.action_id } },
    h('div', { class: 'label', id: label }, textObject(block.label, ctx, true), block.optional ? h('span', { class: 'optional' }, ' ', ctx.t('optional')) : null),
    made ? made.node : h('div', { class: 'unknown-block' }, ctx.t('unknownElement', el.type)),
    h('div', { class: 'field-error', id: error, role: 'alert' }),
    block.hint ? h('div', { class: 'hint', id: hint }, textObject(block.hint, ctx, true)) : null);
  if (made) {
    made.control.setAttribute('data-action-id', el.action_id || '');
    // A click on the label goes to the field, as a label's would.
    root.firstChild.addEventListener('click', () => made.focus());
    ctx.form?.register(block.block_id, el, made, block);
    if (el.focus_on_load) made.control.setAttribute('data-first', '');
  }
  return root;
}

function section(block, ctx) {
  const body = h('div', { class: 'section-body' }, block.text ? textObject(block.text, ctx) : null);
  if (block.fields?.length) body.append(h('div', { class: 'fields' }, block.fields.map((f) => h('div', { class: 'cell' }, textObject(f, ctx)))));
  if (!block.accessory) return body;
  const pic = block.accessory.type === 'image' || block.accessory.type === 'overflow';
  return h('div', { class: `section-with${pic ? ' pic-side' : ''}` }, body, h('div', { class: 'accessory' }, element(block.accessory, block, ctx)));
}

function figure(block, ctx) {
  const title = wordsOf(block.title);
  return h('figure', { class: 'figure' }, title ? h('figcaption', {}, textObject(block.title, ctx, true)) : null, picture(address(block, ctx), block.alt_text, ctx, { title }));
}

function card(block, ctx) {
  return h('div', { class: 'card' },
    block.hero_image ? picture(block.hero_image.image_url, block.hero_image.alt_text, ctx) : null,
    h('div', { class: 'card-head' }, block.icon ? picture(block.icon.image_url, block.icon.alt_text, ctx, { small: true }) : null,
      h('div', {}, block.title ? h('strong', {}, textObject(block.title, ctx, true)) : null, block.subtitle ? h('div', { class: 'muted' }, textObject(block.subtitle, ctx, true)) : null)),
    block.body ? textObject(block.body, ctx) : null,
    block.subtext ? h('div', { class: 'muted' }, textObject(block.subtext, ctx)) : null,
    block.actions?.length ? h('div', { class: 'actions' }, block.actions.map((el) => element(el, block, ctx))) : null);
}

const ALERTS = { info: 'info', success: 'check', warning: 'warn', error: 'warn', default: 'info' };

function video(block, ctx) {
  return h('div', { class: 'card video' }, h('div', { class: 'card-head' }, icon('play', 22), h('div', {},
    h('strong', {}, link(block.title_url || block.video_url, wordsOf(block.title) || block.alt_text)),
    h('div', { class: 'muted' }, [block.provider_name, block.author_name].filter(Boolean).join(' · ') || ctx.t('externalVideo')))),
  block.description ? textObject(block.description, ctx) : null);
}

function container(block, ctx) {
  const head = block.rich_text_title ? richText(block.rich_text_title, ctx) : textObject(block.title, ctx, true);
  const sub = block.subtitle ? h('div', { class: 'muted' }, textObject(block.subtitle, ctx, true)) : null;
  const inner = (block.child_blocks || []).map((b) => blockNode(b, ctx));
  if (!block.is_collapsible) return h('div', { class: 'card' }, h('strong', {}, head), sub, inner);
  return h('details', { class: 'card', open: !block.default_collapsed }, h('summary', {}, h('strong', {}, head), sub), inner);
}

const STATUS = { pending: '○', in_progress: '◐', complete: '●', error: '✕' };
function task(block, ctx) {
  return h('div', { class: `task ${block.status || 'pending'}` }, block.hide_title ? null : h('div', {}, h('span', { 'aria-hidden': 'true' }, STATUS[block.status] || '○', ' '), h('strong', {}, block.title)),
    block.details ? richText(block.details, ctx) : null, block.output ? richText(block.output, ctx) : null,
    block.sources?.length ? h('div', { class: 'muted' }, block.sources.map((s) => [link(s.url, s.text || s.url), ' '])) : null);
}

function inner(block, ctx) {
  switch (block.type) {
    case 'header': return h(ctx.surface === 'message' ? 'h4' : 'h3', { class: 'block-header' }, textObject(block.text, ctx, true));
    case 'section': return section(block, ctx);
    case 'divider': return h('hr');
    case 'context': return h('div', { class: 'context' }, (block.elements || []).map((el) => h('span', { class: el.type === 'image' ? 'context-pic' : 'context-text' }, element(el, block, ctx))));
    case 'actions': case 'context_actions': return h('div', { class: 'actions' }, (block.elements || []).map((el) => element(el, block, ctx)));
    case 'image': return figure(block, ctx);
    case 'input': return input(block, ctx);
    case 'rich_text': return richText(block, ctx);
    case 'markdown': return markdown(block.text, ctx);
    case 'table': return table(block, ctx, element);
    case 'data_table': return dataTable(block, ctx, element);
    case 'data_visualization': return chart(block, ctx);
    case 'alert': return h('div', { class: `alert ${block.level || 'default'}`, role: 'note' }, icon(ALERTS[block.level] || 'info', 18), textObject(block.text, ctx));
    case 'card': return card(block, ctx);
    case 'carousel': return h('div', { class: 'carousel', tabindex: 0 }, (block.elements || []).map((b) => card(b, ctx)));
    case 'container': return container(block, ctx);
    case 'video': return video(block, ctx);
    case 'plan': return h('div', { class: 'card' }, h('strong', {}, wordsOf(block.title)), (block.tasks || []).map((b) => task(b, ctx)));
    case 'task_card': return task(block, ctx);
    default: return h('div', { class: 'unknown-block', role: 'note' }, icon('info', 16), ctx.t('unknownBlock', block.type));
  }
}

/** One block, wrapped so that tests and error messages find it by its block_id. */
export function blockNode(block, ctx) {
  let body;
  try {
    body = inner(block, ctx);
  } catch (error) {
    // A block of an unforeseen shape must not take the others with it.
    console.error('block', block.type, error);
    body = h('div', { class: 'unknown-block', role: 'note' }, icon('warn', 16), ctx.t('unknownBlock', block.type));
  }
  return h('div', { class: `block b-${block.type}`, data: { blockId: block.block_id || undefined } }, body);
}

export const blockNodes = (list, ctx) => (list || []).map((b) => blockNode(b, ctx));
