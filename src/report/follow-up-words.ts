/**
 * How figures of the follow-up and of the targets read, the same in the report and on the terminal.
 */
import type { Answers, FollowUpArea, FollowUpTally } from '../planning/follow-up.ts';
import { findStructureType } from '../read/structure-types.ts';
import { FOLLOW_UP_TEXTS } from './follow-up-texts.ts';
import { formatNumber, formatRate } from './numbers.ts';
import type { Language } from './text-keys.ts';

export function wordArea({ level, nom }: FollowUpArea, language: Language): string {
  const texts = FOLLOW_UP_TEXTS[language];
  if (level === 'whole') return texts.whole;
  return nom === '' ? texts.noArea : nom;
}

/** The table's name of a type; a type that it lacks names itself. */
export function wordType(type: string, language: Language): string {
  return findStructureType(type)?.[language] ?? (type === '' ? FOLLOW_UP_TEXTS[language].noType : type);
}

/** "12 (3 n. p.)"; "n. p." where no list says anything. */
export function wordAnswers({ yes, no, unstated }: Answers, language: Language): string {
  return wordCount(yes, unstated, yes + no + unstated, language);
}

export function wordCharters(
  { engaged, charterSigned, charterUnstated }: FollowUpTally,
  language: Language,
): string {
  return wordCount(charterSigned, charterUnstated, engaged, language);
}

function wordCount(count: number, unstated: number, all: number, language: Language): string {
  const text = formatNumber(count, language);
  if (unstated === 0) return text;
  const texts = FOLLOW_UP_TEXTS[language];
  return unstated === all ? texts.allUnstated : `${text} ${texts.unstated(formatNumber(unstated, language))}`;
}

/** A value in its unit, with one decimal where it has any. */
export function wordValue(value: number | undefined, unit: string, language: Language): string {
  if (value === undefined) return '–';
  if (unit === '%')
    return value >= 0 && value <= 100 ? formatRate(value / 100, language) : `${number(value)}\u00a0%`;
  return number(value);

  function number(shown: number): string {
    return formatNumber(shown, language, Number.isInteger(shown) ? 0 : 1);
  }
}

/** With its sign; never 0 for what is not. In points where the unit is a share. */
export function wordGap(gap: number | undefined, unit: string, language: Language): string {
  if (gap === undefined) return '–';
  const isShare = unit === '%';
  const decimals = isShare || !Number.isInteger(gap) ? 1 : 0;
  const shown = gap === 0 || Math.abs(gap) >= 0.1 ? gap : 0.1 * Math.sign(gap);
  const sign = gap > 0 ? '+' : '';
  const points = isShare ? ` ${FOLLOW_UP_TEXTS[language].targets.points}` : '';
  return `${sign}${formatNumber(shown, language, decimals)}${points}`;
}
