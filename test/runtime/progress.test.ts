import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createProgress, wordTimeLeft } from '../../src/runtime/progress.ts';
import { COMMAND_LINE_WORDS } from '../../src/words/words.ts';

const WORDS = COMMAND_LINE_WORDS.en.progress;

describe('the progress of a stage', () => {
  it.each([
    [0, 0, ''],
    [0, 5, ''],
    [0.25, 10, '30 s left'],
    [0.5, 0, '0 s left'],
    [0.01, 3, '4 min 57 s left'],
    [1, 20, ''],
  ])('at a share of %s after %s s says "%s"', (share, elapsedSeconds, words) => {
    expect(wordTimeLeft(share, elapsedSeconds, WORDS.left)).toBe(words);
  });

  it('is one line a stage in a log, and nothing when quiet', () => {
    let text = '';
    const stream = new Writable({
      write(chunk, _, done) {
        text += String(chunk);
        done();
      },
    }) as NodeJS.WriteStream;
    for (const isQuiet of [true, false]) {
      const progress = createProgress(isQuiet, { ...WORDS, mode: (mode) => mode }, stream);
      for (const share of [0, 0.5, 1, 1]) progress.update('roads', share);
      progress.stop();
    }
    expect(text).toMatch(/^ {2}roads: \d+\.\d s\n$/);
  });
});
