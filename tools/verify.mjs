// Checks a proof bundle of Dibao: node verify.mjs FOLDER KEY [WITNESS-KEY...]
// KEY is the log's verifier key (name+hash+base64), had from elsewhere. Needs Node 18 or newer and nothing else.
// What it shows: the archive recorded these bytes, in this order; not that the outlet published them.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';

const [folder, logKey, ...witnessKeys] = process.argv.slice(2);
const fail = (why) => { console.error(`NOT PROVED: ${why}`); process.exit(1); };
const must = (condition, why) => { if (!condition) fail(why); };
process.on('uncaughtException', (error) => fail(error.message));
if (!logKey) { console.error('Usage: node verify.mjs FOLDER KEY [WITNESS-KEY...]'); process.exit(2); }

const read = (name) => readFileSync(join(folder, name));
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const hex = (bytes) => sha256(bytes).toString('hex');
const base64 = (text, what) => {
  const bytes = Buffer.from(text, 'base64');
  must(bytes.toString('base64') === text, `${what} is not base64`);
  return bytes;
};
const strict = (bytes) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

// C2SP signed-note: a key is name+hash+base64(type || 32 bytes); the hash names it in signature lines.
function parseKey(text, types) {
  const [name, id, ...rest] = text.split('+');
  const bytes = base64(rest.join('+'), 'the key');
  must(bytes.length === 33 && types.includes(bytes[0]), `${name} is no Ed25519 key of the wanted type`);
  must(sha256(`${name}\n`, bytes).subarray(0, 4).toString('hex') === id, `the hash of the key ${name} is wrong: a character is missing or changed`);
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes.subarray(1)]);
  return { name, id, key: createPublicKey({ key: spki, format: 'der', type: 'spki' }) };
}

// All signatures of that key under the note; the note's text ends before the last empty line.
function signaturesOf({ name, id }, note) {
  const end = note.lastIndexOf('\n\n') + 1;
  const lines = note.slice(end + 1).split('\n');
  must(end > 0 && lines.pop() === '', 'the checkpoint is no signed note');
  const parsed = lines.map((line) => {
    const parts = line.match(/^\u2014 (\S+) (\S+)$/) ?? fail('a signature line is no signature line');
    return { name: parts[1], bytes: base64(parts[2], 'a signature') };
  });
  return { text: note.slice(0, end), own: parsed.filter((s) => s.name === name && s.bytes.subarray(0, 4).toString('hex') === id).map((s) => s.bytes.subarray(4)) };
}

// 1. The records hash to what the manifest lists, and what revisits refer to hashes to its name.
const manifest = read('manifest.warc');
const { url, at, records } = JSON.parse(strict(manifest.subarray(manifest.indexOf('\r\n\r\n') + 4)));
const files = existsSync(join(folder, 'records')) ? readdirSync(join(folder, 'records')).sort() : [];
must(files.length === records.length, `${files.length} records are here, and the manifest lists ${records.length}`);
const names = records.map((_, n) => `records/${String(n + 1).padStart(3, '0')}.warc`);
records.forEach(({ sha256: listed }, n) => must(hex(read(names[n])) === listed, `${names[n]} does not hash to what the manifest lists`));
for (const name of readdirSync(folder).filter((file) => file.startsWith('payload-'))) {
  const digest = name.slice('payload-'.length);
  must(hex(read(name)) === digest, `${name} does not hash to its name`);
  must(names.some((record) => read(record).includes(`\r\nWARC-Payload-Digest: sha256:${digest}\r\n`)), `no record has ${name} as its payload`);
}

// 2. The manifest hashes to what the leaf holds.
const proof = strict(read('proof.tlog-proof'));
const [head, ...rest] = proof.split('\n\n');
const note = rest.join('\n\n');
const [magic, extra, index, ...path] = head.split('\n');
must(magic === 'c2sp.org/tlog-proof@v1' && /^extra /.test(extra) && /^index (0|[1-9][0-9]*)$/.test(index), 'proof.tlog-proof is no proof with a leaf');
must(note === strict(read('checkpoint')), 'checkpoint is not the one in proof.tlog-proof');
const leaf = base64(extra.slice(6), 'the leaf');
must(leaf.length === 42 && leaf[0] === 1, 'the leaf is none of this format');
must(sha256(manifest).equals(leaf.subarray(10)), 'manifest.warc does not hash to what the leaf holds');

// 3. The leaf is in the tree: RFC 9162, 2.1.3.2.
const key = parseKey(logKey, [1]);
const { text, own } = signaturesOf(key, note);
const [origin, size, root] = text.split('\n');
must(/^(0|[1-9][0-9]*)$/.test(size), 'the checkpoint has no size');
let [node, last, hash] = [BigInt(index.slice(6)), BigInt(size) - 1n, sha256(Buffer.of(0), leaf)];
must(node <= last && path.length <= 64, 'the leaf would stand behind the end of the tree');
for (const beside of path.map((line) => base64(line, 'a hash of the proof'))) {
  must(beside.length === 32 && last > 0n, 'the proof has a hash too many, or one that is none');
  const right = node & 1n || node === last;
  hash = right ? sha256(Buffer.of(1), beside, hash) : sha256(Buffer.of(1), hash, beside);
  if (right) while (!(node & 1n) && node !== 0n) { node >>= 1n; last >>= 1n; }
  node >>= 1n; last >>= 1n;
}
must(last === 0n && hash.toString('base64') === root, 'the hashes do not lead from the leaf to the root of the checkpoint');

// 4. The checkpoint is signed by the log, and by each witness that was asked for.
must(origin === key.name, `the checkpoint is of the log ${origin}, and the key is of ${key.name}`);
must(own.length > 0 && own.every((s) => verify(null, Buffer.from(text), key.key, s)), `the signature of ${key.name} is missing or wrong`);
for (const witness of witnessKeys.map((text) => parseKey(text, [4]))) {
  const [signature] = signaturesOf(witness, note).own;
  must(signature?.length === 72, `${witness.name} did not sign`);
  const seconds = signature.readBigUInt64BE();
  must(verify(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`), witness.key, signature.subarray(8)), `the signature of ${witness.name} is wrong`);
  console.log(`Seen by ${witness.name} at ${new Date(Number(seconds) * 1000).toISOString()}`);
}
console.log(`PROVED: ${origin} recorded ${records.length} records of ${url} at ${at}, as leaf ${index.slice(6)} of ${size}.`);
console.log('This shows what the archive recorded, not that the outlet published it.');
