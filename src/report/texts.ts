/**
 * Every word that a report shows, in French and in English. French is the users' language; the English twin must
 * say the same. Placeholders are function arguments, already formatted.
 */
import type { CommuneState } from '../coverage/coverage-result.ts';
import type { CellOrigin } from '../read/records.ts';

export type Language = 'fr' | 'en';

interface ModeWords {
  /** "en voiture": completes a sentence. */
  by: string;
  /** "Voiture": a heading. */
  title: string;
}

export interface Texts {
  modes: Readonly<Record<string, ModeWords>>;
  states: Readonly<Record<CommuneState, string>>;
  /** For tables of 80 columns. */
  shortStates: Readonly<Record<CommuneState, string>>;
  origins: Readonly<Record<CellOrigin, string>>;
  yes: string;
  no: string;
  noCommune: string;
  noEpci: string;
  noTerritoire: string;
  notConnected: string;
  band: (from: number, to: number) => string;
  lastBand: (from: number) => string;
  levels: { territory: string; epci: string; territoire: string };
  situations: { counted: string; beyond: string };
  motives: {
    notConnected: string;
    tooFar: (structure: string, minutes: string) => string;
  };
  andMore: (count: string) => string;
  fictional: string;
  threshold: (minutes: string, inclusive: boolean) => string;
  headline: (figures: {
    date: string;
    rate: string;
    covered: string;
    population: string;
    by: string;
    threshold: string;
  }) => string;
  noHeadline: (by: string) => string;
  leftOut: (figures: {
    leftOut: string;
    notConnected: string;
    uncoveredCommunes: string;
    partialCommunes: string;
  }) => string;
  table: Readonly<Record<TableWord, string>>;
  report: Readonly<Record<ReportWord, string>>;
  map: Readonly<Record<MapWord, string>>;
  structureTypes: Readonly<Record<StructureGroup, string>>;
}

export type StructureGroup = 'france-services' | 'departement' | 'ccas' | 'other';

type TableWord =
  | 'mode'
  | 'population'
  | 'covered'
  | 'uncovered'
  | 'notConnected'
  | 'leftOut'
  | 'people'
  | 'rate'
  | 'mean'
  | 'median'
  | 'reached'
  | 'state'
  | 'commune'
  | 'code'
  | 'name'
  | 'level'
  | 'nearest'
  | 'minutes'
  | 'pocket'
  | 'communes'
  | 'uncoveredCommunes'
  | 'borderline'
  | 'whole'
  | 'none';

type ReportWord =
  | 'title'
  | 'generated'
  | 'atAGlance'
  | 'mapTitle'
  | 'mapNote'
  | 'otherMaps'
  | 'bandsTitle'
  | 'bandsNote'
  | 'territoriesTitle'
  | 'territoriesNote'
  | 'communesTitle'
  | 'communesNote'
  | 'communesFilter'
  | 'pocketsTitle'
  | 'pocketsNote'
  | 'noPockets'
  | 'borderTitle'
  | 'borderNone'
  | 'borderWithout'
  | 'borderGained'
  | 'qualityTitle'
  | 'qualityCells'
  | 'cellsRead'
  | 'peopleRead'
  | 'peopleOutside'
  | 'rules'
  | 'ruleGrid'
  | 'ruleSplit'
  | 'ruleCentre'
  | 'ruleNearest'
  | 'ruleNone'
  | 'origin'
  | 'imputed'
  | 'snapTitle'
  | 'snapNote'
  | 'cells'
  | 'structures'
  | 'points'
  | 'notLinked'
  | 'median'
  | 'p95'
  | 'max'
  | 'noticesTitle'
  | 'noNotices'
  | 'noticeCode'
  | 'noticeSeverity'
  | 'noticeCount'
  | 'noticeExample'
  | 'methodTitle'
  | 'method'
  | 'caution'
  | 'parameters'
  | 'sourcesTitle'
  | 'file'
  | 'role'
  | 'licence'
  | 'fingerprint'
  | 'structuresTitle'
  | 'structuresNote'
  | 'type'
  | 'within'
  | 'alone'
  | 'leftOutStructures'
  | 'reason'
  | 'sort';

type MapWord =
  | 'legend'
  | 'share'
  | 'all'
  | 'from80'
  | 'from50'
  | 'below50'
  | 'zero'
  | 'noPeople'
  | 'uncovered'
  | 'outlines'
  | 'roads'
  | 'rivers'
  | 'structures'
  | 'beyond'
  | 'north'
  | 'attributionOsm'
  | 'attributionCommunes';

const FR: Texts = {
  modes: {
    car: { by: 'en voiture', title: 'Voiture' },
    walk: { by: 'à pied', title: 'Marche' },
    bike: { by: 'à vélo', title: 'Vélo' },
    transit: { by: 'en transports en commun', title: 'Transports en commun' },
    car_or_transit: {
      by: 'en voiture ou en transports en commun',
      title: 'Voiture ou transports en commun',
    },
  },
  states: {
    couverte: 'couverte',
    partielle: 'partielle',
    'non couverte': 'non couverte',
    'sans population': 'sans population',
  },
  shortStates: {
    couverte: 'couverte',
    partielle: 'partielle',
    'non couverte': 'non couv.',
    'sans population': 'vide',
  },
  origins: {
    grid: 'carreaux publiés',
    building: 'bâtiments d’habitation (population communale répartie)',
    street: 'rues résidentielles (population communale répartie)',
    townhall: 'mairie (population communale placée en un point)',
    'inside-point': 'point intérieur à la commune (population communale placée en un point)',
  },
  yes: 'oui',
  no: 'non',
  noCommune: 'hors commune',
  noEpci: 'hors EPCI',
  noTerritoire: 'hors territoire',
  notConnected: 'non raccordées',
  band: (from, to) => `${from} à ${to} min`,
  lastBand: (from) => `plus de ${from} min`,
  levels: { territory: 'territoire', epci: 'epci', territoire: 'territoire_action_sociale' },
  situations: { counted: 'comptée', beyond: 'comptée, au-delà de la frontière' },
  motives: {
    notConnected: 'aucun chemin vers une structure',
    tooFar: (structure, minutes) => `structure la plus proche (${structure}) à ${minutes} min en moyenne`,
  },
  andMore: (count) => `et ${count} autres (voir communes-non-couvertes.csv)`,
  fictional: 'Territoire fictif : données inventées pour l’exemple.',
  threshold: (minutes, inclusive) =>
    inclusive ? `en ${minutes} minutes au plus` : `en moins de ${minutes} minutes`,
  headline: ({ date, rate, covered, population, by, threshold }) =>
    `Le ${date}, ${rate} de la population (${covered} personnes sur ${population}) peut rejoindre ${by} un premier accueil social inconditionnel de proximité ${threshold}, de porte à porte.`,
  noHeadline: (by) => `Aucune population à compter ${by}.`,
  leftOut: ({ leftOut, notConnected, uncoveredCommunes, partialCommunes }) =>
    `${leftOut} personnes restent au-delà, dont ${notConnected} non raccordées au réseau. Communes non couvertes : ${uncoveredCommunes} ; partiellement couvertes : ${partialCommunes}.`,
  table: {
    mode: 'Mode',
    population: 'Population',
    covered: 'Couvertes',
    uncovered: 'Non couvertes',
    notConnected: 'Non raccordées',
    leftOut: 'Laissées de côté',
    people: 'Pers.',
    rate: 'Taux',
    mean: 'Temps moyen (min)',
    median: 'Temps médian (min)',
    reached: 'Part atteinte',
    state: 'État',
    commune: 'Commune',
    code: 'Code',
    name: 'Nom',
    level: 'Niveau',
    nearest: 'Structure la plus proche',
    minutes: 'min',
    pocket: 'Poche',
    communes: 'Communes',
    uncoveredCommunes: 'Communes non couvertes',
    borderline: 'limite',
    whole: 'Ensemble du territoire',
    none: 'Aucune commune non couverte.',
  },
  report: {
    title: 'Accès au premier accueil social inconditionnel de proximité',
    generated: 'Calculé par Maillage',
    atAGlance: 'L’essentiel',
    mapTitle: 'Carte',
    mapNote:
      'La couleur dit la part des habitants de chaque commune qui rejoignent une structure dans le seuil. Les contours de temps sont une image : les personnes sont comptées carreau par carreau, jamais d’après ces contours.',
    otherMaps: 'Les autres modes',
    bandsTitle: 'Temps d’accès',
    bandsNote:
      'Habitants selon le temps de porte à porte jusqu’à la structure la plus proche. Les bornes suivent le même opérateur que le seuil.',
    territoriesTitle: 'Par EPCI et par territoire',
    territoriesNote:
      'Taux : part des habitants dans le seuil. Les moyennes et médianes portent sur les habitants qui peuvent atteindre une structure.',
    communesTitle: 'Toutes les communes',
    communesNote:
      'Couverte : tous les habitants sont dans le seuil. « limite » : l’état changerait si tous les temps variaient de 2 minutes. Une petite commune ne s’interprète pas seule : en milieu rural, rien ne se lit en dessous du canton.',
    communesFilter: 'Filtrer par nom ou code',
    pocketsTitle: 'Poches non couvertes',
    pocketsNote: 'Groupes de communes non couvertes qui se touchent, les plus peuplés d’abord.',
    noPockets: 'Aucune poche : aucune commune n’est non couverte.',
    borderTitle: 'Effet de la frontière',
    borderNone: 'Aucune structure au-delà de la frontière n’a été distinguée dans cette étude.',
    borderWithout: 'Couvertes sans les structures voisines',
    borderGained: 'Couvertes grâce à elles',
    qualityTitle: 'Qualité des données',
    qualityCells: 'La population et ses communes',
    cellsRead: 'Carreaux ou points lus',
    peopleRead: 'Personnes lues',
    peopleOutside: 'Personnes hors du territoire étudié, laissées de côté',
    rules: 'Comment la commune a été trouvée',
    ruleGrid: 'code donné par le carroyage',
    ruleSplit: 'carreau partagé entre communes selon la surface',
    ruleCentre: 'polygone qui contient le centre',
    ruleNearest: 'commune la plus proche, à moins de 2 km',
    ruleNone: 'aucune commune',
    origin: 'D’où vient la position des habitants',
    imputed: 'Personnes dans des carreaux à valeur imputée par le producteur',
    snapTitle: 'Distance au réseau',
    snapNote: 'Distance en mètres entre chaque point et la voie à laquelle il est rattaché.',
    cells: 'habitants',
    structures: 'structures',
    points: 'Points',
    notLinked: 'Non rattachés',
    median: 'Médiane',
    p95: '95 % sous',
    max: 'Maximum',
    noticesTitle: 'Défauts relevés dans les données',
    noNotices: 'Aucun défaut relevé.',
    noticeCode: 'Code',
    noticeSeverity: 'Gravité',
    noticeCount: 'Nombre',
    noticeExample: 'Exemple',
    methodTitle: 'Méthode',
    method:
      'Pour chaque carreau de population, le temps est celui du trajet le plus rapide, de porte à porte, du domicile vers la structure la plus proche, sur le réseau réel et dans le sens de circulation. Le taux est la part des habitants dont ce temps est dans le seuil, sur des temps non arrondis. Les personnes couvertes, non couvertes et non raccordées font toujours le total, exactement, à chaque niveau.',
    caution:
      'Les temps sont des temps de parcours modélisés, sans congestion. Un carreau isolé ne s’interprète jamais seul.',
    parameters: 'Paramètres',
    sourcesTitle: 'Sources et licences',
    file: 'Fichier',
    role: 'Rôle',
    licence: 'Source et licence',
    fingerprint: 'SHA-256',
    structuresTitle: 'Structures',
    structuresNote:
      '« Dans le seuil » : habitants qui peuvent la rejoindre dans le seuil ; « elle seule » : habitants qui n’en ont pas d’autre dans le seuil.',
    type: 'Type',
    within: 'Dans le seuil',
    alone: 'Elle seule',
    leftOutStructures: 'Structures laissées de côté',
    reason: 'Raison',
    sort: 'Trier',
  },
  map: {
    legend: 'Légende',
    share: 'Habitants dans le seuil',
    all: 'tous',
    from80: '80 % et plus',
    from50: '50 à 80 %',
    below50: 'moins de 50 %',
    zero: 'aucun',
    noPeople: 'sans population',
    uncovered: 'commune non couverte',
    outlines: 'Temps d’accès (min)',
    roads: 'route principale',
    rivers: 'cours d’eau',
    structures: 'Structures',
    beyond: 'au-delà de la frontière',
    north: 'N',
    attributionOsm: '© les contributeurs d’OpenStreetMap (ODbL)',
    attributionCommunes: 'Communes : voir les sources',
  },
  structureTypes: {
    'france-services': 'France services',
    departement: 'Maison des solidarités',
    ccas: 'CCAS, CIAS',
    other: 'autre',
  },
};

const EN: Texts = {
  modes: {
    car: { by: 'by car', title: 'Car' },
    walk: { by: 'on foot', title: 'Walking' },
    bike: { by: 'by bicycle', title: 'Bicycle' },
    transit: { by: 'by public transport', title: 'Public transport' },
    car_or_transit: { by: 'by car or public transport', title: 'Car or public transport' },
  },
  states: {
    couverte: 'covered',
    partielle: 'partly covered',
    'non couverte': 'uncovered',
    'sans population': 'no population',
  },
  shortStates: {
    couverte: 'covered',
    partielle: 'partly',
    'non couverte': 'uncovered',
    'sans population': 'empty',
  },
  origins: {
    grid: 'published grid cells',
    building: 'residential buildings (commune population spread)',
    street: 'residential streets (commune population spread)',
    townhall: 'town hall (commune population at one point)',
    'inside-point': 'a point inside the commune (commune population at one point)',
  },
  yes: 'yes',
  no: 'no',
  noCommune: 'in no commune',
  noEpci: 'in no EPCI',
  noTerritoire: 'in no territory',
  notConnected: 'not connected',
  band: (from, to) => `${from} to ${to} min`,
  lastBand: (from) => `over ${from} min`,
  levels: { territory: 'whole', epci: 'epci', territoire: 'social_action_territory' },
  situations: { counted: 'counted', beyond: 'counted, beyond the border' },
  motives: {
    notConnected: 'no path to any structure',
    tooFar: (structure, minutes) => `nearest structure (${structure}) ${minutes} min away on average`,
  },
  andMore: (count) => `and ${count} more (see communes-non-couvertes.csv)`,
  fictional: 'Fictional territory: data invented for the example.',
  threshold: (minutes, inclusive) =>
    inclusive ? `in ${minutes} minutes at most` : `in under ${minutes} minutes`,
  headline: ({ date, rate, covered, population, by, threshold }) =>
    `On ${date}, ${rate} of the population (${covered} of ${population} people) can reach a first social reception point ${by} ${threshold}, door to door.`,
  noHeadline: (by) => `No population to count ${by}.`,
  leftOut: ({ leftOut, notConnected, uncoveredCommunes, partialCommunes }) =>
    `${leftOut} people remain beyond, ${notConnected} of them not connected to the network. Uncovered communes: ${uncoveredCommunes}; partly covered: ${partialCommunes}.`,
  table: {
    mode: 'Mode',
    population: 'Population',
    covered: 'Covered',
    uncovered: 'Uncovered',
    notConnected: 'Not connected',
    leftOut: 'Left out',
    people: 'People',
    rate: 'Rate',
    mean: 'Mean time (min)',
    median: 'Median time (min)',
    reached: 'Share reached',
    state: 'State',
    commune: 'Commune',
    code: 'Code',
    name: 'Name',
    level: 'Level',
    nearest: 'Nearest structure',
    minutes: 'min',
    pocket: 'Pocket',
    communes: 'Communes',
    uncoveredCommunes: 'Uncovered communes',
    borderline: 'borderline',
    whole: 'Whole territory',
    none: 'No uncovered commune.',
  },
  report: {
    title: 'Access to first social reception points',
    generated: 'Computed by Maillage',
    atAGlance: 'At a glance',
    mapTitle: 'Map',
    mapNote:
      'Colours give the share of each commune’s people who reach a structure within the threshold. The time contours are a picture: people are counted cell by cell, never from these contours.',
    otherMaps: 'The other modes',
    bandsTitle: 'Access times',
    bandsNote:
      'People by door-to-door time to the nearest structure. The edges follow the same operator as the threshold.',
    territoriesTitle: 'By EPCI and by territory',
    territoriesNote:
      'Rate: share of the people within the threshold. Means and medians cover the people who can reach a structure.',
    communesTitle: 'All communes',
    communesNote:
      'Covered: all people are within the threshold. “borderline”: the state would change if all times changed by 2 minutes. A small commune means little alone: in rural areas, read nothing below the canton.',
    communesFilter: 'Filter by name or code',
    pocketsTitle: 'Uncovered pockets',
    pocketsNote: 'Groups of uncovered communes that touch, most people first.',
    noPockets: 'No pocket: no commune is uncovered.',
    borderTitle: 'Effect of the border',
    borderNone: 'No structure beyond the border was told apart in this study.',
    borderWithout: 'Covered without the neighbouring structures',
    borderGained: 'Covered thanks to them',
    qualityTitle: 'Data quality',
    qualityCells: 'The population and its communes',
    cellsRead: 'Cells or points read',
    peopleRead: 'People read',
    peopleOutside: 'People outside the territory studied, left out',
    rules: 'How the commune was found',
    ruleGrid: 'code given by the grid',
    ruleSplit: 'cell split over communes by area',
    ruleCentre: 'polygon that holds the centre',
    ruleNearest: 'nearest commune, within 2 km',
    ruleNone: 'no commune',
    origin: 'Where the people’s position comes from',
    imputed: 'People in cells imputed by the producer',
    snapTitle: 'Distance to the network',
    snapNote: 'Metres between each point and the street it is linked to.',
    cells: 'people',
    structures: 'structures',
    points: 'Points',
    notLinked: 'Not linked',
    median: 'Median',
    p95: '95% under',
    max: 'Greatest',
    noticesTitle: 'Defects found in the data',
    noNotices: 'No defect found.',
    noticeCode: 'Code',
    noticeSeverity: 'Severity',
    noticeCount: 'Count',
    noticeExample: 'Example',
    methodTitle: 'Method',
    method:
      'For each population cell, the time is that of the fastest door-to-door trip from home to the nearest structure, on the real network and in the direction of travel. The rate is the share of the people whose time is within the threshold, on unrounded times. People covered, uncovered and not connected always make up the total, exactly, at every level.',
    caution:
      'Times are modelled travel times, without congestion. A single cell is never to be interpreted alone.',
    parameters: 'Parameters',
    sourcesTitle: 'Sources and licences',
    file: 'File',
    role: 'Role',
    licence: 'Source and licence',
    fingerprint: 'SHA-256',
    structuresTitle: 'Structures',
    structuresNote:
      '“Within”: people who can reach it within the threshold; “alone”: people who have no other within the threshold.',
    type: 'Type',
    within: 'Within',
    alone: 'Alone',
    leftOutStructures: 'Structures left out',
    reason: 'Reason',
    sort: 'Sort',
  },
  map: {
    legend: 'Legend',
    share: 'People within the threshold',
    all: 'all',
    from80: '80% and more',
    from50: '50 to 80%',
    below50: 'under 50%',
    zero: 'none',
    noPeople: 'no population',
    uncovered: 'uncovered commune',
    outlines: 'Access time (min)',
    roads: 'main road',
    rivers: 'river',
    structures: 'Structures',
    beyond: 'beyond the border',
    north: 'N',
    attributionOsm: '© OpenStreetMap contributors (ODbL)',
    attributionCommunes: 'Communes: see the sources',
  },
  structureTypes: {
    'france-services': 'France services',
    departement: 'Département social centre',
    ccas: 'CCAS, CIAS',
    other: 'other',
  },
};

export const TEXTS: Readonly<Record<Language, Texts>> = { fr: FR, en: EN };

/** Words for a mode; one that is not known names itself. */
export function wordMode(mode: string, language: Language): ModeWords {
  return TEXTS[language].modes[mode] ?? { by: `(${mode})`, title: mode };
}

/** Labels of the bands, the open one and "not connected" last. */
export function wordBands(edgesMinutes: readonly number[], language: Language): string[] {
  const texts = TEXTS[language];
  const inner = edgesMinutes.map((edge, at) => texts.band(at === 0 ? 0 : edgesMinutes[at - 1], edge));
  const last = edgesMinutes.length === 0 ? 0 : edgesMinutes[edgesMinutes.length - 1];
  return [...inner, texts.lastBand(last), texts.notConnected];
}

/** The symbol and legend line of a structure's type. */
export function findStructureGroup(type: string): StructureGroup {
  if (type === 'france-service' || type === 'msap' || type === 'france-services') return 'france-services';
  if (type === 'departements' || type === 'maisons-des-solidarites') return 'departement';
  return type === 'ccas-cias' ? 'ccas' : 'other';
}
