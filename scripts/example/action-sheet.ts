/**
 * The targets of a published action sheet of 2018 to 2021, the only real figures of the example: conventions with
 * the main CCAS, partnership with small communes without a convention, points conseil budget. What is reached of
 * the first two is computed from the fictional structures; nothing is declared of the third.
 */

const YEARS = [2018, 2019, 2020, 2021];

const TARGETS: ReadonlyArray<{ indicator: string; calculation: string; percents: readonly number[] }> = [
  {
    indicator: 'Conventions avec les principaux CCAS',
    calculation: 'part_ccas_convention',
    percents: [30, 75, 100, 100],
  },
  {
    indicator: 'Partenariat avec les petites communes sans convention',
    calculation: 'part_petites_communes_relais',
    percents: [0, 10, 50, 100],
  },
  { indicator: 'Points conseil budget', calculation: '', percents: [0, 0, 100, 100] },
];

/** The file's text: one row an indicator and year, `realise` blank. */
export const ACTION_SHEET = `${[
  'indicateur;unite;annee;cible;realise;calcul',
  ...TARGETS.flatMap(({ indicator, calculation, percents }) =>
    YEARS.map((year, at) => [indicator, '%', year, percents[at], '', calculation].join(';')),
  ),
].join('\n')}\n`;
