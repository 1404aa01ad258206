/** Words for the defects of road files, what one can do about each included; and their faults in French. */
import type { WordsRow } from './defect-words.ts';

export const ROAD_WORDS: Readonly<Record<string, WordsRow>> = {
  'commune-partly-without-streets': [
    'communes dont les routes lues ne couvrent qu’une partie (habitants concernés)',
    'Prenez un extrait OpenStreetMap plus large, qui contient tout le territoire : le taux de ces communes trompe.',
    'communes of which the roads read cover only a part (people concerned)',
    'Use a larger OpenStreetMap extract that holds the whole territory: the rates of these communes mislead.',
  ],
  'osm-node-missing': [
    'voies dont l’extrait n’a pas tous les points, coupées là',
    'Prenez un extrait aux voies complètes (osmium extract le fait par défaut), plus large que le territoire.',
    'streets of which the extract lacks points, cut there',
    'Use an extract with complete ways (the default of osmium extract), larger than the territory.',
  ],
  'osm-duplicate-id': [
    'éléments OpenStreetMap en plusieurs versions : la plus haute compte',
    'Réunissez des extraits d’un même jour, ou ne gardez que la dernière version (osmium time-filter).',
    'elements of OpenStreetMap in several versions: the highest counts',
    'Merge extracts of one day, or keep the last versions only (osmium time-filter).',
  ],
  'osm-element-without-id': [
    'éléments OpenStreetMap sans identifiant entier, laissés de côté',
    'Téléchargez de nouveau l’extrait.',
    'elements of OpenStreetMap without a whole number as id, left out',
    'Download the extract again.',
  ],
  'osm-node-without-position': [
    'points OpenStreetMap sans position sur le globe, laissés de côté',
    'Téléchargez de nouveau l’extrait.',
    'points of OpenStreetMap without a position on the globe, left out',
    'Download the extract again.',
  ],
  'osm-step-impossible': [
    'voies dont deux points qui se suivent sont trop éloignés pour une route, coupées là',
    'Téléchargez de nouveau l’extrait, ou corrigez la position du point dans OpenStreetMap.',
    'streets of which two points in a row lie too far apart for a road, cut there',
    'Download the extract again, or mend the position of the point in OpenStreetMap.',
  ],
  'osm-short-way': [
    'voies de moins de deux points, laissées de côté',
    'Rien à faire : elles se corrigent dans OpenStreetMap.',
    'streets of fewer than two points, left out',
    'Nothing to do: they are mended in OpenStreetMap.',
  ],
  'osm-reference-unreadable': [
    'voies dont des points ne sont pas désignés par un nombre entier, coupées à ces points',
    'Téléchargez de nouveau l’extrait.',
    'streets with references that are no whole numbers, cut there',
    'Download the extract again.',
  ],
  'osm-tags-unreadable': [
    'éléments OpenStreetMap dont des attributs sont illisibles, laissés de côté',
    'Téléchargez de nouveau l’extrait.',
    'elements of OpenStreetMap with unreadable tags, which are left out',
    'Download the extract again.',
  ],
  'osm-member-unreadable': [
    'membres de relations illisibles, laissés de côté',
    'Rien à faire, ou téléchargez de nouveau l’extrait.',
    'unreadable members of relations, left out',
    'Nothing to do, or download the extract again.',
  ],
  'overpass-remark': [
    'remarque d’Overpass sur sa réponse',
    'Lisez-la : elle dit ce qui manque.',
    'remark of Overpass on its answer',
    'Read it: it says what is missing.',
  ],
};

/** English, as a pattern on the whole sentence; French, with its groups. */
export const ROAD_FAULTS: ReadonlyArray<readonly [RegExp, string]> = [
  [
    /^this is a file of changes \(osmChange\), not an OSM extract$/,
    'c’est un fichier de modifications (osmChange), pas un extrait OpenStreetMap',
  ],
  [
    /^Apply it to its extract: (".+"), and give new\.osm\.pbf\.$/,
    'Appliquez-le à son extrait ($1), et donnez new.osm.pbf.',
  ],
  [/^this is a track \(GPX\), not an OSM extract$/, 'c’est une trace (GPX), pas un extrait OpenStreetMap'],
  [
    /^Tracks are no street network\. Give a .+$/,
    'Une trace n’est pas un réseau de voies. Donnez un fichier .osm.pbf, .osm, .osm.gz, .osm.bz2 ou JSON Overpass.',
  ],
  [/^this is a drawing \(KML\), not an OSM extract$/, 'c’est un dessin (KML), pas un extrait OpenStreetMap'],
  [
    /^It does not say which streets meet\. Give a .+$/,
    'Il ne dit pas quelles voies se rejoignent. Donnez un fichier .osm.pbf, .osm, .osm.gz, .osm.bz2 ou JSON Overpass.',
  ],
  [/^this is an Overpass query, not its answer$/, 'c’est une requête Overpass, pas sa réponse'],
  [
    /^Run the query, and give the file that it answers\.$/,
    'Lancez la requête, et donnez le fichier qu’elle rend.',
  ],
  [
    /^blob (\d+) \(\w+, at byte (\d+)\) is damaged: it states a granularity (?:of dates )?of (\S+) \w+$/,
    'le fichier est endommagé (bloc $1, octet $2) : il donne une granularité de $3',
  ],
  [
    /^blob (\d+) \(\w+, at byte (\d+)\) is damaged: it unpacks to more than the (\d+) bytes that it states$/,
    'le fichier est endommagé (bloc $1, octet $2) : il se décompresse en plus des $3 octets qu’il annonce',
  ],
  [/^blob (\d+) \(\w+, at byte (\d+)\) is damaged: .*$/, 'le fichier est endommagé (bloc $1, octet $2)'],
  [
    /^blob (\d+) \(\w+, at byte (\d+)\) unpacks to more than (\d+) times its size, which no real data does$/,
    'le bloc $1 (octet $2) se décompresse en plus de $3 fois sa taille, ce qu’aucune vraie donnée ne fait',
  ],
  [
    /^blob (\d+) \(\w+, at byte (\d+)\) is packed with (\w+), which is not read$/,
    'le bloc $1 (octet $2) est compressé en $3, qui n’est pas lu',
  ],
  [/^Rewrite the file with (".+")\.$/, 'Récrivez le fichier : $1.'],
  [
    /^blob (\d+) \(at byte (\d+)\) is of a kind that is not known$/,
    'le bloc $1 (octet $2) est d’un genre inconnu',
  ],
  [
    /^none of the nodes of its streets has a position on the globe$/,
    'aucun des points de ses voies n’a de position sur le globe',
  ],
  [/^an element is longer than (\d+) MB$/, 'un élément fait plus de $1 Mo'],
  [
    /^Unpack it(?: first| once \(gunzip, bunzip2\))\.? .+$/,
    'Décompressez-le d’abord. Donnez un fichier .osm.pbf, .osm, .osm.gz, .osm.bz2 ou JSON Overpass.',
  ],
  [/^this XML is no OSM extract$/, 'ce XML n’est pas un extrait OpenStreetMap'],
  [
    /^Its first element must be <osm>\. Give a .+$/,
    'Son premier élément doit être <osm>. Donnez un fichier .osm.pbf, .osm, .osm.gz, .osm.bz2 ou JSON Overpass.',
  ],
  [/^the encoding of the text is not known$/, 'l’encodage du texte n’est pas connu'],
  [/^Save the file in UTF-8\.$/, 'Enregistrez le fichier en UTF-8.'],
  [
    /^Use an extract with complete ways: .+$/,
    'Prenez un extrait aux voies complètes (osmium extract le fait par défaut), et gardez-en les points.',
  ],
];
