/**
 * Every row of the table of tag rules through the whole command: an OSM file in, `matrix` out.
 *
 * Each row is drawn twice along a public road (the spine), so that "only at the ends of a trip" shows:
 *
 *     through:  spine ── s ── A ══ way ══ B ── e ── … a detour of 100 km … ── spine
 *     dead end: spine ── s ── A ══ way ══ B ── e
 *
 * Open: s to e is short in both. Trip ends only: s to e is short at the dead end, but through traffic takes the
 * detour. Closed: short in neither.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OsmNode, OsmWay } from '../../scripts/lib/osm-elements.ts';
import { encodeOsmXml } from '../../scripts/lib/write-osm-xml.ts';
import { METERS_PER_DEGREE } from '../../src/common/geo.ts';
import { parsePlainCsv, runCli, temporaryFolder } from '../run-cli.ts';
import { TAG_RULES, type TagRule } from '../streets/tag-rules.ts';

const STUB_METERS = 100;
const WAY_METERS = 300;
const DETOUR_METERS = 50_000;
const ROW_SPACING_METERS = 400;
const ROWS_PER_FILE = 60;
/** Longer than the slowest way of the table, a ferry of 35 minutes; shorter than any detour. */
const SHORT_MINUTES = 50;
/** A bicycle beside its rider, and the same on stairs (`data/speeds.json`). */
const PUSHED_KPH = 4;
const STAIRS_KPH = 2;

type Layout = 'through' | 'dead-end';
const LAYOUTS: readonly Layout[] = ['through', 'dead-end'];

const folder = temporaryFolder();
/** `mode row layout direction` -> seconds of the short trip; absent = no short trip. */
const seconds = new Map<string, number>();

function keyOf(mode: string, row: number, layout: Layout, direction: 'forward' | 'backward'): string {
  return `${mode} ${row} ${layout} ${direction}`;
}

/** Draws rows [from, to) and the points of their trips. Near the equator a degree is the same both ways. */
function drawRows(from: number, to: number): { nodes: OsmNode[]; ways: OsmWay[]; points: string[] } {
  const nodes: OsmNode[] = [];
  const ways: OsmWay[] = [];
  const points: string[] = ['id,lon,lat'];
  const addNode = (x: number, y: number, tags?: Record<string, string>): number => {
    const id = nodes.length + 1;
    nodes.push({ id, lon: 1 + x / METERS_PER_DEGREE, lat: y / METERS_PER_DEGREE, ...(tags ? { tags } : {}) });
    return id;
  };
  const addWay = (refs: number[], tags: Record<string, string>) =>
    ways.push({ id: ways.length + 1, refs, tags });
  const addPoint = (id: string, x: number, y: number) => {
    points.push(`${id},${1 + x / METERS_PER_DEGREE},${y / METERS_PER_DEGREE}`);
  };
  const street = { highway: 'residential' };
  const spine: number[] = [];
  let x = 0;
  for (let row = from; row < to; row++) {
    const rule = TAG_RULES[row]!;
    for (const layout of LAYOUTS) {
      const foot = addNode(x, 0);
      spine.push(foot);
      const a = addNode(x, STUB_METERS);
      const middle = addNode(x, STUB_METERS + WAY_METERS / 2, rule.node);
      const b = addNode(x, STUB_METERS + WAY_METERS);
      const end = addNode(x, 2 * STUB_METERS + WAY_METERS);
      addWay([foot, a], street);
      addWay([a, middle, b], rule.tags);
      addWay([b, end], street);
      if (layout === 'through') {
        const top = 2 * STUB_METERS + WAY_METERS + DETOUR_METERS;
        const back = addNode(x + ROW_SPACING_METERS / 2, 0);
        spine.push(back);
        addWay([end, addNode(x, top), addNode(x + ROW_SPACING_METERS / 2, top), back], street);
      }
      addPoint(`s${row}-${layout}`, x, STUB_METERS / 2);
      addPoint(`e${row}-${layout}`, x, WAY_METERS + 1.5 * STUB_METERS);
      x += ROW_SPACING_METERS;
    }
  }
  addWay(spine, street);
  return { nodes, ways, points };
}

function runRows(from: number, to: number): void {
  const { nodes, ways, points } = drawRows(from, to);
  const osm = join(folder.path, `rows-${from}.osm`);
  const csv = join(folder.path, `points-${from}.csv`);
  writeFileSync(osm, encodeOsmXml({ nodes, ways, relations: [] }));
  writeFileSync(csv, `${points.join('\n')}\n`);
  for (const mode of ['car', 'walk', 'bike']) {
    const out = join(folder.path, `${mode}-${from}.csv`);
    const args = ['matrix', '--osm', osm, '--mode', mode, '--from', csv, '--to', csv, '--out', out];
    const limits = [
      '--min-island',
      '0',
      '--cutoff',
      String(SHORT_MINUTES),
      '--no-cache',
      '--quiet',
      '--threads',
      '1',
    ];
    const result = runCli([...args, ...limits]);
    if (result.exitCode !== 0) throw new Error(result.stderr);
    for (const { from_id, to_id, duration_s } of parsePlainCsv(readFileSync(out, 'utf8'))) {
      const [, start, row, layout] = /^([se])(\d+)-(.*)$/.exec(from_id!)!;
      if (duration_s === '' || to_id !== `${start === 's' ? 'e' : 's'}${row}-${layout}`) continue;
      const direction = start === 's' ? 'forward' : 'backward';
      seconds.set(keyOf(mode, Number(row), layout as Layout, direction), Number(duration_s));
    }
  }
}

function observe(mode: string, row: number, direction: 'forward' | 'backward'): string {
  const through = seconds.get(keyOf(mode, row, 'through', direction));
  const deadEnd = seconds.get(keyOf(mode, row, 'dead-end', direction));
  if (through === undefined) return deadEnd === undefined ? 'no' : 'ends';
  if (deadEnd === undefined) return 'through, but not to the dead end';
  const pushedSeconds = WAY_METERS / (PUSHED_KPH / 3.6);
  const slowestSeconds = (WAY_METERS + 2 * STUB_METERS) / (STAIRS_KPH / 3.6);
  if (mode === 'bike' && through > pushedSeconds && through < slowestSeconds) return 'pushed';
  return 'yes';
}

describe('tag rules through the command', () => {
  beforeAll(() => {
    for (let from = 0; from < TAG_RULES.length; from += ROWS_PER_FILE) {
      runRows(from, Math.min(TAG_RULES.length, from + ROWS_PER_FILE));
    }
  });
  afterAll(folder.remove);

  it('has at least 300 rows', () => {
    expect(TAG_RULES.length).toBeGreaterThanOrEqual(300);
  });

  it.each(TAG_RULES.map((rule, row) => [rule.name, rule, row] as const))('%s', (_, rule: TagRule, row) => {
    const observed = Object.fromEntries(
      (['car', 'walk', 'bike'] as const).map((mode) => [
        mode,
        [observe(mode, row, 'forward'), observe(mode, row, 'backward')],
      ]),
    );
    expect(observed, rule.rule).toEqual({ car: rule.car, walk: rule.walk, bike: rule.bike });
  });
});
