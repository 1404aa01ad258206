/** The words of reports that only transit needs, by language. Placeholders are already formatted. */
import type { Language } from './text-keys.ts';

export interface TransitTexts {
  title: string;
  departures: (figures: { rate: string; people: string; availability: string }) => string;
  window: (figures: { date: string; from: string; until: string }) => string;
  /** A window in which hardly anything runs; times are HH:MM, numbers formatted. */
  sparseWindow: (figures: {
    from: string;
    until: string;
    trips: string;
    dayTrips: string;
    date: string;
    busiestFrom: string;
    busiestUntil: string;
    busiestTrips: string;
  }) => string;
  /** How `auto` found the day; the numbers are formatted. */
  usualDay: (day: { weekday: number; isOrdinary: boolean; trips: string; candidates: string }) => string;
  feed: string;
  agency: string;
  period: string;
  trips: string;
  stops: string;
  onDemand: string;
  figure: string;
  walked: string;
  rides: (count: number) => string;
  mostRides: (count: number) => string;
  transferWait: string;
  changedCells: string;
  gained: string;
  /** Who needs longer than the longest trip looked for. */
  overLimit: (minutes: string) => string;
  /** The same as a sentence. */
  overLimitSentence: (people: string, count: number, minutes: string) => string;
  stopsNotLinked: string;
  hoursKnown: string;
  closedThatDay: string;
  outsideWindow: string;
  /** Names are often numbers: each stands in quotes, and `more` are not shown. */
  schoolLines: (names: readonly string[], more: string | undefined) => string;
  noSchoolLines: string;
  withoutSchool: string;
  overCarTitle: string;
  overCar: string;
  rateMedian: string;
  availability: string;
  note: string;
}

const JOURS = ['lundis', 'mardis', 'mercredis', 'jeudis', 'vendredis', 'samedis', 'dimanches'];
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export const TRANSIT_TEXTS: Readonly<Record<Language, TransitTexts>> = {
  fr: {
    title: 'Transports en commun',
    departures: ({ rate, people, availability }) =>
      `En partant sans lire l’horaire (temps médian, attente à l’arrêt) : ${rate}, soit ${people} personnes ; en moyenne, ${availability} des heures de départ permettent d’arriver dans le seuil.`,
    window: ({ date, from, until }) => `Jour étudié : ${date} ; départs du domicile de ${from} à ${until}.`,
    sparseWindow: ({ from, until, trips, dayTrips, date, busiestFrom, busiestUntil, busiestTrips }) =>
      `Attention : de ${from} à ${until}, presque rien ne circule (${trips} courses sur ${dayTrips} le ${date}) et le taux est à peu près celui de la marche ; la plage la plus servie de cette durée va de ${busiestFrom} à ${busiestUntil} (${busiestTrips} courses).`,
    usualDay: ({ weekday, isOrdinary, trips, candidates }) =>
      `Choisi parmi ${candidates} ${JOURS[weekday]!}${isOrdinary ? ' hors vacances et jours fériés' : ''} que couvrent tous les horaires : le service y est le plus habituel (${trips} courses).`,
    feed: 'Horaires',
    agency: 'Réseau',
    period: 'Validité',
    trips: 'Courses du jour',
    stops: 'Arrêts',
    onDemand: 'Courses à la demande (non comptées)',
    figure: 'Personnes',
    walked: 'À pied d’un bout à l’autre',
    rides: (count) => (count === 1 ? 'Une montée, sans correspondance' : `${count} montées`),
    mostRides: (count) => `${count} montées ou plus`,
    transferWait: 'Attente moyenne en correspondance (min)',
    changedCells: 'Carreaux habités d’où les transports sont plus rapides que la marche',
    gained: 'Dans le seuil grâce aux transports, et pas à pied',
    overLimit: (minutes) =>
      `Au-delà de ${minutes} min : un chemin existe, mais trop long (non couverts, et raccordés)`,
    overLimitSentence: (people, count, minutes) =>
      count < 2
        ? `${people} personne non couverte a un chemin, de plus de ${minutes} min.`
        : `${people} personnes non couvertes ont un chemin, de plus de ${minutes} min.`,
    stopsNotLinked: 'Arrêts desservis d’où aucune voie ne part (hors des routes lues)',
    hoursKnown:
      'Structures aux horaires connus : elles comptent chaque fois qu’elles sont ouvertes dans la semaine',
    closedThatDay: 'Dont fermées ce jour-là : comptent leurs heures des jours suivants',
    outsideWindow: 'Dont ouvertes ce jour-là, mais hors de la plage : comptent leurs propres heures',
    schoolLines: (names, more) =>
      `${names.length === 1 && more === undefined ? 'Ligne réservée aux scolaires, comptée' : 'Lignes réservées aux scolaires, comptées'} ci-dessus : ${names.map((name) => `« ${name} »`).join(', ')}${more === undefined ? '' : ` et ${more} autres`}.`,
    noSchoolLines: 'Aucune ligne réservée aux scolaires ne circule ce jour-là.',
    withoutSchool: 'Dans le seuil sans les lignes scolaires',
    overCarTitle: 'Écart avec la voiture',
    overCar: 'Écart à la voiture (min)',
    rateMedian: 'Taux sans lire l’horaire',
    availability: 'Départs dans le seuil',
    note: 'Le taux suppose un voyageur qui lit l’horaire et part au meilleur moment de la plage ; « sans lire l’horaire » est le temps médian sur toutes les heures de départ. La marche vers, entre et depuis les arrêts suit les rues.',
  },
  en: {
    title: 'Public transport',
    departures: ({ rate, people, availability }) =>
      `Leaving without reading the timetable (median time, waiting at the stop): ${rate}, ${people} people; on average ${availability} of the leaving times keep the threshold.`,
    window: ({ date, from, until }) => `Day: ${date}; people leave home from ${from} to ${until}.`,
    sparseWindow: ({ from, until, trips, dayTrips, date, busiestFrom, busiestUntil, busiestTrips }) =>
      `Beware: from ${from} to ${until} hardly anything runs (${trips} of ${dayTrips} trips on ${date}), and the rate is about that of walking; the busiest window of that length is ${busiestFrom} to ${busiestUntil} (${busiestTrips} trips).`,
    usualDay: ({ weekday, isOrdinary, trips, candidates }) =>
      `Chosen among ${candidates} ${isOrdinary ? 'ordinary ' : ''}${DAYS[weekday]!}s that all timetables cover, as the one with the most usual service (${trips} trips).`,
    feed: 'Timetable',
    agency: 'Agency',
    period: 'Covers',
    trips: 'Trips on the day',
    stops: 'Stops',
    onDemand: 'On-demand trips (not counted)',
    figure: 'People',
    walked: 'Walking all the way',
    rides: (count) => (count === 1 ? 'One ride' : `${count} rides`),
    mostRides: (count) => `${count} rides or more`,
    transferWait: 'Mean wait at transfers (min)',
    changedCells: 'Inhabited cells from which transit is faster than walking',
    gained: 'Within the threshold by transit, and not by walking',
    overLimit: (minutes) =>
      `Over ${minutes} min: there is a way, but too long a one (uncovered, and connected)`,
    overLimitSentence: (people, count, minutes) =>
      count === 1
        ? `${people} uncovered person has a way, of more than ${minutes} min.`
        : `${people} uncovered people have a way, of more than ${minutes} min.`,
    stopsNotLinked: 'Stops served from which no street leads (beyond the roads read)',
    hoursKnown: 'Structures with known hours: they count whenever they are open in the week',
    closedThatDay: 'Of them closed that day: their hours of the days after count',
    outsideWindow: 'Of them open that day, but not in the window: their own hours count',
    schoolLines: (names, more) =>
      `${names.length === 1 && more === undefined ? 'Line that only serves' : 'Lines that only serve'} schools, counted above: ${names.map((name) => `“${name}”`).join(', ')}${more === undefined ? '' : ` and ${more} more`}.`,
    noSchoolLines: 'No line that only serves schools runs that day.',
    withoutSchool: 'Within the threshold without school lines',
    overCarTitle: 'Gap to the car',
    overCar: 'Longer than by car (min)',
    rateMedian: 'Rate without reading the timetable',
    availability: 'Departures within the threshold',
    note: 'The rate supposes a traveller who reads the timetable and leaves at the best moment of the window; “without reading the timetable” is the median time over all leaving times. Walks to, between and from stops follow the streets.',
  },
};
