/**
 * What a CSV file does not say of itself: encoding, separator and line ends, guessed from its first bytes and
 * checked against the columns that the reader knows. What could be two things is refused with its line, since
 * a wrong guess misreads every row.
 */
import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { Fault } from '../common/errors.ts';
import { findHeadings, type Headings, type SampledRecord } from './csv-headings.ts';
import { type CsvRow, type Decode, RowScanner, UnclosedQuoteError } from './csv-rows.ts';
import { DecimalMarks } from './decimal-marks.ts';

export type Separator = ',' | ';' | '\t' | '|';
const SEPARATORS: readonly Separator[] = [';', ',', '\t', '|'];

export type Encoding = 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be';

export interface CsvDialect {
  encoding: Encoding;
  separator: Separator;
  /** The byte that ends a line. */
  newline: number;
  /** Where the names of the columns stand; undefined where the first bytes hold no whole record. */
  headings: Headings | undefined;
  /** What the first records show of decimals and thousands. */
  marks: DecimalMarks;
  /** The first records below the headings. */
  sample: ReadonlyArray<readonly string[]>;
}

/** Records looked at to compare separators. */
const SAMPLE_RECORDS = 50;
/** Bytes looked at for that; all of the first bytes where they hold no whole record. */
const SAMPLE_BYTES = 1 << 13;

/** Guesses the encoding from the first bytes; `isWhole` says that there are no others. */
export function sniffEncoding(head: Buffer, isWhole: boolean): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const sample = head.subarray(0, 4096);
  let evenZeros = 0;
  let oddZeros = 0;
  for (let i = 0; i < sample.length; i++) {
    if (sample[i] === 0) i % 2 === 0 ? evenZeros++ : oddZeros++;
  }
  if (oddZeros > sample.length / 4 && evenZeros === 0) return 'utf-16le';
  if (evenZeros > sample.length / 4 && oddZeros === 0) return 'utf-16be';
  return isUtf8(isWhole ? head : withoutCutCharacter(head)) ? 'utf-8' : 'windows-1252';
}

/** UTF-16 as UTF-8; the byte order mark goes. Other encodings are left as they are, without their mark. */
export function toByteEncoding(bytes: Buffer, encoding: Encoding): Buffer {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    return Buffer.from(new TextDecoder(encoding).decode(bytes), 'utf8');
  }
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** Bytes 0x80 to 0x9f in Windows-1252; the five that it leaves free read as themselves. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/**
 * The decoder of the bytes that `toByteEncoding` gives. Windows-1252 by our own table: Node 20's `TextDecoder`
 * reads it as Latin-1 and loses "œ" and "€".
 */
export function decoderOf(encoding: Encoding): Decode {
  if (encoding !== 'windows-1252') return (bytes, start, end) => bytes.toString('utf8', start, end);
  return (bytes, start, end) =>
    bytes
      .toString('latin1', start, end)
      .replace(/[\x80-\x9f]/g, (character) => WINDOWS_1252[character.charCodeAt(0) - 0x80]);
}

/**
 * Guesses separator and line ends from the first bytes (in a byte encoding, without mark). `knownColumns` are
 * normalised names that decide where two separators would do. Throws a UsageError where nothing decides.
 */
export function sniffDialect(
  path: string,
  head: Buffer,
  encoding: Encoding,
  isWhole: boolean,
  knownColumns: ReadonlySet<string>,
): CsvDialect {
  const newline = head.includes(0x0a) || !head.includes(0x0d) ? 0x0a : 0x0d;
  refuseJson(path, head);
  const tryAll = (sample: Buffer, isSampleWhole: boolean) =>
    SEPARATORS.map((separator) =>
      trySeparator(path, sample, newline, separator, encoding, isSampleWhole, knownColumns),
    );
  let trials = tryAll(head.subarray(0, SAMPLE_BYTES), isWhole && head.length <= SAMPLE_BYTES);
  if (trials.every((trial) => trial.columnCount === 0)) trials = tryAll(head, isWhole);
  const plausible = trials.filter((trial) => trial.columnCount > 1);
  if (plausible.length <= 1) return toDialect(plausible[0] ?? trials[1], encoding, newline);
  const best = bestBy(
    bestBy(plausible, (trial) => trial.knownCount),
    (trial) => trial.consistentShare,
  );
  if (best.length > 1) {
    throw new Fault('separator-ambiguous', {
      file: path,
      line: 1,
      value: best.map((trial) => shown(trial.separator)).join(' or '),
    });
  }
  return toDialect(best[0], encoding, newline);
}

function toDialect({ separator, headings, records }: Trial, encoding: Encoding, newline: number): CsvDialect {
  const marks = new DecimalMarks();
  const sample = records.slice(headings?.recordCount ?? 0).map(({ fields }) => fields);
  for (const fields of sample) marks.lookAtRow(fields);
  return { encoding, newline, separator, headings, marks, sample };
}

interface Trial {
  separator: Separator;
  columnCount: number;
  knownCount: number;
  /** Share of the sampled rows with as many fields as the header. */
  consistentShare: number;
  headings: Headings | undefined;
  records: SampledRecord[];
}

function trySeparator(
  path: string,
  head: Buffer,
  newline: number,
  separator: Separator,
  encoding: Encoding,
  isWhole: boolean,
  knownColumns: ReadonlySet<string>,
): Trial {
  const records: SampledRecord[] = [];
  const scanner = new RowScanner(separator.charCodeAt(0), newline, decoderOf(encoding), (row: CsvRow) => {
    if (records.length > SAMPLE_RECORDS) return;
    const fields = Array.from({ length: row.fieldCount }, (_, field) => row.text(field));
    records.push({ line: row.line, fields });
  });
  try {
    scanner.push(head);
    if (isWhole) scanner.end();
  } catch (error) {
    if (!(error instanceof UnclosedQuoteError)) throw error;
    if (records.length === 0) {
      throw new Fault('header-quote-open', { file: path, line: error.line });
    }
  }
  const headings = findHeadings(records, knownColumns);
  const columnCount = headings?.names.length ?? 0;
  const rows = records.slice(headings?.recordCount ?? 0);
  const consistent = rows.filter(({ fields }) => fields.length === columnCount).length;
  return {
    separator,
    columnCount,
    knownCount: headings?.knownCount ?? 0,
    consistentShare: rows.length === 0 ? 1 : consistent / rows.length,
    headings,
    records,
  };
}

function bestBy(trials: Trial[], score: (trial: Trial) => number): Trial[] {
  const best = Math.max(...trials.map(score));
  return trials.filter((trial) => score(trial) === best);
}

function refuseJson(path: string, head: Buffer): void {
  if (!/^\s*[{[]/.test(head.toString('latin1', 0, 64))) return;
  throw new Fault('table-is-json', { file: path, line: 1, value: head.toString('latin1', 0, 30).trim() });
}

function shown(separator: Separator): string {
  return separator === '\t' ? 'tab' : `"${separator}"`;
}

/** Drops the bytes of a character that the end of the sample may have cut. */
function withoutCutCharacter(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && bytes.length - end < 4 && (bytes[end - 1] & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end > 0 && bytes[end - 1] >= 0xc0 ? end - 1 : end);
}
