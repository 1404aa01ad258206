/**
 * Large files that are blank nearly throughout, as a failing disk or a broken copy leaves them: gigabytes of zeros or
 * line feeds. They are refused by a few pieces of theirs before anything of them is hashed or read, whatever they are
 * named as; the readers' own guards look at what is packed, and at what is blank in a smaller part.
 */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { Fault } from '../common/errors.ts';
import { isBlank } from '../read/table-guard.ts';
import { listFilesBelow } from './file-hash.ts';

/** Smaller files are read in no time. */
const LEAST_BYTES = 64 << 20;
/** Spread over the file; the first may hold the headings. */
const PIECE_COUNT = 16;
const PIECE_BYTES = 1 << 16;
/** A database keeps the pages that it does not use. */
const DATABASE = 'SQLite format 3';

/** @throws UsageError where a file is large and blank nearly throughout */
export function refuseBlank(path: string, descriptor: number, bytes: number, leastBytes = LEAST_BYTES): void {
  if (bytes < leastBytes) return;
  const piece = Buffer.alloc(PIECE_BYTES);
  for (let at = 0; at < PIECE_COUNT; at++) {
    const start = Math.floor(((bytes - PIECE_BYTES) * at) / (PIECE_COUNT - 1));
    const length = readSync(descriptor, piece, 0, PIECE_BYTES, Math.max(0, start));
    if (at === 0 && piece.toString('latin1', 0, DATABASE.length) === DATABASE) return;
    if (at > 0 && !isBlank(piece.subarray(0, length))) return;
  }
  throw new Fault('file-blank', { file: path });
}

/** As `refuseBlank`, for an input by its path: a file, or a folder of them. Those that cannot be opened are passed. */
export function refuseBlankInput(path: string, leastBytes = LEAST_BYTES): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) {
    for (const file of listFilesBelow(path)) refuseBlankInput(file, leastBytes);
  } else if (stats?.isFile() === true && stats.size >= leastBytes) {
    const descriptor = openSync(path, 'r');
    try {
      refuseBlank(path, descriptor, stats.size, leastBytes);
    } finally {
      closeSync(descriptor);
    }
  }
}
