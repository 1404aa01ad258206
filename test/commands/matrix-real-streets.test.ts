/**
 * `matrix` on real streets: what the tags and relations of the files say shows in its rows. Expected values come
 * from the files' own elements, read by another reader, and from the same files with elements taken out. Each
 * test skips where its real file is absent (`test/real-data.ts`).
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { OsmContents, OsmNode } from '../../scripts/lib/osm-elements.ts';
import { readExtract } from '../../scripts/lib/read-extract.ts';
import { encodePbf } from '../../scripts/lib/write-pbf.ts';
import { distanceMeters } from '../../src/common/geo.ts';
import { realData } from '../real-data.ts';
import { parsePlainCsv, runCli, temporaryFolder } from '../run-cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);
let files = 0;

type Places = Record<string, { lon: number; lat: number }>;

interface Row {
  seconds: number | undefined;
  meters: number;
}

/** Rows by `from to`. */
function matrix(osm: string, mode: string, from: Places, to: Places = from): Map<string, Row> {
  const [fromFile, toFile] = [from, to].map((places) => {
    const path = join(folder.path, `points-${files++}.csv`);
    const rows = Object.entries(places).map(
      ([id, { lon, lat }]) => `${id},${lon.toFixed(7)},${lat.toFixed(7)}`,
    );
    writeFileSync(path, `id,lon,lat\n${rows.join('\n')}\n`);
    return path;
  }) as [string, string];
  const { exitCode, stdout, stderr } = runCli([
    ...['matrix', '--osm', osm, '--mode', mode, '--from', fromFile, '--to', toFile, '--min-island', '0'],
    ...['--no-cache', '--threads', '1', '--quiet'],
  ]);
  if (exitCode !== 0) throw new Error(stderr);
  return new Map(
    parsePlainCsv(stdout).map(({ from_id, to_id, duration_s, distance_m }) => [
      `${from_id} ${to_id}`,
      { seconds: duration_s === '' ? undefined : Number(duration_s), meters: Number(distance_m) },
    ]),
  );
}

function writeExtract(contents: OsmContents): string {
  const path = join(folder.path, `extract-${files++}.osm.pbf`);
  writeFileSync(path, encodePbf(contents));
  return path;
}

class Extract {
  private readonly nodes: Map<number, OsmNode>;

  constructor(readonly contents: OsmContents) {
    this.nodes = new Map(contents.nodes.map((node) => [node.id, node]));
  }

  refsOf(way: number): readonly number[] {
    return this.contents.ways.find(({ id }) => id === way)!.refs;
  }

  between(a: number, b: number): { lon: number; lat: number } {
    const [first, second] = [this.nodes.get(a)!, this.nodes.get(b)!];
    return { lon: (first.lon + second.lon) / 2, lat: (first.lat + second.lat) / 2 };
  }

  /** Halfway along the first segment of a way at a node. */
  besideNode(way: number, node: number): { lon: number; lat: number } {
    const refs = this.refsOf(way);
    const at = refs.indexOf(node);
    return this.between(node, refs[at === 0 ? 1 : at - 1]!);
  }

  lengthOf(refs: readonly number[]): number {
    let meters = 0;
    for (let i = 0; i + 1 < refs.length; i++) {
      const [a, b] = [this.nodes.get(refs[i]!)!, this.nodes.get(refs[i + 1]!)!];
      meters += distanceMeters(a.lon, a.lat, b.lon, b.lat);
    }
    return meters;
  }
}

const reisterstown = realData('readers/reisterstown-via-restriction.pbf');
const fiji = realData('readers/fiji-ferry.pbf');
const barriers = realData('readers/osmosis_highway_access_barrier.osm');
const roundabout = realData('readers/osmosis_roundabout_level.osm');
const noExit = realData('readers/osmosis_noexit.test.osm');
const monaco = realData('monaco-06/monaco-osrm.osm.pbf');
const barthelemy = ['pbf', 'gz', 'bz2'].map((kind) => realData(`readers/fr-saint_barthelemy.osm.${kind}`));

describe('Reisterstown', () => {
  it.skipIf(reisterstown === undefined)(`obeys a restriction over two ways`, async () => {
    const extract = new Extract(await readExtract(reisterstown!));
    const { contents } = extract;
    const overWays = contents.relations.filter(
      ({ tags, members }) =>
        tags?.type === 'restriction' &&
        members.filter((m) => m.role === 'via' && m.type === 'way').length > 1,
    );
    expect(overWays.length).toBe(1);
    const { members, tags } = overWays[0]!;
    expect(tags!.restriction).toBe('no_u_turn');
    const member = (role: string) => members.find((one) => one.role === role)!.ref;
    const [from, to] = [extract.refsOf(member('from')), extract.refsOf(member('to'))];
    const places = {
      from: extract.between(from[0]!, from[1]!),
      to: extract.between(to[to.length - 2]!, to[to.length - 1]!),
    };
    const without = writeExtract({
      ...contents,
      relations: contents.relations.filter((relation) => relation !== overWays[0]),
    });
    const [obeyed, ignored] = [reisterstown!, without].map((osm) => matrix(osm, 'car', places)) as [
      Map<string, Row>,
      Map<string, Row>,
    ];
    // Without the relation the trip follows its members; with it, it leaves them.
    const direct = extract.lengthOf(
      members.flatMap(({ type, ref }) => (type === 'way' ? extract.refsOf(ref) : [])),
    );
    expect(ignored.get('from to')!.meters).toBeLessThan(direct);
    expect(obeyed.get('from to')!.seconds!).toBeGreaterThan(ignored.get('from to')!.seconds!);
    // Nobody else is touched: the way back, and those who walk.
    expect(obeyed.get('to from')).toEqual(ignored.get('to from'));
    expect(matrix(reisterstown!, 'walk', places)).toEqual(matrix(without, 'walk', places));
  });
});

describe('Fiji', () => {
  it.skipIf(fiji === undefined)(`is crossed by a ferry for those whom its tags carry`, async () => {
    // The file has a ferry terminal and no ferry: one is drawn between its two greatest islands of streets.
    const { contents } = new Extract(await readExtract(fiji!));
    const [here, there] = twoIslands(contents);
    const places: Places = { here, there };
    const minutes = 40;
    const withFerry = (tags: Record<string, string>) =>
      writeExtract({
        ...contents,
        ways: [
          ...contents.ways,
          {
            id: 9_000_000_000,
            refs: [here.id, there.id],
            tags: { route: 'ferry', duration: '00:40', ...tags },
          },
        ],
      });
    const car = (osm: string, mode = 'car') => matrix(osm, mode, places).get('here there')!.seconds;
    // Both quays are nodes of streets: some seconds of snapping and junctions at most.
    const isCrossing = (seconds: number | undefined) =>
      seconds !== undefined && seconds >= minutes * 60 && seconds < minutes * 60 + 10;
    expect(car(fiji!)).toBeUndefined();
    const open = withFerry({});
    for (const mode of ['car', 'bike', 'walk']) expect(isCrossing(car(open, mode)), mode).toBe(true);
    const boat = withFerry({ foot: 'yes', motor_vehicle: 'no' });
    expect(car(boat)).toBeUndefined();
    expect(isCrossing(car(boat, 'walk'))).toBe(true);
  });
});

/** A node of a residential street in each of the two largest groups of connected ways. */
function twoIslands(contents: OsmContents): [OsmNode, OsmNode] {
  const groupOf = new Map<number, number[]>();
  for (const { refs, tags } of contents.ways) {
    if (tags?.highway === undefined) continue;
    const all = [...new Set(refs.map((ref) => groupOf.get(ref) ?? [ref]))];
    const merged = all.length === 1 ? all[0]! : all.flat();
    for (const ref of refs) if (!groupOf.has(ref) && !merged.includes(ref)) merged.push(ref);
    for (const ref of merged) groupOf.set(ref, merged);
  }
  const groups = [...new Set(groupOf.values())].sort((a, b) => b.length - a.length);
  const ends = new Set(
    contents.ways.filter(({ tags }) => tags?.highway === 'residential').flatMap(({ refs }) => [refs[0]!]),
  );
  return [groups[0]!, groups[1]!].map((group) => {
    const id = group.find((ref) => ends.has(ref))!;
    return contents.nodes.find((node) => node.id === id)!;
  }) as [OsmNode, OsmNode];
}

/** What stands at a node between two others, and whom it lets through: car, walk, bike. */
const BARRIERS: ReadonlyArray<[string, number, number, number, boolean, boolean, boolean]> = [
  ['a bollard', 34, 36, 35, false, true, true],
  ['a bollard for private vehicles on a street for residents', 39, 40, 35, true, true, true],
  ['a gate', 68, 47, 46, true, true, true],
  ['a gate that is closed on Sundays', 51, 44, 47, true, true, true],
  ['a height restrictor without a height', 48, 49, 50, true, true, true],
  ['a toll booth', 49, 50, 45, true, true, true],
  ['a block that lets through walkers and cyclists', 61, 60, 53, false, true, true],
  ['a cycle barrier', 61, 62, 63, false, true, true],
  ['a gate between a driveway and a street', 65, 66, 67, true, true, true],
];

describe('the barrier file', () => {
  let rows: Map<string, Row>[] | undefined;

  it.skipIf(barriers === undefined).each(BARRIERS)(
    '%s (nodes %d, %d, %d): car %s, walk %s, bike %s',
    (_, ...row) => {
      const [a, node, b, ...open] = row;
      const extract = new Extract(readXml(barriers!));
      rows ??= ['car', 'walk', 'bike'].map((mode) =>
        matrix(
          barriers!,
          mode,
          Object.fromEntries(BARRIERS.map(([, from, at]) => [`${from}-${at}`, extract.between(from, at)])),
          Object.fromEntries(BARRIERS.map(([, , at, to]) => [`${at}-${to}`, extract.between(at, to)])),
        ),
      );
      const direct = extract.lengthOf([a, node, b]) / 2;
      const passes = rows.map((ofMode) => {
        const { seconds, meters } = ofMode.get(`${a}-${node} ${node}-${b}`)!;
        return seconds !== undefined && meters < direct + 1;
      });
      expect(passes).toEqual(open);
    },
  );
});

/** Nodes and ways of a small XML file that has one element a line and no other quotes than single ones. */
function readXml(path: string): OsmContents {
  const text = readFileSync(path, 'utf8');
  const nodes = [...text.matchAll(/<node id='(\d+)'[^>]* lat='([^']+)' lon='([^']+)'/g)].map(
    ([, id, lat, lon]): OsmNode => ({ id: Number(id), lat: Number(lat), lon: Number(lon) }),
  );
  const ways = [...text.matchAll(/<way id='(\d+)'[\s\S]*?<\/way>/g)].map(([way, id]) => ({
    id: Number(id),
    refs: [...way.matchAll(/<nd ref='(\d+)'/g)].map(([, ref]) => Number(ref)),
  }));
  return { nodes, ways, relations: [] };
}

describe('the roundabout file', () => {
  it.skipIf(roundabout === undefined)(`is driven round one way, and walked both ways`, () => {
    const extract = new Extract(readXml(roundabout!));
    const ring = extract.refsOf(1000);
    const [last, first, second] = [ring[ring.length - 2]!, ring[0]!, ring[1]!];
    const places = { before: extract.between(last, first), after: extract.between(first, second) };
    const short = extract.lengthOf([last, first, second]) / 2;
    const driven = matrix(roundabout!, 'car', places);
    const walked = matrix(roundabout!, 'walk', places);
    expect(driven.get('before after')!.meters).toBeCloseTo(short, 0);
    // Back is nearly all round, or out and in again by other streets: never straight against it.
    expect(driven.get('after before')!.meters).toBeGreaterThan(5 * short);
    expect(driven.get('after before')!.meters).toBeLessThan(extract.lengthOf(ring) - short + 1);
    expect(walked.get('after before')!.seconds).toBe(walked.get('before after')!.seconds);
  });
});

describe('the dead ends', () => {
  it.skipIf(noExit === undefined)(`are entered and left again`, () => {
    const extract = new Extract(readXml(noExit!));
    // 44 is the end of way 43, which leaves way 14 at 16.
    const places = { end: extract.besideNode(43, 44), street: extract.besideNode(14, 20) };
    const rows = matrix(noExit!, 'car', places);
    const meters =
      extract.lengthOf([44, 42]) / 2 + extract.lengthOf([42, 16, 18]) + extract.lengthOf([18, 20]) / 2;
    for (const way of ['end street', 'street end']) expect(rows.get(way)!.meters).toBeCloseTo(meters, 0);
  });
});

describe('Monaco', () => {
  it.skipIf(monaco === undefined)(`differs there and back by car, not on foot`, async () => {
    const { contents } = new Extract(await readExtract(monaco!));
    const streets = contents.ways.filter(({ tags }) => tags?.highway === 'residential');
    const extract = new Extract(contents);
    const places = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => {
        const { refs } = streets[Math.floor((i * streets.length) / 12)]!;
        return [`p${i}`, extract.between(refs[0]!, refs[1]!)];
      }),
    );
    const unlike = (rows: Map<string, Row>) =>
      [...rows].filter(([key, { seconds }]) => {
        const back = rows.get(key.split(' ').reverse().join(' '))!.seconds;
        return seconds !== undefined && back !== undefined && Math.abs(seconds - back) > 10;
      }).length;
    expect(unlike(matrix(monaco!, 'car', places))).toBeGreaterThan(50);
    expect(unlike(matrix(monaco!, 'walk', places))).toBe(0);
  });

  it.skipIf(monaco === undefined)(`is slower with its turn restrictions, never faster`, async () => {
    const extract = new Extract(await readExtract(monaco!));
    const { contents } = extract;
    const from: Places = {};
    const to: Places = {};
    for (const { id, tags, members } of contents.relations) {
      const via = members.find(({ role, type }) => role === 'via' && type === 'node')?.ref;
      const [a, b] = ['from', 'to'].map((role) => members.find((member) => member.role === role)?.ref);
      if (tags?.type !== 'restriction' || via === undefined || a === undefined || b === undefined) continue;
      if (![a, b].every((way) => contents.ways.some((known) => known.id === way && known.refs.includes(via))))
        continue;
      from[`r${id}`] = extract.besideNode(a, via);
      to[`r${id}`] = extract.besideNode(b, via);
    }
    expect(Object.keys(from).length).toBeGreaterThan(20);
    const without = writeExtract({ ...contents, relations: [] });
    const [obeyed, ignored] = [monaco!, without].map((osm) => matrix(osm, 'car', from, to)) as [
      Map<string, Row>,
      Map<string, Row>,
    ];
    let slower = 0;
    for (const [key, { seconds }] of obeyed) {
      const free = ignored.get(key)!.seconds ?? Infinity;
      expect(seconds ?? Infinity, key).toBeGreaterThanOrEqual(free);
      if ((seconds ?? Infinity) > free) slower++;
    }
    expect(slower).toBeGreaterThan(10);
  });
});

describe('Saint-Barthélemy', () => {
  it.skipIf(barthelemy.includes(undefined))(`is the same network, byte for byte, from three formats`, () => {
    const points = join(folder.path, 'barthelemy.csv');
    writeFileSync(points, 'id,lon,lat\na,-62.8505,17.8962\nb,-62.8230,17.9040\n');
    for (const mode of ['car', 'walk']) {
      const [first, ...others] = barthelemy.map((osm, i) => {
        const cache = join(folder.path, `barthelemy-${mode}-${i}`);
        mkdirSync(cache);
        const { exitCode, stdout, stderr } = runCli([
          ...['matrix', '--osm', osm!, '--mode', mode, '--from', points, '--to', points],
          ...['--cache', cache, '--threads', '1', '--quiet'],
        ]);
        expect(exitCode, stderr).toBe(0);
        const [name] = readdirSync(cache);
        return { stdout, bytes: readFileSync(join(cache, name!)) };
      });
      expect(first!.bytes.length).toBeGreaterThan(10_000);
      for (const { stdout, bytes } of others) {
        expect(stdout).toBe(first!.stdout);
        expect(bytes.equals(first!.bytes)).toBe(true);
      }
    }
  });
});
