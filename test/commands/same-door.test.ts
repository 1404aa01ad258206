/** `maillage matrix`: whoever is at the door already needs no time, in any mode, whatever street is near. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeOsmXml } from '../../scripts/lib/write-osm-xml.ts';
import { METERS_PER_DEGREE } from '../../src/common/geo.ts';
import { parsePlainCsv, runCli, temporaryFolder } from '../run-cli.ts';
import { STOP_EAST, STOP_WEST, zipSmallFeed } from './small-feed.ts';
import { roadsPbf } from './small-study.ts';

const folder = temporaryFolder();
const path = (name: string) => join(folder.path, name);
afterAll(folder.remove);

//        4
//        ↓ a          a: half-way along a street that one may only leave
//   1────2────3       c: on the road; d: 400 m off it; e: where no street is near
beforeAll(async () => {
  const street = { highway: 'residential', maxspeed: '36' };
  const at = (x: number, y: number) => ({ lon: 1 + x / METERS_PER_DEGREE, lat: y / METERS_PER_DEGREE });
  const nodes = [
    { id: 1, ...at(-3000, 0) },
    { id: 2, ...at(0, 0) },
    { id: 3, ...at(3000, 0) },
    { id: 4, ...at(0, 600) },
  ];
  const ways = [
    { id: 1, refs: [1, 2, 3], tags: street },
    { id: 2, refs: [4, 2], tags: { ...street, oneway: 'yes' } },
  ];
  writeFileSync(path('streets.osm'), encodeOsmXml({ nodes, ways, relations: [] }));
  const points = { a: at(0, 300), c: at(1000, 0), d: at(2000, -400), e: at(-2000, -1500) };
  const rows = Object.entries(points).map(([id, { lon, lat }]) => `${id},${lon},${lat}`);
  writeFileSync(path('points.csv'), `id,lon,lat\n${rows.join('\n')}\n`);
  writeFileSync(path('again.csv'), `id,lon,lat\n${rows.map((row) => `again-${row}`).join('\n')}\n`);
  writeFileSync(path('roads.osm.pbf'), roadsPbf());
  writeFileSync(path('bus.zip'), await zipSmallFeed({ departures: ['09:10', '09:40'] }));
  const stops = `w,${STOP_WEST.lon},${STOP_WEST.lat}\ne,${STOP_EAST.lon},${STOP_EAST.lat}\n`;
  writeFileSync(path('stops.csv'), `id,lon,lat\n${stops}`);
});

function matrix(osm: string, from: string, to: string, ...options: string[]) {
  const inputs = ['--osm', path(osm), '--from', path(from), '--to', path(to), '--min-island', '0'];
  const result = runCli(['matrix', ...inputs, '--no-cache', '--quiet', ...options]);
  if (result.exitCode !== 0) throw new Error(result.stderr);
  return parsePlainCsv(result.stdout);
}

describe('from a door to the same door', () => {
  it.each([
    ['car', 'fast'],
    ['walk', 'fast'],
    ['bike', 'fast'],
    ['car', 'reference'],
  ])('by %s (%s engine) it takes 0 s over 0 m, also under another id', (mode, engine) => {
    for (const to of ['points.csv', 'again.csv']) {
      const same = matrix('streets.osm', 'points.csv', to, '--mode', mode, '--engine', engine).filter(
        ({ from_id, to_id }) => to_id!.replace('again-', '') === from_id,
      );
      expect(same.map(({ duration_s, distance_m }) => [duration_s, distance_m])).toEqual(
        Array(4).fill(['0', '0']),
      );
    }
  });

  it('elsewhere it takes what it takes: nobody drives into the one-way', () => {
    const rows = matrix('streets.osm', 'points.csv', 'points.csv', '--mode', 'car');
    const of = (from: string, to: string) =>
      rows.find(({ from_id, to_id }) => from_id === from && to_id === to)!.duration_s;
    expect(of('c', 'a')).toBe('');
    expect(Number(of('a', 'c'))).toBeGreaterThan(100);
  });

  it('by transit it takes 0 s, whenever the next bus leaves', () => {
    const options = [
      '--mode',
      'transit',
      '--gtfs',
      path('bus.zip'),
      '--date',
      '2026-10-06',
      '--depart',
      '09:00',
    ];
    const rows = matrix('roads.osm.pbf', 'stops.csv', 'stops.csv', ...options);
    const here = rows.filter(({ from_id, to_id }) => from_id === to_id);
    expect(here.map(({ duration_s, distance_m, p50_s }) => [duration_s, distance_m, p50_s])).toEqual([
      ['0', '0', '0'],
      ['0', '0', '0'],
    ]);
    expect(rows.find(({ from_id, to_id }) => from_id === 'w' && to_id === 'e')!.duration_s).not.toBe('0');
  });
});
