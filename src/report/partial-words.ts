/** Words for inputs that cover a part of the territory; the sentence about them in the report and on the terminal. */
import type { Notice } from '../common/notices.ts';
import type { WordsRow } from './defect-words.ts';
import { formatPeople } from './numbers.ts';
import type { Language } from './text-keys.ts';

export const PARTIAL_WORDS: Readonly<Record<string, WordsRow>> = {
  'population-covers-part': [
    'communes dont la grille ne compte presque pas les habitants (personnes manquantes)',
    'Donnez la grille de tout le territoire : elle s’arrête sans doute à une limite. Le taux ne vaut que pour les personnes comptées.',
    'communes whose people the grid hardly counts (people missing)',
    'Give the grid of the whole territory: it probably stops at a border. The rate holds for the people counted only.',
  ],
  'communes-hardly-counted': [
    'communes dont la grille compte moins de la moitié des habitants (personnes manquantes)',
    'Vérifiez que la grille couvre tout le territoire : leur taux ne vaut que pour les personnes comptées.',
    'communes of whose people the grid counts less than half (people missing)',
    'Check that the grid covers the whole territory: their rates hold for the people counted only.',
  ],
  'no-structure-in-territory': [
    'aucune structure des listes dans le territoire (structures lues)',
    'Donnez la liste du département étudié, et vérifiez le département et les positions.',
    'no structure of the lists in the territory (structures read)',
    'Give the list of the département studied, and check the département and the positions.',
  ],
  'list-of-other-territories': [
    'liste sans aucune structure dans le territoire (structures lues)',
    'Voulue pour les structures voisines, elle compte ; sinon, donnez celle du département étudié.',
    'list without a structure in the territory (structures read)',
    'Meant for the structures across the border, it counts; else give that of the département studied.',
  ],
};

type Sentence = (communes: number, people: string) => string;

const FRENCH: Readonly<Record<'streets' | 'grid' | 'lists', Sentence>> = {
  streets: (communes, people) =>
    `les routes lues ne couvrent pas, ou qu’en partie, ${communes === 1 ? 'une commune' : `${communes} communes`} (${people} personnes concernées)`,
  grid: (communes, people) =>
    `la grille de population s’arrête dans le territoire : elle ne compte presque pas ${communes === 1 ? 'une commune' : `${communes} communes`} (${people} personnes manquantes)`,
  lists: () => 'aucune structure des listes ne se trouve dans le territoire',
};
const ENGLISH: Readonly<Record<'streets' | 'grid' | 'lists', Sentence>> = {
  streets: (communes, people) =>
    `the roads read do not cover, or in part only, ${communes === 1 ? 'one commune' : `${communes} communes`} (${people} people concerned)`,
  grid: (communes, people) =>
    `the population grid stops within the territory: it hardly counts ${communes === 1 ? 'one commune' : `${communes} communes`} (${people} people missing)`,
  lists: () => 'no structure of the lists stands in the territory',
};

/** What holds of the headline only in part; empty where all inputs cover the territory. */
export function writePartialInputs(notices: readonly Notice[], language: Language): string {
  const about = (...codes: readonly string[]) => notices.filter(({ code }) => codes.includes(code));
  const people = (found: readonly Notice[]) =>
    formatPeople(
      found.reduce((sum, { value }) => sum + Number(value ?? 0), 0),
      language,
    );
  const texts = language === 'fr' ? FRENCH : ENGLISH;
  const streets = about('commune-partly-without-streets', 'commune-without-streets');
  const grid = about('population-covers-part');
  const parts = [
    ...(streets.length === 0 ? [] : [texts.streets(streets.length, people(streets))]),
    ...grid.map((notice) => texts.grid(notice.count ?? 1, people([notice]))),
    ...(about('no-structure-in-territory').length === 0 ? [] : [texts.lists(0, '')]),
  ];
  if (parts.length === 0) return '';
  return language === 'fr' ? `Prudence : ${parts.join(' ; ')}.` : `Caution: ${parts.join('; ')}.`;
}
