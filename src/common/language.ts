/** The languages in which the program speaks, and how the one of a run is told from its surroundings. */

export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language of a run that nothing else decides. */
export const DEFAULT_LANGUAGE: Language = 'fr';

/**
 * The language of the locale: of the first of LC_ALL, LC_MESSAGES and LANG that is set (POSIX, "Environment
 * Variables", 8.2). Undefined where that is none of ours, or `C` or `POSIX`, which are no language.
 */
export function languageOfLocale(
  environment: Readonly<Record<string, string | undefined>>,
): Language | undefined {
  const locale = ['LC_ALL', 'LC_MESSAGES', 'LANG'].map((name) => environment[name]).find(Boolean);
  return LANGUAGES.find((language) => new RegExp(`^${language}(?![a-z])`, 'i').test(locale ?? ''));
}
