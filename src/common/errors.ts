/**
 * Errors that carry what a user needs. A `UsageError` is the user's mistake or an unusable input: printed
 * without a stack, exit code 2. Any other error is ours: exit code 3.
 */

import { shortened, shortenedPath, shortenedSentence, showControls, showInOneLine } from './visible-text.ts';

export interface UsageErrorFields {
  /** The file in which the fault lies. */
  file?: string;
  /** 1-based line (or row) in that file. */
  line?: number;
  /** The offending value, as read. */
  value?: string;
  /** What the user can do about it: one sentence. There is none that nothing can be done about. */
  remedy: string;
}

export class UsageError extends Error {
  readonly fields: UsageErrorFields;

  constructor(message: string, fields: UsageErrorFields) {
    super(shortenedSentence(message));
    this.name = 'UsageError';
    // Here and not where it is printed: a report shows it as well.
    this.fields = fields.value === undefined ? fields : { ...fields, value: shortened(fields.value) };
  }

  /** The whole message as printed: place, fault, value, remedy. */
  describe(): string {
    const { file, line, value, remedy } = this.fields;
    const path = file === undefined ? '' : shortenedPath(file);
    const place = file === undefined ? '' : line === undefined ? `${path}: ` : `${path}:${line}: `;
    const shown = value === undefined ? '' : ` (value: ${JSON.stringify(value)})`;
    return showInOneLine(place) + showControls(`${this.message}${shown}\n  ${remedy}`);
  }
}

/** A timetable, or all of them, in which every trip is booked; raised by whoever finds it. */
export function onDemandOnlyError(file: string): UsageError {
  return new UsageError('holds on-demand service only: no trip runs by a timetable', {
    file,
    remedy: 'The feed holds on-demand service only, which is not scheduled transport; leave it out.',
  });
}

/** Raised where Ctrl-C (or an abort signal) stops the work; exit code 130. */
export class InterruptedError extends Error {
  constructor() {
    super('interrupted');
    this.name = 'InterruptedError';
  }
}
