/** What the command line lays over the content of a study file, before it is checked. */
import type { Language } from '../common/language.ts';

/** What the command line may set in place of the file. */
export interface StudyOverrides {
  modes?: readonly string[];
  /** Absolute. */
  out?: string;
  lang?: Language;
}

/** @param defaultLang of a study that names no language */
export function withOverrides(
  value: unknown,
  { modes, lang }: StudyOverrides = {},
  defaultLang?: Language,
): unknown {
  const given = withModes(value, modes) as Record<string, unknown>;
  const language = lang ?? (given.lang === undefined ? defaultLang : undefined);
  return language === undefined ? given : { ...given, lang: language };
}

/** The file's content with other modes; combinations that need a mode left out go too. */
function withModes(value: unknown, modes: readonly string[] | undefined): unknown {
  if (modes === undefined) return value;
  const { combinations, ...others } = value as Record<string, unknown>;
  const kept = Array.isArray(combinations)
    ? combinations.filter((each) =>
        String(each)
          .split('_or_')
          .every((mode) => modes.includes(mode)),
      )
    : [];
  return { ...others, combinations: kept, modes: [...modes] };
}
