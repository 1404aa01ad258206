/**
 * The railway and the coach lines of the département: where they stop and when they leave. A stop is the chef-
 * lieu of that name, or a station's forecourt.
 */

/** Kinds of days, in the order of the service ids. */
export const DAY_KINDS = [
  'week',
  'saturday',
  'sunday',
  'schoolMorning',
  'schoolEvening',
  'schoolWednesday',
  'holidays',
] as const;
export type DayKind = (typeof DAY_KINDS)[number];

/** Departures from the first stop, by kind of day. */
export type Departures = Partial<Record<DayKind, string>>;

export interface CoachLine {
  number: string;
  name: string;
  color: string;
  stops: readonly string[];
  out: Departures;
  back: Departures;
  /** No ride within the town between these two stops: the town's buses do that. */
  townStop?: string;
  /** Stops that keep their times, the others being blank; with them the line has a shape. */
  timepoints?: readonly string[];
  /** Runs only when booked. */
  onDemand?: true;
}

export const GARE_AUBRELLE = "Gare d'Aubrelle";
export const GARE_MONTFLEURET = 'Gare de Montfleuret';

export const COACH_LINES: readonly CoachLine[] = [
  {
    number: '101',
    name: 'Aubrelle – Thoressy – Quilvigny',
    color: '0B6E4F',
    stops: [
      'Aubrelle',
      GARE_AUBRELLE,
      'Pontarcel',
      'Thoressy',
      'Outrebosc-les-Haies',
      'Quilvigny',
      'Lacaussenne',
    ],
    townStop: GARE_AUBRELLE,
    out: {
      week: '06:45 08:15 10:15 12:15 13:45 16:15 17:15 18:15 19:15',
      saturday: '08:15 12:15 17:15',
      sunday: '17:15',
    },
    back: {
      week: '05:55 06:40 07:35 08:55 10:35 13:05 15:05 16:35 17:35',
      saturday: '07:35 10:35 16:35',
      sunday: '16:05',
    },
  },
  {
    number: '102',
    name: 'Aubrelle – Cormélac – Perrelongue',
    color: '8A1C7C',
    stops: [
      GARE_AUBRELLE,
      'Aubrelle',
      'Sorbières-sur-Lissonne',
      'Archevolles',
      'Cormélac',
      'Fontaubelle',
      'Perrelongue',
    ],
    out: {
      week: '06:50 08:40 10:40 12:20 14:40 16:40 17:40 18:40',
      saturday: '08:40 12:20 17:40',
    },
    back: {
      week: '05:50 06:35 07:35 09:05 10:35 13:05 16:05 17:35',
      saturday: '07:35 13:05 16:05',
    },
  },
  {
    number: '103',
    name: 'Aubrelle – Saint-Evrault-le-Val – Haute-Gourdal',
    color: 'B85C00',
    stops: [
      GARE_AUBRELLE,
      'Aubrelle',
      'Sorbières-sur-Lissonne',
      'Courtelis',
      'Noironcourt',
      'Saint-Evrault-le-Val',
      'Gourdal-le-Bas',
      'Val-Chamorel',
      'Pierrefolle-le-Mont',
      'Les Arvettes',
      'Haute-Gourdal',
    ],
    timepoints: ['Aubrelle', 'Sorbières-sur-Lissonne', 'Saint-Evrault-le-Val', 'Val-Chamorel'],
    out: { week: '07:25 09:25 12:25 16:45 18:25', saturday: '09:25 16:45', sunday: '18:25' },
    back: { week: '05:50 06:50 09:05 13:30 17:05', saturday: '06:50 13:30', sunday: '16:05' },
  },
  {
    number: '104',
    name: 'Aubrelle – Varzolles – Lantrevil',
    color: '1D4E89',
    stops: [GARE_AUBRELLE, 'Aubrelle', 'Sainte-Lucette', 'Varzolles', 'Saint-Fulgiers', 'Lantrevil'],
    out: {
      week: '07:20 08:20 10:50 12:20 14:50 16:20 17:20 18:50',
      saturday: '08:50 12:20 17:20',
      holidays: '11:50',
    },
    back: {
      week: '06:20 07:05 08:05 09:35 11:35 13:05 16:35 17:50',
      saturday: '08:05 13:05 16:35',
      holidays: '14:05',
    },
  },
  {
    number: '105',
    name: 'Charmelain – Montfleuret – Belleroncé',
    color: 'A4161A',
    stops: [
      'Charmelain',
      'Ambrezac',
      'Tavernolles',
      'Pont-Lissonne',
      'Rivelongue',
      GARE_MONTFLEURET,
      'Montfleuret',
      'Belleroncé',
    ],
    out: { week: '06:30 07:30 09:00 11:00 13:00 16:30 17:45', saturday: '09:00 13:00' },
    back: { week: '06:40 07:40 09:40 12:10 15:40 17:10 18:10', saturday: '09:40 17:10' },
  },
  {
    number: '106',
    name: 'Fayolles-le-Gué – Montfleuret',
    color: '5C677D',
    stops: ['Fayolles-le-Gué', 'Querriac', 'Hautecombelle', 'Montfleuret'],
    out: { schoolMorning: '07:05' },
    back: { schoolEvening: '17:20', schoolWednesday: '12:20' },
  },
  {
    number: 'TAD 7',
    name: 'Grandrieul – Neuvelotte – Montfleuret, sur réservation',
    color: '6A994E',
    stops: ['Grandrieul', 'Neuvelotte', 'Montfleuret'],
    onDemand: true,
    out: { week: '08:30 13:30', saturday: '08:30' },
    back: { week: '11:45 17:30', saturday: '11:45' },
  },
];

/** From the first station to the last and back. */
export const TRAINS: { eastbound: Departures; westbound: Departures } = {
  eastbound: {
    week: '05:48 06:18 06:48 07:18 07:48 08:48 09:48 10:48 12:18 13:48 15:48 16:48 17:18 17:48 18:48 19:48 21:48 23:44',
    saturday: '06:48 07:48 08:48 10:48 12:18 13:48 15:48 17:48 19:48 23:44',
    sunday: '08:48 10:48 13:48 15:48 17:48 19:48 21:48',
  },
  westbound: {
    week: '05:31 06:01 06:31 07:01 07:31 08:31 09:31 10:31 12:01 13:31 15:31 16:31 17:01 17:31 18:31 19:31 21:31',
    saturday: '06:31 07:31 08:31 10:31 12:01 13:31 15:31 17:31 19:31',
    sunday: '08:31 10:31 13:31 15:31 17:31 19:31 21:31',
  },
};

/** A coach that goes on as another: passengers stay seated. */
export const THROUGH_COACH = {
  before: { line: '102', departure: '07:35' },
  after: { line: '104', departure: '08:20' },
} as const;
