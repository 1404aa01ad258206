/**
 * Why people of a commune are left out, in words: how many have no path to a structure, and how many reach one too
 * late, with the time of half of these and the structure that most of them have nearest. The same in
 * communes-non-couvertes.csv, on the terminal and in the page's script, so nothing here needs more than figures.
 */
import { formatMinutes, formatPeople } from './numbers.ts';
import type { Language } from './text-keys.ts';

/** Of the people of one commune in one mode. */
export interface LeftOutFigures {
  peopleNotConnected: number;
  peopleTooLate: number;
  /** Of those too late; undefined where there is nobody. */
  tooLate: { medianMinutes: number; structure: string } | undefined;
}

/** The kind that concerns more people first. */
export function wordLeftOut(figures: LeftOutFigures, language: Language): string {
  const { peopleNotConnected, peopleTooLate, tooLate } = figures;
  const words = WORDS[language];
  const parts: Array<readonly [people: number, sentence: string]> = [];
  if (peopleNotConnected > 0) {
    parts.push([peopleNotConnected, `${wordPeople(peopleNotConnected, language)} ${words.notConnected}`]);
  }
  if (tooLate !== undefined && peopleTooLate > 0) {
    const minutes = formatMinutes(tooLate.medianMinutes, language);
    parts.push([
      peopleTooLate,
      `${wordPeople(peopleTooLate, language)} ${words.tooLate(minutes, tooLate.structure)}`,
    ]);
  }
  return parts
    .sort(([a], [b]) => b - a)
    .map(([, sentence]) => sentence)
    .join(words.between);
}

/** "12 personnes"; a part of a person is never a number. */
export function wordPeople(people: number, language: Language): string {
  const words = WORDS[language];
  if (people > 0 && people < 0.5) return words.fewerThanOne;
  return `${formatPeople(people, language)} ${isSingular(people, language) ? words.person : words.people}`;
}

/** In French none is singular as well. */
export function isSingular(people: number, language: Language): boolean {
  return people < 1.5 && (people > 0 || language === 'fr');
}

const WORDS = {
  fr: {
    between: ' ; ',
    fewerThanOne: 'moins d’une personne',
    person: 'personne',
    people: 'personnes',
    notConnected: 'sans aucun chemin vers une structure',
    tooLate: (minutes: string, structure: string) =>
      `à ${minutes} min (temps médian) de la structure la plus proche (${structure})`,
  },
  en: {
    between: '; ',
    fewerThanOne: 'fewer than one person',
    person: 'person',
    people: 'people',
    notConnected: 'without any path to a structure',
    tooLate: (minutes: string, structure: string) =>
      `${minutes} min (median time) from the nearest structure (${structure})`,
  },
} as const;
