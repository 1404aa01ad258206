/**
 * The bytes of a table as UTF-8 (or one byte a character) without the mark at their start. Spreadsheets and
 * programs of Windows write UTF-16 and UTF-32 in either order of bytes, mostly with a mark; joined tables carry
 * two marks. https://www.unicode.org/faq/utf_bom
 */

const UTF8_MARK = Buffer.of(0xef, 0xbb, 0xbf);
/** Longest first: the mark of UTF-32 begins as that of UTF-16 does. */
const WIDE_MARKS: ReadonlyArray<readonly [mark: Buffer, bytesOfUnit: 2 | 4, isBigEndian: boolean]> = [
  [Buffer.of(0xff, 0xfe, 0, 0), 4, false],
  [Buffer.of(0, 0, 0xfe, 0xff), 4, true],
  [Buffer.of(0xff, 0xfe), 2, false],
  [Buffer.of(0xfe, 0xff), 2, true],
];

const LF = 10;
const SPACE = 32;

/** What is neither UTF-16 nor UTF-32 comes back as it is, without a mark. */
export function toUtf8WithoutMark(raw: Buffer): Buffer {
  const wide = WIDE_MARKS.find(([mark]) => startsWith(raw, mark));
  if (wide !== undefined) return withoutMarks(fromWide(raw, wide[1], wide[2]));
  // Without a mark the blank halves tell: a table begins with a letter of one byte.
  if (raw.length >= 2 && raw[0]! >= SPACE && raw[1] === 0) return fromWide(raw, raw[2] === 0 ? 4 : 2, false);
  if (raw.length >= 4 && raw[0] === 0) return fromWide(raw, raw[1] === 0 ? 4 : 2, true);
  return withoutMarks(raw);
}

/** False where a table holds its header at most: such a table says no more than one that is not there. */
export function holdsRecords(raw: Buffer): boolean {
  const bytes = toUtf8WithoutMark(raw);
  let lines = 0;
  let isBlank = true;
  for (let p = 0; p <= bytes.length && lines < 2; p++) {
    const byte = p === bytes.length ? LF : bytes[p]!;
    if (byte === LF || byte === 13) {
      if (!isBlank) lines++;
      isBlank = true;
    } else if (byte > SPACE && !BLANK_BYTES.includes(byte)) isBlank = false;
  }
  return lines >= 2;
}

/** Separators, and quotes round nothing. */
const BLANK_BYTES = Buffer.from(',;"');

function startsWith(bytes: Buffer, mark: Buffer): boolean {
  return bytes.subarray(0, mark.length).equals(mark);
}

function withoutMarks(bytes: Buffer): Buffer {
  let rest = bytes;
  while (startsWith(rest, UTF8_MARK)) rest = rest.subarray(UTF8_MARK.length);
  return rest;
}

/** UTF-16 or UTF-32 to UTF-8; what is left over at the end is no character. */
function fromWide(raw: Buffer, bytesOfUnit: 2 | 4, isBigEndian: boolean): Buffer {
  const units = Buffer.from(raw.subarray(0, raw.length - (raw.length % bytesOfUnit)));
  if (bytesOfUnit === 2) {
    if (isBigEndian) units.swap16();
    return withoutMarks(Buffer.from(units.toString('utf16le'), 'utf8'));
  }
  if (isBigEndian) units.swap32();
  let text = '';
  for (let p = 0; p < units.length; p += 4) {
    const point = units.readUInt32LE(p);
    text += point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point);
  }
  return withoutMarks(Buffer.from(text, 'utf8'));
}
