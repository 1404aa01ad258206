/**
 * What the doctor says of each kind of finding: what it is, and what one can do about it. The table is in order of
 * weight: what moves the figures most comes first. A code that is not here is told in its own words, last.
 */
import type { Language } from './texts.ts';

export interface FindingWords {
  title: string;
  remedy: string;
}

/** fr title, fr remedy, en title, en remedy. */
type Row = readonly [string, string, string, string];

const ROWS: Readonly<Record<string, Row>> = {
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
  'structure-without-position': [
    'structure sans position, laissée de côté',
    'Complétez lon et lat dans la liste.',
    'structure without a position, left out',
    'Fill in lon and lat in the list.',
  ],
  'structure-position-unreadable': [
    'structure à la position illisible, laissée de côté',
    'Écrivez lon et lat en degrés, par exemple 4,3 et 46,7.',
    'structure whose position cannot be read, left out',
    'Write lon and lat in degrees, such as 4.3 and 46.7.',
  ],
  'structure-position-swapped': [
    'structure dont lon et lat semblent échangées, laissée de côté',
    'Échangez les deux valeurs.',
    'structure whose lon and lat look swapped, left out',
    'Exchange the two values.',
  ],
  'structure-off-the-earth': [
    'structure hors de la Terre ou en 0, 0, laissée de côté',
    'Corrigez lon et lat.',
    'structure off the Earth or at 0, 0, left out',
    'Correct lon and lat.',
  ],
  'structure-in-no-commune': [
    'structure en mer ou mal placée',
    'Corrigez lon et lat.',
    'structure at sea, or misplaced',
    'Correct lon and lat.',
  ],
  'structure-far-from-its-commune': [
    'structure loin de la commune qu’elle déclare',
    'Corrigez sa position, ou son code de commune.',
    'structure far from the commune that it declares',
    'Correct its position, or its commune code.',
  ],
  'structure-not-linked': [
    'structure sans voie utilisable à proximité',
    'Vérifiez sa position, et que l’extrait de routes la contient.',
    'structure without a usable street near it',
    'Check its position, and that the extract of roads holds it.',
  ],
  'structure-far-from-street': [
    'structure loin de toute voie',
    'Vérifiez sa position.',
    'structure far from every street',
    'Check its position.',
  ],
  'structure-without-id': [
    'structure sans identifiant, laissée de côté',
    'Donnez-lui un identifiant unique.',
    'structure without an id, left out',
    'Give it an id of its own.',
  ],
  'structure-id-repeated': [
    'identifiant déjà pris : ligne laissée de côté',
    'Donnez à chaque structure un identifiant unique.',
    'id that stands twice: row left out',
    'Give each structure an id of its own.',
  ],
  'structure-type-unknown': [
    'structure d’un type inconnu',
    'Prenez un type de data/structure-types.json.',
    'structure of an unknown type',
    'Use a type of data/structure-types.json.',
  ],
  'structure-row-shifted': [
    'ligne dont les colonnes semblent décalées',
    'Corrigez la ligne dans la liste.',
    'row whose columns look shifted',
    'Correct the row in the list.',
  ],
  'structure-commune-unknown': [
    'structure dont le code de commune n’est dans aucune liste',
    'Corrigez code_insee.',
    'structure whose commune code is in no list',
    'Correct code_insee.',
  ],
  'structure-engagement-unreadable': [
    'engagement illisible, lu comme « oui »',
    'Écrivez oui ou non.',
    'engagement that cannot be read, taken as yes',
    'Write oui or non.',
  ],
  'structure-circle-unreadable': [
    'cercle illisible',
    'Écrivez 1 ou 2.',
    'circle that cannot be read',
    'Write 1 or 2.',
  ],
  'structure-date-unreadable': [
    'date illisible',
    'Écrivez AAAA-MM-JJ ou JJ/MM/AAAA.',
    'date that cannot be read',
    'Write YYYY-MM-DD.',
  ],
  'structure-format-unknown': [
    'format inconnu, lu comme « fixe »',
    'Écrivez fixe, multisite, antenne, bus ou itinerant.',
    'unknown format, read as fixe',
    'Write fixe, multisite, antenne, bus or itinerant.',
  ],
  'opening-hours-not-understood': [
    'horaires d’ouverture incompris, comptés comme ouverts',
    'Écrivez-les comme dans OpenStreetMap : Mo-Fr 09:00-12:00.',
    'opening hours not understood, counted as open',
    'Write them as OpenStreetMap does: Mo-Fr 09:00-12:00.',
  ],
  'study-day-unusual': [
    'le jour étudié n’est pas un jour ordinaire',
    'Prenez un mardi ordinaire, ou date: auto.',
    'the day of the study is no ordinary day',
    'Use an ordinary Tuesday, or date: auto.',
  ],
  'feed-without-trips-that-day': [
    'horaires sans aucune course le jour étudié',
    'Changez de jour, ou de fichier.',
    'timetable without a trip on the day',
    'Change the day, or the file.',
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
  'cell-id-repeated': [
    'carreau déjà lu, laissé de côté',
    'Vérifiez que la grille n’est pas donnée deux fois.',
    'cell read before, left out',
    'Check that the grid is not given twice.',
  ],
  'csv-row-of-odd-length': [
    'ligne d’un autre nombre de champs que l’en-tête',
    'Corrigez la ligne : un séparateur manque ou est de trop.',
    'row with another number of fields than the header',
    'Correct the row: a separator is missing, or one too many.',
  ],
  'cell-not-linked': [
    'carreau sans voie à proximité : habitants non raccordés',
    'Vérifiez que l’extrait de routes couvre ces habitants.',
    'cell without a street near it: people not connected',
    'Check that the extract of roads covers these people.',
  ],
  'cell-on-island': [
    'carreau sur un bout de réseau isolé : habitants non raccordés',
    'Vérifiez l’extrait de routes, ou baissez min_island.',
    'cell on a piece of network that is cut off: people not connected',
    'Check the extract of roads, or lower min_island.',
  ],
  'cells-outside-territory': [
    'carreaux hors du territoire, laissés de côté',
    'Rien à faire si la grille déborde du territoire.',
    'cells outside the territory, left out',
    'Nothing to do where the grid is larger than the territory.',
  ],
  'cells-of-other-territories': [
    'carreaux d’autres territoires, laissés de côté',
    'Rien à faire si la grille déborde du territoire.',
    'cells of other territories, left out',
    'Nothing to do where the grid is larger than the territory.',
  ],
  'cells-beside-communes': [
    'habitants juste au-delà des contours, rattachés à la commune la plus proche',
    'Rien à faire : les contours sont simplifiés.',
    'people just outside the polygons, counted in the nearest commune',
    'Nothing to do: the polygons are simplified.',
  ],
  'cells-of-former-communes': [
    'carreaux d’anciennes communes',
    'Rien à faire : les codes sont suivis.',
    'cells of former communes',
    'Nothing to do: the codes are followed.',
  ],
  'commune-polygon-joined': [
    'ancienne commune, jointe à celle d’aujourd’hui',
    'Rien à faire ; des contours plus récents l’éviteraient.',
    'former commune, joined to that of today',
    'Nothing to do; newer polygons would avoid it.',
  ],
  'commune-code-changed': [
    'ancien code de commune, suivi',
    'Mettez le code d’aujourd’hui.',
    'former commune code, followed',
    'Write the code of today.',
  ],
  'communes-without-stop': [
    'communes sans arrêt desservi ce jour-là',
    'Ajoutez les autres réseaux (cars, bus) s’ils existent.',
    'communes without a stop served that day',
    'Add the other networks (coaches, buses) where there are any.',
  ],
  'study-day-chosen': [
    'jour choisi par les horaires',
    'Rien à faire.',
    'day chosen by the timetables',
    'Nothing to do.',
  ],
  'timetables-not-used': [
    'horaires donnés mais non utilisés',
    'Ajoutez transit aux modes, ou retirez les horaires.',
    'timetables given but not used',
    'Add transit to the modes, or leave the timetables out.',
  ],
  'structure-in-another-commune': [
    'structure dans une autre commune que celle déclarée',
    'Vérifiez son code de commune et sa position.',
    'structure in another commune than the one declared',
    'Check its commune code and its position.',
  ],
  'structure-hours-look-shifted': [
    'horaires qui semblent décalés d’une colonne',
    'Vérifiez la ligne dans la liste.',
    'hours that look shifted by a column',
    'Check the row in the list.',
  ],
  'structure-hours-mended': [
    'horaires irréguliers, lus en partie',
    'Vérifiez la ligne dans la liste.',
    'irregular hours, read in part',
    'Check the row in the list.',
  ],
  'structures-bare-points': [
    'liste sans noms ni types',
    'Ajoutez les colonnes nom et type.',
    'list without names and types',
    'Add the columns nom and type.',
  ],
  'structures-too-far': [
    'structures trop loin du territoire, non comptées',
    'Rien à faire si la liste est nationale.',
    'structures too far from the territory, not counted',
    'Nothing to do where the list is national.',
  ],
  'structures-off-the-roads': [
    'structures hors des routes lues, non comptées',
    'Rien à faire si la liste est nationale.',
    'structures off the roads read, not counted',
    'Nothing to do where the list is national.',
  ],
  'structures-beyond-border': [
    'structures au-delà de la limite, non comptées',
    'Rien à faire, ou cross_border: true.',
    'structures beyond the border, not counted',
    'Nothing to do, or cross_border: true.',
  ],
  'structures-not-engaged': [
    'structures non engagées, non comptées',
    'Rien à faire, ou engaged_only: false.',
    'structures not engaged, not counted',
    'Nothing to do, or engaged_only: false.',
  ],
  'structures-engaged-later': [
    'structures engagées après le jour étudié, non comptées',
    'Rien à faire, ou changez la date.',
    'structures engaged after the day, not counted',
    'Nothing to do, or change the date.',
  ],
  'structures-other-circle': [
    'structures d’un autre cercle, non comptées',
    'Rien à faire, ou élargissez cercles.',
    'structures of another circle, not counted',
    'Nothing to do, or widen cercles.',
  ],
  'structures-other-type': [
    'structures d’un autre type, non comptées',
    'Rien à faire, ou élargissez types.',
    'structures of another type, not counted',
    'Nothing to do, or widen types.',
  ],
  'structures-other-format': [
    'structures d’un format non retenu, non comptées',
    'Rien à faire, ou élargissez formats.',
    'structures of a format not selected, not counted',
    'Nothing to do, or widen formats.',
  ],
  'structures-itinerant-without-calendar': [
    'structures itinérantes sans horaires à cette adresse, non comptées',
    'Donnez leurs arrêts et leurs horaires.',
    'itinerant structures without hours at their address, not counted',
    'Give their stops and hours.',
  ],
  'structures-never-open': [
    'structures jamais ouvertes dans la semaine, non comptées',
    'Vérifiez leurs horaires.',
    'structures never open in the week, not counted',
    'Check their hours.',
  ],
  'structure-ids-shared-by-lists': [
    'identifiants présents dans deux listes, préfixés',
    'Rien à faire ; vérifiez qu’il ne s’agit pas de doublons.',
    'ids that two lists share, prefixed',
    'Nothing to do; check that they are no duplicates.',
  ],
  'population-from-building': [
    'population répartie sur les bâtiments',
    'Rien à faire ; une grille est plus précise.',
    'population spread over the buildings',
    'Nothing to do; a grid is more precise.',
  ],
  'restriction-unresolved': [
    'interdiction de tourner incomplète, ignorée',
    'Rien à faire : elle se corrige dans OpenStreetMap.',
    'incomplete turn restriction, ignored',
    'Nothing to do: it is mended in OpenStreetMap.',
  ],
  'osm-way-without-nodes': [
    'voie dont l’extrait n’a pas tous les points',
    'Rien à faire au bord de l’extrait.',
    'way of which the extract lacks points',
    'Nothing to do at the edge of the extract.',
  ],
  'osm-building-incomplete': [
    'bâtiment dont l’extrait n’a pas tous les points',
    'Rien à faire au bord de l’extrait.',
    'building of which the extract lacks points',
    'Nothing to do at the edge of the extract.',
  ],
  'on-demand-service': [
    'transport à la demande, compté à part',
    'Rien à faire : il ne vaut jamais horaire.',
    'on-demand service, counted apart',
    'Nothing to do: it is never a timetable.',
  ],
  'arrondissement-beside-commune': [
    'arrondissement donné en plus de sa commune, laissé de côté',
    'Rien à faire.',
    'arrondissement beside its commune, left out',
    'Nothing to do.',
  ],
  'commune-polygon-repeated': [
    'contour donné deux fois, laissé de côté',
    'Rien à faire.',
    'polygon that stands twice, left out',
    'Nothing to do.',
  ],
  'stop-far-away': [
    'arrêt très loin des autres, laissé de côté',
    'Signalez-le au producteur des horaires.',
    'stop very far from the others, left out',
    'Tell the producer of the timetable.',
  ],
  'stop-at-0-0': [
    'arrêt en 0, 0, sans position',
    'Signalez-le au producteur des horaires.',
    'stop at 0, 0, without a position',
    'Tell the producer of the timetable.',
  ],
  'stop-without-position': [
    'arrêt sans position',
    'Signalez-le au producteur des horaires.',
    'stop without a position',
    'Tell the producer of the timetable.',
  ],
};

const RANK: ReadonlyMap<string, number> = new Map(Object.keys(ROWS).map((code, rank) => [code, rank]));

/** Weight of a code: less is heavier. */
export function rankOf(code: string): number {
  return RANK.get(code) ?? RANK.size;
}

/** Words for a code; undefined for one that is not in the table. */
export function findWords(code: string, language: Language): FindingWords | undefined {
  const row = ROWS[code];
  if (row === undefined) return undefined;
  return language === 'fr' ? { title: row[0], remedy: row[1] } : { title: row[2], remedy: row[3] };
}
