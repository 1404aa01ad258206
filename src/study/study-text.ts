/** The text of a study file: never more than a study has, whatever the path leads to. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { Fault, UsageError } from '../common/errors.ts';
import { cannotOpen, systemCodeOf } from '../common/file-faults.ts';
import { LANGUAGES, type Language } from '../common/language.ts';

/** A study with every key and a thousand files takes a tenth of it. */
const LARGEST_STUDY_BYTES = 1 << 20;

/** @throws UsageError where there is no file, or one that is no study */
export function readStudyText(path: string): string {
  return decodeText(readStudyBytes(path));
}

/** UTF-8, else what editors on Windows write. */
function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** What the key `lang` says, as far as that shows before the study is checked. */
export function languageOfStudyText(text: string): Language | undefined {
  const said = /^lang[ \t]*:[ \t]*["']?([a-z]+)/m.exec(text)?.[1];
  return LANGUAGES.find((language) => language === said);
}

function readStudyBytes(path: string): Buffer {
  let descriptor: number;
  try {
    // Without waiting: a pipe that nobody writes to would be waited for without end.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (!['ENOENT', 'EACCES', 'EPERM', 'ENOTDIR'].includes(systemCodeOf(error) ?? ''))
      throw cannotOpen(path, error);
    throw new Fault('study-unreadable', { file: path }, { reason: systemCodeOf(error) ?? '' });
  }
  try {
    return readLimited(path, descriptor);
  } catch (error) {
    throw error instanceof UsageError ? error : cannotOpen(path, error);
  } finally {
    closeSync(descriptor);
  }
}

function readLimited(path: string, descriptor: number): Buffer {
  const stats = fstatSync(descriptor);
  if (stats.isDirectory()) {
    throw new Fault('study-is-folder', { file: path });
  }
  if (!stats.isFile()) {
    throw new Fault('study-is-stream', { file: path });
  }
  // Not as many bytes as it says: the files of the system itself say none, or too few.
  const bytes = Buffer.alloc(Math.min(stats.size, LARGEST_STUDY_BYTES) + LARGEST_STUDY_BYTES / 16);
  let length = 0;
  while (length < bytes.length) {
    const read = readSync(descriptor, bytes, length, bytes.length - length, null);
    if (read === 0) break;
    length += read;
  }
  if (length > LARGEST_STUDY_BYTES || length === bytes.length) {
    throw new Fault('study-too-large', { file: path }, { megabytes: LARGEST_STUDY_BYTES >> 20 });
  }
  return bytes.subarray(0, length);
}
