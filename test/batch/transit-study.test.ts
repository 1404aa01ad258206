/** Transit in a study, through the built program: the small study with a bus from its west to its east. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Position } from 'geojson';
import { afterAll, describe, expect, it } from 'vitest';
import { encodePbf } from '../../scripts/lib/write-pbf.ts';
import { type Indicators, indicatorsSchema } from '../../src/report/indicators-schema.ts';
import {
  RIDE_SECONDS,
  type SmallFeed,
  STOP_WEST,
  smallFeedTables,
  zipSmallFeed,
} from '../commands/small-feed.ts';
import {
  drawStreets,
  PEOPLE_PER_HOME,
  type StudyFiles,
  study,
  writeSmallStudy,
} from '../commands/small-study.ts';
import { runCli, temporaryFolder } from '../run-cli.ts';

// These studies name no language, and are told in French.
process.env['LC_ALL'] = 'fr_FR.UTF-8';

const folder = temporaryFolder();
afterAll(folder.remove);
let count = 0;

const EAST_ONLY = (hours: string) =>
  `id;nom;type;lon;lat;horaires\nc;CCAS East;ccas-cias;5.0351;47.0101;${hours}\n`;

/** One departure that arrives in the window, and a structure at the east stop. */
async function writeStudy(
  feed: SmallFeed = { departures: ['09:10'] },
  lines: Record<string, string | undefined> = {},
  files: StudyFiles = {},
): Promise<string> {
  const transit = {
    modes: 'modes: [walk, transit]',
    timetables: 'timetables: [bus.zip]',
    window: 'window: { from: "09:00", to: "10:00" }',
  };
  return writeSmallStudy(join(folder.path, `study-${++count}`), {
    'etude.yaml': study({ ...transit, ...lines }),
    'structures.csv': EAST_ONLY(''),
    'bus.zip': await zipSmallFeed(feed),
    ...files,
  });
}

function coverage(path: string, ...options: string[]) {
  return runCli(['coverage', path, '--no-cache', '--quiet', '--isochrones', 'none', ...options]);
}

/** The indicators of a run that must succeed. */
function indicators(path: string): Indicators {
  const { stdout, stderr, exitCode } = coverage(path, '--json', '--exports', 'none');
  expect(exitCode, stderr).toBe(0);
  return indicatorsSchema.parse(JSON.parse(stdout));
}

/** Departures every ten minutes from an hour on. */
const manyFrom = (hour: number, count: number) =>
  Array.from({ length: count }, (_, i) => [hour, i].map((part) => String(part).padStart(2, '0')).join(':'));

const coveredBy = ({ headline }: Indicators, mode: string) =>
  headline.find((each) => each.mode === mode)!.population_covered;

describe('transit in a study', () => {
  it('covers who is a bus ride away, and nobody less than walking does', async () => {
    const result = indicators(await writeStudy());
    const gained = coveredBy(result, 'transit') - coveredBy(result, 'walk');
    expect(gained).toBeGreaterThan(0);
    expect(gained % PEOPLE_PER_HOME).toBe(0);
    expect(result.transit!.population_gained).toBe(gained);
    const [walked, one, two, more] = result.transit!.population_by_rides;
    const reached = result.headline[1]!.population - result.headline[1]!.population_not_connected;
    expect(walked! + one!).toBe(reached);
    expect([two, more]).toEqual([0, 0]);
    expect(one).toBe(result.transit!.population_changed);
  });

  it('says the rate of who leaves at any minute beside that of who reads the timetable', async () => {
    const { headline } = indicators(await writeStudy());
    const [walk, transit] = headline;
    // One bus an hour: most leaving times miss it, and the median is the walk.
    expect(transit!.rate_median).toBe(walk!.rate);
    expect(transit!.mean_availability!).toBeGreaterThan(walk!.rate!);
    expect(transit!.mean_availability!).toBeLessThan(transit!.rate!);
    expect(walk).not.toHaveProperty('rate_median');
  });

  it('names the day and the feeds in every output, also where the day is found', async () => {
    const path = await writeStudy(undefined, { date: 'date: auto' });
    const out = join(path, '..', 'results');
    expect(coverage(path).exitCode).toBe(0);
    const { transit, study: about } = indicatorsSchema.parse(
      JSON.parse(readFileSync(join(out, 'indicateurs.json'), 'utf8')),
    );
    expect(transit!.date).toMatch(/^2026-\d\d-\d\d$/);
    expect(new Date(transit!.date).getUTCDay()).toBe(2);
    expect(about.date).toBe(transit!.date);
    expect(transit!.feeds).toEqual([
      {
        name: 'bus.zip',
        agency: 'Bus',
        first_day: '2026-09-01',
        last_day: '2026-12-18',
        active_trips: 1,
        stops: 2,
        on_demand_trips: 0,
        on_demand_zones: 0,
      },
    ]);
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
    expect(manifest.transit.feeds[0]).toMatchObject({ name: 'bus.zip', active_trips: 1 });
    expect(manifest.inputs.map(({ role }: { role: string }) => role)).toContain('timetables');
    const html = readFileSync(join(out, 'rapport.html'), 'utf8');
    expect(html).toContain('bus.zip');
    expect(html).toContain('Choisi parmi');
    expect(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')).parameters.date).toBe(transit!.date);

    // The same study without the mode: its timetables still choose the day.
    const walked = runCli([
      'coverage',
      path,
      '--mode',
      'walk',
      '--isochrones',
      'none',
      '--quiet',
      '--no-cache',
    ]);
    expect(walked.exitCode, walked.stderr).toBe(0);
    expect(JSON.parse(readFileSync(join(out, 'indicateurs.json'), 'utf8')).study.date).toBe(transit!.date);
  });

  it('takes the day of the data in a run without transit whose timetables give none', async () => {
    const path = await writeStudy(undefined, { date: 'date: auto', modes: 'modes: [walk]' });
    writeFileSync(join(path, '..', 'bus.zip'), 'no zip');
    const { exitCode, stderr } = runCli(['coverage', path, '--isochrones', 'none', '--no-cache']);
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain('study-day-without-timetables');
    const { study: about } = JSON.parse(readFileSync(join(path, '..', 'results/indicateurs.json'), 'utf8'));
    expect(about.date).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('lets who comes early wait until the structure opens, and counts the wait', async () => {
    const covered = async (hours: string) =>
      coveredBy(
        indicators(await writeStudy(undefined, {}, { 'structures.csv': EAST_ONLY(hours) })),
        'transit',
      );
    const always = await covered('');
    // The bus is there at 09:15: who waits until 09:30 needs more of the half hour, until 10:30 all of it.
    expect(await covered('Tu 09:15-12:00')).toBe(always);
    const soon = await covered('Tu 09:30-12:00');
    const late = await covered('Tu 10:30-12:00');
    expect(soon).toBeLessThan(always);
    expect(late).toBeLessThan(soon);
  });

  it('takes a structure that is closed all day as open, with a notice', async () => {
    const closed = await writeStudy(undefined, {}, { 'structures.csv': EAST_ONLY('We 09:00-12:00') });
    const result = indicators(closed);
    expect(coveredBy(result, 'transit')).toBe(coveredBy(indicators(await writeStudy()), 'transit'));
    expect(result.notices['structure-closed-that-day']).toBe(1);
    expect(result.transit).toMatchObject({ structures_with_hours: 1, structures_closed: 1 });
  });

  it('counts who needs longer than two hours as uncovered, not as unconnected, and no better than on foot', async () => {
    // At 1 km/h the far corners of the grid are hours away; the bus serves two stops only.
    const path = await writeStudy(undefined, {
      walk: 'walk: { speed_kph: 1 }',
      epci: 'combinations: [walk_or_transit]',
      variants: 'variants: all',
    });
    const result = indicators(path);
    const [walk, transit, either] = result.headline;
    expect(walk!.population_not_connected).toBe(0);
    for (const mode of [transit!, either!]) expect(mode.population_not_connected).toBe(0);
    expect(transit!.population_covered + transit!.population_uncovered).toBe(transit!.population);
    expect(result.transit!.limit_minutes).toBe(120);
    expect(result.transit!.population_over_limit).toBeGreaterThan(0);
    const [onFoot, byTransit] = result.modes;
    expect(byTransit!.whole.mean_minutes!).toBeLessThanOrEqual(onFoot!.whole.mean_minutes!);
    expect(byTransit!.whole.share_reached).toBe(1);
    // Nobody is over the limit who could be within it on foot.
    const last = (bands: ReadonlyArray<{ population: number }>) => bands.at(-2)!.population;
    expect(last(byTransit!.whole.bands)).toBeLessThanOrEqual(last(onFoot!.whole.bands));
    byTransit!.communes.forEach((commune, i) => {
      expect(commune.mean_minutes!).toBeLessThanOrEqual(onFoot!.communes[i]!.mean_minutes!);
      expect(commune.population_not_connected).toBe(0);
    });
    const { stdout } = runCli(['coverage', path, '--no-cache', '--quiet']);
    const people = Math.round(result.transit!.population_over_limit);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      `${people} personnes non couvertes ont un chemin, de plus de 120 min.`,
    );
    const report = readFileSync(join(path, '..', 'results', 'rapport.html'), 'utf8');
    expect(report).toContain('Au-delà de 120 min');
  });

  it('connects who gets there by rides of any length, where no street does', async () => {
    // The streets between 5.015 and 5.020 are missing: only the bus leads from West to East, in four hours.
    const streets = drawStreets();
    const ways = streets.ways.flatMap((way) => {
      const isAcross = way.refs.length === 9;
      return isAcross
        ? [
            { ...way, refs: way.refs.slice(0, 4) },
            { ...way, id: way.id + 100, refs: way.refs.slice(4) },
          ]
        : [way];
    });
    const slow = smallFeedTables({ departures: ['09:10'] })['stop_times.txt']!.replaceAll(
      '09:15:00',
      '13:10:00',
    );
    const path = await writeStudy(
      { departures: ['09:10'], tables: { 'stop_times.txt': slow } },
      { min_island: 'min_island: 1' },
      { 'roads.osm.pbf': encodePbf({ ...streets, ways }), 'structures.csv': EAST_ONLY('') },
    );
    const result = indicators(path);
    const [walk, transit] = result.headline;
    expect(walk!.population_not_connected).toBeGreaterThan(0);
    expect(transit!.population_not_connected).toBeLessThan(walk!.population_not_connected);
    expect(transit!.population_covered).toBe(walk!.population_covered);
    expect(result.transit!.population_over_limit).toBe(
      walk!.population_not_connected - transit!.population_not_connected,
    );
  });

  it.each<[string, string[], string, boolean]>([
    ['hardly anything runs in it', ['14:00', '14:10', '14:20', '14:30', '14:40'], '09:00', true],
    ['one trip of very many runs in it', ['09:10', ...manyFrom(14, 40)], '09:00', true],
    ['it is served as others are', ['08:10', '09:10', '10:10', '14:10'], '09:00', false],
    ['the timetable is sparse all day', ['07:00', '12:00', '17:00'], '09:00', false],
    ['it is the busy one', ['09:10', ...manyFrom(14, 40)], '14:00', false],
  ])('warns of the window where %s', async (_, departures, from, warns) => {
    const until = `${String(Number(from.slice(0, 2)) + 1).padStart(2, '0')}:00`;
    const path = await writeStudy({ departures }, { window: `window: { from: "${from}", to: "${until}" }` });
    const run = runCli(['coverage', path, '--no-cache']);
    expect(run.exitCode).toBe(0);
    const report = readFileSync(join(path, '..', 'results', 'rapport.html'), 'utf8');
    const sentence = `de ${from} à ${until}, presque rien ne circule`;
    const terminal = run.stdout.replaceAll(/\s+/g, ' ');
    const { stdout } = runCli(['check', path, '--json']);
    expect([
      terminal.includes(sentence),
      report.includes(sentence),
      stdout.includes('window-hardly-served'),
    ]).toEqual([warns, warns, warns]);
    if (warns) expect(terminal).toContain('va de 14:00 à 15:00');
  });

  it('takes the own opening of a structure that is not open in the window, of the day else of its next', async () => {
    const covered = async (hours: string, departures = ['09:10', '14:10']) =>
      coveredBy(
        indicators(await writeStudy({ departures }, {}, { 'structures.csv': EAST_ONLY(hours) })),
        'transit',
      );
    const always = await covered('');
    expect(await covered('Tu 14:00-17:00')).toBe(always);
    expect(await covered('We 14:00-17:00')).toBe(always);
    const walked = await covered('Tu 18:00-19:00');
    expect(walked).toBeLessThan(always);
    // A morning bus is no help to who opens in the afternoon.
    expect(await covered('Tu 14:00-17:00', ['09:10'])).toBe(walked);
    const result = indicators(
      await writeStudy(undefined, {}, { 'structures.csv': EAST_ONLY('Tu 14:00-17:00') }),
    );
    expect(result.notices['structure-closed-in-window']).toBe(1);
    expect(result.transit).toMatchObject({ structures_closed: 0, structures_outside_window: 1 });
  });

  it.each([
    ['the window too', 'Tu 09:00-17:00'],
    ['all day', '24/7'],
    ['the afternoons of the week and all mornings', 'Mo-Fr 08:30-12:00,13:30-17:00'],
  ])('loses nobody who comes by the one bus of the afternoon when it opens %s', async (_, longer) => {
    const measure = async (hours: string) => {
      const structures = { 'structures.csv': EAST_ONLY(hours) };
      const result = indicators(await writeStudy({ departures: ['14:10'] }, {}, structures));
      const ofMode = result.modes.find(({ mode }) => mode === 'transit')!;
      return { covered: coveredBy(result, 'transit'), within: ofMode.structures[0]!.population_within };
    };
    const before = await measure('Tu 14:00-17:00');
    const after = await measure(longer);
    expect(after.covered).toBe(before.covered);
    // The structure's own search says the same as the search towards all.
    expect(after.within).toBe(after.covered);
  });

  it('tells lines that only serve schools, with the people whom only they cover', async () => {
    // Five weeks without holidays: the name tells.
    const school = { departures: ['09:10'], routeName: 'Scolaire', from: '20260907', until: '20261009' };
    const { transit, headline } = indicators(await writeStudy(school));
    expect(transit!.school_only_lines).toEqual(['1']);
    expect(transit!.without_school_only).toEqual({
      population_covered: headline[0]!.population_covered,
      rate: headline[0]!.rate,
    });
    // With no holiday in its five weeks, a line of another name may run in them.
    const ordinary = indicators(await writeStudy({ ...school, routeName: 'Marché' }));
    expect(ordinary.transit).toMatchObject({ school_only_lines: [], without_school_only: null });
  });

  it('counts on-demand service apart, never as scheduled', async () => {
    const feed: SmallFeed = { departures: ['09:10', '09:20'] };
    const times = smallFeedTables(feed)['stop_times.txt']!.trim().split('\n');
    const booked = times.map((line, i) => {
      if (i === 0) return `${line},pickup_type,drop_off_type`;
      return `${line}${line.startsWith('T0') ? ',2,2' : ',0,0'}`;
    });
    const tables = { 'stop_times.txt': `${booked.join('\n')}\n` };
    const result = indicators(await writeStudy({ ...feed, tables }));
    expect(result.transit!.feeds[0]).toMatchObject({ on_demand_trips: 1 });
    const scheduled = indicators(await writeStudy({ departures: ['09:20'] }));
    expect(coveredBy(result, 'transit')).toBe(coveredBy(scheduled, 'transit'));
  });

  it('gives the combination with the car, and the gap to it by commune', async () => {
    const path = await writeStudy(undefined, {
      modes: 'modes: [car, transit]',
      combinations: 'combinations: [car_or_transit]',
    });
    const result = indicators(path);
    expect(result.headline.map(({ mode }) => mode)).toEqual(['car', 'transit', 'car_or_transit']);
    const [car, transit, either] = result.headline.map(({ population_covered }) => population_covered);
    expect(either!).toBeGreaterThanOrEqual(Math.max(car!, transit!));
    const [byCar, byTransit] = result.modes;
    byTransit!.communes.forEach((commune, i) => {
      // Everybody has both: the mean of the differences is the difference of the means.
      const gap = commune.mean_minutes! - byCar!.communes[i]!.mean_minutes!;
      expect(gap).toBeGreaterThan(0);
      expect(commune.minutes_over_car!).toBeCloseTo(gap, 6);
    });
    const [header] = readFileSync(join(path, '..', 'results', 'communes.csv'), 'utf8').split(/\r?\n/);
    expect(header).toContain('taux_couverture_median;disponibilite_moyenne;ecart_voiture_min');
  });

  it('draws isochrones that reach the far stop, for all structures and for one', async () => {
    const path = await writeStudy();
    expect(runCli(['coverage', path, '--no-cache', '--quiet']).exitCode).toBe(0);
    for (const file of ['isochrones.geojson', 'isochrones-structures.geojson']) {
      const { features } = JSON.parse(readFileSync(join(path, '..', 'results', file), 'utf8')) as {
        features: Array<{ properties: Record<string, unknown>; geometry: { coordinates: Position[][][] } }>;
      };
      const holds = (mode: string, minutes: number) =>
        features.some(
          ({ properties, geometry }) =>
            properties['mode'] === mode &&
            properties['minutes'] === minutes &&
            geometry.coordinates.some(([outline]) => isInside(outline!, STOP_WEST.lon, STOP_WEST.lat)),
        );
      expect(60 + RIDE_SECONDS).toBeLessThan(600);
      expect(holds('transit', 10), file).toBe(true);
      expect(holds('transit', 30), file).toBe(true);
      expect(holds('walk', 30), file).toBe(false);
    }
  });

  it('is the same whatever the number of threads', async () => {
    const structures = [
      EAST_ONLY('Mo-Fr 09:00-12:00').trim(),
      'a;CCAS West;ccas-cias;5.0051;47.0101;',
      'b;MDS;maisons-des-solidarites;5.0151;47.0201;',
    ];
    const path = await writeStudy(
      { departures: ['09:00', '09:10', '09:25', '09:40'] },
      {},
      {
        'structures.csv': `${structures.join('\n')}\n`,
      },
    );
    const outputs = ['1', '2'].map((threads) => {
      const out = join(path, '..', `threads-${threads}`);
      const { exitCode } = runCli([
        'coverage',
        path,
        ...['--no-cache', '--quiet', '--threads', threads, '--out', out],
      ]);
      expect(exitCode).toBe(0);
      return readdirSync(out)
        .filter((name) => name !== 'manifest.json')
        .map((name) => [name, readFileSync(join(out, name), 'base64')]);
    });
    expect(outputs[1]).toEqual(outputs[0]);
  });

  it('lists who is left out by transit too', async () => {
    const { stdout, exitCode } = runCli([
      'uncovered',
      await writeStudy({ departures: ['23:00'] }, { threshold_minutes: 'threshold_minutes: 10' }),
      ...['--json', '--no-cache', '--quiet'],
    ]);
    expect(exitCode).toBe(0);
    const modes = (JSON.parse(stdout) as Array<{ mode: string }>).map(({ mode }) => mode);
    expect(new Set(modes)).toEqual(new Set(['walk', 'transit']));
  });

  it('reads a feed that is a folder', async () => {
    const path = await writeStudy(undefined, { timetables: 'timetables: [feed]' });
    const feed = join(path, '..', 'feed');
    mkdirSync(feed);
    for (const [name, text] of Object.entries(smallFeedTables({ departures: ['09:10'] }))) {
      writeFileSync(join(feed, name), text);
    }
    expect(coveredBy(indicators(path), 'transit')).toBe(coveredBy(indicators(await writeStudy()), 'transit'));
  });

  it('refuses a day without trips at the line of the date, and proposes one', async () => {
    const path = await writeStudy(undefined, { date: 'date: 2027-03-02' });
    const { stderr, exitCode } = coverage(path);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('etude.yaml:2: aucune course ne circule le 2027-03-02 (mardi)');
    expect(stderr).toContain('bus.zip va du 2026-09-01 au 2026-12-18');
    expect(stderr).toMatch(/par exemple 2026-\d\d-\d\d \(mardi\)/);
  });

  it('refuses transit without timetables at the line of the modes', async () => {
    const { stderr, exitCode } = coverage(await writeStudy(undefined, { timetables: undefined }));
    expect(exitCode).toBe(2);
    expect(stderr).toContain('le mode transit demande des horaires');
  });
});

/** Even-odd on one ring. */
function isInside(ring: readonly Position[], lon: number, lat: number): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[x1, y1], [x2, y2]] = [ring[i]!, ring[j]!] as [[number, number], [number, number]];
    if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}
