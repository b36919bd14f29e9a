// Emoji: short codes to characters, and a few marks drawn by hand so that a
// status looks the same on every machine, also where no emoji font exists.
import { h, svg } from './dom.js';

const CODES = {
  smile: '😄', slightly_smiling_face: '🙂', grinning: '😀', joy: '😂', wink: '😉', thinking_face: '🤔', sweat_smile: '😅', cry: '😢',
  thumbsup: '👍', '+1': '👍', thumbsdown: '👎', '-1': '👎', clap: '👏', wave: '👋', pray: '🙏', raised_hands: '🙌', muscle: '💪', ok_hand: '👌', point_right: '👉', point_down: '👇', handshake: '🤝', eyes: '👀', raised_hand: '✋',
  heart: '❤️', fire: '🔥', star: '⭐', sparkles: '✨', tada: '🎉', rocket: '🚀', trophy: '🏆', medal: '🏅', gift: '🎁', 100: '💯',
  white_check_mark: '✅', heavy_check_mark: '✔️', ballot_box_with_check: '☑️', x: '❌', heavy_multiplication_x: '✖️', warning: '⚠️', exclamation: '❗', question: '❓', grey_question: '❔', no_entry: '⛔', no_entry_sign: '🚫', information_source: 'ℹ️', bulb: '💡', bell: '🔔', no_bell: '🔕', mega: '📣', loudspeaker: '📢', speech_balloon: '💬', lock: '🔒', unlock: '🔓', key: '🔑', hourglass: '⌛', hourglass_flowing_sand: '⏳', alarm_clock: '⏰', stopwatch: '⏱️', calendar: '📅', date: '📅', spiral_calendar_pad: '🗓️',
  large_green_circle: '🟢', large_yellow_circle: '🟡', large_orange_circle: '🟠', red_circle: '🔴', large_red_circle: '🔴', large_blue_circle: '🔵', large_purple_circle: '🟣', white_circle: '⚪', black_circle: '⚫', large_brown_circle: '🟤',
  large_green_square: '🟩', large_yellow_square: '🟨', large_orange_square: '🟧', large_red_square: '🟥', large_blue_square: '🟦', white_large_square: '⬜', black_large_square: '⬛', white_medium_square: '◻️', black_medium_square: '◼️',
  arrow_up_small: '🔼', double_vertical_bar: '⏸️', left_right_arrow: '↔️', white_small_square: '▫️', arrow_up: '⬆️', arrow_down: '⬇️', arrow_right: '➡️', arrow_left: '⬅️', arrow_upper_right: '↗️', arrow_lower_right: '↘️', arrows_counterclockwise: '🔄', leftwards_arrow_with_hook: '↩️', chart_with_upwards_trend: '📈', chart_with_downwards_trend: '📉', bar_chart: '📊', clipboard: '📋', memo: '📝', pencil: '📝', pencil2: '✏️', page_facing_up: '📄', page_with_curl: '📃', open_file_folder: '📂', file_folder: '📁', card_index_dividers: '🗂️', inbox_tray: '📥', outbox_tray: '📤', package: '📦', paperclip: '📎', link: '🔗', pushpin: '📌', round_pushpin: '📍', bookmark: '🔖', label: '🏷️', books: '📚', book: '📖', scroll: '📜', newspaper: '📰', mag: '🔍', mag_right: '🔎', email: '✉️', envelope: '✉️', incoming_envelope: '📨', telephone_receiver: '📞', gear: '⚙️', wrench: '🔧', hammer: '🔨', tools: '🛠️', wastebasket: '🗑️', floppy_disk: '💾', computer: '💻', robot_face: '🤖', brain: '🧠', microscope: '🔬', telescope: '🔭', dna: '🧬', atom_symbol: '⚛️', test_tube: '🧪', satellite: '🛰️', satellite_antenna: '📡', airplane: '✈️', rainbow: '🌈', zap: '⚡', battery: '🔋', electric_plug: '🔌', fuelpump: '⛽', droplet: '💧', seedling: '🌱', earth_asia: '🌏', cityscape: '🏙️', office: '🏢', factory: '🏭', classical_building: '🏛️', bank: '🏦', moneybag: '💰', yuan: '💴', credit_card: '💳', coin: '🪙', dart: '🎯', checkered_flag: '🏁', triangular_flag_on_post: '🚩', vertical_traffic_light: '🚦', rotating_light: '🚨', construction: '🚧', busts_in_silhouette: '👥', bust_in_silhouette: '👤', compass: '🧭', world_map: '🗺️', abacus: '🧮', ballot_box_with_ballot: '🗳️', scales: '⚖️', new: '🆕', up: '🆙', ok: '🆗', soon: '🔜', one: '1️⃣', two: '2️⃣', three: '3️⃣', four: '4️⃣', five: '5️⃣', six: '6️⃣', seven: '7️⃣', eight: '8️⃣', nine: '9️⃣', keycap_ten: '🔟', small_blue_diamond: '🔹', small_orange_diamond: '🔸', heavy_minus_sign: '➖', heavy_plus_sign: '➕', black_small_square: '▪️', sunny: '☀️', tea: '🍵', wave_dash: '〰️',
};

// Marks drawn on a 16×16 grid: [shape, colour name].
const DRAWN = {
  '🟢': ['disc', 'green'], '🟡': ['disc', 'yellow'], '🟠': ['disc', 'orange'], '🔴': ['disc', 'red'], '🔵': ['disc', 'blue'], '🟣': ['disc', 'purple'], '⚪': ['ring', 'grey'], '⚫': ['disc', 'ink'], '🟤': ['disc', 'brown'],
  '🟩': ['square', 'green'], '🟨': ['square', 'yellow'], '🟧': ['square', 'orange'], '🟥': ['square', 'red'], '🟦': ['square', 'blue'], '⬜': ['frame', 'grey'], '⬛': ['square', 'ink'], '◻️': ['frame', 'grey'], '◼️': ['square', 'ink'],
  '✅': ['tick', 'green'], '❌': ['cross', 'red'], '⚠️': ['triangle', 'orange'], '⛔': ['bar', 'red'], 'ℹ️': ['info', 'blue'], '❗': ['bang', 'red'], '💡': ['bulb', 'yellow'], '📊': ['bars', 'blue'], '📈': ['rise', 'green'], '📉': ['fall', 'red'], '📌': ['pin', 'red'], '📝': ['note', 'blue'], '📋': ['note', 'grey'], '🔔': ['bell', 'yellow'], '⏳': ['glass', 'orange'], '📎': ['clip', 'grey'], '📅': ['date', 'blue'], '🗓️': ['date', 'blue'],
};
const SHAPES = {
  disc: [['circle', { cx: 8, cy: 8, r: 6 }, 'f']],
  ring: [['circle', { cx: 8, cy: 8, r: 5.4 }, 's']],
  square: [['rect', { x: 2, y: 2, width: 12, height: 12, rx: 2 }, 'f']],
  frame: [['rect', { x: 2.6, y: 2.6, width: 10.8, height: 10.8, rx: 2 }, 's']],
  tick: [['rect', { x: 1.5, y: 1.5, width: 13, height: 13, rx: 3 }, 'f'], ['path', { d: 'M4.7 8.300l2.300 2.300 4.400-5' }, 'w']],
  cross: [['path', { d: 'M3.500 3.500l9 9M12.500 3.500l-9 9' }, 's2']],
  triangle: [['path', { d: 'M8 1.800 15 14H1z' }, 'f'], ['path', { d: 'M8 6.200v3.600M8 12v.01' }, 'w']],
  bar: [['circle', { cx: 8, cy: 8, r: 6.500 }, 'f'], ['path', { d: 'M4.500 8h7' }, 'w']],
  info: [['rect', { x: 1.500, y: 1.500, width: 13, height: 13, rx: 3 }, 'f'], ['path', { d: 'M8 7.500v4M8 4.600v.01' }, 'w']],
  bang: [['path', { d: 'M8 2.500v7M8 13v.01' }, 's2']],
  bulb: [['path', { d: 'M8 1.500a4.500 4.500 0 0 0-2.500 8.200V12h5V9.700A4.500 4.500 0 0 0 8 1.500zM6 13h4v1.500H6z' }, 'f']],
  bars: [['path', { d: 'M2 8h3v6H2zM6.500 2h3v12h-3zM11 5.500h3V14h-3z' }, 'f']],
  rise: [['path', { d: 'M2 12.500l4-4 3 2.500 5-6.500M10.500 4.500H14V8' }, 's2']],
  fall: [['path', { d: 'M2 4l4 4 3-2.500 5 6.500M10.500 12H14V8.500' }, 's2']],
  pin: [['path', { d: 'M5.500 2h5l-.8 4 2.300 2.500v1H8.700V14h-1.400V9.500H4v-1L6.300 6z' }, 'f']],
  note: [['path', { d: 'M3 2h10v12H3z' }, 's'], ['path', { d: 'M5.500 5.500h5M5.500 8.200h5M5.500 10.900h3' }, 's']],
  bell: [['path', { d: 'M8 1.800a4 4 0 0 0-4 4V10l-1.300 1.800h10.600L12 10V5.800a4 4 0 0 0-4-4zM6.500 13h3a1.500 1.500 0 0 1-3 0z' }, 'f']],
  glass: [['path', { d: 'M4 1.800h8v2.700L9.200 8 12 11.500v2.700H4v-2.700L6.800 8 4 4.500z' }, 's'], ['path', { d: 'M5.500 13l2.500-3 2.500 3z' }, 'f']],
  clip: [['path', { d: 'M11.500 7.500l-4 4a2.300 2.300 0 0 1-3.300-3.300l5-5a1.600 1.600 0 0 1 2.300 2.300l-4.700 4.700' }, 's']],
  date: [['path', { d: 'M2.500 3.500h11V14h-11z' }, 's'], ['path', { d: 'M2.500 3.500h11v3h-11z' }, 'f'], ['path', { d: 'M5 2v2M11 2v2' }, 's']],
};

const emojiPattern = /(?:\p{Emoji_Presentation}|\p{Emoji}\uFE0F)(?:\u200d(?:\p{Emoji_Presentation}|\p{Emoji}\uFE0F?))*/gu;

/** The character of a short code, or undefined. */
export const emojiChar = (code) => CODES[code];

const nameOf = new Map();
for (const [code, char] of Object.entries(CODES)) if (!nameOf.has(char)) nameOf.set(char, code);

/** One emoji as a node with a name that screen readers say. */
export function emojiNode(char, code = nameOf.get(char)) {
  const name = code ? code.replace(/_/g, ' ') : undefined;
  const drawn = DRAWN[char];
  if (!drawn) return h('span', { class: 'emoji', role: 'img', 'aria-label': name || char, title: code ? `:${code}:` : undefined }, char);
  const [shape, colour] = drawn;
  return svg('svg', { class: `emoji drawn ink-${colour}`, viewBox: '0 0 16 16', role: 'img', 'aria-label': name },
    SHAPES[shape].map(([tag, props, kind]) => svg(tag, { ...props, class: `mark-${kind}` })));
}

/** Splits text into text nodes and emoji: characters always, short codes only where codes is true. */
export function withEmoji(text, codes = true) {
  const out = [];
  const parts = codes ? String(text).split(/(:[a-z0-9_+'-]+:)/) : [String(text)];
  for (const part of parts) {
    const code = codes && /^:([a-z0-9_+'-]+):$/.exec(part);
    if (code && CODES[code[1]]) {
      out.push(emojiNode(CODES[code[1]], code[1]));
      continue;
    }
    let last = 0;
    for (const match of part.matchAll(emojiPattern)) {
      if (match.index > last) out.push(document.createTextNode(part.slice(last, match.index)));
      out.push(emojiNode(match[0]));
      last = match.index + match[0].length;
    }
    if (last < part.length) out.push(document.createTextNode(part.slice(last)));
  }
  return out;
}
