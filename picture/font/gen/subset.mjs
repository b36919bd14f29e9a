// Writes ../NotoSansSC-Regular.subset.ttf: the characters of GB 2312 and those
// around them that names, figures and labels need. "go generate ./picture"
// runs it; it needs Node.js, the product does not.
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';

const require = createRequire(import.meta.url);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// ranges are the code points beside GB 2312, first and last.
const ranges = [
  [0x20, 0x7e], // ASCII
  [0xa0, 0x17f], // Latin with diacritics
  [0x2010, 0x2027], [0x2030, 0x203e], // dashes, quotation marks, per mille, primes
  [0x2070, 0x209f], [0x20ac, 0x20ac], // superscripts and subscripts, the euro
  [0x2100, 0x214f], [0x2150, 0x218f], // letterlike, fractions and numerals
  [0x2190, 0x21ff], [0x2200, 0x22ff], // arrows, mathematics
  [0x2460, 0x24ff], [0x25a0, 0x25ff], // circled numbers, shapes
  [0x2713, 0x2717], // ticks and crosses
  [0x3000, 0x303f], [0x3200, 0x32ff], // CJK punctuation, enclosed
  [0xff01, 0xff5e], [0xffe0, 0xffe6], // full-width forms
];

// names are characters that people and firms like to use in their names and
// that GB 2312 does not hold.
const names = '喆堃珺昇翀玥祎赟烜镕垚犇炘彧頔旸昳晞曦煊焜燊琎琰瑨璟甦矞祺禛筠翊蒽蔚薏裎詠钰锜镓镧闳韡颋飏骁骢鹢黟㛃㸌';

/** gb2312 lists the 7,445 characters of GB 2312, row by row. */
function gb2312() {
  const decode = new TextDecoder('gb2312', { fatal: true });
  let all = '';
  for (let row = 0xa1; row <= 0xf7; row++) {
    for (let cell = 0xa1; cell <= 0xfe; cell++) {
      try {
        all += decode.decode(Uint8Array.of(row, cell));
      } catch {
        // A place without a character.
      }
    }
  }
  return all;
}

let text = gb2312() + names;
for (const [first, last] of ranges) {
  for (let code = first; code <= last; code++) text += String.fromCodePoint(code);
}

const whole = await readFile(require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'));
const subset = await subsetFont(whole, text, { targetFormat: 'truetype', noLayoutClosure: true, preserveNameIds: [0, 13, 14] });
await writeFile(here('../NotoSansSC-Regular.subset.ttf'), subset);
await writeFile(here('../OFL.txt'), await readFile(require.resolve('@expo-google-fonts/noto-sans-sc/LICENSE_FONT')));
