/** The options that every command on a study shares, and the run that they describe. */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { RunOptions, StudyRun } from '../batch/run-study.ts';
import type { IsochroneChoice } from '../batch/search-mode.ts';
import { UsageError } from '../common/errors.ts';
import { NoticeList } from '../common/notices.ts';
import { openCache } from '../runtime/cache.ts';
import { describeExchange, type Exchange } from '../runtime/folder-exchange.ts';
import { createProgress } from '../runtime/progress.ts';
import { tell } from '../runtime/standard-output.ts';
import type { StreetHelper } from '../runtime/street-helper.ts';
import type { Engine } from '../runtime/street-tasks.ts';
import { defaultThreadCount } from '../runtime/thread-count.ts';
import { packageVersion } from '../runtime/version.ts';
import type { ReadStudyOptions, Study } from '../study/study.ts';
import type { CommandWords, StudyOption } from '../words/command-line.ts';
import { summariseNotices } from './notice-summary.ts';
import { modeList, positiveWholeNumber } from './options.ts';
import {
  chosenLanguage,
  languageOption,
  progressWords,
  runLanguage,
  runWords,
  takeStudyLanguage,
} from './run-language.ts';

export interface StudyCommandOptions {
  out?: string;
  mode?: string[];
  threads: number;
  quiet: boolean;
  /** A folder, true (the default folder), or false (`--no-cache`). */
  cache: string | boolean;
  engine: Engine;
}

/** @param words of the command */
export function addStudyOptions(
  command: Command,
  { description, options: words }: CommandWords<StudyOption>,
): Command {
  return command
    .description(description)
    .argument('<study>', words.study)
    .option('--mode <modes>', words.mode, modeList)
    .option('--threads <n>', words.threads, positiveWholeNumber, defaultThreadCount())
    .option('--cache <folder>', words.cache)
    .option('--no-cache', words['no-cache'])
    .addOption(new Option('--engine <engine>', words.engine).choices(['fast', 'reference']).default('fast'))
    .option('--quiet', words.quiet, false)
    .addOption(languageOption(words.lang));
}

/** Reads a study in the language of the run, which it may settle. @throws UsageError */
export async function readStudyInLanguage(path: string, options: ReadStudyOptions): Promise<Study> {
  const { parseStudy } = await import('../study/study.ts');
  const { languageOfStudyText, readStudyText } = await import('../study/study-text.ts');
  const absolute = resolve(path);
  const text = readStudyText(absolute);
  // Before it is checked: what is wrong with it is told in its own language.
  takeStudyLanguage(languageOfStudyText(text));
  const lang = chosenLanguage();
  const overrides = { ...options.overrides, ...(lang === undefined ? {} : { lang }) };
  const study = parseStudy(absolute, text, { ...options, overrides, defaultLang: runLanguage() });
  takeStudyLanguage(study.lang);
  return study;
}

/** A study that was read, and a second thread for its run, which loads its code meanwhile. */
export interface CommandStudy {
  study: Study;
  helper: StreetHelper | undefined;
}

/** Reads the study with what the command line lays over it. */
export async function readCommandStudy(path: string, options: StudyCommandOptions): Promise<CommandStudy> {
  const { StreetHelper } = await import('../runtime/street-helper.ts');
  const helper = options.threads > 1 ? new StreetHelper().start() : undefined;
  const study = await readStudyInLanguage(path, {
    overrides: {
      ...(options.mode === undefined ? {} : { modes: options.mode }),
      ...(options.out === undefined ? {} : { out: resolve(options.out) }),
    },
  });
  await recoverStudyResult(study.out);
  return { study, helper };
}

/** Puts right what a run that was stopped has left at the study's result folder, and says so. */
export async function recoverStudyResult(folder: string): Promise<void> {
  const { recoverResultFolder } = await import('../runtime/result-folder.ts');
  const { MANIFEST_GENERATOR } = await import('../report/manifest.ts');
  const recovered = recoverResultFolder(folder, MANIFEST_GENERATOR);
  if (recovered) tell(`maillage: ${runWords().told.putBack(folder)}\n`);
}

/** Names what of the user's could not stay as it was. */
export function tellExchange(folder: string, exchange: Exchange): void {
  for (const line of describeExchange(folder, exchange, runWords().told)) tell(`maillage: ${line}\n`);
}

/** Runs a study with progress and a summary of its notices on stderr; `noticesFile` will hold all of them. */
export async function runCommandStudy(
  { study, helper }: CommandStudy,
  options: StudyCommandOptions,
  isochrones: IsochroneChoice,
  noticesFile?: string,
): Promise<StudyRun> {
  const progress = createProgress(options.quiet, progressWords());
  const notices = new NoticeList();
  const run: RunOptions = {
    cache: openCache(options.cache),
    engine: options.engine,
    threads: options.threads,
    helper,
    isochrones,
    version: packageVersion(),
    notices,
    onProgress: (stage, share) => progress.update(stage, share),
  };
  try {
    const { runStudy } = await import('../batch/run-study.ts');
    const result = await runStudy(study, run);
    progress.stop();
    if (!options.quiet) tell(await summariseNotices(notices, runLanguage(), noticesFile));
    return result;
  } catch (error) {
    progress.stop();
    // What was left out on the way is often why nothing usable is left.
    if (error instanceof UsageError) tell(await summariseNotices(notices, runLanguage()));
    throw error;
  }
}
