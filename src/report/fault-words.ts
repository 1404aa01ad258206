/**
 * The faults of unusable inputs in French. Readers word them in English, as all errors of the program; the doctor's
 * report is in the study's language. A fault that is not here is told as it is.
 */
import type { Language } from './texts.ts';

/** English, as a pattern on the whole sentence; French, with its groups. */
const FRENCH: ReadonlyArray<readonly [RegExp, string]> = [];

export function translateFault(text: string, language: Language): string {
  if (language !== 'fr') return text;
  for (const [pattern, french] of FRENCH) {
    if (pattern.test(text)) return text.replace(pattern, french);
  }
  return text;
}
