/**
 * Variants of the small study, each beside its naive twin: a study of its own, run with the structures that the
 * variant counts. And what must hold between them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodePbf } from '../../scripts/lib/write-pbf.ts';
import { runStudy } from '../../src/batch/run-study.ts';
import { buildOutputs } from '../../src/batch/study-outputs.ts';
import type { VariantTally } from '../../src/coverage/variants.ts';
import { writeStructuresCsv } from '../../src/report/structure-tables.ts';
import { Cache } from '../../src/runtime/cache.ts';
import { parseStudy } from '../../src/study/study.ts';
import { type SmallFeed, zipSmallFeed } from '../commands/small-feed.ts';
import { drawStreets, HOMES, type StudyFiles, study, writeSmallStudy } from '../commands/small-study.ts';
import { temporaryFolder } from '../run-cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
let count = 0;

/** Two homes on a street of their own, 3 km north of the others. */
const ISLAND_HOMES = ['i1,5.010000,47.060000,10', 'i2,5.012000,47.060000,10'];

function streetsWithIsland(): Buffer {
  const streets = drawStreets();
  const ends = [
    { id: 901, lon: 5.01, lat: 47.06 },
    { id: 902, lon: 5.012, lat: 47.06 },
  ];
  const way = { id: 900, refs: [901, 902], tags: { highway: 'residential' } };
  return Buffer.from(
    encodePbf({ nodes: [...streets.nodes, ...ends], ways: [...streets.ways, way], relations: [] }),
  );
}

const HEADER = 'id;nom;type;cercle;lon;lat;code_insee;engagee;format;horaires';
const ROWS = {
  west: 'west;CCAS West;ccas-cias;1;5.0051;47.0101;00001;oui;fixe;Mo-Fr 09:00-12:00',
  late: 'late;MDS;maisons-des-solidarites;1;5.0151;47.0201;00001;oui;fixe;Mo-Th 09:00-12:00,14:00-18:00',
  later: 'later;CCAS later;ccas-cias;1;5.0351;47.0251;00002;non;fixe;',
  partner: 'partner;Centre social;centre-social;2;5.0301;47.0051;00002;oui;fixe;Sa 09:00-12:00',
  bus: 'bus;Bus;departements;1;5.0401;47.0001;00002;oui;bus;We 09:00-12:00',
  round: 'round;Permanence;departements;1;5.0001;47.0301;00001;oui;itinerant;We 09:00-12:00',
  hall: 'hall;Mairie East;mairie;2;5.0401;47.0151;00002;non;fixe;',
  // Of a commune where structures count.
  served: 'served;Mairie West;mairie;2;5.0001;47.0001;00001;non;fixe;',
};
type RowId = keyof typeof ROWS;

/** The bus and the round stop where their rows stand. */
const STOPS = `id_structure;nom_arret;lon;lat;code_insee;horaires
bus;Place;5.0401;47.0001;00002;We 09:00-12:00
round;Mairie;5.0001;47.0301;00001;We 09:00-12:00
`;

const LINES = {
  threshold_minutes: 'threshold_minutes: 22',
  modes: 'modes: [walk, bike, transit]',
  combinations: 'combinations: [bike_or_transit]',
  timetables: 'timetables: [bus.zip]',
  window: 'window: { from: "09:00", to: "10:00" }',
  territories: 'territories: [territories.csv]',
  stops: 'itinerant_stops: [tournees.csv]',
  structures_selection: 'structures_selection: { formats: [fixe, multisite, antenne, itinerant] }',
};

async function run(rows: readonly string[], lines: Record<string, string> = {}, files: StudyFiles = {}) {
  const path = writeSmallStudy(join(folder.path, `study-${++count}`), {
    'etude.yaml': study({ ...LINES, ...lines }),
    'structures.csv': `${[HEADER, ...rows].join('\n')}\n`,
    'territories.csv': 'commune;territoire\n00001;Ouest\n00002;Est\n',
    'tournees.csv': STOPS,
    'bus.zip': await zipSmallFeed(FEED),
    ...files,
  });
  return runStudy(parseStudy(path, readFileSync(path, 'utf8')), {
    cache: new Cache(undefined),
    engine: 'fast',
    threads: 1,
    isochrones: 'none',
    version: '0.0.0',
  });
}

const FEED = { departures: ['09:10'] } satisfies SmallFeed;

type Run = Awaited<ReturnType<typeof run>>;

/** `mode place` -> covered, uncovered, not connected of a study's headline. */
function headlineOf({ report }: Run) {
  return report.result.modes.flatMap(({ mode, whole, territoires }) => [
    [mode, whole.populationCovered, whole.populationUncovered, whole.populationNotConnected],
    ...territoires.map((tally) => [
      `${mode} ${tally.area.nom}`,
      tally.populationCovered,
      tally.populationUncovered,
      tally.populationNotConnected,
    ]),
  ]);
}

/** The same of one of its variants. */
function variantOf({ report }: Run, key: string) {
  const variant = report.variants.find((each) => each.key === key)!;
  const figures = (name: string, tally: unknown) => {
    const { populationCovered, populationUncovered, populationNotConnected } = tally as VariantTally;
    return [name, populationCovered, populationUncovered, populationNotConnected];
  };
  return variant.modes.flatMap(({ mode, whole, territoires }) => [
    figures(mode, whole),
    ...territoires.map((tally, i) => figures(`${mode} ${report.result.territoires[i]!.nom}`, tally)),
  ]);
}

/** Without the bus, so that the variant with it differs. */
const FORMATS = 'formats: [fixe, multisite, antenne, itinerant]';
const selection = (keys: string) => ({
  structures_selection: `structures_selection: { ${keys.includes('formats') ? keys : `${keys}, ${FORMATS}`} }`,
});
/** A structure of a twin that the headline's selection would count. */
const counted = (id: RowId) => {
  const [first, nom, , , lon, lat, code] = ROWS[id].split(';');
  return [first, nom, 'ccas-cias', 1, lon, lat, code, 'oui', 'fixe', ''].join(';');
};

describe('a variant of the small study', () => {
  const all = Object.values(ROWS);
  let plain: Run;
  let varied: Run;
  beforeAll(async () => {
    plain = await run(all);
    varied = await run(all, { variants: 'variants: all', relay: 'relay_population_below: 2000' });
  }, 120_000);

  it('leaves the headline and the structures as they are without variants', async () => {
    expect(headlineOf(varied)).toEqual(headlineOf(plain));
    expect(writeStructuresCsv(varied.report)).toBe(writeStructuresCsv(plain.report));
    expect(plain.report.variants).toEqual([]);
    const names = async (each: Run) => [...(await buildOutputs(each, 'none', 1)).keys()];
    expect(await names(plain)).not.toContain('variantes.csv');
    expect(await names(varied)).toContain('variantes.csv');
  });

  it.each<[string, readonly string[], Record<string, string>]>([
    ['engaged', all, {}],
    ['potential', all, selection('engaged_only: false')],
    ['circle_1', all, selection('cercles: [1]')],
    ['circle_2', all, selection('cercles: [2]')],
    ['circles_1_2', all, selection('cercles: [1, 2]')],
    ['with_itinerant', all, selection('formats: [fixe, multisite, antenne, itinerant, bus]')],
    ['without_itinerant', all, selection('formats: [fixe, multisite, antenne]')],
    ['open_that_day', [ROWS.west, ROWS.late], {}],
    ['outside_working_hours', [ROWS.late], {}],
    ['town_hall_relays', [ROWS.west, ROWS.late, ROWS.round, counted('hall')], {}],
  ])(
    '%s equals a study of its structures',
    async (key, rows, lines) => {
      expect(variantOf(varied, key)).toEqual(headlineOf(await run(rows, lines)));
    },
    60_000,
  );

  it('changes something in most of them, so that equality says something', () => {
    const changed = varied.report.variants.filter(({ modes }) =>
      modes.some(({ whole }) => 'difference' in whole && whole.difference !== 0),
    );
    expect(changed.map(({ key }) => key)).toEqual([
      'potential',
      'circle_2',
      'circles_1_2',
      'with_itinerant',
      'without_itinerant',
      'open_that_day',
      'outside_working_hours',
      'town_hall_relays',
      'choice_2',
      'choice_3',
    ]);
  });

  it.each([
    ['outside_working_hours', 'engaged'],
    ['engaged', 'potential'],
    ['circle_1', 'circles_1_2'],
    ['circle_2', 'circles_1_2'],
    ['without_itinerant', 'with_itinerant'],
    ['choice_3', 'choice_2'],
    ['choice_2', 'engaged'],
    ['engaged', 'town_hall_relays'],
  ])('%s covers nobody more than %s', (fewer, more) => {
    const [few, many] = [variantOf(varied, fewer), variantOf(varied, more)];
    few.forEach(([place, covered], i) => {
      expect(covered, String(place)).toBeLessThanOrEqual(many[i]![1] as number);
    });
  });

  it('says of which variants the lists tell nothing', () => {
    const untold = varied.report.variants.filter(({ isTold }) => !isTold).map(({ key }) => key);
    expect(untold).toEqual(['with_appointment', 'without_appointment']);
    expect(varied.report.noticeCounts.get('variant-not-told')).toBe(2);
    expect(varied.report.noticeCounts.get('segments-not-told')).toBe(1);
  });
});

describe('a structure on an island that only a variant counts', () => {
  const files = {
    'roads.osm.pbf': streetsWithIsland(),
    'homes.csv': `${[...HOMES, ...ISLAND_HOMES].join('\n')}\n`,
  };
  const island = 'island;CCAS of the island;ccas-cias;1;5.0101;47.06;00001;non;fixe;';
  const lines = {
    modes: 'modes: [walk]',
    combinations: '',
    timetables: '',
    communes: 'communes: []',
    territories: '',
  };

  it('joins the island’s homes in that variant, and in no other', async () => {
    const varied = await run(
      [ROWS.west, island],
      { ...lines, variants: 'variants: [engaged, potential]' },
      files,
    );
    const twin = await run([ROWS.west, island], { ...lines, ...selection('engaged_only: false') }, files);
    const plain = await run([ROWS.west, island], lines, files);
    expect(headlineOf(varied)).toEqual(headlineOf(plain));
    expect(variantOf(varied, 'engaged')).toEqual(headlineOf(plain));
    expect(variantOf(varied, 'potential')).toEqual(headlineOf(twin));
    const [[, covered], [, potential]] = [headlineOf(plain)[0]!, headlineOf(twin)[0]!];
    expect(Number(potential) - Number(covered)).toBe(20);
  }, 60_000);
});
