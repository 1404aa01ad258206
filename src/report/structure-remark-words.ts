/** Words for how rows of structures were read where they say it in a way of their own, in order of weight. */
import type { WordsRow } from './defect-words.ts';

export const STRUCTURE_REMARK_WORDS: Readonly<Record<string, WordsRow>> = {
  'opening-hours-by-appointment': [
    'structures sur rendez-vous, sans horaires, comptées comme ouvertes',
    'Rien à faire ; donnez leurs horaires si elles en ont.',
    'structures by appointment without hours, counted as open',
    'Nothing to do; give their hours if they have any.',
  ],
  'opening-hours-in-french': [
    'horaires écrits en français, compris',
    'Rien à faire ; la colonne horaires de structures.csv montre comment ils ont été lus.',
    'opening hours written in French, understood',
    'Nothing to do; the column opening_hours of structures.csv shows how they were read.',
  ],
};
