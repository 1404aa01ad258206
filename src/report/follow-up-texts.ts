/** The words of the follow-up table and of the targets, by language. Placeholders are already formatted. */
import type { PathFault } from '../planning/targets.ts';
import type { Language } from './text-keys.ts';

export interface FollowUpTexts {
  title: string;
  note: string;
  summary: (figures: {
    date: string;
    engaged: string;
    signed: string | undefined;
    circles: string;
  }) => string;
  circles: (circles: string) => string;
  day: string;
  /** In the place of a day that the study does not name. */
  noDay: string;
  nature: string;
  byNature: string;
  byArea: string;
  byYear: string;
  area: string;
  whole: string;
  noArea: string;
  noType: string;
  engaged: string;
  undated: string;
  charterSigned: string;
  itinerant: string;
  polyvalent: string;
  satisfaction: string;
  audit: string;
  /** Added to a count where some lists do not say; and in its place where none does. */
  unstated: (count: string) => string;
  allUnstated: string;
  unstatedNote: string;
  /** `circles` as numbers. */
  notEngaged: (circles: string) => string;
  engagedLater: string;
  otherCircle: string;
  otherCircleNotEngaged: string;
  outside: string;
  unplaced: string;
  apart: string;
  structures: string;
  declared: string;
  declaredNote: string;
  sdaasap: string;
  networkTools: string;
  notDeclared: string;
  levels: { whole: string; territoire: string; epci: string };
  targets: {
    title: string;
    note: string;
    pathTitle: string;
    pathNote: string;
    faults: Record<PathFault, string>;
    mode: string;
    year: string;
    achieved: string;
    target: string;
    gap: string;
    source: string;
    thisStudy: (date: string) => string;
    pastResult: (figures: { name: string; date: string }) => string;
    sheetsTitle: string;
    sheetsNote: (population: string) => string;
    indicator: string;
    unit: string;
    origins: { declared: string; computed: string };
    rateIndicator: string;
    points: string;
  };
}

export const FOLLOW_UP_TEXTS: Readonly<Record<Language, FollowUpTexts>> = {
  fr: {
    title: 'État et suivi des structures engagées',
    note: 'Le tableau de suivi du référentiel national : nombre et nature des structures engagées, par territoire et par année, quels que soient les temps d’accès. Sont comptées les lignes des listes, dans le territoire étudié ; une structure sans date ne figure dans aucune année passée.',
    summary: ({ date, engaged, signed, circles }) =>
      `${date === '' ? 'Sans date de référence' : `Au ${date}`} : ${engaged} structures engagées (${circles})${signed === undefined ? ' ; aucune liste ne date la signature de la charte' : `, dont ${signed} ont signé la charte`}.`,
    circles: (circles) => `cercle ${circles}`,
    day: 'Date',
    noDay: 'à ce jour',
    nature: 'Nature',
    byNature: 'Par nature',
    byArea: 'Par territoire d’action sociale et par EPCI',
    byYear: 'Par année (cumul au 31 décembre, puis au jour de l’étude)',
    area: 'Territoire',
    whole: 'Ensemble du territoire',
    noArea: 'hors de ces territoires',
    noType: 'non précisée',
    engaged: 'Engagées',
    undated: 'dont sans date',
    charterSigned: 'Charte signée',
    itinerant: 'Bus et itinérantes',
    polyvalent: 'Accueil polyvalent',
    satisfaction: 'Satisfaction mesurée',
    audit: 'Auditées',
    unstated: (count) => `(${count} n. p.)`,
    allUnstated: 'n. p.',
    unstatedNote: '« n. p. » : non précisé, la liste ne le dit pas ; ce n’est ni oui ni non.',
    notEngaged: (circles) => `Potentielles du cercle ${circles}, non engagées`,
    engagedLater: 'Engagées après le jour de l’étude',
    otherCircle: 'Engagées, d’un autre cercle',
    otherCircleNotEngaged: 'Non engagées, d’un autre cercle',
    outside: 'Hors du territoire étudié',
    unplaced: 'Sans commune connue (comptées dans l’ensemble seulement)',
    apart: 'À part',
    structures: 'Structures',
    declared: 'Valeurs déclarées',
    declaredNote: 'Déclarées par le département dans l’étude ; l’outil ne les calcule pas.',
    sdaasap:
      'Réalisation du schéma départemental d’amélioration de l’accessibilité des services au public (SDAASaP)',
    networkTools: 'Outils du réseau en place',
    notDeclared: 'non déclaré',
    levels: { whole: 'ensemble', territoire: 'territoire_action_sociale', epci: 'epci' },
    targets: {
      title: 'Objectifs : réalisé, cible, écart',
      note: 'Écart = réalisé − cible : un écart négatif dit le retard. Une année sans résultat n’a pas de réalisé.',
      pathTitle: 'Trajectoire vers 100 %',
      pathNote:
        'Part des habitants dans le seuil, par mode, d’après les résultats des années passées et celui-ci. Le référentiel national vise toute la population en trois ans au plus.',
      faults: {
        'below-100': 'La trajectoire de l’étude s’arrête avant 100 %.',
        'too-long': 'La trajectoire de l’étude dépasse trois ans.',
      },
      mode: 'Mode',
      year: 'Année',
      achieved: 'Réalisé',
      target: 'Cible',
      gap: 'Écart',
      source: 'Source du réalisé',
      thisStudy: (date) => `cette étude, ${date}`,
      pastResult: ({ name, date }) => `${name}, ${date}`,
      sheetsTitle: 'Indicateurs des fiches action',
      sheetsNote: (population) =>
        `Les indicateurs du département, tels que ses fiches les énoncent. « calculé » : d’après les listes et leurs dates, au 31 décembre ou au jour de l’étude, sur les structures et communes d’aujourd’hui ; une petite commune a moins de ${population} habitants.`,
      indicator: 'Indicateur',
      unit: 'Unité',
      origins: { declared: 'déclaré', computed: 'calculé' },
      rateIndicator: 'Taux de couverture',
      points: 'points',
    },
  },
  en: {
    title: 'State and follow-up of engaged structures',
    note: 'The follow-up table of the national reference document: number and nature of the structures engaged, by territory and year, whatever the times. Rows of the lists are counted, within the territory studied; a structure without a date stands in no past year.',
    summary: ({ date, engaged, signed, circles }) =>
      `${date === '' ? 'On no given day' : `On ${date}`}: ${engaged} structures engaged (${circles})${signed === undefined ? '; no list dates the signing of the charter' : `, of which ${signed} have signed the charter`}.`,
    circles: (circles) => `circle ${circles}`,
    day: 'Date',
    noDay: 'to date',
    nature: 'Nature',
    byNature: 'By nature',
    byArea: 'By territoire d’action sociale and EPCI',
    byYear: 'By year (cumulative on 31 December, then on the day of the study)',
    area: 'Territory',
    whole: 'Whole territory',
    noArea: 'outside these territories',
    noType: 'not stated',
    engaged: 'Engaged',
    undated: 'of them without a date',
    charterSigned: 'Charter signed',
    itinerant: 'Buses and itinerant',
    polyvalent: 'Receives all requests',
    satisfaction: 'Satisfaction measured',
    audit: 'Audited',
    unstated: (count) => `(${count} n. s.)`,
    allUnstated: 'n. s.',
    unstatedNote: '“n. s.”: not said, the list does not tell; that is neither yes nor no.',
    notEngaged: (circles) => `Potential of circle ${circles}, not engaged`,
    engagedLater: 'Engaged after the day of the study',
    otherCircle: 'Engaged, of another circle',
    otherCircleNotEngaged: 'Not engaged, of another circle',
    outside: 'Outside the territory studied',
    unplaced: 'Of no known commune (counted in the whole only)',
    apart: 'Apart',
    structures: 'Structures',
    declared: 'Declared values',
    declaredNote: 'Declared by the département in the study; the tool does not compute them.',
    sdaasap: 'Completion of the département’s scheme for access to public services (SDAASaP)',
    networkTools: 'Tools of the network in place',
    notDeclared: 'not declared',
    levels: { whole: 'whole', territoire: 'social_action_territory', epci: 'epci' },
    targets: {
      title: 'Targets: achieved, target, gap',
      note: 'Gap = achieved − target: a negative gap is a delay. A year without a result has nothing achieved.',
      pathTitle: 'Path to 100%',
      pathNote:
        'Share of the people within the threshold, by mode, from the results of past years and this one. The national reference document aims at the whole population in three years at most.',
      faults: {
        'below-100': 'The path of the study ends below 100%.',
        'too-long': 'The path of the study takes more than three years.',
      },
      mode: 'Mode',
      year: 'Year',
      achieved: 'Achieved',
      target: 'Target',
      gap: 'Gap',
      source: 'Where the achieved value comes from',
      thisStudy: (date) => `this study, ${date}`,
      pastResult: ({ name, date }) => `${name}, ${date}`,
      sheetsTitle: 'Indicators of the action sheets',
      sheetsNote: (population) =>
        `The département’s own indicators, as its sheets state them. “computed”: from the lists and their dates, on 31 December or on the day of the study, over today’s structures and communes; a small commune has fewer than ${population} inhabitants.`,
      indicator: 'Indicator',
      unit: 'Unit',
      origins: { declared: 'declared', computed: 'computed' },
      rateIndicator: 'Coverage rate',
      points: 'points',
    },
  },
};
