// table, data_table and data_visualization blocks.
import { h, svg } from './dom.js';
import { withEmoji } from './emoji.js';
import { richText } from './richtext.js';

function cell(value, ctx, block, elementNode) {
  if (!value) return null;
  switch (value.type) {
    case 'raw_text': return h('span', { class: 'cell-text' }, withEmoji(value.text || '', false));
    case 'raw_number': return h('span', { class: 'num' }, value.text || new Intl.NumberFormat(ctx.lang === 'en' ? 'en-GB' : 'zh-CN').format(value.value));
    case 'rich_text': return richText(value, ctx);
    case 'action_cell': return value.element ? elementNode(value.element, block, ctx) : cell(value.fallback, ctx, block, elementNode);
    default: return h('span', { class: 'unknown-inline' }, `[${value.type}]`);
  }
}

/** A table block: the first row is its head. It scrolls inside itself where it is wider than its place. */
export function table(block, ctx, elementNode) {
  const settings = block.column_settings || [];
  const rows = block.rows || [];
  const render = (row, tag) => h('tr', {}, row.map((value, n) => {
    const s = settings[n] || {};
    const head = tag === 'th' || n === 0;
    return h(tag, { class: `align-${s.align || (value?.type === 'raw_number' ? 'right' : 'left')}${s.is_wrapped ? ' wrap' : ''}${head ? ' lead' : ''}`, scope: tag === 'th' ? 'col' : undefined }, cell(value, ctx, block, elementNode));
  }));
  return h('div', { class: 'table-wrap', tabindex: 0, role: 'region', 'aria-label': ctx.t('asTable') },
    h('table', { class: `grid${(rows[0]?.length || 0) > 6 ? ' dense' : ''}` }, h('thead', {}, rows.slice(0, 1).map((r) => render(r, 'th'))), h('tbody', {}, rows.slice(1).map((r) => render(r, 'td')))));
}

/** A data_table block: caption, sorting by a column, pages. */
export function dataTable(block, ctx, elementNode) {
  const rows = block.rows || [];
  const head = rows[0] || [];
  const body = rows.slice(1);
  const size = block.page_size || 10;
  const lead = block.row_header_column_index ?? 0;
  const root = h('div', { class: 'data-table' });
  let page = 0;
  let sort = { by: -1, down: false };
  const key = (value) => (value?.type === 'raw_number' ? value.value : cell(value, ctx, block, elementNode)?.textContent ?? '');
  const draw = (focus) => {
    const order = [...body];
    if (sort.by >= 0) {
      order.sort((a, b) => {
        const x = key(a[sort.by]);
        const y = key(b[sort.by]);
        const way = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), ctx.lang === 'en' ? 'en' : 'zh');
        return sort.down ? -way : way;
      });
    }
    const shown = order.slice(page * size, page * size + size);
    root.replaceChildren(
      h('div', { class: 'table-wrap', tabindex: 0, role: 'region', 'aria-label': block.caption },
        h('table', { class: 'grid' },
          h('caption', {}, block.caption),
          h('thead', {}, h('tr', {}, head.map((value, n) => h('th', { scope: 'col', class: body[0]?.[n]?.type === 'raw_number' ? 'align-right' : '', 'aria-sort': sort.by === n ? (sort.down ? 'descending' : 'ascending') : undefined },
            h('button', { type: 'button', class: 'sort', data: { col: n }, on: { click: () => { sort = { by: n, down: sort.by === n && !sort.down }; page = 0; draw(n); } } },
              cell(value, ctx, block, elementNode), h('span', { class: 'sort-mark', 'aria-hidden': 'true' }, sort.by === n ? (sort.down ? ' ▼' : ' ▲') : '')))))),
          h('tbody', {}, shown.map((row) => h('tr', {}, row.map((value, n) => h(n === lead ? 'th' : 'td', { scope: n === lead ? 'row' : undefined, class: `${value?.type === 'raw_number' ? 'align-right' : ''}${n === lead ? ' lead' : ''}` }, cell(value, ctx, block, elementNode)))))))));
    if (body.length > size) {
      const last = Math.ceil(body.length / size) - 1;
      root.append(h('div', { class: 'pager' },
        h('button', { type: 'button', class: 'btn small', disabled: page === 0, on: { click: () => { page--; draw(); } } }, ctx.t('prev')),
        h('span', {}, ctx.t('moreRows', page * size + 1, Math.min(body.length, page * size + size), body.length)),
        h('button', { type: 'button', class: 'btn small', disabled: page === last, on: { click: () => { page++; draw(); } } }, ctx.t('next'))));
    }
    if (focus !== undefined) root.querySelector(`[data-col="${focus}"]`)?.focus();
  };
  draw();
  return root;
}

const WIDE = 560;
const TALL = 260;
const number = (lang) => new Intl.NumberFormat(lang === 'en' ? 'en-GB' : 'zh-CN', { maximumFractionDigits: 2 });

function ticks(low, high) {
  const span = high - low || 1;
  const raw = span / 4;
  const unit = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * unit).find((s) => s >= raw);
  const out = [];
  for (let v = Math.floor(low / step) * step; v <= high + step * 0.999; v += step) out.push(Math.abs(v) < step / 1e6 ? 0 : v);
  return out;
}

function pie(chart, fmt) {
  const sum = chart.segments.reduce((s, x) => s + x.value, 0);
  let angle = -Math.PI / 2;
  const arcs = chart.segments.map((seg, n) => {
    const turn = (seg.value / sum) * Math.PI * 2;
    const [x1, y1] = [130 + 105 * Math.cos(angle), 130 + 105 * Math.sin(angle)];
    angle += turn;
    const [x2, y2] = [130 + 105 * Math.cos(angle), 130 + 105 * Math.sin(angle)];
    const d = chart.segments.length === 1 ? 'M25 130a105 105 0 1 0 210 0a105 105 0 1 0-210 0' : `M130 130L${x1} ${y1}A105 105 0 ${turn > Math.PI ? 1 : 0} 1 ${x2} ${y2}Z`;
    return svg('path', { d, class: `series s${n}` }, svg('title', {}, `${seg.label}: ${fmt.format(seg.value)} (${Math.round((seg.value / sum) * 100)}%)`));
  });
  return svg('svg', { viewBox: '0 0 260 260', class: 'chart pie', 'aria-hidden': 'true' }, arcs);
}

function axes(chart, fmt) {
  const cats = chart.axis_config?.categories || chart.series[0].data.map((p) => p.label);
  const values = chart.series.flatMap((s) => s.data.map((p) => p.value));
  const marks = ticks(Math.min(0, ...values), Math.max(0, ...values));
  const [low, high] = [marks[0], marks[marks.length - 1]];
  const [left, right, top, bottom] = [56, 12, 14, 40];
  const x = (i) => left + ((WIDE - left - right) * (i + 0.5)) / cats.length;
  const y = (v) => top + (TALL - top - bottom) * (1 - (v - low) / (high - low || 1));
  const root = svg('svg', { viewBox: `0 0 ${WIDE} ${TALL}`, class: 'chart', 'aria-hidden': 'true' });
  for (const v of marks) root.append(svg('line', { class: v === 0 ? 'axis' : 'rule', x1: left, x2: WIDE - right, y1: y(v), y2: y(v) }), svg('text', { class: 'tick', x: left - 6, y: y(v) + 4, 'text-anchor': 'end' }, fmt.format(v)));
  const every = Math.ceil(cats.length / 10);
  cats.forEach((c, i) => { if (i % every === 0) root.append(svg('text', { class: 'tick', x: x(i), y: TALL - bottom + 16, 'text-anchor': 'middle' }, c)); });
  if (chart.axis_config?.x_label) root.append(svg('text', { class: 'tick', x: (left + WIDE) / 2, y: TALL - 4, 'text-anchor': 'middle' }, chart.axis_config.x_label));
  chart.series.forEach((s, n) => {
    const at = cats.map((c, i) => [x(i), y(s.data.find((p) => p.label === c)?.value ?? s.data[i]?.value ?? 0), s.data.find((p) => p.label === c)]);
    const tip = (p) => svg('title', {}, `${s.name} · ${p[2]?.label ?? ''}: ${fmt.format(p[2]?.value ?? 0)}`);
    if (chart.type === 'bar') {
      const wide = ((WIDE - left - right) / cats.length) * 0.7;
      const each = wide / chart.series.length;
      at.forEach((p) => root.append(svg('rect', { class: `series s${n}`, x: p[0] - wide / 2 + n * each + 1, y: Math.min(p[1], y(0)), width: Math.max(each - 2, 1), height: Math.max(Math.abs(p[1] - y(0)), 1), rx: 2 }, tip(p))));
      return;
    }
    const path = at.map((p, i) => `${i ? 'L' : 'M'}${p[0]} ${p[1]}`).join('');
    if (chart.type === 'area') root.append(svg('path', { class: `series area s${n}`, d: `${path}L${at[at.length - 1][0]} ${y(0)}L${at[0][0]} ${y(0)}Z` }));
    root.append(svg('path', { class: `series line s${n}`, d: path }), ...at.map((p) => svg('circle', { class: `series s${n}`, cx: p[0], cy: p[1], r: 3.5 }, tip(p))));
  });
  return root;
}

/** A data_visualization block: the chart, its legend, and the same numbers as a table for those who cannot see it. */
export function chart(block, ctx) {
  const c = block.chart || {};
  const fmt = number(ctx.lang);
  const isPie = c.type === 'pie';
  if (!(isPie ? c.segments?.length : c.series?.length)) return h('div', { class: 'unknown-block' }, ctx.t('unknownBlock', `${block.type}/${c.type}`));
  const legend = isPie ? c.segments.map((s) => `${s.label} ${fmt.format(s.value)}`) : c.series.map((s) => s.name);
  const title = typeof block.title === 'string' ? block.title : block.title?.text;
  const head = isPie ? null : h('tr', {}, h('th'), c.series.map((s) => h('th', { scope: 'col' }, s.name)));
  const rows = isPie ? c.segments.map((s) => h('tr', {}, h('th', { scope: 'row' }, s.label), h('td', { class: 'align-right' }, fmt.format(s.value))))
    : (c.axis_config?.categories || []).map((cat) => h('tr', {}, h('th', { scope: 'row' }, cat), c.series.map((s) => h('td', { class: 'align-right' }, fmt.format(s.data.find((p) => p.label === cat)?.value ?? 0)))));
  return h('figure', { class: 'figure' },
    title ? h('figcaption', {}, title) : null,
    isPie ? pie(c, fmt) : axes(c, fmt),
    h('ul', { class: 'legend' }, legend.map((name, n) => h('li', {}, h('span', { class: `key s${n}` }), name))),
    h('details', {}, h('summary', {}, ctx.t('asTable')), h('div', { class: 'table-wrap', tabindex: 0 }, h('table', { class: 'grid' }, head ? h('thead', {}, head) : null, h('tbody', {}, rows)))));
}
