/**
 * The sentences of faults and notices in French. Readers word them in English, as all errors of the program; the
 * doctor's report is in the study's language. A sentence that is not here is told as it is.
 */
import { FILE_FAULTS } from './file-fault-words.ts';
import { formatNumber } from './numbers.ts';
import { PLACE_FAULTS } from './place-fault-words.ts';
import { ROAD_FAULTS } from './road-words.ts';
import { STUDY_FAULTS } from './study-fault-words.ts';
import type { Language } from './texts.ts';

/** English, as a pattern on the whole sentence; French, with its groups, `{1}` where one is a sentence itself. */
const FRENCH: ReadonlyArray<readonly [RegExp, string]> = [
  // Files
  [/^(\w+\[\d+\]): no such file$/, '$1 : ce fichier n’existe pas'],
  [/^(\w+\[\d+\]): the file is empty$/, '$1 : le fichier est vide'],
  [/^(\w+\[\d+\]): this is no file$/, '$1 : ce n’est pas un fichier'],
  [
    /^Looked for at (.+); paths are relative to the study file\.$/,
    'Cherché en $1 ; les chemins partent du dossier de l’étude.',
  ],
  [
    /^Write the path of the file, not its address: without file:\/\/\. Looked for at (.+); paths are .+$/,
    'Écrivez le chemin du fichier, sans file://. Cherché en $1 ; les chemins partent du dossier de l’étude.',
  ],
  [
    /^This is an address: .+ Looked for at (.+); paths are .+$/,
    'C’est une adresse : téléchargez le fichier, et écrivez son chemin ; aucune commande n’ouvre de connexion.',
  ],
  [
    /^~ is not followed here: write the whole path\. Looked for at (.+); paths are .+$/,
    'Le ~ n’est pas suivi ici : écrivez le chemin entier. Cherché en $1.',
  ],
  [
    /^Take the quotes inside the quotes away\. Looked for at (.+); paths are .+$/,
    'Retirez les guillemets à l’intérieur des guillemets. Cherché en $1.',
  ],
  [
    /^Write \/ between folders, not \\\. Looked for at (.+); paths are .+$/,
    'Écrivez / entre les dossiers, et non \\. Cherché en $1.',
  ],
  [/^the file is empty$/, 'le fichier est vide'],
  [/^the file cannot be opened(.*)$/, 'le fichier ne s’ouvre pas$1'],
  [/^the file was changed while it was read$/, 'le fichier a changé pendant sa lecture'],
  [/^Run again once nothing writes to it\.$/, 'Relancez quand plus aucun programme n’écrit dans ce fichier.'],
  [
    /^Check the path and its rights; .+$/,
    'Vérifiez le chemin et les droits ; les chemins partent du dossier de l’étude.',
  ],
  [/^(?:the file|this) is a web page \(HTML\).*$/, 'c’est une page web (HTML), pas des données'],
  [
    /^The download link led to .+$/,
    'Le lien de téléchargement menait à une page : téléchargez le fichier lui-même.',
  ],
  [/^the file is not valid JSON$/, 'le fichier n’est pas du JSON valide'],
  [
    /^It is probably cut short, or another format: download or export it again\.$/,
    'Il est sans doute tronqué, ou d’un autre format : téléchargez-le ou exportez-le de nouveau.',
  ],
  [
    /^Download (?:or export )?(?:it|the file) again.*$/,
    'Téléchargez de nouveau le fichier, et comparez sa taille à celle de la source.',
  ],
  [/^the file is an Excel workbook \(\.xlsx\)$/, 'le fichier est un classeur Excel (.xlsx)'],
  [/^the zip cannot be read: (.+)$/, 'le zip est illisible : $1'],
  ...FILE_FAULTS,
  // Roads
  [/^no roads are given$/, 'aucune route n’est donnée'],
  [
    /^Add an OpenStreetMap file under the key "roads"\.$/,
    'Ajoutez un extrait OpenStreetMap sous la clé roads : sans routes, aucun temps ne se calcule.',
  ],
  [/^this is no OSM file that can be read$/, 'ce n’est pas un fichier OpenStreetMap lisible'],
  [
    /^Give a \.osm\.pbf, .+$/,
    'Donnez un fichier .osm.pbf, .osm, .osm.gz, .osm.bz2 ou JSON Overpass, ou téléchargez-le de nouveau.',
  ],
  [
    /^the file is cut short or damaged at blob (\d+), byte (\d+): .*$/,
    'le fichier est tronqué ou endommagé (bloc $1, octet $2)',
  ],
  [/^the XML is cut short or malformed \((.*)\)$/, 'le XML est tronqué ou mal formé ($1)'],
  [
    /^the compressed data is cut short or damaged \((.*)\)$/,
    'les données compressées sont tronquées ou endommagées ($1)',
  ],
  [/^the Overpass answer is incomplete$/, 'la réponse d’Overpass est incomplète'],
  [
    /^Repeat the query with a larger .+$/,
    'Relancez la requête avec [timeout:…] et [maxsize:…] plus grands, ou sur une zone plus petite.',
  ],
  [/^the file holds no street$/, 'le fichier ne contient aucune voie'],
  [/^the file holds none of the nodes of its streets$/, 'le fichier ne contient aucun point de ses voies'],
  [
    /^Use an extract with all (?:ways|highways).*$/,
    'Prenez un extrait avec toutes les voies (highway) et leurs points.',
  ],
  [/^the roads hold no street for the mode "(\w+)"$/, 'les routes n’ont aucune voie pour le mode « $1 »'],
  [/^no (\w+)(?: polygon)? lies on the roads read$/, 'rien ($1) ne se trouve sur les routes lues'],
  [
    /^Give the extract of OpenStreetMap that holds the territory, and check the coordinate system\.$/,
    'Donnez l’extrait OpenStreetMap du territoire, et vérifiez le système de coordonnées.',
  ],
  ...ROAD_FAULTS,
  // Tables
  [/^the file holds no line$/, 'le fichier n’a aucune ligne'],
  [
    /^the column of the longitude \(or, without positions, the code_insee\) is missing$/,
    'il manque une colonne (longitude ou, sans positions, code_insee)',
  ],
  [/^the column of the (.+) is missing$/, 'il manque une colonne ($1)'],
  [
    /^Name it (\S+) or (\S+) or (\S+); the columns found are listed above\.$/,
    'Nommez-la $1, $2 ou $3 ; les colonnes trouvées sont ci-dessus.',
  ],
  [
    /^Name it (\S+) or (\S+); the columns found are listed above\.$/,
    'Nommez-la $1 ou $2 ; les colonnes trouvées sont ci-dessus.',
  ],
  [
    /^Name it (.+); the columns found are listed above\.$/,
    'Nommez-la $1 ; les colonnes trouvées sont ci-dessus.',
  ],
  [
    /^no row has the (\d+) fields of the header: the first has (\d+)$/,
    'aucune ligne n’a les $1 champs de l’en-tête : la première en a $2',
  ],
  [
    /^The header separates its columns by "(.)"; the rows must do so too\.$/,
    'L’en-tête sépare ses colonnes par « $1 » ; les lignes doivent faire de même.',
  ],
  [
    /^Decimal commas cannot stand .+$/,
    'Des virgules décimales dans un fichier séparé par des virgules : séparez par « ; », ou écrivez des points.',
  ],
  [/^the columns could be separated in two ways$/, 'les colonnes peuvent être séparées de deux façons'],
  [/^a quote is opened and never closed$/, 'un guillemet est ouvert et jamais fermé'],
  [/^the columns of lon and lat look swapped$/, 'les colonnes lon et lat semblent échangées'],
  [
    /^Exchange the names of the two columns: lon .+$/,
    'Échangez le nom des deux colonnes : en France, lon est proche de 2, lat de 47.',
  ],
  [/^the columns of x and y look swapped$/, 'les colonnes x et y semblent échangées'],
  [
    /^Exchange the names of the two columns: the other way round they fit (.+) \((EPSG:\d+)\)\.$/,
    'Échangez le nom des deux colonnes : dans l’autre sens, elles vont en $1 ($2).',
  ],
  // Population
  [/^no row of the grid is usable: (.+)$/, 'aucune ligne de la grille n’est utilisable ($1)'],
  [
    /^Check that the columns hold what their names say\.$/,
    'Vérifiez que les colonnes contiennent ce que dit leur nom.',
  ],
  [/^the population is zero in all (\d+) cells$/, 'la population est nulle dans les $1 carreaux'],
  [
    /^Check that the column of the population is the right one.*$/,
    'Vérifiez la colonne de la population, et que la grille couvre le territoire.',
  ],
  [
    /^the population is written both with decimal commas and with points$/,
    'la population mêle virgules décimales et points',
  ],
  [/^the (.+) could be a decimal or a thousand$/, 'un nombre peut être décimal ou en milliers ($1)'],
  [
    /^Write decimal points and no thousands separator, or separate the columns by ";"\.$/,
    'Écrivez des points décimaux et aucun séparateur de milliers, ou séparez les colonnes par « ; ».',
  ],
  [
    /^Write whole numbers without a thousands separator, or all with the same number of decimals\.$/,
    'Écrivez les nombres entiers sans séparateur de milliers, ou tous avec autant de décimales.',
  ],
  [
    /^A mark could set thousands apart here \(other decimals on line (\d+)\): write all numbers one way\.$/,
    'Un signe peut séparer ici des milliers (autres décimales, ligne $1) : écrivez tous les nombres de la même façon.',
  ],
  [/^the coordinate system of x and y is not given$/, 'le système de coordonnées de x et y n’est pas donné'],
  [/^nobody lives in the territory of the study$/, 'personne n’habite le territoire de l’étude'],
  [
    /^Check departement or commune_codes against .+$/,
    'Vérifiez departement ou commune_codes, la population et les contours.',
  ],
  [
    /^no one lives in the communes of the territory.*$/,
    'personne n’habite ces communes, ou rien ne permet de les placer',
  ],
  [
    /^Add a column crs \(EPSG:2154\), or the key population_crs to the study\.$/,
    'Ajoutez une colonne crs (EPSG:2154), ou la clé population_crs à l’étude.',
  ],
  // Communes
  [/^the file holds no feature$/, 'le fichier ne contient aucun objet'],
  [/^no feature of the file is a commune polygon$/, 'aucun objet du fichier n’est un contour de commune'],
  [
    /^Each feature must be a Polygon .+$/,
    'Chaque objet doit être un Polygon ou un MultiPolygon avec les propriétés code et nom.',
  ],
  [
    /^the file is JSON but not a GeoJSON FeatureCollection$/,
    'ce JSON n’est pas une FeatureCollection GeoJSON',
  ],
  [/^the coordinates are no degrees$/, 'les coordonnées ne sont pas en degrés'],
  [/^no polygon belongs to the département of the study$/, 'aucun contour n’est du département de l’étude'],
  [
    /^The files hold communes of (.+): check departement, or give its polygons\.$/,
    'Les fichiers contiennent des communes de $1 : vérifiez departement, ou donnez ses contours.',
  ],
  [
    /^commune_codes names a postal code, not a commune$/,
    'commune_codes contient un code postal, et non un code de commune',
  ],
  [
    /^It serves (.+): write the codes of those that are meant\.$/,
    'Il dessert $1 : écrivez les codes de celles dont il s’agit.',
  ],
  [/^commune_codes names an unknown commune$/, 'commune_codes contient un code inconnu'],
  [
    /^Use INSEE codes of five characters.+$/,
    'Mettez des codes INSEE de cinq caractères entre guillemets ("01004", "2A004"), ou ceux des contours.',
  ],
  [
    /^(departement|commune_codes) needs the polygons of the communes, and the study names none$/,
    '$1 demande les contours des communes, et l’étude n’en donne pas',
  ],
  [/^Add a GeoJSON file under the key "communes".*$/, 'Ajoutez un fichier GeoJSON sous la clé communes.'],
  // Structures
  [/^the list holds no row$/, 'la liste n’a aucune ligne'],
  [
    /^Below the names of the columns, write one structure a line\.$/,
    'Sous les noms des colonnes, écrivez une structure par ligne.',
  ],
  [
    /^the lists hold no structure with a usable position$/,
    'aucune structure des listes n’a de position utilisable',
  ],
  [
    /^See the notices: each row left out is named with its reason\.$/,
    'Voyez les avertissements : chaque ligne écartée y est, avec la raison.',
  ],
  [
    /^(structures_selection\.types|type_mapping) names a type of structure that is not known(?:: did you mean (.+)\?)?$/,
    '$1 contient un type de structure inconnu',
  ],
  [
    /^Allowed are (.+), their names in words, and own words that type_mapping maps to one of them\.$/,
    'Sont admis $1, leurs noms en toutes lettres, et les mots que type_mapping rattache à l’un d’eux.',
  ],
  [
    /^Say under the key type_mapping which types the words of the lists mean, or widen structures_selection\.$/,
    'Dites sous la clé type_mapping quels types désignent les mots des listes, ou élargissez structures_selection.',
  ],
  [/^no structure is left after the selection$/, 'la sélection ne laisse aucune structure'],
  [
    /^Widen structures_selection.*$/,
    'Élargissez structures_selection, ou donnez les listes et les routes de ce territoire.',
  ],
  // Timetables
  [
    /^the mode transit needs timetables, and the study names none$/,
    'le mode transit demande des horaires, et l’étude n’en donne pas',
  ],
  [
    /^Add GTFS files under the key "timetables".*$/,
    'Ajoutez des fichiers GTFS sous la clé timetables, ou retirez transit des modes.',
  ],
  [/^is empty$/, 'le fichier d’horaires est vide'],
  [/^is no usable GTFS: (.+) missing$/, 'ce n’est pas un GTFS utilisable : il manque $1'],
  [/^is NeTEx \(XML\), which is not read$/, 'c’est du NeTEx (XML), qui n’est pas lu'],
  [
    /^has neither calendar\.txt nor calendar_dates\.txt.*$/,
    'il n’y a ni calendar.txt ni calendar_dates.txt : aucune course n’a de jour',
  ],
  [/^has no trip that ever runs: .*$/, 'aucune course de ces horaires ne circule jamais'],
  [/^the table holds no row$/, 'la table n’a aucune ligne'],
  [
    /^holds on-demand service only: no trip runs by a timetable$/,
    'que du transport à la demande (TAD) : aucune course n’a d’horaire',
  ],
  [
    /^The feed holds on-demand service only, .+$/,
    'Retirez-le des horaires : le transport à la demande n’est pas compté comme une desserte régulière.',
  ],
  [/^no day is covered by all feeds: (.+)$/, 'aucun jour n’est couvert par tous les horaires ($1)'],
  [
    /^Set the date to a comparable day that is covered, such as (.+), or to auto\.$/,
    'Changez la clé date pour un jour comparable et couvert, comme $1, ou pour auto.',
  ],
  [/^Use feeds that cover the day\.$/, 'Prenez des horaires qui couvrent ce jour.'],
  // Notices whose figures stand in their sentence
  [/^1 structure is .+$/, '1 structure'],
  [/^(\d+) structures are .+$/, '$1 structures'],
  [
    /^(\d+) structures have no usable position of their own: (\d+) stand at the town hall of their commune, (\d+) at a point inside it$/,
    '$1 structures : $2 à la mairie, $3 en un point de la commune',
  ],
  [/^(.+) seems to stand in another list too, as (.+)$/, '$1 : aussi « $2 » dans une autre liste'],
  [/^(\d+) communes stand in another EPCI .+$/, '$1 communes'],
  [/^(\d+) communes \((\d+) people\) .+$/, '$1 communes, $2 habitants'],
  [/^(\d+) cells with (\d+) people lie outside the territory$/, '$1 carreaux, $2 habitants'],
  [/^(\d+) cells with (\d+) people lie in no commune$/, '$1 carreaux, $2 habitants'],
  [/^cells with (\d+) people lie just outside every commune$/, '$1 habitants'],
  [/^the roads read hold no street of (.+) \((\d+) people\) for (.+)$/, '$1, $2 habitants (modes : $3)'],
  [/^the population read counts nobody in (.+), which has (\d+) inhabitants$/, '$1, $2 habitants'],
  [
    /^the grid counts (\d+) people where the official populations have (\d+) \((.+)\)$/,
    '$1 habitants dans la grille, $2 dans la population officielle ($3)',
  ],
  [
    /^the grid counts (\d+) people in (.+), the official population is (\d+), and the territory as a whole has (.+)$/,
    '$2 : $1 habitants dans la grille, $3 officiellement (territoire entier : $4)',
  ],
  [/^(\d+) cells name (\d+) commune codes .+$/, '$1 carreaux, $2 codes'],
  [
    /^(.+) declares (.+) and stands (.+) from it, outside every commune read$/,
    '$1 : déclarée à $2, placée à $3, hors de toute commune lue',
  ],
  [/^(.+) declares (.+) and stands (.+) from it, in (.+)$/, '$1 : déclarée à $2, placée à $3, dans $4'],
  [/^(.+) declares (.+) and stands in (.+)$/, '$1 : déclarée à $2, placée dans $3'],
  [
    /^(.+) stands (.+) from the nearest commune and has no street within .+$/,
    '$1 : à $2 de la commune la plus proche, sans voie à proximité',
  ],
  [/^no usable street for the mode (\w+) is near$/, 'mode $1'],
  [/^(.+): no usable street for the mode (\w+) is near$/, '$1 (mode $2)'],
  [
    /^(.+) lies (\d+) m off the nearest street for the mode (\w+)$/,
    '$1 : à $2 m de la voie la plus proche (mode $3)',
  ],
  [
    /^the column (.+) is not used: did you mean (.+)\?$/,
    'colonne « $1 » non utilisée : vouliez-vous dire « $2 » ?',
  ],
  [/^columns not used: (.+)$/, 'colonnes non utilisées : $1'],
  [/^the names of the columns stand on line (\d+)$/, 'noms de colonnes lus à la ligne $1'],
  [/^(\d+) positions of no named system fit (.+) \((EPSG:\d+)\)$/, '$1 positions lues en $2 ($3)'],
  [
    /^(\d+) numbers have a mark before three digits, .+$/,
    '$1 nombres lus comme des milliers : 1.234 vaut 1 234, car les décimales du fichier ont l’autre signe',
  ],
  [/^(\d+) rows state rates of coverage, which the study computes$/, '$1 lignes'],
  [/^(.+) has no position$/, '$1'],
  [
    /^(\d+) of (\d+) communes \((\d+) people\) have no stop served on (.+)$/,
    '$1 communes sur $2, $3 habitants, le $4',
  ],
  [/^no trip of the feed runs on (\S+): it covers (\S+) to (\S+)$/, 'ils vont du $2 au $3'],
  [
    /^no trip of the feed starts on (\S+): (\d+) of the day before run past midnight$/,
    'courses de la veille qui circulent après minuit : $2',
  ],
  [
    /^from (\S+) to (\S+) hardly anything runs: (\d+) of (\d+) trips of (\S+); from (\S+) to (\S+), the busiest window of that length, (\d+) do$/,
    'de $1 à $2, $3 courses sur $4 le $5 ; de $6 à $7, la plage la plus servie, $8',
  ],
  [/^the timetables choose (\S+): .*$/, '$1'],
  [/^(\d+) communes stand in no row of the table of territories$/, '$1 communes'],
  [/^(.+) is now part of another commune$/, '$1'],
  [/^the polygon of (.+)$/, '$1'],
  ...PLACE_FAULTS,
  ...STUDY_FAULTS,
];

export function translateFault(text: string, language: Language): string {
  return language === 'fr' ? (findFrench(text) ?? text) : text;
}

/** The sentence in French; undefined where the table has no words for it. */
export function findFrench(text: string): string | undefined {
  for (const [pattern, french] of FRENCH) {
    const found = pattern.exec(text);
    if (found !== null) return groupThousands(fillIn(french, found), 'fr');
  }
  return undefined;
}

/** A group of the pattern in the place of `$1`, in French in that of `{1}`. */
function fillIn(french: string, found: RegExpExecArray): string {
  return french.replace(/\$(\d)|\{(\d)\}/g, (_, plain?: string, sentence?: string) =>
    plain === undefined ? translateFault(found[Number(sentence)] ?? '', 'fr') : (found[Number(plain)] ?? ''),
  );
}

/** Counts of people and things as people read them; years, codes and coordinates stay as they are. */
export function groupThousands(text: string, language: Language): string {
  return text
    .replace(
      /\b\d{4,}(?= (?:habitants|personnes|carreaux|communes|structures|people|cells|dans la|officiellement)\b)/g,
      (digits) => formatNumber(Number(digits), language),
    )
    .replace(/(?<![\d.,])1 (habitant|commune|structure|cell)s\b/g, '1 $1')
    .replace(/(?<![\d.,])1 carreaux\b/g, '1 carreau');
}
