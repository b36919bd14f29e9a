// rich_text blocks, and the markdown block, to nodes.
import { h, link, slackDate } from './dom.js';
import { emojiChar, emojiNode, withEmoji } from './emoji.js';
import { channelMention, userMention } from './mrkdwn.js';

function styled(node, style = {}) {
  let out = node;
  if (style.code) out = h('code', {}, out);
  if (style.bold) out = h('strong', {}, out);
  if (style.italic) out = h('em', {}, out);
  if (style.strike) out = h('s', {}, out);
  if (style.underline) out = h('u', {}, out);
  if (style.highlight || style.client_highlight) out = h('mark', {}, out);
  return out;
}

function breaks(text, codes = false) {
  return text.split('\n').flatMap((line, i) => [i ? h('br') : null, ...withEmoji(line, codes)]);
}

function part(el, ctx) {
  switch (el.type) {
    case 'text': return styled(h('span', {}, breaks(el.text || '')), el.style);
    case 'link': return styled(link(el.url, el.text ? withEmoji(el.text, false) : el.url), el.style);
    case 'emoji': {
      const char = emojiChar(el.name) || (el.unicode ? String.fromCodePoint(...el.unicode.split('-').map((c) => parseInt(c, 16))) : '');
      return char ? emojiNode(char, el.name) : h('span', {}, `:${el.name}:`);
    }
    case 'user': return styled(userMention(el.user_id, ctx), el.style);
    case 'channel': return styled(channelMention(el.channel_id, ctx), el.style);
    case 'usergroup': return styled(h('span', { class: 'mention' }, `@${el.usergroup_id}`), el.style);
    case 'broadcast': return styled(h('span', { class: 'mention me' }, `@${el.range}`), el.style);
    case 'date': return styled(h('time', { datetime: new Date(Number(el.timestamp) * 1000).toISOString() }, slackDate(el.timestamp, el.format || '{date}', ctx.lang)), el.style);
    case 'color': return h('span', { class: 'mono' }, el.value);
    default: return el.text ? h('span', {}, String(el.text)) : h('span', { class: 'unknown-inline', title: ctx.t('unknownBlock', el.type) }, `[${el.type}]`);
  }
}

const parts = (elements, ctx) => (elements || []).map((el) => part(el, ctx));

/** Groups neighbouring lists by indent, as Slack sends nested lists flat. */
function element(el, ctx) {
  switch (el.type) {
    case 'rich_text_section': return h('div', { class: 'para' }, parts(el.elements, ctx));
    case 'rich_text_quote': return h('blockquote', {}, parts(el.elements, ctx));
    case 'rich_text_preformatted': return h('pre', { tabindex: 0 }, (el.elements || []).map((e) => e.text ?? e.url ?? '').join(''));
    case 'rich_text_list':
      return h(el.style === 'ordered' ? 'ol' : 'ul', { class: `rt-list indent-${Math.min(el.indent || 0, 6)}${el.border ? ' bordered' : ''}`, start: el.offset ? el.offset + 1 : undefined },
        (el.elements || []).map((item) => h('li', {}, parts(item.elements, ctx))));
    default: return h('div', { class: 'unknown-block' }, ctx.t('unknownBlock', el.type));
  }
}

export function richText(block, ctx) {
  return h('div', { class: 'rich-text' }, (block.elements || []).map((el) => element(el, ctx)));
}

// The markdown block: standard Markdown, the common part of it.
const INLINE = /(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)|\*\*\*([^*\n]+)\*\*\*|\*\*([^\n]+?)\*\*|__([^\n]+?)__|\*([^*\n]+)\*|(?<![\p{L}\p{N}])_([^_\n]+)_(?![\p{L}\p{N}])|~~([^~\n]+)~~|!?\[([^\]\n]*)\]\(([^\s)]+)(?:\s+"[^"]*")?\)|<(https?:\/\/[^>\s]+)>|(https?:\/\/[^\s<>()，。；！？、]+)/u;

function mdInline(text, ctx) {
  const out = [];
  let rest = text;
  while (rest) {
    const m = INLINE.exec(rest);
    if (!m) break;
    if (m.index) out.push(...withEmoji(rest.slice(0, m.index)));
    if (m[1]) out.push(h('code', {}, m[2].trim()));
    else if (m[3]) out.push(h('strong', {}, h('em', {}, mdInline(m[3], ctx))));
    else if (m[4] || m[5]) out.push(h('strong', {}, mdInline(m[4] || m[5], ctx)));
    else if (m[6] || m[7]) out.push(h('em', {}, mdInline(m[6] || m[7], ctx)));
    else if (m[8]) out.push(h('s', {}, mdInline(m[8], ctx)));
    else if (m[10]) out.push(link(m[10], m[9] ? mdInline(m[9], ctx) : m[10]));
    else out.push(link(m[11] || m[12], m[11] || m[12]));
    rest = rest.slice(m.index + m[0].length);
  }
  if (rest) out.push(...withEmoji(rest));
  return out;
}

const cells = (line) => line.trim().replace(/^\||\|$/g, '').split(/(?<!\\)\|/).map((c) => c.trim().replace(/\\\|/g, '|'));

/** Turns a markdown block's text into nodes. */
export function markdown(text, ctx) {
  const rows = String(text || '').replace(/\r/g, '').split('\n');
  const out = [];
  let para = [];
  const flush = () => {
    if (para.length) out.push(h('p', {}, para.flatMap((line, i) => [i ? h('br') : null, mdInline(line, ctx)])));
    para = [];
  };
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    let m;
    if ((m = /^\s*(```|~~~)/.exec(row))) {
      flush();
      const code = [];
      while (++i < rows.length && !rows[i].trim().startsWith(m[1])) code.push(rows[i]);
      out.push(h('pre', { tabindex: 0 }, code.join('\n')));
    } else if ((m = /^(#{1,6})\s+(.*?)\s*#*$/.exec(row))) {
      flush();
      out.push(h(m[1].length < 3 ? 'h4' : 'h5', { class: 'md-head' }, mdInline(m[2], ctx)));
    } else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(row)) {
      flush();
      out.push(h('hr'));
    } else if (/^\s*>/.test(row)) {
      flush();
      const quoted = [];
      while (i < rows.length && /^\s*>/.test(rows[i])) quoted.push(rows[i++].replace(/^\s*> ?/, ''));
      i--;
      out.push(h('blockquote', {}, quoted.flatMap((line, n) => [n ? h('br') : null, mdInline(line, ctx)])));
    } else if (row.includes('|') && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(rows[i + 1] || '')) {
      flush();
      const align = cells(rows[i + 1]).map((c) => (/^:-+:$/.test(c) ? 'center' : /-:$/.test(c) ? 'right' : 'left'));
      const body = [];
      const head = cells(row);
      i += 2;
      while (i < rows.length && rows[i].includes('|')) body.push(cells(rows[i++]));
      i--;
      const cell = (tag) => (c, n) => h(tag, { class: `align-${align[n] || 'left'}` }, mdInline(c, ctx));
      out.push(h('div', { class: 'table-wrap', tabindex: 0 }, h('table', { class: 'grid' }, h('thead', {}, h('tr', {}, head.map(cell('th')))), h('tbody', {}, body.map((r) => h('tr', {}, r.map(cell('td'))))))));
    } else if ((m = /^(\s*)([-*+]|\d+[.)])\s+/.exec(row))) {
      flush();
      const ordered = /\d/.test(m[2]);
      const list = h(ordered ? 'ol' : 'ul', { start: ordered ? parseInt(m[2], 10) : undefined });
      let item;
      while (i < rows.length && (item = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/.exec(rows[i]))) {
        const task = /^\[([ xX])\]\s+(.*)$/.exec(item[3]);
        list.append(h('li', { class: item[1].length > 1 ? 'deep' : undefined }, task ? [task[1] === ' ' ? '☐ ' : '☑ ', mdInline(task[2], ctx)] : mdInline(item[3], ctx)));
        i++;
      }
      i--;
      out.push(list);
    } else if (!row.trim()) flush();
    else para.push(row);
  }
  flush();
  return h('div', { class: 'markdown' }, out);
}
