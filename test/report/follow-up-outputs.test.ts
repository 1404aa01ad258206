import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { buildFollowUp } from '../../src/planning/follow-up.ts';
import { buildPathRows, buildSheetTargets, type TargetReport } from '../../src/planning/targets.ts';
import { writeFollowUpCsv, writeTargetsCsv } from '../../src/report/follow-up-tables.ts';
import { wordAnswers, wordGap, wordValue } from '../../src/report/follow-up-words.ts';
import { writeFollowUpSection } from '../../src/report/html-follow-up-section.ts';
import { writeHtmlReport } from '../../src/report/html-report.ts';
import { writeTargetsSection } from '../../src/report/html-targets-section.ts';
import { writeIndicatorsJson } from '../../src/report/indicators-json.ts';
import { indicatorsSchema } from '../../src/report/indicators-schema.ts';
import type { FollowUpReport, ReportInput } from '../../src/report/report-input.ts';
import { writeStructuresCsv } from '../../src/report/structure-tables.ts';
import { writeTerminalFollowUp } from '../../src/report/terminal-follow-up.ts';
import { makeStructure } from '../planning/made-up-structures.ts';
import { drawSquareCommunes, makeUpReport } from './made-up-report.ts';

const COMMUNES = drawSquareCommunes();
const DATE = '2026-10-06';

/** Communes 1, 2 lie in Ouest, 3 in Est, all three in the CC du Nord; the name of one EPCI holds markup. */
const STRUCTURES = [
  makeStructure({
    codeInsee: '00001',
    dateEngagement: '2024-03-01',
    dateCharte: '2024-03-01',
    polyvalent: true,
  }),
  makeStructure({ codeInsee: '00002', type: 'france-service', format: 'bus', satisfaction: true }),
  makeStructure({ codeInsee: '00003', type: 'france-service', dateEngagement: '2025-01-01', audit: false }),
  makeStructure({ codeInsee: '00003', type: '<i>inconnu</i>', engagee: false }),
];
const FOLLOW_UP: FollowUpReport = {
  ...buildFollowUp({
    structures: STRUCTURES,
    communes: COMMUNES,
    epcis: [
      { code: '200000001', nom: 'CC du <b>Nord</b>' },
      { code: '200000002', nom: 'CA du Sud' },
    ],
    currentCodeOf: new Map(),
    date: DATE,
    cercles: [1],
  }),
  declared: { sdaasapCompletion: 0.6, networkTools: ['annuaire partagé', 'fiche de liaison'] },
};
const TARGETS: TargetReport = {
  path: buildPathRows(
    [
      [2026, 0.57],
      [2027, 1],
    ],
    ['car'],
    [
      { mode: 'car', date: '2025-10-07', rate: 0.5, result: 'Étude de 2025' },
      { mode: 'car', date: DATE, rate: 0.56, result: undefined },
    ],
  ),
  pathFaults: ['too-long'],
  indicators: buildSheetTargets(
    [
      {
        indicateur: 'Conventions <CCAS>',
        unite: '%',
        annee: 2025,
        cible: 75,
        realise: undefined,
        calcul: 'part_ccas_convention',
        file: 'fiche.csv',
        row: 2,
      },
      {
        indicateur: 'Points conseil budget',
        unite: 'nombre',
        annee: 2025,
        cible: 12,
        realise: 14,
        calcul: undefined,
        file: 'fiche.csv',
        row: 3,
      },
    ],
    {
      placed: STRUCTURES.map((structure) => ({ structure, commune: undefined })),
      communes: [],
      cercles: [1],
      date: DATE,
      smallCommunePopulation: 1500,
    },
  ),
  smallCommunePopulation: 1500,
};
const REPORT: ReportInput = makeUpReport(COMMUNES, { followUp: FOLLOW_UP, targets: TARGETS });

const readRows = (text: string): Array<Record<string, string>> =>
  parse(text, { columns: true, delimiter: ';', bom: true });

describe('suivi-structures.csv', () => {
  const rows = readRows(writeFollowUpCsv(FOLLOW_UP, 'excel', 'fr'));

  it('has a row per area and day, and per area and nature', () => {
    const whole = rows.filter(({ niveau }) => niveau === 'ensemble');
    expect(whole.map(({ date, nature, engagees }) => [date, nature, engagees])).toEqual([
      ['2024-12-31', 'ensemble', '1'],
      ['2025-12-31', 'ensemble', '2'],
      [DATE, 'ensemble', '3'],
      [DATE, 'france-service', '2'],
      [DATE, 'ccas-cias', '1'],
    ]);
  });

  it('tells yes, no and not said apart', () => {
    expect(rows.find(({ date, nature }) => date === DATE && nature === 'ensemble')).toMatchObject({
      dont_sans_date: '1',
      charte_signee: '1',
      charte_sans_date: '2',
      itinerantes: '1',
      polyvalentes: '1',
      non_polyvalentes: '0',
      polyvalence_non_precisee: '2',
      satisfaction_mesuree: '1',
      non_auditees: '1',
      audit_non_precise: '2',
    });
  });

  it('names the areas', () => {
    expect([...new Set(rows.map(({ niveau, nom }) => `${niveau} ${nom}`))]).toEqual([
      'ensemble Ensemble du territoire',
      'territoire_action_sociale Est',
      'territoire_action_sociale Ouest',
      'epci CC du <b>Nord</b>',
      'epci CA du Sud',
    ]);
  });
});

describe('suivi.csv', () => {
  it('has réalisé, cible and écart in the unit of each row, rates in per cent', () => {
    const rows = readRows(writeTargetsCsv(TARGETS, 'excel', 'fr'));
    expect(rows.map((row) => Object.values(row).slice(0, 8))).toEqual([
      ['Taux de couverture', 'car', '%', '2025', '50', '', '', 'calculé'],
      ['Taux de couverture', 'car', '%', '2026', '56', '57', '-1', 'calculé'],
      ['Taux de couverture', 'car', '%', '2027', '', '100', '', ''],
      ['Conventions <CCAS>', '', '%', '2025', '100', '75', '25', 'calculé'],
      ['Points conseil budget', '', 'nombre', '2025', '14', '12', '2', 'déclaré'],
    ]);
  });

  it('is in English where the report is', () => {
    const [header] = writeTargetsCsv(TARGETS, 'standard', 'en').split('\n');
    expect(header).toBe('indicator,mode,unit,year,achieved,target,gap,source,calculation');
  });
});

describe('indicateurs.json', () => {
  it('holds follow-up and targets by its schema, and null without them', () => {
    const written = indicatorsSchema.parse(JSON.parse(writeIndicatorsJson(REPORT)));
    expect(written.follow_up).toMatchObject({
      date: DATE,
      not_engaged: 1,
      declared: { sdaasap_completion: 0.6, network_tools: ['annuaire partagé', 'fiche de liaison'] },
    });
    expect(written.follow_up!.areas[0]!.days.map(({ engaged }) => engaged)).toEqual([1, 2, 3]);
    expect(written.targets!.path[1]).toMatchObject({ achieved: 0.56, target: 0.57, gap: -0.01 });
    expect(written.targets!.indicators.map(({ origin }) => origin)).toEqual(['computed', 'declared']);
    const without = indicatorsSchema.parse(JSON.parse(writeIndicatorsJson(makeUpReport(COMMUNES))));
    expect([without.follow_up, without.targets]).toEqual([null, null]);
  });
});

describe('structures.csv', () => {
  it('has the state of each structure on the study’s day, and what its list says', () => {
    const [first] = REPORT.structures;
    const structures = [
      {
        ...first!,
        dateEngagement: '2026-10-07',
        dateCharte: '2022-12-13',
        polyvalent: true,
        satisfaction: false,
      },
      ...REPORT.structures.slice(1),
    ];
    const rows = readRows(writeStructuresCsv({ ...REPORT, structures }));
    expect(rows[0]).toMatchObject({
      date_charte: '2022-12-13',
      engagee: 'oui',
      engagee_ce_jour: 'non',
      polyvalent: 'oui',
      satisfaction: 'non',
      audit: '',
    });
    expect(rows.find(({ id }) => id === 'S2')).toMatchObject({ engagee_ce_jour: 'oui', polyvalent: '' });
  });
});

describe('the report', () => {
  it('shows the follow-up: nature, years, territories, declared values', () => {
    const html = writeFollowUpSection(REPORT)!.content;
    expect(html).toContain(
      'Au 6 octobre 2026 : 3 structures engagées (cercle 1), dont 1 ont signé la charte.',
    );
    expect(html).toContain(
      '<th scope="row">France services</th><td class="n">2</td><td class="n">n. p.</td>',
    );
    expect(html).toContain(
      '<th scope="row">Est</th><td class="n">0</td><td class="n">1</td><td class="n">1</td>',
    );
    expect(html).toContain('60,0\u00a0%');
    expect(html).toContain('annuaire partagé, fiche de liaison');
  });

  it('shows réalisé, cible, écart, and says when the path is too long', () => {
    const html = writeTargetsSection(REPORT)!.content;
    expect(html).toContain(
      '<td class="n">56,0\u00a0%</td><td class="n">57,0\u00a0%</td><td class="n">−1,0 points</td>',
    );
    expect(html).toContain('<td>cette étude, 6 octobre 2026</td>');
    expect(html).toContain('<td>Étude de 2025, 7 octobre 2025</td>');
    expect(html).toContain('La trajectoire de l’étude dépasse trois ans.');
    expect(html).toContain('<td class="n">14</td><td class="n">12</td><td class="n">+2</td>');
  });

  it('escapes what the files say', () => {
    const html = writeHtmlReport(REPORT);
    expect(html).toContain('CC du &lt;b&gt;Nord&lt;/b&gt;');
    expect(html).toContain('Conventions &lt;CCAS&gt;');
    expect(html).not.toContain('<CCAS>');
  });

  it('says nothing of charters signed where no list dates one', () => {
    const structures = [makeStructure({ codeInsee: '00001' })];
    const bare = buildFollowUp({
      ...FOLLOW_UP,
      structures,
      communes: COMMUNES,
      epcis: [],
      currentCodeOf: new Map(),
    });
    const html = writeFollowUpSection({ ...REPORT, followUp: { ...FOLLOW_UP, ...bare } })!.content;
    expect(html).toContain(
      '1 structures engagées (cercle 1) ; aucune liste ne date la signature de la charte.',
    );
  });

  it.each(['fr', 'en'] as const)('has both sections in %s, and none without figures', (language) => {
    const html = writeHtmlReport({ ...REPORT, language });
    expect(html).toContain('<section id="suivi">');
    expect(html).toContain('<section id="objectifs">');
    const without = writeHtmlReport(makeUpReport(COMMUNES, { language }));
    expect(without).not.toMatch(/id="(suivi|objectifs)"/);
  });
});

describe('the terminal', () => {
  it.each(['fr', 'en'] as const)('shows the follow-up within 80 columns in %s', (language) => {
    const text = writeTerminalFollowUp(FOLLOW_UP, language, { hasColor: false });
    const lines = text.split('\n');
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(80);
    expect(text).toMatch(/France services +2 /);
    expect(text).toMatch(/2025-12-31 +2 +0 +1\n2026-10-06 +3 +1 +1\n/);
  });
});

describe('the words', () => {
  it.each([
    [-0.03, '%', '−0,1 points'],
    [0, '%', '0,0 points'],
    [4, 'nombre', '+4'],
    [-1.25, 'nombre', '−1,3'],
    [undefined, '%', '–'],
  ])('of a gap of %s in %j are %j', (gap, unit, expected) => {
    expect(wordGap(gap, unit, 'fr')).toBe(expected);
  });

  it.each([
    [99.99, '%', '99,9\u00a0%'],
    [100, '%', '100\u00a0%'],
    [120, '%', '120\u00a0%'],
    [12.5, 'nombre', '12,5'],
    [undefined, '', '–'],
  ])('of a value of %s in %j are %j', (value, unit, expected) => {
    expect(wordValue(value, unit, 'fr')).toBe(expected);
  });

  it.each([
    [{ yes: 3, no: 0, unstated: 0 }, '3'],
    [{ yes: 0, no: 3, unstated: 0 }, '0'],
    [{ yes: 3, no: 1, unstated: 2 }, '3 (2 n. p.)'],
    [{ yes: 0, no: 0, unstated: 4 }, 'n. p.'],
    [{ yes: 0, no: 0, unstated: 0 }, '0'],
  ])('of the answers %j are %j', (answers, expected) => {
    expect(wordAnswers(answers, 'fr')).toBe(expected);
  });
});
