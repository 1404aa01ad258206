/** Faults of communes and their polygons; of lists of structures; of timetables, in French. */
import type {
  CommuneFaults,
  FaultWords,
  FeedPeriods,
  NamedDay,
  StructureFaults,
  TimetableFaults,
} from '../../defects/faults.ts';

const GTFS_EXPORT =
  'Donnez l’export GTFS du réseau (un zip avec stops.txt, trips.txt, stop_times.txt et un calendrier).';

const WEEKDAYS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];
const nameDay = ({ date, weekday }: NamedDay) => `${date} (${WEEKDAYS[weekday]})`;
const listFeeds = (feeds: FeedPeriods) =>
  feeds.map(({ name, first, last }) => `${name} va du ${first} au ${last}`).join(' ; ');

export const COMMUNE_FAULTS: FaultWords<CommuneFaults> = {
  'calage-without-polygons': {
    message: 'le calage a besoin des contours des communes',
    remedy: 'Ajoutez la clé communes avec un fichier GeoJSON, ou retirez calage.',
  },
  'calage-elsewhere': {
    message: 'le calage ne connaît aucune commune de l’étude',
    remedy: 'Donnez les populations de référence du territoire, ou retirez calage.',
  },
  'boundaries-incomplete': {
    message: 'le fichier ne contient aucune limite entière de commune',
    remedy:
      'Demandez les relations boundary=administrative et admin_level=8, avec leurs chemins et leurs points.',
  },
  'layer-empty': {
    message: 'la couche ne contient aucun objet',
    remedy: 'Exportez de nouveau la couche, avec ses objets.',
  },
  'layer-system-unknown': {
    message: 'le système de coordonnées de la couche n’est pas connu',
    remedy: 'Exportez la couche en EPSG:2154 ou EPSG:4326.',
  },
  'movements-missing': {
    message: 'la table ne contient aucun mouvement de commune à commune',
    remedy: 'Donnez la table des mouvements de communes de l’INSEE, par exemple v_mvtcommune_2026.csv.',
  },
  'commune-polygons-missing': {
    message: 'aucun objet du fichier n’est un contour de commune',
    remedy: 'Chaque objet doit être un Polygon ou un MultiPolygon avec les propriétés code et nom.',
  },
  'reference-populations-missing': {
    message: 'aucune ligne ne donne la population d’une commune',
    remedy: 'Donnez donnees_communes.csv des populations de référence, ou un CSV code_insee;population.',
  },
  'polygons-of-other-departements': (p) => ({
    message: 'aucun contour n’appartient au département de l’étude',
    remedy: `Les fichiers ont des communes de ${p.found} : vérifiez departement, ou donnez ses contours.`,
  }),
};

export const STRUCTURE_FAULTS: FaultWords<StructureFaults> = {
  'structures-none-selected': {
    message: 'aucune structure n’est retenue',
    remedy: 'Retenez plus de structures (structures_selection), ou ajoutez-en des listes.',
  },
  'itinerant-stops-empty': {
    message: 'la liste d’arrêts n’a aucune ligne',
    remedy: 'Sous les noms des colonnes, écrivez un arrêt par ligne ; ou retirez la clé itinerant_stops.',
  },
  'annuaire-without-services': {
    message:
      'l’annuaire ne contient aucun service d’un type qui reçoit le public pour des questions sociales',
    remedy:
      'Donnez les services locaux : ccas, mds, msap, mairie et semblables sous pivot.type_service_local.',
  },
  'structure-list-empty': {
    message: 'la liste n’a aucune ligne',
    remedy: 'Sous les noms des colonnes, écrivez une structure par ligne.',
  },
  'osm-without-structures': {
    message: 'le fichier OpenStreetMap ne contient aucune structure',
    remedy:
      'Demandez à Overpass amenity=townhall, amenity=social_facility et office=government ; les routes vont sous roads.',
  },
  'structures-unusable': {
    message: 'aucune structure des listes n’a de position utilisable',
    remedy: 'Voyez les avertissements : chaque ligne écartée y est, avec la raison.',
  },
};

export const TIMETABLE_FAULTS: FaultWords<TimetableFaults> = {
  'timetables-missing': {
    message: 'le mode transit demande des horaires, et l’étude n’en donne pas',
    remedy: 'Ajoutez des fichiers GTFS sous la clé timetables, ou retirez transit des modes.',
  },
  'feed-on-demand-only': {
    message: 'que du transport à la demande (TAD) : aucune course n’a d’horaire',
    remedy:
      'Retirez-le des horaires : le transport à la demande n’est pas compté comme une desserte régulière.',
  },
  'timetable-missing': { message: 'horaires introuvables', remedy: 'Vérifiez le chemin sous timetables.' },
  'feed-is-netex': {
    message: 'c’est du NeTEx (XML), qui n’est pas lu',
    remedy: 'Téléchargez l’export GTFS du même réseau ; transport.data.gouv.fr propose les deux côte à côte.',
  },
  'date-unreadable': {
    message: 'la date n’est ni auto ni AAAA-MM-JJ',
    remedy: 'Écrivez par exemple date: 2026-10-06.',
  },
  'stops-off-streets': (p) => ({
    message: `aucun des ${p.count} arrêts desservis le ${p.date} n’est à distance de marche d’une voie ouverte aux piétons`,
    remedy: 'Vérifiez que les routes et les horaires sont du même lieu.',
  }),
  'feed-column-missing': (p) => ({
    message: `pas de colonne ${p.column} ; ses colonnes sont : ${p.columns}`,
    remedy: 'Voyez avec le producteur du fichier : le GTFS demande cette colonne.',
  }),
  'feeds-side-by-side': (p) => ({
    message: `contient ${p.count} jeux d’horaires, dans ${p.folders}`,
    remedy: 'Décompressez-le et listez chaque dossier sous timetables.',
  }),
  'feed-empty': { message: 'vide', remedy: GTFS_EXPORT },
  'feed-of-zips': (p) => ({
    message: `contient des zips, pas des tables : ${p.zips}`,
    remedy: 'Décompressez-le et listez chaque zip sous timetables.',
  }),
  'feed-tables-missing': (p) => ({
    message: `GTFS inutilisable : il manque ${p.tables}`,
    remedy: GTFS_EXPORT,
  }),
  'feed-table-empty': { message: 'la table n’a aucune ligne', remedy: GTFS_EXPORT },
  'feed-without-calendar': {
    message: 'ni calendar.txt ni calendar_dates.txt : aucune course n’a de jour',
    remedy: GTFS_EXPORT,
  },
  'feed-unreadable': (p) => ({
    message: `illisible : ${p.reason}`,
    remedy: 'Téléchargez de nouveau le jeu d’horaires ; ce doit être un zip ou un dossier de tables GTFS.',
  }),
  'feed-never-runs': (p) => ({
    message: `aucune course ne circule jamais : ${p.trips} courses, dont ${p.withCalls} ont des horaires et aucune un jour de circulation`,
    remedy:
      'Vérifiez calendar.txt, calendar_dates.txt et stop_times.txt, ou demandez au producteur un export sain.',
  }),
  'day-without-trips': ({ day, proposals, feeds }) => ({
    message: `aucune course ne circule le ${nameDay(day)} : ${listFeeds(feeds)}`,
    remedy:
      proposals.length === 0
        ? 'Prenez des horaires qui couvrent ce jour.'
        : `Choisissez un jour comparable qui soit couvert, par exemple ${proposals.map(nameDay).join(' ou ')}, ou auto.`,
  }),
  'feeds-without-common-day': (p) => ({
    message: `aucun jour n’est couvert par tous les horaires : ${listFeeds(p.feeds)}`,
    remedy:
      'Prenez des horaires de la même période, ou fixez la date en acceptant que certains soient vides ce jour-là.',
  }),
};
