/** Words for how rows of structures were read where they say it in a way of their own, in order of weight. */
import type { WordsRow } from './defect-words.ts';

export const STRUCTURE_REMARK_WORDS: Readonly<Record<string, WordsRow>> = {
  'commune-polygons-look-postal': [
    'contours dont les codes sont des codes postaux',
    'Donnez le code INSEE (propriété code) ou le nom (propriété nom) de chaque commune.',
    'polygons whose codes are postal codes',
    'Give the INSEE code (property code) or the name (property nom) of each commune.',
  ],
  'commune-code-restored': [
    'code de commune écrit autrement (zéro perdu, espace, décimale), compris',
    'Écrivez les cinq caractères du code INSEE entre guillemets.',
    'commune code written otherwise (zero lost, blank, decimal), understood',
    'Write the five characters of the INSEE code in quotes.',
  ],
  'commune-codes-look-postal': [
    'commune_codes : codes qui sont tous aussi des codes postaux',
    'Si ce sont des codes postaux, écrivez les codes INSEE des communes ; sinon, rien à faire.',
    'commune_codes: codes that are all postal codes as well',
    'If they are postal codes, write the INSEE codes of the communes; else nothing to do.',
  ],
  'structure-commune-postal-ambiguous': [
    'code postal de plusieurs communes à la place du code INSEE',
    'Écrivez le code INSEE de la commune, ou son nom dans une colonne commune.',
    'postal code of several communes in the place of the INSEE code',
    'Write the INSEE code of the commune, or its name in a column commune.',
  ],
  'structure-commune-disagrees': [
    'code, nom et position de communes différentes',
    'Corrigez le code ou le nom ; le détail dit lequel a été retenu, et pourquoi.',
    'code, name and position of different communes',
    'Correct the code or the name; the details say which was taken, and why.',
  ],
  'structure-commune-name-ambiguous': [
    'nom que portent plusieurs communes',
    'Écrivez le code INSEE de la commune, ou son département entre parenthèses : Saint-Martin (71).',
    'name that several communes bear',
    'Write the INSEE code of the commune, or its département in brackets: Saint-Martin (71).',
  ],
  'structure-commune-name-unknown': [
    'nom qu’aucune commune ne porte',
    'Corrigez le nom, ou écrivez le code INSEE de la commune.',
    'name that no commune bears',
    'Correct the name, or write the INSEE code of the commune.',
  ],
  'structure-commune-by-name': [
    'code d’aucune commune, lue par son nom',
    'Corrigez le code de la commune.',
    'code of no commune, read by the name',
    'Correct the code of the commune.',
  ],
  'structure-commune-postal-code': [
    'code postal à la place du code INSEE',
    'Écrivez le code INSEE de la commune ; la valeur montre celle qui a été retenue.',
    'postal code in the place of the INSEE code',
    'Write the INSEE code of the commune; the value shows the one that was taken.',
  ],
  'table-commune-not-found': [
    'commune introuvable, ligne laissée de côté',
    'Corrigez le nom, ou écrivez le code INSEE de la commune.',
    'commune not found, row left out',
    'Correct the name, or write the INSEE code of the commune.',
  ],
  'table-postal-codes': [
    'codes postaux à la place des codes INSEE',
    'Écrivez les codes INSEE des communes, ou leurs noms dans une colonne nom_commune.',
    'postal codes in the place of INSEE codes',
    'Write the INSEE codes of the communes, or their names in a column nom_commune.',
  ],
  'structure-rows-of-modes': [
    'lignes d’autres modes pour les mêmes structures',
    'Rien à faire ; chaque structure est lue une fois.',
    'rows of other modes for the same structures',
    'Nothing to do; each structure is read once.',
  ],
  'reference-rows-of-modes': [
    'lignes d’autres modes pour les mêmes communes',
    'Rien à faire ; la population de chaque commune est lue une fois.',
    'rows of other modes for the same communes',
    'Nothing to do; the population of each commune is read once.',
  ],
  'table-commune-names': [
    'communes nommées, sans code',
    'Rien à faire ; un code INSEE serait plus sûr.',
    'communes named, without a code',
    'Nothing to do; an INSEE code would be safer.',
  ],
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
