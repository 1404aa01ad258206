/**
 * The words of the files that leave the folder: the printed sheet, the workbook and the styles of the map software.
 */
import type { Language } from './text-keys.ts';

export interface ExportTexts {
  /** Before a list or a figure. */
  colon: string;
  sources: string;
  inventedFrom: string;
  computedBy: (version: string) => string;
  licence: string;
  sheets: {
    indicators: string;
    communes: string;
    uncovered: string;
    structures: string;
    territories: string;
    variants: string;
    followUp: string;
    targets: string;
    notices: string;
    method: string;
  };
  indicators: {
    mode: string;
    threshold: string;
    population: string;
    covered: string;
    uncovered: string;
    notConnected: string;
    rate: string;
    mean: string;
    median: string;
    uncoveredCommunes: string;
    partialCommunes: string;
    rateMedian: string;
    people: (band: string) => string;
  };
  method: { topic: string; content: string; value: string; study: string; date: string; version: string };
}

export const EXPORT_TEXTS: Readonly<Record<Language, ExportTexts>> = {
  fr: {
    colon: ' : ',
    sources: 'Sources',
    inventedFrom: 'Données inventées, aucun territoire réel',
    computedBy: (version) => `Calculé par Maillage ${version}`,
    licence: 'Licence',
    sheets: {
      indicators: 'Indicateurs',
      communes: 'Communes',
      uncovered: 'Communes non couvertes',
      structures: 'Structures',
      territories: 'Territoires',
      variants: 'Variantes',
      followUp: 'Suivi des structures',
      targets: 'Suivi des cibles',
      notices: 'Notices',
      method: 'Méthode',
    },
    indicators: {
      mode: 'Mode',
      threshold: 'Seuil',
      population: 'Population',
      covered: 'Population couverte',
      uncovered: 'Population non couverte',
      notConnected: 'Population non raccordée',
      rate: 'Taux de couverture',
      mean: 'Temps moyen (min)',
      median: 'Temps médian (min)',
      uncoveredCommunes: 'Communes non couvertes',
      partialCommunes: 'Communes partielles',
      rateMedian: 'Taux de couverture, heure de départ médiane',
      people: (band) => `Population ${band}`,
    },
    method: {
      topic: 'Rubrique',
      content: 'Objet',
      value: 'Valeur',
      study: 'Étude',
      date: 'Date',
      version: 'Version',
    },
  },
  en: {
    colon: ': ',
    sources: 'Sources',
    inventedFrom: 'Invented data, no real territory',
    computedBy: (version) => `Computed by Maillage ${version}`,
    licence: 'Licence',
    sheets: {
      indicators: 'Indicators',
      communes: 'Communes',
      uncovered: 'Uncovered communes',
      structures: 'Structures',
      territories: 'Territories',
      variants: 'Variants',
      followUp: 'Follow-up of structures',
      targets: 'Targets',
      notices: 'Notices',
      method: 'Method',
    },
    indicators: {
      mode: 'Mode',
      threshold: 'Threshold',
      population: 'Population',
      covered: 'Population covered',
      uncovered: 'Population uncovered',
      notConnected: 'Population not connected',
      rate: 'Coverage rate',
      mean: 'Mean time (min)',
      median: 'Median time (min)',
      uncoveredCommunes: 'Uncovered communes',
      partialCommunes: 'Partly covered communes',
      rateMedian: 'Coverage rate, median departure',
      people: (band) => `Population ${band}`,
    },
    method: {
      topic: 'Topic',
      content: 'Subject',
      value: 'Value',
      study: 'Study',
      date: 'Date',
      version: 'Version',
    },
  },
};
