/**
 * What a command made of a mutant, and what of it is a fault of the program: an internal error, a stack, time or
 * memory without measure, control characters on the terminal, and other figures of damaged data without a word.
 */
import type { Mutant } from './fuzz-format.ts';

export interface Outcome {
  command: string;
  /** 0 done, 1 a check failed, 2 refused; anything else, or none, is a crash. */
  exitCode: number | null;
  /** All that a terminal would show. */
  shown: string;
  /** What is compared with that of the good file; undefined where the command ended without. */
  figures: string | undefined;
  /** Code of each notice -> how many things it tells of. */
  told: ReadonlyMap<string, number>;
  seconds: number;
  /** Most memory of the process, where it can be told. */
  peakMegabytes: number | undefined;
}

export interface Limits {
  seconds: number;
  megabytes: number;
}

export const LIMITS: Limits = { seconds: 10, megabytes: 500 };

export interface Finding {
  mutant: Mutant;
  command: string;
  fault: string;
}

/** A line of a stack, as Node prints it. */
const STACK = /^\s+at .+:\d+:\d+\)?$|internal error/m;
/** What a terminal would obey, but for the colours that a command chose, which has none here. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/** @param good what the same command made of the file before it was changed */
export function judge(mutant: Mutant, outcome: Outcome, good: Outcome, limits: Limits = LIMITS): Finding[] {
  const faults: string[] = [];
  const { exitCode, shown, seconds, peakMegabytes } = outcome;
  if (exitCode === null || exitCode < 0 || exitCode > 2)
    faults.push(`exit ${exitCode}: ${firstLines(shown)}`);
  else if (STACK.test(shown)) faults.push(`a stack: ${firstLines(shown)}`);
  if (CONTROL.test(shown)) faults.push(`control characters: ${JSON.stringify(shown.match(CONTROL)![0])}`);
  if (exitCode === 2 && shown.trim() === '') faults.push('refused without a word');
  if (seconds > limits.seconds) faults.push(`${seconds.toFixed(1)} s`);
  if ((peakMegabytes ?? 0) > limits.megabytes) faults.push(`${Math.round(peakMegabytes!)} MB`);
  if (mutant.isDamage && isSilent(outcome, good)) faults.push(`other figures without a notice`);
  return faults.map((fault) => ({ mutant, command: outcome.command, fault }));
}

function isSilent(outcome: Outcome, good: Outcome): boolean {
  if (outcome.figures === undefined || outcome.figures === good.figures) return false;
  return [...outcome.told].every(([code, count]) => count <= (good.told.get(code) ?? 0));
}

const firstLines = (text: string) => text.trim().split('\n').slice(-3).join(' | ').slice(0, 400);
