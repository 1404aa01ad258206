import { describe, expect, it } from 'vitest';
import { type LeftOutFigures, wordLeftOut, wordPeople } from '../../src/report/left-out-words.ts';
import type { Language } from '../../src/report/text-keys.ts';

const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');
const late = (medianMinutes: number, structure = 'MDS') => ({ medianMinutes, structure });

describe('why people are left out', () => {
  it.each<[string, LeftOutFigures, string, string]>([
    [
      'a road that is cut off',
      { peopleNotConnected: 9.6, peopleTooLate: 0, tooLate: undefined },
      '10 personnes sans aucun chemin vers une structure',
      '10 people without any path to a structure',
    ],
    [
      'too far',
      { peopleNotConnected: 0, peopleTooLate: 1234, tooLate: late(41.25) },
      '1 234 personnes à 41,3 min (temps médian) de la structure la plus proche (MDS)',
      '1,234 people 41.3 min (median time) from the nearest structure (MDS)',
    ],
    [
      'one of each kind, of equal number',
      { peopleNotConnected: 1, peopleTooLate: 1, tooLate: late(31) },
      '1 personne sans aucun chemin vers une structure ; 1 personne à 31,0 min (temps médian) de la structure la plus proche (MDS)',
      '1 person without any path to a structure; 1 person 31.0 min (median time) from the nearest structure (MDS)',
    ],
    [
      'more too far than without a path',
      { peopleNotConnected: 2, peopleTooLate: 80, tooLate: late(35) },
      '80 personnes à 35,0 min (temps médian) de la structure la plus proche (MDS) ; 2 personnes sans aucun chemin vers une structure',
      '80 people 35.0 min (median time) from the nearest structure (MDS); 2 people without any path to a structure',
    ],
    [
      'a part of a person, as buildings share people out',
      { peopleNotConnected: 0.0003, peopleTooLate: 0, tooLate: undefined },
      'moins d’une personne sans aucun chemin vers une structure',
      'fewer than one person without any path to a structure',
    ],
    ['nobody', { peopleNotConnected: 0, peopleTooLate: 0, tooLate: undefined }, '', ''],
  ])('%s', (_, figures, fr, en) => {
    expect(plain(wordLeftOut(figures, 'fr'))).toBe(fr);
    expect(wordLeftOut(figures, 'en')).toBe(en);
  });

  it.each<[number, Language, string]>([
    [0, 'fr', '0 personne'],
    [0, 'en', '0 people'],
    [0.3, 'fr', 'moins d’une personne'],
    [0.3, 'en', 'fewer than one person'],
    [0.7, 'fr', '1 personne'],
    [1.4, 'en', '1 person'],
    [1.6, 'fr', '2 personnes'],
  ])('%d people in %s: %s', (people, language, expected) => {
    expect(wordPeople(people, language)).toBe(expected);
  });
});
