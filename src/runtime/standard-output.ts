/**
 * Printing. Node's own stream writes a file in one go and takes no notice where the disk took a part of it only, so
 * that a full disk ends in half a table and exit code 0: files and devices are written here until all is out. A
 * reader that has seen enough (`| head -1`) is no fault: what is still printed is dropped.
 */
import { fstatSync, writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { Fault, type UsageError } from '../common/errors.ts';
import { showControls } from '../common/visible-text.ts';
import { codeOf } from './files.ts';

const STANDARD_OUTPUT = 1;
/** Before a descriptor that takes nothing at the moment is tried again. */
const WAIT_MS = 10;

/** Prints what the program has worded. @throws UsageError where the standard output takes no more */
export async function print(text: string | Uint8Array): Promise<void> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  try {
    if (isFileOrDevice(STANDARD_OUTPUT)) await writeToDescriptor(STANDARD_OUTPUT, bytes);
    else await writeToStream(process.stdout, bytes);
  } catch (error) {
    if (codeOf(error) !== 'EPIPE') throw cannotPrint(error);
  }
}

/** Prints data as they are, but for control characters where a terminal would obey them. */
export async function printData(text: string): Promise<void> {
  return print(process.stdout.isTTY === true ? showControls(text.replaceAll('\r\n', '\n')) : text);
}

/** Says something on the standard error output; where that takes nothing there is nobody to tell. */
export function tell(text: string): void {
  process.stderr.write(showControls(text));
}

export function cannotPrint(error: unknown): UsageError {
  return new Fault('standard-output-stuck', { value: codeOf(error) });
}

/** Terminals and pipes are left to Node, which waits for their readers. */
function isFileOrDevice(descriptor: number): boolean {
  if (process.stdout.isTTY === true) return false;
  const stats = fstatSync(descriptor);
  return stats.isFile() || stats.isCharacterDevice() || stats.isBlockDevice();
}

/** Writes all of it, or throws. */
export async function writeToDescriptor(descriptor: number, bytes: Uint8Array): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    try {
      done += writeSync(descriptor, bytes, done, bytes.length - done);
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') throw error;
      await setTimeout(WAIT_MS);
    }
  }
}

function writeToStream(stream: NodeJS.WriteStream, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}
