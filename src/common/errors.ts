/**
 * Errors that carry what a user needs. A `UsageError` is the user's mistake or an unusable input: printed
 * without a stack, exit code 2. Any other error is ours: exit code 3.
 */
import type { FaultCode, Faults, FaultWording, NoParameters } from '../defects/faults.ts';
import { shortened, shortenedPath, shortenedSentence, showControls, showInOneLine } from './visible-text.ts';

/** Where a fault lies. */
export interface FaultPlace {
  /** The file in which the fault lies. */
  file?: string;
  /** 1-based line (or row) in that file. */
  line?: number;
  /** The offending value, as read. */
  value?: string;
}

export interface UsageErrorFields extends FaultPlace {
  /** What the user can do about it: one sentence. There is none that nothing can be done about. */
  remedy: string;
}

export class UsageError extends Error {
  private readonly given: UsageErrorFields;

  constructor(message: string, fields: UsageErrorFields) {
    super(shortenedSentence(message));
    this.name = 'UsageError';
    // Here and not where it is printed: a report shows it as well.
    this.given = fields.value === undefined ? fields : { ...fields, value: shortened(fields.value) };
  }

  get fields(): UsageErrorFields {
    return this.given;
  }

  /** The same error at a place that says more, such as the key of a study that names the file. */
  placedAt(place: FaultPlace): UsageError {
    return new UsageError(this.message, { ...this.fields, ...place });
  }

  /**
   * The whole message as printed: place, fault, value, remedy.
   * @param wordValue stands before the value
   */
  describe(wordValue = 'value: '): string {
    const { file, line, value, remedy } = this.fields;
    const path = file === undefined ? '' : shortenedPath(file);
    const place = file === undefined ? '' : line === undefined ? `${path}: ` : `${path}:${line}: `;
    const shown = value === undefined ? '' : ` (${wordValue}${JSON.stringify(value)})`;
    return showInOneLine(place) + showControls(`${this.message}${shown}\n  ${remedy}`);
  }
}

/** Words for a fault of the catalogue, in the language of the run. */
export type WordFault = <Code extends FaultCode>(code: Code, parameters: Faults[Code]) => FaultWording;

/** Without words a fault is told by its code: what finds faults knows no language. */
let wordFault: WordFault = (code) => ({ message: code, remedy: '' });

/** Sets the words of all faults, also of those that are raised already. For what talks to people: a command, a library. */
export function useFaultWords(next: WordFault): void {
  wordFault = next;
}

/** A `UsageError` of the catalogue: its code, where it lies, and what its words need. */
export class Fault<Code extends FaultCode = FaultCode> extends UsageError {
  readonly parameters: Faults[Code];

  constructor(
    readonly code: Code,
    private readonly place: FaultPlace = {},
    ...[parameters]: Faults[Code] extends NoParameters
      ? NoParameters extends Faults[Code]
        ? []
        : [Faults[Code]]
      : [Faults[Code]]
  ) {
    super('', { ...place, remedy: '' });
    this.parameters = parameters ?? ({} as Faults[Code]);
    Object.defineProperty(this, 'message', {
      get: () => shortenedSentence(wordFault(code, this.parameters).message),
      configurable: true,
    });
  }

  override get fields(): UsageErrorFields {
    return { ...super.fields, remedy: wordFault(this.code, this.parameters).remedy };
  }

  override placedAt(place: FaultPlace): UsageError {
    const parameters = [this.parameters] as unknown as ConstructorParameters<typeof Fault<Code>>[2][];
    return new Fault(this.code, { ...this.place, ...place }, ...(parameters as never));
  }
}

/** A timetable, or all of them, in which every trip is booked; raised by whoever finds it. */
export function onDemandOnlyError(file: string): UsageError {
  return new Fault('feed-on-demand-only', { file });
}

/** Raised where Ctrl-C (or an abort signal) stops the work; exit code 130. */
export class InterruptedError extends Error {
  constructor() {
    super('interrupted');
    this.name = 'InterruptedError';
  }
}
