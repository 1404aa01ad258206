/** Faults of communes and their polygons; of lists of structures; of timetables, in English. */
import type {
  CommuneFaults,
  FaultWords,
  FeedPeriods,
  NamedDay,
  StructureFaults,
  TimetableFaults,
} from '../../defects/faults.ts';

const GTFS_EXPORT =
  'Give the GTFS export of the network (a zip with stops.txt, trips.txt, stop_times.txt and a calendar).';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const nameDay = ({ date, weekday }: NamedDay) => `${date} (${WEEKDAYS[weekday]})`;
const listFeeds = (feeds: FeedPeriods) =>
  feeds.map(({ name, first, last }) => `${name} runs from ${first} to ${last}`).join('; ');

export const COMMUNE_FAULTS: FaultWords<CommuneFaults> = {
  'calage-without-polygons': {
    message: 'calage needs the polygons of the communes',
    remedy: 'Add the key "communes" with a GeoJSON file, or leave "calage" out.',
  },
  'calage-elsewhere': {
    message: 'the calage knows no commune of the study',
    remedy: 'Give the populations de référence of the territory, or leave "calage" out.',
  },
  'boundaries-incomplete': {
    message: 'the file holds no whole boundary of a commune',
    remedy: 'Ask for relations with boundary=administrative and admin_level=8, with their ways and nodes.',
  },
  'layer-empty': {
    message: 'the layer holds no feature',
    remedy: 'Export the layer again, with its features.',
  },
  'layer-system-unknown': {
    message: 'the coordinate system of the layer is not known',
    remedy: 'Export the layer in EPSG:2154 or EPSG:4326.',
  },
  'movements-missing': {
    message: 'the table holds no movement from commune to commune',
    remedy: 'Give INSEE’s table of the movements of communes, such as v_mvtcommune_2026.csv.',
  },
  'commune-polygons-missing': {
    message: 'no feature of the file is a commune polygon',
    remedy: 'Each feature must be a Polygon or MultiPolygon with the properties code and nom.',
  },
  'reference-populations-missing': {
    message: 'no row gives the population of a commune',
    remedy: 'Give donnees_communes.csv of the populations de référence, or a CSV code_insee;population.',
  },
  'polygons-of-other-departements': (p) => ({
    message: 'no polygon belongs to the département of the study',
    remedy: `The files hold communes of ${p.found}: check departement, or give its polygons.`,
  }),
};

export const STRUCTURE_FAULTS: FaultWords<StructureFaults> = {
  'structures-none-selected': {
    message: 'no structure is selected',
    remedy: 'Select fewer structures out (structures_selection), or add lists of them.',
  },
  'itinerant-stops-empty': {
    message: 'the list of stops holds no row',
    remedy: 'Below the names of the columns, write one stop a line; or take the key itinerant_stops out.',
  },
  'annuaire-without-services': {
    message: 'the annuaire holds no service of a kind that receives people for social questions',
    remedy: 'Give the local services: ccas, mds, msap, mairie and the like under pivot.type_service_local.',
  },
  'structure-list-empty': {
    message: 'the list holds no row',
    remedy: 'Below the names of the columns, write one structure a line.',
  },
  'osm-without-structures': {
    message: 'the OpenStreetMap file holds no structure',
    remedy:
      'Ask Overpass for amenity=townhall, amenity=social_facility and office=government; roads go under "roads".',
  },
  'structures-unusable': {
    message: 'the lists hold no structure with a usable position',
    remedy: 'See the notices: each row left out is named with its reason.',
  },
};

export const TIMETABLE_FAULTS: FaultWords<TimetableFaults> = {
  'timetables-missing': {
    message: 'the mode transit needs timetables, and the study names none',
    remedy: 'Add GTFS files under the key "timetables", or leave transit out of the modes and combinations.',
  },
  'feed-on-demand-only': {
    message: 'holds on-demand service only: no trip runs by a timetable',
    remedy: 'The feed holds on-demand service only, which is not scheduled transport; leave it out.',
  },
  'timetable-missing': { message: 'timetable not found', remedy: 'Check the path under `timetables`.' },
  'feed-is-netex': {
    message: 'is NeTEx (XML), which is not read',
    remedy: 'Download the GTFS export of the same network; transport.data.gouv.fr offers both side by side.',
  },
  'date-unreadable': {
    message: 'the date is neither auto nor YYYY-MM-DD',
    remedy: 'Write for example date: 2026-10-06.',
  },
  'stops-off-streets': (p) => ({
    message: `none of the ${p.count} stops served on ${p.date} is in walking distance of a street that is open to walkers`,
    remedy: 'Check that roads and timetables are of the same place.',
  }),
  'feed-column-missing': (p) => ({
    message: `has no column ${p.column}; its columns are: ${p.columns}`,
    remedy: 'Check the feed with its producer: GTFS requires this column.',
  }),
  'feeds-side-by-side': (p) => ({
    message: `holds ${p.count} feeds, in ${p.folders}`,
    remedy: 'Unzip it and list each folder under `timetables`.',
  }),
  'feed-empty': { message: 'is empty', remedy: GTFS_EXPORT },
  'feed-of-zips': (p) => ({
    message: `holds zips, not tables: ${p.zips}`,
    remedy: 'Unzip it and list each inner zip under `timetables`.',
  }),
  'feed-tables-missing': (p) => ({ message: `is no usable GTFS: ${p.tables} missing`, remedy: GTFS_EXPORT }),
  'feed-table-empty': { message: 'the table holds no row', remedy: GTFS_EXPORT },
  'feed-without-calendar': {
    message: 'has neither calendar.txt nor calendar_dates.txt, so no trip has a day',
    remedy: GTFS_EXPORT,
  },
  'feed-unreadable': (p) => ({
    message: `cannot be read: ${p.reason}`,
    remedy: 'Download the feed again; it should be a zip or a folder of GTFS tables.',
  }),
  'feed-never-runs': (p) => ({
    message: `has no trip that ever runs: ${p.trips} trips, of which ${p.withCalls} have stop times and none a day on which it runs`,
    remedy:
      'Check calendar.txt, calendar_dates.txt and stop_times.txt, or ask the producer for a sound export.',
  }),
  'day-without-trips': ({ day, proposals, feeds }) => ({
    message: `no trip runs on ${nameDay(day)}: ${listFeeds(feeds)}`,
    remedy:
      proposals.length === 0
        ? 'Use feeds that cover the day.'
        : `Set the date to a comparable day that is covered, such as ${proposals.map(nameDay).join(' or ')}, or to auto.`,
  }),
  'feeds-without-common-day': (p) => ({
    message: `no day is covered by all feeds: ${listFeeds(p.feeds)}`,
    remedy: 'Use feeds of the same period, or set the date and accept that some feeds are empty on it.',
  }),
};
