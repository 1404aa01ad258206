/**
 * Words for the defects of everything but structures, timetables and the rows of grids, what one can do about each included. In order of weight: what moves
 * the figures most comes first.
 */

/** fr title, fr remedy, en title, en remedy. */
export type WordsRow = readonly [string, string, string, string];

export const DEFECT_WORDS: Readonly<Record<string, WordsRow>> = {
  'day-without-trips': [
    'aucune course ne circule le jour étudié',
    'Changez la clé date : un jour couvert par les horaires, ou auto.',
    'no trip runs on the day of the study',
    'Change the key date: a day that the timetables cover, or auto.',
  ],
  'commune-population-unplaced': [
    'habitants que rien ne permet de placer',
    'Donnez le contour de la commune, ou une grille de population.',
    'people that nothing places',
    'Give the polygon of the commune, or a population grid.',
  ],
  'commune-without-streets': [
    'commune sans aucune voie lue',
    'Prenez un extrait OpenStreetMap plus large, qui contient toute la commune.',
    'commune without any street read',
    'Use a larger OpenStreetMap extract that holds the whole commune.',
  ],
  'commune-without-geometry': [
    'commune sans contour',
    'Ajoutez son contour au fichier des communes.',
    'commune without a polygon',
    'Add its polygon to the file of communes.',
  ],
  'commune-without-people': [
    'commune où la population lue ne compte personne',
    'Vérifiez que la grille couvre toute la commune.',
    'commune in which the population counts nobody',
    'Check that the grid covers the whole commune.',
  ],
  'commune-without-population': [
    'commune de population inconnue',
    'Donnez une grille, ou la population dans les propriétés du contour.',
    'commune of unknown population',
    'Give a grid, or the population among the properties of the polygon.',
  ],
  'population-differs-from-official': [
    'total de la grille loin de la population officielle',
    'Vérifiez l’année de la grille ; le calage sur la population officielle corrige le niveau.',
    'total of the grid far from the official population',
    'Check the year of the grid; scaling to the official populations corrects the level.',
  ],
  'commune-population-apart': [
    'commune où la grille s’écarte de la population officielle',
    'Vérifiez les codes des carreaux et l’année ; un carreau partagé en est souvent la cause.',
    'commune in which the grid is far from the official population',
    'Check the codes of the cells and the year; a shared cell is often the cause.',
  ],
  'cells-outside-communes': [
    'carreaux hors de toute commune',
    'Vérifiez que les contours couvrent tout le territoire.',
    'cells outside every commune',
    'Check that the polygons cover the whole territory.',
  ],
  'cells-of-unknown-communes': [
    'carreaux dont le code de commune est inconnu',
    'Vérifiez la colonne du code de commune.',
    'cells whose commune code is unknown',
    'Check the column of the commune code.',
  ],
  'population-from-inside-point': [
    'population placée en un seul point par commune',
    'Donnez une grille (Filosofi), ou un extrait OpenStreetMap avec les bâtiments.',
    'population placed at one point of each commune',
    'Give a grid (Filosofi), or an OpenStreetMap extract with its buildings.',
  ],
  'population-from-townhall': [
    'population placée à la mairie',
    'Donnez une grille (Filosofi), ou un extrait OpenStreetMap avec les bâtiments.',
    'population placed at the town hall',
    'Give a grid (Filosofi), or an OpenStreetMap extract with its buildings.',
  ],
  'population-from-street': [
    'population répartie le long des rues',
    'Donnez une grille (Filosofi), ou un extrait OpenStreetMap avec les bâtiments.',
    'population spread along the streets',
    'Give a grid (Filosofi), or an OpenStreetMap extract with its buildings.',
  ],
  'study-day-unusual': [
    'le jour étudié n’est pas un jour ordinaire',
    'Prenez un mardi ordinaire, ou date: auto.',
    'the day of the study is no ordinary day',
    'Use an ordinary Tuesday, or date: auto.',
  ],
  'feed-elsewhere': [
    'horaires d’un autre territoire',
    'Vérifiez le fichier, ou retirez-le.',
    'timetable of another place',
    'Check the file, or leave it out.',
  ],
  'communes-without-territory': [
    'communes absentes de la table des territoires',
    'Complétez la table.',
    'communes that the table of territories lacks',
    'Complete the table.',
  ],
  'commune-in-two-territories': [
    'commune dans deux territoires',
    'Gardez une seule ligne par commune.',
    'commune in two territories',
    'Keep one row a commune.',
  ],
  'territory-row-incomplete': [
    'ligne incomplète de la table des territoires',
    'Complétez la ligne.',
    'incomplete row of the table of territories',
    'Complete the row.',
  ],
  'commune-polygon-repaired': [
    'contour de commune défectueux, réparé',
    'Vérifiez le contour dans QGIS.',
    'faulty polygon of a commune, repaired',
    'Check the polygon in QGIS.',
  ],
  'commune-polygon-without-code': [
    'contour sans code de commune, laissé de côté',
    'Ajoutez la propriété code.',
    'polygon without a commune code, left out',
    'Add the property code.',
  ],
  'commune-feature-without-area': [
    'commune sans surface, laissée de côté',
    'Donnez un polygone.',
    'commune without an area, left out',
    'Give a polygon.',
  ],
  'commune-code-unknown': [
    'contour dont le code de commune n’est dans aucune liste',
    'Vérifiez le code du contour.',
    'polygon whose commune code is in no list',
    'Check the code of the polygon.',
  ],
  'commune-boundary-incomplete': [
    'contour de commune incomplet dans l’extrait, laissé de côté',
    'Prenez un extrait plus large.',
    'commune whose border the extract does not hold whole, left out',
    'Use a larger extract.',
  ],
  'commune-polygon-before-split': [
    'contour antérieur à la scission de la commune',
    'Prenez des contours plus récents.',
    'polygon older than the split of its commune',
    'Use newer polygons.',
  ],
  'territory-commune-unknown': [
    'commune inconnue dans la table des territoires',
    'Corrigez le code.',
    'unknown commune in the table of territories',
    'Correct the code.',
  ],
  'epci-row-incomplete': [
    'ligne incomplète de la table des EPCI',
    'Complétez la ligne.',
    'incomplete row of the table of EPCI',
    'Complete the row.',
  ],
  'canton-row-incomplete': [
    'ligne incomplète de la table des cantons',
    'Complétez la ligne.',
    'incomplete row of the table of cantons',
    'Complete the row.',
  ],
  'commune-of-several-cantons': [
    'commune partagée entre plusieurs cantons, comptée dans aucun',
    'Rien à faire : sa population ne peut pas être partagée.',
    'commune that several cantons share, counted in none',
    'Nothing to do: its people cannot be shared out.',
  ],
  'communes-without-canton': [
    'communes sans canton',
    'Complétez la table des cantons.',
    'communes without a canton',
    'Complete the table of cantons.',
  ],
  'cog-movement-unreadable': [
    'mouvement de commune illisible',
    'Vérifiez la ligne de v_mvtcommune.',
    'movement of a commune that cannot be read',
    'Check the row of v_mvtcommune.',
  ],
  'follow-up-structures-unplaced': [
    'structures du suivi sans commune connue',
    'Complétez code_insee.',
    'structures of the follow-up of no known commune',
    'Fill in code_insee.',
  ],
  'target-row-unreadable': [
    'ligne illisible d’une fiche action',
    'Complétez la ligne.',
    'row of an action sheet that cannot be read',
    'Complete the row.',
  ],
  'target-number-unreadable': [
    'nombre illisible dans une fiche action',
    'Corrigez la valeur.',
    'number of an action sheet that cannot be read',
    'Correct the value.',
  ],
  'target-repeated': [
    'année donnée deux fois pour un indicateur',
    'Gardez une seule ligne.',
    'year that an indicator has twice',
    'Keep one row.',
  ],
  'target-unit-changes': [
    'unité qui change pour un indicateur',
    'Gardez une seule unité.',
    'unit of an indicator that changes',
    'Keep one unit.',
  ],
  'target-not-computed': [
    'indicateur que les listes ne permettent pas de calculer',
    'Complétez les listes, ou déclarez la valeur réalisée.',
    'indicator that the lists do not let compute',
    'Complete the lists, or declare the value achieved.',
  ],
  'targets-without-day': [
    'étude sans jour : ses chiffres n’entrent dans aucune année des cibles',
    'Donnez la clé date.',
    'study of no given day: its figures stand in no year of the targets',
    'Set the key date.',
  ],
  'past-result-without-day': [
    'résultat passé sans jour',
    'Recalculez-le avec une date.',
    'past result of no given day',
    'Compute it again with a date.',
  ],
  'past-result-elsewhere': [
    'résultat passé d’un autre département',
    'Retirez-le de targets.results.',
    'past result of another département',
    'Leave it out of targets.results.',
  ],
  'past-result-other-threshold': [
    'résultat passé d’un autre seuil',
    'Recalculez-le avec le même seuil.',
    'past result with another threshold',
    'Compute it again with the same threshold.',
  ],
  'calage-commune-without-cells': [
    'commune à caler sans carreau habité',
    'Vérifiez que la grille couvre toute la commune.',
    'commune to scale without an inhabited cell',
    'Check that the grid covers the whole commune.',
  ],
  'calage-without-official-population': [
    'commune à caler sans population officielle',
    'Donnez les populations de référence de la même année que les contours.',
    'commune to scale without an official population',
    'Give the populations de référence of the year of the polygons.',
  ],
  'overpass-remark': [
    'réponse d’Overpass avec une remarque',
    'Relancez la requête si elle est incomplète.',
    'Overpass answer with a remark',
    'Repeat the query if it is incomplete.',
  ],
};
