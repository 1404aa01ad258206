/** Changes of bytes whatever they say: turned bits, lost, added and repeated blocks, an end cut off, two files spliced. */
import type { SeededRandom } from '../lib/random.ts';
import type { Build, FuzzFormat } from './fuzz-format.ts';

export interface Change {
  change: string;
  bytes: Buffer;
  isDamage: boolean;
}

/** Undefined where the format leaves nothing to change. */
export type Mutation = (
  format: FuzzFormat,
  random: SeededRandom,
  others: readonly FuzzFormat[],
) => Change | undefined;

/** Builds that check themselves: whatever is turned in them, their reader can tell. */
const CHECKED: ReadonlySet<Build> = new Set<Build>(['zip', 'gzip']);
const GREATEST_FLIPS = 8;
const GREATEST_BLOCK_BYTES = 200;
/** Bytes that parsers take to be more than bytes. */
const SPECIAL = [0x00, 0x22, 0x2c, 0x3b, 0x0a, 0x0d, 0x1b, 0x7f, 0x80, 0xc0, 0xed, 0xfe, 0xff];

const flipBits: Mutation = ({ bytes, build }, random) => {
  const changed = Buffer.from(bytes);
  const count = 1 + random.index(GREATEST_FLIPS);
  const places: number[] = [];
  for (let i = 0; i < count; i++) {
    const at = random.index(changed.length);
    changed[at]! ^= 1 << random.index(8);
    places.push(at);
  }
  return { change: `bits turned at ${places.join(', ')}`, bytes: changed, isDamage: CHECKED.has(build) };
};

const deleteBlock: Mutation = ({ bytes, build }, random) => {
  const { start, end } = drawBlock(bytes, random);
  const changed = Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  return { change: `bytes ${start} to ${end} deleted`, bytes: changed, isDamage: CHECKED.has(build) };
};

const insertBytes: Mutation = ({ bytes, build }, random) => {
  const at = random.index(bytes.length);
  const inserted = Buffer.from(
    Array.from({ length: 1 + random.index(12) }, () =>
      random.chance(0.5) ? random.pick(SPECIAL) : random.index(256),
    ),
  );
  const changed = Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at)]);
  return {
    change: `${inserted.toString('hex')} inserted at ${at}`,
    bytes: changed,
    isDamage: CHECKED.has(build),
  };
};

const repeatBlock: Mutation = ({ bytes, build }, random) => {
  const { start, end } = drawBlock(bytes, random);
  const changed = Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
  return { change: `bytes ${start} to ${end} repeated`, bytes: changed, isDamage: CHECKED.has(build) };
};

/** Of text, in the middle of a line: between two lines, what is left is a shorter list, which nobody can tell. */
const cutShort: Mutation = ({ bytes, build }, random) => {
  let end = 1 + random.index(bytes.length - 1);
  const isLines = build === 'csv' || build === 'yaml';
  while (isLines && end > 1 && bytes[end - 1] === 0x0a) end--;
  // What is left of a study is a study, and of a list up to a row's end a shorter list without its last line feed.
  const isDamage = build !== 'yaml' && !(isLines && bytes[end] === 0x0a);
  return { change: `cut at ${end}`, bytes: bytes.subarray(0, end), isDamage };
};

const splice: Mutation = ({ name, bytes }, random, others) => {
  const other = random.pick(others);
  if (other.name === name) return undefined;
  const head = bytes.subarray(0, random.index(bytes.length));
  const tail = other.bytes.subarray(random.index(other.bytes.length));
  return {
    change: `its first ${head.length} bytes and the last ${tail.length} of ${other.name}`,
    bytes: Buffer.concat([head, tail]),
    isDamage: false,
  };
};

export const BYTE_MUTATIONS: readonly Mutation[] = [
  flipBits,
  deleteBlock,
  insertBytes,
  repeatBlock,
  cutShort,
  cutShort,
  splice,
];

function drawBlock(bytes: Buffer, random: SeededRandom): { start: number; end: number } {
  const start = random.index(bytes.length);
  return { start, end: Math.min(bytes.length, start + 1 + random.index(GREATEST_BLOCK_BYTES)) };
}
