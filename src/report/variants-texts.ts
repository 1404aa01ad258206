/** The words of reports about variants and reception, by language. Placeholders are already formatted. */
import type { Language } from './text-keys.ts';
import type { VariantKey } from './variants-report.ts';

export interface VariantTexts {
  title: string;
  note: string;
  variants: Readonly<Record<VariantKey, string>>;
  headline: string;
  variant: string;
  structures: string;
  unknown: string;
  /** "Points" of a rate: percentage points. */
  difference: string;
  byEpci: (mode: string) => string;
  byTerritoire: (mode: string) => string;
  units: Readonly<Record<'people' | 'households', string>>;
  secret: string;
  untold: string;
  secrecyNote: string;
  choiceNote: string;
  relayNote: (population: string) => string;
  outsideNote: string;
  receptionTitle: string;
  receptionNote: string;
  answers: Readonly<Record<'yes' | 'no' | 'unknown', string>>;
  reception: Readonly<Record<ReceptionWord, string>>;
}

export type ReceptionWord =
  | 'withAppointment'
  | 'withoutAppointment'
  | 'telephone'
  | 'digital'
  | 'any'
  | 'evening'
  | 'lunch'
  | 'saturday';

export const VARIANT_TEXTS: Readonly<Record<Language, VariantTexts>> = {
  fr: {
    title: 'Variantes',
    note: 'Chaque variante change une seule chose à la sélection de l’étude ; l’écart se lit par rapport au taux principal du même mode, en points. Toutes les lignes, par EPCI et par territoire, sont dans variantes.csv.',
    variants: {
      engaged: 'Structures engagées',
      potential: 'Potentiel : toutes les structures, engagées ou non',
      circle_1: 'Premier cercle seul',
      circle_2: 'Second cercle seul',
      circles_1_2: 'Les deux cercles',
      with_itinerant: 'Avec les accueils itinérants',
      without_itinerant: 'Sans les accueils itinérants',
      open_that_day: 'Ouvertes le jour étudié',
      outside_working_hours: 'Ouvertes hors horaires de travail',
      with_appointment: 'Recevant sur rendez-vous',
      without_appointment: 'Recevant sans rendez-vous',
      town_hall_relays: 'Avec les mairies relais',
      choice_2: 'Choix entre 2 structures au moins',
      choice_3: 'Choix entre 3 structures au moins',
      poor_households: 'Ménages pauvres',
      under_18: 'Moins de 18 ans',
      from_65: '65 ans et plus',
      from_80: '80 ans et plus',
    },
    headline: 'Taux principal de l’étude',
    variant: 'Variante',
    structures: 'Structures',
    unknown: 'Sans information',
    difference: 'Écart (points)',
    byEpci: (mode) => `Par EPCI (${mode})`,
    byTerritoire: (mode) => `Par territoire (${mode})`,
    units: { people: 'personnes', households: 'ménages' },
    secret: 'secret statistique',
    untold: 'non renseigné',
    secrecyNote:
      'Secret statistique : aucune valeur pour un groupe de moins de 11 ménages. Les ménages pauvres se comptent en ménages, les âges en personnes.',
    choiceNote:
      'Choix : part des habitants qui ont, dans le seuil, au moins deux ou trois structures retenues.',
    relayNote: (population) =>
      `Mairies relais : celles des listes, dans les communes de moins de ${population} habitants où aucune structure n’est retenue.`,
    outsideNote:
      'Hors horaires de travail : ouverte au moins une fois dans la semaine après 17 h 30, entre 12 h et 14 h, ou le samedi. Une ouverture à 13 h 30 suffit donc ; des horaires inconnus ne comptent pas.',
    receptionTitle: 'Modalités d’accueil',
    receptionNote:
      'Structures retenues selon ce que disent les listes. Le téléphone et le numérique sont comptés, mais ne couvrent personne.',
    answers: { yes: 'Oui', no: 'Non', unknown: 'Sans information' },
    reception: {
      withAppointment: 'Reçoivent sur rendez-vous',
      withoutAppointment: 'Reçoivent sans rendez-vous',
      telephone: 'Joignables par téléphone',
      digital: 'Joignables par voie numérique',
      any: 'Ouvertes hors horaires de travail',
      evening: '– après 17 h 30',
      lunch: '– entre 12 h et 14 h',
      saturday: '– le samedi',
    },
  },
  en: {
    title: 'Variants',
    note: 'Each variant changes one thing of the study’s selection; the difference is to the headline rate of the same mode, in points. All rows, by EPCI and territory, are in variantes.csv.',
    variants: {
      engaged: 'Engaged structures',
      potential: 'Potential: all structures, engaged or not',
      circle_1: 'First circle alone',
      circle_2: 'Second circle alone',
      circles_1_2: 'Both circles',
      with_itinerant: 'With itinerant reception',
      without_itinerant: 'Without itinerant reception',
      open_that_day: 'Open on the day studied',
      outside_working_hours: 'Open outside working hours',
      with_appointment: 'Receiving with an appointment',
      without_appointment: 'Receiving without an appointment',
      town_hall_relays: 'With town halls as relays',
      choice_2: 'Choice of at least 2 structures',
      choice_3: 'Choice of at least 3 structures',
      poor_households: 'Poor households',
      under_18: 'Under 18',
      from_65: '65 and over',
      from_80: '80 and over',
    },
    headline: 'Headline rate of the study',
    variant: 'Variant',
    structures: 'Structures',
    unknown: 'Not said',
    difference: 'Difference (points)',
    byEpci: (mode) => `By EPCI (${mode})`,
    byTerritoire: (mode) => `By territory (${mode})`,
    units: { people: 'people', households: 'households' },
    secret: 'statistical secrecy',
    untold: 'not said',
    secrecyNote:
      'Statistical secrecy: no value for a group of fewer than 11 households. Poor households are counted in households, ages in people.',
    choiceNote: 'Choice: share of the people who have at least two or three of the structures within reach.',
    relayNote: (population) =>
      `Relays: town halls of the lists in communes of fewer than ${population} inhabitants where no structure counts.`,
    outsideNote:
      'Outside working hours: open at least once in the week after 17:30, between 12:00 and 14:00, or on Saturday. Opening at 13:30 is thus enough; unknown hours do not count.',
    receptionTitle: 'Ways of reception',
    receptionNote:
      'Structures counted, by what their lists say. Telephone and digital means are counted, but cover nobody.',
    answers: { yes: 'Yes', no: 'No', unknown: 'Not said' },
    reception: {
      withAppointment: 'Receive with an appointment',
      withoutAppointment: 'Receive without an appointment',
      telephone: 'Can be reached by telephone',
      digital: 'Can be reached by digital means',
      any: 'Open outside working hours',
      evening: '– after 17:30',
      lunch: '– between 12:00 and 14:00',
      saturday: '– on Saturday',
    },
  },
};
