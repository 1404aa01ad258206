/** What the fuzzer knows of an input: its bytes, how it is built, and the study and commands that read it. Types only. */

/** How the bytes are built, which decides what can be done to them. */
export type Build = 'csv' | 'json' | 'text' | 'yaml' | 'xml' | 'pbf' | 'zip' | 'gzip' | 'sqlite';

export interface FuzzFormat {
  /** As `--format` takes it. */
  name: string;
  build: Build;
  /** Path of the file within the study's folder. */
  file: string;
  bytes: Buffer;
  /** Lines of the study that differ from those of the base. */
  study: Readonly<Record<string, string>>;
  /** Other files that this study reads. */
  others: Readonly<Record<string, string | Buffer>>;
  /** Part of `matrix` that takes the file; undefined where it takes none. */
  matrix?: 'roads' | 'feed' | 'points' | undefined;
}

/** A format's file with something done to it. */
export interface Mutant {
  format: FuzzFormat;
  /** Number of the run, and its own seed: either gives the mutant again. */
  run: number;
  /** What was done, in words. */
  change: string;
  bytes: Buffer;
  /** True where nobody can take the file for good data, so that other figures must be told. */
  isDamage: boolean;
}
