/** Changes of archives: numbers in a zip's directory that lie, and content that is changed before it is packed. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { BYTE_MUTATIONS, type Mutation } from './byte-mutations.ts';

/** Offsets of a field in an entry of the central directory (APPNOTE 6.3.10, 4.3.12), and its bytes. */
const DIRECTORY_FIELDS = {
  flags: [8, 2],
  method: [10, 2],
  checksum: [16, 4],
  'packed size': [20, 4],
  'unpacked size': [24, 4],
  'offset of the file': [42, 4],
} as const;
const DIRECTORY_ENTRY = Buffer.from('PK\x01\x02', 'latin1');
const NUMBERS = [0, 1, 9, 99, 0x801, 0xffff, 0x7fffffff, 0xfffffffe];

const lieInDirectory: Mutation = ({ bytes, build }, random) => {
  if (build !== 'zip') return undefined;
  const entries: number[] = [];
  for (let at = bytes.indexOf(DIRECTORY_ENTRY); at >= 0; at = bytes.indexOf(DIRECTORY_ENTRY, at + 4))
    entries.push(at);
  const entry = random.pick(entries);
  const field = random.pick(Object.keys(DIRECTORY_FIELDS) as Array<keyof typeof DIRECTORY_FIELDS>);
  const [offset, width] = DIRECTORY_FIELDS[field];
  const changed = Buffer.from(bytes);
  const value = random.pick(NUMBERS) % 2 ** (8 * width);
  changed.writeUIntLE(value, entry + offset, width);
  return { change: `${field} of the entry at ${entry}: ${value}`, bytes: changed, isDamage: true };
};

/** Packed again with right numbers, so that what is inside is read. */
const changeInside: Mutation = (format, random, others) => {
  if (format.build !== 'gzip') return undefined;
  const inside = { ...format, bytes: gunzipSync(format.bytes), build: 'text' as const };
  const done = random.pick(BYTE_MUTATIONS)(inside, random, others);
  return done && { change: `inside: ${done.change}`, bytes: gzipSync(done.bytes), isDamage: false };
};

export const PACKED_MUTATIONS: readonly Mutation[] = [lieInDirectory, lieInDirectory, changeInside];
