/** Every other word of the doctor's report, by language. */
import type { Severity } from '../common/notices.ts';
import type { CheckRole } from './check-findings.ts';
import { formatNumber } from './numbers.ts';
import type { Language } from './texts.ts';

interface CheckTexts {
  verdict: (counts: Readonly<Record<Severity, number>>, language: Language) => string;
  headings: Readonly<Record<Severity, string>>;
  severities: Readonly<Record<Severity, string>>;
  roles: Readonly<Record<CheckRole, string>>;
  more: (count: string) => string;
  wholeList: (file: string) => string;
  wholeListHow: string;
  unread: (roles: string) => string;
  inputs: string;
  totals: string;
  followUp: string;
  columns: {
    input: string;
    file: string;
    read: string;
    kept: string;
    leftOut: string;
    state: string;
    sha256: string;
  };
  none: string;
  package: string;
  states: { unusable: string; missing: string };
  period: (first: string, last: string) => string;
  trips: (count: string, date: string) => string;
  labels: {
    people: string;
    official: string;
    imputed: string;
    communes: string;
    epcis: string;
    territories: string;
    structures: string;
    types: string;
    formats: string;
    counted: string;
    streets: string;
    day: string;
  };
  cells: (count: string) => string;
  outside: (count: string) => string;
  inTerritory: (inside: string, read: string, beyond: string) => string;
  stops: (count: string) => string;
  points: (count: string) => string;
  usualDay: (date: string) => string;
  unknown: string;
}

const plural = (count: number, word: string, language: Language): string =>
  `${formatNumber(count, language)} ${word}${count >= 2 || (count === 0 && language === 'en') ? 's' : ''}`;

export const CHECK_TEXTS: Readonly<Record<Language, CheckTexts>> = {
  fr: {
    verdict: (counts, language) => {
      const all = counts.error + counts.warning + counts.info;
      if (all === 0) return 'Vérification des données : rien à signaler.';
      return `Vérification des données : ${plural(counts.error, 'erreur', language)}, ${plural(counts.warning, 'avertissement', language)}, ${plural(counts.info, 'remarque', language)}.`;
    },
    headings: {
      error: 'ERREURS : à corriger, l’étude ne peut pas être calculée',
      warning: 'AVERTISSEMENTS : l’étude se calcule, le résultat peut en souffrir',
      info: 'REMARQUES : pour information',
    },
    severities: { error: 'erreur', warning: 'avertissement', info: 'remarque' },
    roles: {
      study: 'étude',
      roads: 'routes',
      rivers: 'cours d’eau',
      timetables: 'horaires',
      population: 'population',
      calage: 'calage',
      communes: 'communes',
      epci: 'EPCI',
      cantons: 'cantons',
      territories: 'territoires',
      cog: 'COG',
      structures: 'structures',
      itinerant_stops: 'tournées',
      results: 'résultats',
      indicators: 'fiches',
    },
    more: (count) => `… et ${count} de plus`,
    wholeList: (file) => `La liste entière est dans ${file}.`,
    wholeListHow: 'Pour la liste entière : ajoutez --csv FICHIER.',
    unread: (roles) => `Non lu, donc non comparé aux autres données : ${roles}.`,
    inputs: 'DONNÉES LUES',
    totals: 'TOTAUX',
    followUp: 'SUIVI DES STRUCTURES ENGAGÉES',
    columns: {
      input: 'Donnée',
      file: 'Fichier',
      read: 'Lues',
      kept: 'Gardées',
      leftOut: 'Écartées',
      state: 'État',
      sha256: 'SHA-256',
    },
    none: 'aucun',
    package: '(populations communales fournies)',
    states: { unusable: 'inutilisable', missing: 'introuvable' },
    period: (first, last) => `du ${first} au ${last}`,
    trips: (count, date) => `${count} courses le ${date}`,
    labels: {
      people: 'Habitants',
      official: 'Population officielle',
      imputed: 'Part imputée',
      communes: 'Communes',
      epcis: 'EPCI',
      territories: 'Territoires',
      structures: 'Structures',
      types: '· par type',
      formats: '· par format',
      counted: '· comptées, voisines comprises',
      streets: 'Voies',
      day: 'Jour étudié',
    },
    cells: (count) => `en ${count} carreaux ou points`,
    outside: (count) => `${count} autres hors du territoire`,
    inTerritory: (inside, read, beyond) =>
      `${inside} dans le territoire, ${beyond} au-delà, sur ${read} lues`,
    stops: (count) => `arrêts de tournée, à part : ${count}`,
    points: (count) => `en ${count} points d’accueil, chaque arrêt de tournée en est un`,
    usualDay: (date) => `jour ordinaire proposé : ${date}`,
    unknown: 'non lu',
  },
  en: {
    verdict: (counts, language) => {
      const all = counts.error + counts.warning + counts.info;
      if (all === 0) return 'Check of the data: nothing to report.';
      return `Check of the data: ${plural(counts.error, 'error', language)}, ${plural(counts.warning, 'warning', language)}, ${plural(counts.info, 'remark', language)}.`;
    },
    headings: {
      error: 'ERRORS: to be corrected, the study cannot be computed',
      warning: 'WARNINGS: the study can be computed, its result may suffer',
      info: 'REMARKS: for information',
    },
    severities: { error: 'error', warning: 'warning', info: 'info' },
    roles: {
      study: 'study',
      roads: 'roads',
      rivers: 'rivers',
      timetables: 'timetables',
      population: 'population',
      calage: 'scaling',
      communes: 'communes',
      epci: 'EPCI',
      cantons: 'cantons',
      territories: 'territories',
      cog: 'COG',
      structures: 'structures',
      itinerant_stops: 'rounds',
      results: 'results',
      indicators: 'sheets',
    },
    more: (count) => `… and ${count} more`,
    wholeList: (file) => `The whole list is in ${file}.`,
    wholeListHow: 'For the whole list: add --csv FILE.',
    unread: (roles) => `Not read, so not compared with the other data: ${roles}.`,
    inputs: 'DATA READ',
    totals: 'TOTALS',
    followUp: 'FOLLOW-UP OF THE STRUCTURES ENGAGED',
    columns: {
      input: 'Input',
      file: 'File',
      read: 'Read',
      kept: 'Kept',
      leftOut: 'Left out',
      state: 'State',
      sha256: 'SHA-256',
    },
    none: 'none',
    package: '(commune populations of the package)',
    states: { unusable: 'unusable', missing: 'not found' },
    period: (first, last) => `from ${first} to ${last}`,
    trips: (count, date) => `${count} trips on ${date}`,
    labels: {
      people: 'People',
      official: 'Official population',
      imputed: 'Imputed share',
      communes: 'Communes',
      epcis: 'EPCI',
      territories: 'Territories',
      structures: 'Structures',
      types: '· by type',
      formats: '· by format',
      counted: '· counted, neighbours included',
      streets: 'Streets',
      day: 'Day of the study',
    },
    cells: (count) => `in ${count} cells or points`,
    outside: (count) => `${count} more outside the territory`,
    inTerritory: (inside, read, beyond) => `${inside} in the territory, ${beyond} beyond it, of ${read} read`,
    stops: (count) => `stops of rounds, apart: ${count}`,
    points: (count) => `at ${count} places, each stop of a round being one`,
    usualDay: (date) => `usual day proposed: ${date}`,
    unknown: 'not read',
  },
};
