/** Zips with one thing wrong, made by writing other numbers into the headers of a sound one. */
import { writeZip } from '../../src/report/zip-file.ts';

/** Offsets of a field in the local header and in the central directory (APPNOTE 6.3.10, 4.3.7 and 4.3.12). */
const FIELDS = {
  flags: [6, 8],
  method: [8, 10],
  crc: [14, 16],
  packedBytes: [18, 20],
  unpackedBytes: [22, 24],
} as const;

/** A zip of one file. */
export function zipOf(name: string, content: string): Buffer {
  return Buffer.from(writeZip(new Map([[name, content]])));
}

/** The same zip with another number in both its headers. */
export function withField(zip: Buffer, field: keyof typeof FIELDS, value: number): Buffer {
  const changed = Buffer.from(zip);
  const [local, central] = FIELDS[field];
  const directory = changed.indexOf('PK\x01\x02', 0, 'latin1');
  for (const at of [local, directory + central]) {
    if (field === 'flags' || field === 'method') changed.writeUInt16LE(value, at);
    else changed.writeUInt32LE(value, at);
  }
  return changed;
}

/** The same zip with another name of the same length. */
export function withName(zip: Buffer, before: string, after: string): Buffer {
  if (before.length !== after.length) throw new RangeError('names of one length are exchanged');
  return Buffer.from(zip.toString('latin1').replaceAll(before, after), 'latin1');
}

/** A zip whose two files have one name. */
export function zipOfTwins(name: string, content: string): Buffer {
  const other = `${name.slice(0, -1)}~`;
  const zip = Buffer.from(
    writeZip(
      new Map([
        [name, content],
        [other, content],
      ]),
    ),
  );
  return withName(zip, other, name);
}

/** The first file packed with one bit of its content turned, so that it still unpacks and its CRC-32 fails. */
export function withWrongChecksum(zip: Buffer): Buffer {
  return withField(zip, 'crc', (zip.readUInt32LE(FIELDS.crc[0]) ^ 1) >>> 0);
}
