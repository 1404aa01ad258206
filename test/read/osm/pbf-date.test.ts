import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { writePbf } from '../../../scripts/lib/write-pbf.ts';
import { findPbfDate } from '../../../src/read/osm/pbf-date.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'maillage-date-'));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

const NOTHING = { nodes: [{ id: 1, lon: 3, lat: 46 }], ways: [], relations: [] };
const AUTUMN_SECONDS = Date.UTC(2026, 8, 30, 20, 21, 3) / 1000;

it('tells the day of an extract that says it, and nothing of another file', () => {
  const [dated, undated, other] = ['dated.osm.pbf', 'undated.osm.pbf', 'other.osm'].map((name) =>
    join(FOLDER, name),
  ) as [string, string, string];
  writePbf(dated, NOTHING, { timestampSeconds: AUTUMN_SECONDS });
  writePbf(undated, NOTHING);
  writeFileSync(other, '<osm version="0.6"/>');
  expect([dated, undated, other, join(FOLDER, 'missing')].map(findPbfDate)).toEqual([
    '2026-09-30',
    undefined,
    undefined,
    undefined,
  ]);
});
