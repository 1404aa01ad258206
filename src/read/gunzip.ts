/** A stream of a gzip -> what it holds, chunk by chunk, refused where it is a bomb. */
import type { ReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { refuseBomb } from './unpack-limits.ts';

/**
 * The source is left to the caller, who destroys it.
 * @throws Error of zlib where it is damaged (zlib checks length and CRC-32); UsageError where it is a bomb
 */
export async function* gunzip(path: string, source: ReadStream, chunkBytes: number): AsyncGenerator<Buffer> {
  const target = createGunzip({ chunkSize: chunkBytes });
  source.on('error', (error) => target.destroy(error));
  let length = 0;
  try {
    for await (const chunk of source.pipe(target) as AsyncIterable<Buffer>) {
      length += chunk.length;
      refuseBomb(path, length, source.bytesRead);
      yield chunk;
    }
  } finally {
    target.destroy();
  }
}
