/** Changes of a CSV that keep it one: columns shifted from a row on, repeated rows, absurd numbers, other encodings. */
import type { SeededRandom } from '../lib/random.ts';
import type { Change, Mutation } from './byte-mutations.ts';
import type { FuzzFormat } from './fuzz-format.ts';

interface Table {
  separator: string;
  /** Fields as written, with their quotes; the first row is the header. */
  rows: string[][];
}

/** Numbers, dates and texts that stand at the end of what anybody expects. */
const EXTREMES = [
  ...['', '-1', '0', '1e309', '-1e309', 'NaN', 'Infinity', '1e20', '99999999999999999999', '0x10', '1_000'],
  ...['-0', '1.5.2', '2,5', '١٢', '9'.repeat(400), 'null', '=1+1', '\u0000', '\u001b[31m', '\ufffe', '"'],
  ...['31/02/2026', '2026-13-45', '0000-00-00', '25:61:00', '-08:00:00', '99:99:99', 'a'.repeat(5_000)],
  ...['Mo-Su 00:00-24:00; '.repeat(200), '../../etc/passwd', '\u202e', '👩‍👩‍👧', ' ', '"a\nb"'],
];

const shiftRight: Mutation = onTable((table, random) => {
  const { row, field } = drawCell(table, random);
  for (const each of table.rows.slice(row)) each.splice(field, 0, '');
  return { change: `a field inserted at ${field + 1} from row ${row + 1} on`, isDamage: true };
});

const shiftLeft: Mutation = onTable((table, random) => {
  const { row, field } = drawCell(table, random);
  for (const each of table.rows.slice(row)) each.splice(field, 1);
  return { change: `field ${field + 1} left out from row ${row + 1} on`, isDamage: true };
});

/** Rows of a small table that are moved within its width may be good rows of their own. */
const FEWEST_MOVED_ROWS = 4;

/** As `shiftLeft`, but that the number of fields stays. */
const shiftWithin: Mutation = onTable((table, random) => {
  const { row, field } = drawCell(table, random);
  const moved = table.rows.slice(row);
  const isDamage =
    moved.filter((each) => each.slice(field + 1).some((text) => text !== '')).length >= FEWEST_MOVED_ROWS;
  for (const each of moved) each.push(...each.splice(field, 1).map(() => ''));
  return { change: `fields moved left over ${field + 1} from row ${row + 1} on`, isDamage };
});

const repeatRows: Mutation = onTable((table, random) => {
  const { row } = drawCell(table, random);
  const count = 1 + random.index(Math.min(5, table.rows.length - row));
  table.rows.push(...table.rows.slice(row, row + count));
  return { change: `rows ${row + 1} to ${row + count} repeated at the end`, isDamage: true };
});

const negate: Mutation = onTable((table, random) => {
  const { row, field } = drawCell(table, random);
  const text = table.rows[row]![field]!;
  // Codes are no quantities: one that is not in use names another thing, or none.
  if (!(Number(text) > 0) || /^0\d|^\d{9}$/.test(text)) return undefined;
  table.rows[row]![field] = `-${text}`;
  return { change: `row ${row + 1}, field ${field + 1}: -${text}`, isDamage: true };
});

const replaceCell: Mutation = onTable((table, random) => {
  const { row, field } = drawCell(table, random);
  const value = random.pick(EXTREMES);
  table.rows[row]![field] = value;
  return {
    change: `row ${row + 1}, field ${field + 1}: ${JSON.stringify(value.slice(0, 40))}`,
    isDamage: false,
  };
});

const replaceColumn: Mutation = onTable((table, random) => {
  const { field } = drawCell(table, random);
  const value = random.pick(EXTREMES);
  for (const each of table.rows.slice(1)) each[field] = value;
  return { change: `field ${field + 1} of all rows: ${JSON.stringify(value.slice(0, 40))}`, isDamage: false };
});

const renameColumn: Mutation = onTable((table, random) => {
  const { field } = drawCell(table, random);
  const name = random.pick([...EXTREMES, table.rows[0]![random.index(table.rows[0]!.length)]!]);
  table.rows[0]![field] = name;
  return { change: `heading ${field + 1}: ${JSON.stringify(name.slice(0, 40))}`, isDamage: false };
});

/** Bytes that no encoding of text has there. */
const breakEncoding: Mutation = ({ bytes }, random) => {
  const kind = random.pick(['odd UTF-16', 'UTF-16 without a mark', 'half of UTF-8', 'UTF-32', 'surrogates']);
  const at = random.index(bytes.length);
  const halves: Record<typeof kind, () => Buffer> = {
    'odd UTF-16': () => Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(bytes).subarray(0, -1)]),
    'UTF-16 without a mark': () => utf16(bytes),
    'half of UTF-8': () => Buffer.concat([bytes.subarray(0, at), Buffer.from([0xc3]), bytes.subarray(at)]),
    'UTF-32': () => Buffer.from([...bytes].flatMap((byte) => [byte, 0, 0, 0])),
    surrogates: () =>
      Buffer.concat([bytes.subarray(0, at), Buffer.from([0xed, 0xa0, 0x80]), bytes.subarray(at)]),
  };
  // A byte in a name may be windows-1252, and half of UTF-16 is read whole but for its last line end.
  return { change: `${kind} (at ${at})`, bytes: halves[kind]!(), isDamage: kind === 'UTF-32' };
};

export const TABLE_MUTATIONS: readonly Mutation[] = [
  shiftRight,
  shiftLeft,
  shiftWithin,
  repeatRows,
  negate,
  negate,
  replaceCell,
  replaceCell,
  replaceColumn,
  renameColumn,
  breakEncoding,
];

function onTable(apply: (table: Table, random: SeededRandom) => Omit<Change, 'bytes'> | undefined): Mutation {
  return (format, random) => {
    const table = parseTable(format);
    const done = apply(table, random);
    if (done === undefined) return undefined;
    const text = table.rows.map((row) => row.join(table.separator)).join('\n');
    return { ...done, bytes: Buffer.from(`${text}\n`) };
  };
}

/** Rows of a drawn table: its quotes hold no line ends. */
function parseTable({ bytes }: FuzzFormat): Table {
  const lines = bytes.toString('utf8').trimEnd().split('\n');
  const separator = lines[0]!.includes(';') ? ';' : ',';
  const field = separator === ';' ? /"[^"]*"|[^;]+|(?<=^|;)(?=;|$)/g : /"[^"]*"|[^,]+|(?<=^|,)(?=,|$)/g;
  return { separator, rows: lines.map((line) => line.match(field) ?? []) };
}

/** A cell below the header. */
function drawCell({ rows }: Table, random: SeededRandom): { row: number; field: number } {
  const row = 1 + random.index(rows.length - 1);
  return { row, field: random.index(rows[row]!.length) };
}

const utf16 = (bytes: Buffer) => Buffer.from(bytes.toString('utf8'), 'utf16le');
