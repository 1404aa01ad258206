/** Errors as they are printed, in the language of the run. */
import { UsageError } from '../common/errors.ts';
import { translateFault } from './fault-words.ts';
import type { Language } from './texts.ts';

/** A user's mistake or an unusable input as it is printed: place, fault, value, remedy. */
export function wordError(error: UsageError, language: Language): string {
  if (language === 'en') return error.describe();
  const { remedy, ...fields } = error.fields;
  const lines = remedy.split('\n').map((line) => wordLine(line, language));
  const french = new UsageError(translateFault(error.message, language), {
    ...fields,
    remedy: lines.join('\n'),
  });
  return french.describe('valeur\u00a0: ');
}

/** A line of a remedy, which may be indented: `  also line 7: modes[1]: allowed is … (value: "bus")`. */
function wordLine(line: string, language: Language): string {
  const [, indent = '', also, number, text = '', value, meant] =
    /^(\s*)(also line (\d+): )?(.*?)(?: \(value: (.*)\))?(?:; (Did you mean .*))?$/s.exec(line) ?? [];
  if (also === undefined) {
    const more = /^and (\d+) more$/.exec(text)?.[1];
    return `${indent}${more === undefined ? translateFault(text, language) : `et ${more} autres`}`;
  }
  const shown = value === undefined ? '' : ` (valeur\u00a0: ${value})`;
  const hint = meant === undefined ? '' : ` ; ${translateFault(meant, language)}`;
  return `${indent}aussi ligne ${number} : ${translateFault(text, language)}${shown}${hint}`;
}
