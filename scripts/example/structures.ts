/**
 * The accueil points: a France services list in the columns of the national list of 2024, and the
 * département's own list (maisons des solidarités, CCAS, CIAS, a bus, points that have not joined yet), and the
 * stops of those that go round.
 */
import { offsetPoint } from './geometry.ts';
import type { Place } from './places.ts';
import { toGround, toLonLat } from './terrain.ts';
import type { Town } from './towns.ts';

const FRANCE_SERVICES_HEADER =
  'id_fs,insee_dep,lib_fs,adresse,complement_adresse,insee_com,code_postal,lib_com,latitude,longitude,mail,' +
  'telephone,h_lundi,h_mardi,h_mercredi,h_jeudi,h_vendredi,h_samedi,prise_rdv,commentaire,type_fs,format_fs,' +
  'groupe_fs,labellisation_fs';
const STRUCTURES_HEADER =
  'id;nom;type;cercle;lon;lat;adresse;code_insee;engagee;date_engagement;date_charte;polyvalent;satisfaction;audit;' +
  'avec_rdv;sans_rdv;format;horaires';

const MORNING = '09:00 - 12:00';
const DAY = '09:00 - 12:00 / 13:30 - 17:00';
const WEEK = [DAY, DAY, DAY, DAY, '09:00 - 12:00 / 13:30 - 16:00', ''];

interface FranceServices {
  at: string;
  type: 'Principal' | 'Antenne';
  format: 'Fixe' | 'Fixe_antenne(s)' | 'Multisites' | 'Bus_équivalent' | 'Itinérante';
  hours: readonly string[];
  label: string;
  note?: string;
}

const FRANCE_SERVICES: readonly FranceServices[] = [
  {
    at: 'Aubrelle',
    type: 'Principal',
    format: 'Fixe',
    hours: [...WEEK.slice(0, 5), MORNING],
    label: '01/01/2020',
  },
  { at: 'Montfleuret', type: 'Principal', format: 'Fixe_antenne(s)', hours: WEEK, label: '01/01/2020' },
  {
    at: 'Belleroncé',
    type: 'Antenne',
    format: 'Fixe_antenne(s)',
    hours: ['', MORNING, '', MORNING, '', ''],
    label: '01/04/2021',
    note: 'Antenne de France services Montfleuret',
  },
  { at: 'Varzolles', type: 'Principal', format: 'Fixe', hours: WEEK, label: '01/07/2020' },
  {
    at: 'Cormélac',
    type: 'Principal',
    format: 'Fixe',
    hours: [DAY, DAY, MORNING, DAY, DAY, ''],
    label: '01/10/2020',
  },
  { at: 'Quilvigny', type: 'Principal', format: 'Multisites', hours: WEEK, label: '01/01/2022' },
  {
    at: 'Maurezanne',
    type: 'Principal',
    format: 'Fixe',
    hours: [...WEEK.slice(0, 5), MORNING],
    label: '01/01/2021',
  },
  {
    at: 'Thoressy',
    type: 'Principal',
    format: 'Itinérante',
    hours: ['', DAY, '', MORNING, '', ''],
    label: '01/10/2022',
    note: 'Permanences dans les mairies du canton',
  },
  {
    at: 'Grandrieul',
    type: 'Principal',
    format: 'Bus_équivalent',
    hours: ['09:30 - 16:30', '09:30 - 16:30', '', '09:30 - 16:30', '09:30 - 16:30', ''],
    label: '01/04/2022',
    note: "Adresse d'attache du bus",
  },
];

interface OwnStructure {
  at: string;
  nom: string;
  type: string;
  cercle?: 1 | 2;
  engagee: 'oui' | 'non';
  date?: string;
  /** The CCAS sign a convention; the département's own places need none. */
  charte?: string;
  satisfaction?: 'oui' | 'non';
  audit?: 'oui' | 'non';
  format?: string;
  horaires?: string;
  adresse: string;
}

const OFFICE_HOURS = 'Mo-Fr 09:00-12:00,13:30-17:00';

const OWN: readonly OwnStructure[] = [
  {
    at: 'Aubrelle',
    nom: "Maison des solidarités d'Aubrelle",
    type: 'maisons-des-solidarites',
    cercle: 1,
    engagee: 'oui',
    date: '2019-06-01',
    charte: '2019-06-01',
    satisfaction: 'oui',
    audit: 'oui',
    horaires: OFFICE_HOURS,
    adresse: '12 rue de la République',
  },
  {
    at: 'Montfleuret',
    nom: 'Maison des solidarités de Montfleuret',
    type: 'maisons-des-solidarites',
    cercle: 1,
    engagee: 'oui',
    date: '2019-06-01',
    charte: '2019-06-01',
    satisfaction: 'oui',
    audit: 'non',
    horaires: OFFICE_HOURS,
    adresse: '3 rue des Écoles',
  },
  {
    at: 'Brannoy',
    nom: 'Maison des solidarités de Brannoy',
    type: 'maisons-des-solidarites',
    cercle: 1,
    engagee: 'oui',
    date: '2020-01-15',
    horaires: 'Mo-Th 09:00-12:00,13:30-17:00; Fr 09:00-12:00',
    adresse: '1 rue du Marché',
  },
  {
    at: 'Aubrelle',
    nom: "CCAS d'Aubrelle",
    type: 'ccas-cias',
    cercle: 1,
    engagee: 'oui',
    date: '2019-09-01',
    charte: '2019-09-01',
    satisfaction: 'oui',
    audit: 'non',
    horaires: 'Mo-Fr 08:30-12:00,13:30-17:30; Sa 09:00-12:00',
    adresse: '2 rue de la Mairie',
  },
  {
    at: 'Montfleuret',
    nom: 'CCAS de Montfleuret',
    type: 'ccas-cias',
    cercle: 1,
    engagee: 'oui',
    date: '2020-03-01',
    charte: '2020-03-01',
    satisfaction: 'non',
    horaires: OFFICE_HOURS,
    adresse: '1 rue de la Mairie',
  },
  {
    at: 'Fontaubelle',
    nom: 'CCAS de Fontaubelle',
    type: 'ccas-cias',
    engagee: 'oui',
    horaires: 'Mo,Tu,Th 09:00-12:00',
    adresse: 'Rue de la Mairie',
  },
  {
    at: 'Thoressy',
    nom: 'CIAS du Pays de Thoressy',
    type: 'ccas-cias',
    cercle: 1,
    engagee: 'oui',
    date: '2021-02-01',
    charte: '2021-02-01',
    horaires: 'Mo-Fr 09:00-12:30',
    adresse: '8 rue du Stade',
  },
  {
    at: 'Sorbières-sur-Lissonne',
    nom: 'Centre social des Deux Rives',
    type: 'centre-social',
    cercle: 2,
    engagee: 'oui',
    horaires: 'Tu-Fr 14:00-18:30; Sa 10:00-12:00',
    adresse: '5 rue du Lavoir',
  },
  {
    at: 'Montfleuret',
    nom: 'Mission locale de Montfleuret',
    type: 'mission-locale',
    cercle: 2,
    engagee: 'oui',
    horaires: OFFICE_HOURS,
    adresse: '14 rue de la Gare',
  },
  {
    at: 'Aubrelle',
    nom: 'Bus des solidarités',
    type: 'departements',
    cercle: 1,
    engagee: 'oui',
    format: 'bus',
    adresse: '12 rue de la République',
  },
  {
    at: 'Charmelain',
    nom: 'CCAS de Charmelain',
    type: 'ccas-cias',
    cercle: 1,
    engagee: 'non',
    horaires: 'Mo,We,Fr 09:00-12:00',
    adresse: '1 rue du Puits',
  },
  {
    at: 'Saint-Evrault-le-Val',
    nom: 'CCAS de Saint-Evrault-le-Val',
    type: 'ccas-cias',
    cercle: 1,
    engagee: 'non',
    adresse: '4 rue de la Fontaine',
  },
  {
    at: 'Val-Chamorel',
    nom: 'Relais de Val-Chamorel',
    type: 'association',
    engagee: 'non',
    horaires: 'We 14:00-17:00',
    adresse: 'Ancienne école',
  },
];

/** Id of the bus in the département's list, and of the itinerant one in the France services list. */
const BUS = 'VE-010';
const ITINERANT = '8';

interface Stop {
  structure: string;
  at: string;
  name: string;
  horaires: string;
  /** False: the town hall of the commune is the place, as the list gives no other. */
  hasPosition: boolean;
}

const STOPS: readonly Stop[] = [
  {
    structure: BUS,
    at: 'Pressignol',
    name: 'Pressignol, place de la mairie',
    horaires: 'Tu 09:00-12:00',
    hasPosition: true,
  },
  {
    structure: BUS,
    at: 'Escalvin',
    name: 'Escalvin, place de la mairie',
    horaires: 'We 09:00-12:00',
    hasPosition: true,
  },
  {
    structure: BUS,
    at: 'Lorgemont',
    name: 'Lorgemont, place de la mairie',
    horaires: 'Th 13:30-16:30',
    hasPosition: true,
  },
  {
    structure: ITINERANT,
    at: 'Villorbe',
    name: 'Mairie de Villorbe',
    horaires: 'Tu 09:00-12:00,13:30-17:00',
    hasPosition: false,
  },
  {
    structure: ITINERANT,
    at: 'Olivarde',
    name: "Mairie d'Olivarde",
    horaires: 'week 1-53/2 Th 09:00-12:00',
    hasPosition: false,
  },
];

export function encodeFranceServices(towns: readonly Town[]): string {
  const rows = FRANCE_SERVICES.map((entry, index) => {
    const town = getTown(towns, entry.at);
    const [lon, lat] = positionIn(town, index);
    const { name, code } = town.place;
    return [
      String(index + 1),
      '00',
      `France services ${withDe(name)}`,
      `${index + 2} Rue de la Poste`,
      '',
      code,
      postCode(town.place),
      name,
      String(lat),
      String(lon),
      'contact@example.org',
      '00 00 00 00 00',
      ...entry.hours,
      index % 3 === 0 ? 'Oui' : 'Non',
      entry.note ?? '',
      entry.type,
      entry.format,
      '',
      `Espace labellisé ${entry.label}`,
    ];
  });
  const header = FRANCE_SERVICES_HEADER.split(',');
  return [header, ...rows].map((row) => `${row.map((value) => quoteField(value)).join(',')}\n`).join('');
}

export function encodeOwnStructures(towns: readonly Town[]): string {
  const rows = OWN.map((entry, index) => {
    const town = getTown(towns, entry.at);
    const [lon, lat] = positionIn(town, 20 + index);
    return [
      `VE-${String(index + 1).padStart(3, '0')}`,
      entry.nom,
      entry.type,
      entry.cercle === undefined ? '' : String(entry.cercle),
      String(lon),
      String(lat),
      `${entry.adresse}, ${postCode(town.place)} ${town.place.name}`,
      town.place.code,
      entry.engagee,
      entry.date ?? '',
      entry.charte ?? '',
      entry.cercle === 2 ? 'non' : 'oui',
      entry.satisfaction ?? '',
      entry.audit ?? '',
      'oui',
      'oui',
      entry.format ?? 'fixe',
      entry.horaires === undefined ? '' : quoteField(entry.horaires),
    ].join(';');
  });
  return `${[STRUCTURES_HEADER, ...rows].join('\n')}\n`;
}

/** The rounds of the bus and of the itinerant one. */
export function encodeStops(towns: readonly Town[]): string {
  const rows = STOPS.map(({ structure, at, name, horaires, hasPosition }, index) => {
    const town = getTown(towns, at);
    const position = hasPosition ? positionIn(town, 29 + index).map(String) : ['', ''];
    return [structure, name, ...position, town.place.code, quoteField(horaires)].join(';');
  });
  return `${['id_structure;nom_arret;lon;lat;code_insee;horaires', ...rows].join('\n')}\n`;
}

function getTown(towns: readonly Town[], name: string): Town {
  const town = towns.find(({ place }) => place.name === name);
  if (town === undefined) throw new Error(`no place named ${name}`);
  return town;
}

/** A door beside a street near the middle of the place. */
function positionIn(town: Town, index: number): [number, number] {
  const corners = [...town.corners].sort(
    (p, q) =>
      Math.hypot(p.at.x - town.place.at.x, p.at.y - town.place.at.y) -
      Math.hypot(q.at.x - town.place.at.x, q.at.y - town.place.at.y),
  );
  const corner = corners[Math.min(corners.length - 1, (index * 3) % 8)];
  return toLonLat(toGround(offsetPoint(corner.at, { x: 1, y: 0 }, 12, 9)));
}

function postCode({ code }: Place): string {
  return `00${code.slice(2, 4)}0`;
}

function withDe(name: string): string {
  return /^[AEIOUYÉÈÊHaeiouy]/.test(name) ? `d'${name}` : `de ${name}`;
}

function quoteField(text: string): string {
  return /[",;\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
