/**
 * A ZIP archive of small files, deflated by zlib, without any date of its own: the same entries give the same
 * bytes. Layout: APPNOTE.TXT 6.3.10, version 2.0, names in UTF-8, no ZIP64.
 */
import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../common/crc32.ts';

const VERSION = 20;
const UTF8_NAMES = 0x0800;
const DEFLATED = 8;
/** 1 January 1980, the first day that the format knows. */
const FIRST_DAY = 0x0021;
const LEVEL = 6;

export function writeZip(contentOfName: ReadonlyMap<string, string>): Uint8Array {
  const locals: Uint8Array[] = [];
  const centrals: Uint8Array[] = [];
  let offset = 0;
  for (const [name, content] of contentOfName) {
    const nameBytes = Buffer.from(name, 'utf8');
    const bytes = Buffer.from(content, 'utf8');
    const packed = deflateRawSync(bytes, { level: LEVEL });
    const shared = describeEntry(nameBytes, bytes, packed);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, nameBytes, packed]);
    centrals.push(describeCentral(shared, nameBytes, offset));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(centrals);
  return Buffer.concat([...locals, central, writeEnd(centrals.length, central.length, offset)]);
}

/** What the local header and the central directory both say: 26 bytes. */
function describeEntry(name: Uint8Array, bytes: Uint8Array, packed: Uint8Array): Buffer {
  const entry = Buffer.alloc(26);
  entry.writeUInt16LE(VERSION, 0);
  entry.writeUInt16LE(UTF8_NAMES, 2);
  entry.writeUInt16LE(DEFLATED, 4);
  entry.writeUInt16LE(FIRST_DAY, 8);
  entry.writeUInt32LE(crc32(bytes), 10);
  entry.writeUInt32LE(packed.length, 14);
  entry.writeUInt32LE(bytes.length, 18);
  entry.writeUInt16LE(name.length, 22);
  return entry;
}

function describeCentral(shared: Uint8Array, name: Uint8Array, offset: number): Buffer {
  const head = Buffer.alloc(6);
  head.write('PK\x01\x02', 0, 'latin1');
  head.writeUInt16LE(VERSION, 4);
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(offset, 10);
  return Buffer.concat([head, shared, tail, name]);
}

function writeEnd(count: number, centralBytes: number, centralOffset: number): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(centralBytes, 12);
  end.writeUInt32LE(centralOffset, 16);
  return end;
}
