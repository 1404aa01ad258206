/** Faults of files of any kind; of tables and lists of points; of OpenStreetMap files; of populations, in French. */
import type { FaultWords, FileFaults, GridFaults, RoadFaults, TableFaults } from '../../defects/faults.ts';

const ZIP_DAMAGED = 'Il est sans doute tronqué ou endommagé : téléchargez-le de nouveau.';
const DOWNLOAD_AGAIN = 'Téléchargez de nouveau le fichier, et comparez sa taille à celle de la source.';
const ACCEPTED_FORMATS = 'Donnez un fichier .osm.pbf, .osm, .osm.gz, .osm.bz2 ou JSON Overpass.';

export const FILE_FAULTS: FaultWords<FileFaults> = {
  'file-unreachable': { message: 'le fichier ne s’ouvre pas', remedy: 'Vérifiez le chemin et les droits.' },
  'file-is-7z': {
    message: 'le fichier est une archive 7z',
    remedy: 'Décompressez-la, et nommez dans l’étude le .gpkg (ou .geojson) qu’elle contient.',
  },
  'features-missing': {
    message: 'le fichier ne contient aucun objet',
    remedy: 'Exportez de nouveau la couche, sans filtre ni sélection.',
  },
  'coordinates-no-degrees': {
    message: 'les coordonnées ne sont pas en degrés',
    remedy: 'Exportez le fichier en WGS84 (EPSG:4326), ou avec son membre « crs ».',
  },
  'geopackage-foreign': {
    message: 'le fichier n’est pas un GeoPackage',
    remedy: 'Exportez la couche en GeoPackage (.gpkg), GeoJSON ou CSV.',
  },
  'layer-is-view': {
    message: 'la couche est une vue, et seules les tables sont lues',
    remedy: 'Exportez la couche dans un GeoPackage à elle : ses lignes y seront écrites.',
  },
  'json-invalid': {
    message: 'le fichier n’est pas du JSON valide',
    remedy: 'Il est sans doute tronqué, ou d’un autre format : téléchargez-le ou exportez-le de nouveau.',
  },
  'file-is-folder': {
    message: 'c’est un dossier, pas un fichier',
    remedy: 'Nommez le fichier qu’il contient.',
  },
  'file-too-large': {
    message: 'le fichier est trop grand pour être lu',
    remedy: 'Donnez la partie qui couvre le territoire et ses abords : découpez-le, par exemple avec QGIS.',
  },
  'file-empty': { message: 'le fichier est vide', remedy: 'Téléchargez-le ou exportez-le de nouveau.' },
  'file-packed-twice': {
    message: 'le fichier est compressé deux fois',
    remedy: 'Décompressez-le une fois, et donnez ce qui en sort.',
  },
  'zip-names-repeated': {
    message: 'le zip contient deux fichiers du même nom',
    remedy: 'Décompressez-le, gardez le bon, et nommez celui-là dans l’étude.',
  },
  'zip-encrypted': {
    message: 'le fichier dans le zip est chiffré',
    remedy: 'Décompressez-le avec son mot de passe, et nommez dans l’étude le fichier obtenu.',
  },
  'zip-name-leads-out': {
    message: 'le zip contient un fichier dont le nom mène hors de son dossier',
    remedy: 'Il est endommagé, ou fait pour nuire : téléchargez-le de nouveau chez son producteur.',
  },
  'too-many-files-open': {
    message: 'trop de fichiers sont ouverts',
    remedy: 'Fermez d’autres programmes, ou relevez la limite (ulimit -n).',
  },
  'file-blank': {
    message: 'presque tout le fichier est fait de zéros ou de blancs',
    remedy: 'Il est sans doute endommagé : téléchargez-le ou exportez-le de nouveau.',
  },
  'input-is-folder': {
    message: 'c’est un dossier, et il faut un fichier',
    remedy: 'Nommez le fichier qu’il contient.',
  },
  'input-is-stream': {
    message: 'c’est un flux, et il faut un fichier',
    remedy: 'Écrivez-le d’abord dans un fichier, et nommez celui-ci.',
  },
  'file-changed': {
    message: 'le fichier a changé pendant sa lecture',
    remedy: 'Relancez quand plus aucun programme n’écrit dans ce fichier.',
  },
  'geopackage-layers': (p) => ({
    message: `le GeoPackage a ${p.count === 0 ? 'aucune couche de cette sorte' : `${p.count} couches de cette sorte`}`,
    remedy: 'Exportez la seule couche à lire dans un fichier à elle.',
  }),
  'zip-with-too-many-tables': (p) => ({
    message: `le zip contient plus de ${p.most} tables`,
    remedy: 'Décompressez-le, et nommez les carroyages du territoire sous population dans l’étude.',
  }),
  'file-unreadable': (p) => ({
    message: `le fichier ne peut être ${p.isPacked ? 'décompressé' : 'lu'} : ${p.reason}`,
    remedy: 'Il est sans doute tronqué ou endommagé : téléchargez-le de nouveau.',
  }),
  'system-unknown': (p) => ({
    message: 'le système de coordonnées n’est pas connu',
    remedy: `Sont connus EPSG:${p.known}, 3942 à 3950 et UTM sur WGS84 (32601 à 32760) : exportez le fichier dans l’un d’eux.`,
  }),
  'file-unpacks-too-far': (p) => ({
    message: `le fichier se décompresse à plus de ${p.ratio} fois sa taille, ce que ne fait aucune vraie donnée`,
    remedy: 'Il est endommagé, ou fait pour nuire : téléchargez-le de nouveau chez son producteur.',
  }),
  'zip-member-too-large': (p) => ({
    message: `le fichier est trop grand pour être lu (${p.bytes} octets)`,
    remedy: 'Demandez à son producteur la partie qui couvre le territoire, ou découpez-le.',
  }),
  'zip-with-too-many-files': (p) => ({
    message: `le zip contient plus de ${p.most} fichiers`,
    remedy: 'Décompressez-le et nommez dans l’étude le fichier à lire.',
  }),
  'zip-method-unknown': (p) => ({
    message: `le fichier est compressé par une méthode qui n’est pas lue (${p.method})`,
    remedy: 'Décompressez-le, et nommez dans l’étude le fichier obtenu.',
  }),
  'zip-member-damaged': (p) => ({ message: `le fichier est endommagé : ${p.reason}`, remedy: ZIP_DAMAGED }),
  'zip-unreadable': (p) => ({ message: `le zip est illisible : ${p.reason}`, remedy: ZIP_DAMAGED }),
};

export const TABLE_FAULTS: FaultWords<TableFaults> = {
  'points-missing': {
    message: 'le fichier ne contient aucun point',
    remedy: 'Sous les noms des colonnes, écrivez un point par ligne : id, lon, lat.',
  },
  'point-off-earth': {
    message: 'le point n’est pas sur la Terre',
    remedy: 'Donnez lon et lat en degrés (WGS84).',
  },
  'separator-ambiguous': {
    message: 'les colonnes peuvent être séparées de deux façons',
    remedy:
      'Écrivez l’en-tête avec un seul séparateur, et mettez entre guillemets les noms qui en contiennent un autre.',
  },
  'header-quote-open': { message: 'un guillemet est ouvert et jamais fermé', remedy: 'Fermez-le.' },
  'table-is-json': { message: 'le fichier est du JSON, pas du CSV', remedy: 'Exportez-le en CSV.' },
  'quote-open': {
    message: 'un guillemet est ouvert et jamais fermé',
    remedy: 'Fermez-le, ou doublez les guillemets à l’intérieur d’un champ.',
  },
  'table-without-lines': {
    message: 'le fichier n’a aucune ligne',
    remedy:
      'Exportez-le ou téléchargez-le de nouveau : les en-têtes en première ligne, puis une ligne chacun.',
  },
  'lon-lat-swapped': {
    message: 'les colonnes lon et lat semblent échangées',
    remedy: 'Échangez le nom des deux colonnes : en France, lon est proche de 2, lat de 47.',
  },
  'coordinate-no-number': (p) => ({
    message: `${p.name} n’est pas un nombre`,
    remedy: 'Écrivez des degrés avec un point décimal, par exemple 2.3522.',
  }),
  'x-y-swapped': (p) => ({
    message: 'les colonnes x et y semblent échangées',
    remedy: `Échangez le nom des deux colonnes : dans l’autre sens elles vont à ${p.system}.`,
  }),
  'table-blank': (p) => ({
    message: `plus de ${p.megabytes} Mo en sont vides`,
    remedy: 'Il est sans doute endommagé : téléchargez-le ou exportez-le de nouveau, sans lignes vides.',
  }),
  'line-too-long': (p) => ({
    message: `une ligne dépasse ${p.megabytes} Mo, ce n’est donc pas une table`,
    remedy: 'Donnez le CSV lui-même ; il est peut-être endommagé, ou d’une autre sorte.',
  }),
};

export const ROAD_FAULTS: FaultWords<RoadFaults> = {
  'roads-missing': {
    message: 'aucune route n’est donnée',
    remedy: 'Ajoutez un extrait OpenStreetMap sous la clé roads : sans routes, aucun temps ne se calcule.',
  },
  'ways-without-nodes': {
    message: 'ses voies n’ont pas de liste de points, si bien que rien ne dit quelles rues se rejoignent',
    remedy:
      'Demandez à Overpass « out body; >; out skel qt; » (ou « out body geom; »), et non « out tags geom » ni « out center ».',
  },
  'overpass-incomplete': {
    message: 'la réponse d’Overpass est incomplète',
    remedy: 'Relancez la requête avec [timeout:…] et [maxsize:…] plus grands, ou sur une zone plus petite.',
  },
  'text-encoding-unknown': {
    message: 'l’encodage du texte n’est pas connu',
    remedy: 'Enregistrez le fichier en UTF-8.',
  },
  'overpass-without-elements': {
    message: 'ce JSON n’a pas « elements » : ce n’est pas une réponse d’Overpass',
    remedy: 'Interrogez Overpass avec [out:json] ; le GeoJSON ne dit pas quelles rues se rejoignent.',
  },
  'pbf-empty': { message: 'le fichier est vide', remedy: 'Téléchargez-le de nouveau.' },
  'pbf-foreign': {
    message: 'ce n’est pas un fichier OSM PBF',
    remedy:
      'Vérifiez le téléchargement : une page d’erreur HTML enregistrée sous ce nom en est une cause fréquente.',
  },
  'pbf-without-streets': {
    message: 'le fichier ne contient aucune voie',
    remedy: 'Prenez un extrait avec toutes les voies qui ont un tag highway.',
  },
  'pbf-feature-unknown': {
    message: 'le fichier demande une fonction qui n’est pas prise en charge',
    remedy: 'Prenez un extrait ordinaire de données actuelles.',
  },
  'roads-without-streets': {
    message: 'le fichier ne contient aucune voie',
    remedy: 'Prenez un extrait avec toutes les voies qui ont un tag highway, et leurs points.',
  },
  'street-nodes-off-earth': {
    message: 'aucun des points de ses voies n’a de position sur le globe',
    remedy: 'Téléchargez de nouveau le fichier, et comparez sa taille à celle de la source.',
  },
  'road-file-empty': { message: 'le fichier est vide', remedy: DOWNLOAD_AGAIN },
  'road-file-damaged': (p) => ({
    message: `les données compressées sont tronquées ou endommagées (${p.reason})`,
    remedy: DOWNLOAD_AGAIN,
  }),
  'blob-unpacks-too-far': (p) => ({
    message: `le bloc ${p.blob} (${p.type}, à l’octet ${p.byte}) se décompresse à plus de ${p.ratio} fois sa taille, ce que ne fait aucune vraie donnée`,
    remedy: 'Il est endommagé, ou fait pour nuire : téléchargez-le de nouveau chez son producteur.',
  }),
  'blob-packed-otherwise': (p) => ({
    message: `le bloc ${p.blob} (${p.type}, à l’octet ${p.byte}) est compressé par ${p.method}, qui n’est pas lu`,
    remedy: 'Réécrivez le fichier avec « osmium cat in.osm.pbf -o out.osm.pbf ».',
  }),
  'blob-damaged': (p) => ({
    message: `le bloc ${p.blob} (${p.type}, à l’octet ${p.byte}) est endommagé : ${p.reason}`,
    remedy: DOWNLOAD_AGAIN,
  }),
  'pbf-cut': (p) => ({
    message: `le fichier est tronqué ou endommagé au bloc ${p.blob}, octet ${p.byte} : ${p.reason}`,
    remedy: DOWNLOAD_AGAIN,
  }),
  'blob-of-unknown-kind': (p) => ({
    message: `le bloc ${p.blob} (à l’octet ${p.byte}) est d’une sorte inconnue`,
    remedy: DOWNLOAD_AGAIN,
  }),
  'xml-malformed': (p) => ({
    message: `le XML est tronqué ou mal formé (${p.reason})`,
    remedy: DOWNLOAD_AGAIN,
  }),
  'streets-missing-for-mode': (p) => ({
    message: `les routes n’ont aucune voie pour le mode « ${p.mode} »`,
    remedy: 'Prenez un extrait avec toutes les voies (highway), ou retirez le mode.',
  }),
  'road-is-folder': { message: 'c’est un dossier, pas un fichier', remedy: ACCEPTED_FORMATS },
};

export const GRID_FAULTS: FaultWords<GridFaults> = {
  'commune-population-without-polygons': {
    message: 'les populations communales ont besoin des contours des communes',
    remedy: 'Ajoutez la clé communes avec un fichier GeoJSON, ou donnez un carroyage sous population.',
  },
  'territory-without-people': {
    message: 'personne n’habite le territoire de l’étude',
    remedy: 'Vérifiez departement ou commune_codes, la population et les contours.',
  },
  'communes-without-people': {
    message: 'personne n’habite ces communes, ou rien ne permet de les placer',
    remedy: 'Donnez les contours des communes, ou un carroyage.',
  },
  'zip-without-grid': {
    message: 'le zip ne contient aucun carroyage de population',
    remedy: 'Décompressez-le et nommez le carroyage sous population dans l’étude.',
  },
  'grid-system-unknown': {
    message: 'le système de coordonnées du GeoPackage n’est pas connu',
    remedy: 'Exportez la couche en EPSG:3035, EPSG:2154 ou EPSG:4326.',
  },
  'grid-system-missing': {
    message: 'le GeoPackage ne déclare aucun système de coordonnées',
    remedy: 'Ajoutez la clé population_crs à l’étude, ou exportez la couche avec son système.',
  },
  'population-ambiguous': {
    message: 'un nombre peut être décimal ou en milliers (population)',
    remedy: 'Écrivez les nombres entiers sans séparateur de milliers, ou tous avec autant de décimales.',
  },
  'grid-xy-system-missing': {
    message: 'le système de coordonnées de x et y n’est pas donné',
    remedy: 'Ajoutez une colonne crs (EPSG:2154), ou la clé population_crs à l’étude.',
  },
  'grid-elsewhere': {
    message: 'aucun carreau du carroyage n’est dans le territoire',
    remedy: 'Vérifiez departement et commune_codes dans l’étude.',
  },
  'cells-off-earth': {
    message: 'aucun carreau du fichier n’est sur la Terre',
    remedy: 'Vérifiez quelles colonnes donnent les positions, et dans quel système (population_crs).',
  },
  'population-marks-mixed': (p) => ({
    message: 'la population est écrite tantôt avec des virgules décimales, tantôt avec des points',
    remedy: `Un signe pourrait séparer des milliers ici (autres décimales ligne ${p.line}) : écrivez tous les nombres de la même façon.`,
  }),
  'population-absurd': (p) => ({
    message: 'la population dépasse celle de tout lieu',
    remedy: `Une ligne compte ${p.most} habitants au plus : corrigez le nombre, ou la colonne.`,
  }),
  'population-zero': (p) => ({
    message: `la population est nulle dans les ${p.count} carreaux`,
    remedy:
      'Vérifiez que la colonne de la population est la bonne, et que le carroyage couvre le territoire.',
  }),
};
