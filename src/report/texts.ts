/**
 * Every word that a report shows, by language, and the few that are put together.
 */
import type { Language, ModeWords, Texts } from './text-keys.ts';
import { EN } from './texts-en.ts';
import { FR } from './texts-fr.ts';

export type { Language, StructureGroup } from './text-keys.ts';

export const TEXTS: Readonly<Record<Language, Texts>> = { fr: FR, en: EN };

/** Words for a mode; one that is not known names itself. */
export function wordMode(mode: string, language: Language): ModeWords {
  return TEXTS[language].modes[mode] ?? { by: `(${mode})`, title: mode };
}

/** Labels of the bands, the open one and "not connected" last. */
export function wordBands(edgesMinutes: readonly number[], language: Language): string[] {
  const texts = TEXTS[language];
  const inner = edgesMinutes.map((edge, at) => texts.band(at === 0 ? 0 : edgesMinutes[at - 1], edge));
  const last = edgesMinutes.length === 0 ? 0 : edgesMinutes[edgesMinutes.length - 1];
  return [...inner, texts.lastBand(last), texts.notConnected];
}
