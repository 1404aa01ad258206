/** All words by language. A language is a folder beside this file; one that lacks a word does not compile. */
import type { Language } from '../common/language.ts';
import type { CommandLineWords } from './command-line.ts';
import { COMMAND_LINE as ENGLISH } from './en/command-line.ts';
import { COMMAND_LINE as FRENCH } from './fr/command-line.ts';

export const COMMAND_LINE_WORDS: Readonly<Record<Language, CommandLineWords>> = { fr: FRENCH, en: ENGLISH };
