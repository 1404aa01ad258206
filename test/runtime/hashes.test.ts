/** Fingerprints of inputs: what is no file is told as such, before anything is read of it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fingerprintFile } from '../../src/runtime/hashes.ts';
import { temporaryFolder } from '../run-cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

describe('the fingerprint of a file', () => {
  it('is the SHA-256 of its bytes, and their number', () => {
    const path = join(folder.path, 'abc.txt');
    writeFileSync(path, 'abc');
    expect(fingerprintFile(path)).toEqual({
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      bytes: 3,
    });
  });

  it('is refused for a folder and for what is missing', () => {
    expect(() => fingerprintFile(folder.path)).toThrow('this is a folder, and a file is needed');
    expect(() => fingerprintFile(join(folder.path, 'none'))).toThrow('the file cannot be opened');
  });

  it.skipIf(process.platform === 'win32')('is refused for a stream', () => {
    expect(() => fingerprintFile('/dev/null')).toThrow('this is a stream, and a file is needed');
  });
});
