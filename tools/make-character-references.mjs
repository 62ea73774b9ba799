// Makes the table of named character references (HTML standard §13.5) that the parser reads:
//
//   npm pack character-entities character-entities-legacy, unpack both, and
//   node tools/make-character-references.mjs <character-entities> <character-entities-legacy> src/Dibao.Extract/Markup/character-references.txt
//
// A name a line with its code points; names that hold without a semicolon stand twice.

import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [all, legacy, target] = process.argv.slice(2);
if (!all || !legacy || !target) {
  console.error('usage: node tools/make-character-references.mjs <character-entities> <character-entities-legacy> <output file>');
  process.exit(2);
}

const load = folder => import(pathToFileURL(path.resolve(folder, 'index.js')));
const { characterEntities } = await load(all);
const { characterEntitiesLegacy } = await load(legacy);

const names = [...Object.keys(characterEntities).map(name => name + ';'), ...characterEntitiesLegacy].sort();
const points = name => [...characterEntities[name.replace(';', '')]].map(c => c.codePointAt(0).toString(16).toUpperCase());
fs.writeFileSync(target, names.map(name => [name, ...points(name)].join(' ') + '\n').join(''));
