/**
 * The one language of a run: `--lang`, else the study's `lang`, else the locale, else French. It is asked for before
 * any command is known, since the command line may be wrong; a study settles it once it is read.
 */
import { Option } from 'commander';
import { useFaultWords } from '../common/errors.ts';
import { DEFAULT_LANGUAGE, LANGUAGES, type Language, languageOfLocale } from '../common/language.ts';
import { wordMode } from '../report/texts.ts';
import type { CommandLineWords } from '../words/command-line.ts';
import { wordFaultIn } from '../words/word-fault.ts';
import { COMMAND_LINE_WORDS } from '../words/words.ts';

let chosen: Language | undefined;
let current: Language = DEFAULT_LANGUAGE;

// Words are looked up when they are told: by then the study may have settled the language.
useFaultWords((code, parameters) => wordFaultIn(current, code, parameters));

/** Looks for `--lang` among the arguments, whatever stands around it, and at the locale. */
export function beginLanguage(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): void {
  chosen = findOption(args);
  current = chosen ?? languageOfLocale(environment) ?? DEFAULT_LANGUAGE;
}

/** The language in which the run speaks now. */
export function runLanguage(): Language {
  return current;
}

/** What `--lang` asks for, over any study. */
export function chosenLanguage(): Language | undefined {
  return chosen;
}

/** Takes up the language of a study, where the command line names none. */
export function takeStudyLanguage(language: Language | undefined): void {
  current = chosen ?? language ?? current;
}

/** The words of the command line in the language of the run. */
export function runWords(): CommandLineWords {
  return COMMAND_LINE_WORDS[current];
}

/** What progress is told in. */
export function progressWords() {
  const language = current;
  return {
    ...COMMAND_LINE_WORDS[language].progress,
    mode: (mode: string) => wordMode(mode, language).title.toLowerCase(),
  };
}

/** For every command: the option is found in the arguments, and declared to be told and checked. */
export function languageOption(description: string): Option {
  return new Option('--lang <language>', description).choices([...LANGUAGES]);
}

function findOption(args: readonly string[]): Language | undefined {
  let found: string | undefined;
  for (const [i, arg] of args.entries()) {
    if (arg === '--') break;
    if (arg === '--lang') found = args[i + 1];
    else if (arg.startsWith('--lang=')) found = arg.slice('--lang='.length);
  }
  return LANGUAGES.find((language) => language === found);
}
