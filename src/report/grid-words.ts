/** Words for the defects of the rows of population grids, and of tables in general, in order of weight. */
import type { WordsRow } from './defect-words.ts';

export const GRID_WORDS: Readonly<Record<string, WordsRow>> = {
  'cell-population-negative': [
    'population négative, ligne laissée de côté',
    'Corrigez la valeur.',
    'negative population, row left out',
    'Correct the value.',
  ],
  'cell-population-unreadable': [
    'population illisible, ligne laissée de côté',
    'Corrigez la valeur.',
    'population that cannot be read, row left out',
    'Correct the value.',
  ],
  'cell-position-unreadable': [
    'position illisible, ligne laissée de côté',
    'Corrigez la position.',
    'position that cannot be read, row left out',
    'Correct the position.',
  ],
  'cell-off-the-earth': [
    'carreau hors de la Terre, laissé de côté',
    'Vérifiez le système de coordonnées.',
    'cell off the Earth, left out',
    'Check the coordinate system.',
  ],
  'cell-postal-codes': [
    'codes postaux à la place des codes INSEE dans une grille : carreaux placés par leur position',
    'Donnez le code INSEE dans cette colonne, ou retirez-la.',
    'postal codes in the place of INSEE codes in a grid: cells placed by their positions',
    'Give the INSEE code in this column, or take it away.',
  ],
  'cell-id-repeated': [
    'carreau déjà lu, laissé de côté',
    'Vérifiez que la grille n’est pas donnée deux fois.',
    'cell read before, left out',
    'Check that the grid is not given twice.',
  ],
  'column-misspelt': [
    'colonne non utilisée, au nom presque connu',
    'Corrigez le nom de la colonne.',
    'column that is not used, of a name that is nearly known',
    'Correct the name of the column.',
  ],
  'table-cut-short': [
    'table sans doute tronquée : sa dernière ligne s’arrête en chemin',
    'Téléchargez ou exportez de nouveau le fichier : des lignes manquent sans doute.',
    'table that is probably cut short: its last line stops half-way',
    'Download or export the file again: rows are probably missing.',
  ],
  'table-last-line-open': [
    'table dont la dernière ligne n’a pas de fin de ligne',
    'Vérifiez que c’est bien la dernière : d’un fichier tronqué, il manque des lignes.',
    'table whose last line has no line end',
    'Check that it is the last one: of a file that was cut short, rows are missing.',
  ],
  'csv-row-of-odd-length': [
    'ligne d’un autre nombre de champs que l’en-tête',
    'Corrigez la ligne : un séparateur manque ou est de trop.',
    'row with another number of fields than the header',
    'Correct the row: a separator is missing, or one too many.',
  ],
  'grids-of-several-sides': [
    'grilles de tailles différentes : habitants comptés deux fois où elles se recouvrent',
    'Gardez une seule grille par territoire.',
    'grids of several sizes: people count twice where they overlap',
    'Keep one grid for each place.',
  ],
  'cell-segment-unreadable': [
    'ménages ou âges illisibles dans un carreau',
    'Corrigez la valeur.',
    'households or ages of a cell that cannot be read',
    'Correct the value.',
  ],
  'cell-id-unreadable': [
    'identifiant de carreau illisible, ligne laissée de côté',
    'Vérifiez la colonne de l’identifiant.',
    'cell id that cannot be read, row left out',
    'Check the column of the id.',
  ],
  'cell-crs-unknown': [
    'carreau d’un système de coordonnées inconnu, laissé de côté',
    'Écrivez par exemple EPSG:2154.',
    'cell of an unknown coordinate system, left out',
    'Write for example EPSG:2154.',
  ],
  'reference-population-unreadable': [
    'population de référence illisible, ligne laissée de côté',
    'Corrigez la valeur.',
    'population de référence that cannot be read, row left out',
    'Correct the value.',
  ],
};
