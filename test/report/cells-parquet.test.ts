/** `cellules.parquet`, read back by hyparquet: types, nulls, figures, and the key that makes it GeoParquet. */
import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet';
import { beforeAll, describe, expect, it } from 'vitest';
import { UNREACHED } from '../../src/common/units.ts';
import { buildUnprojection } from '../../src/read/projections.ts';
import { describeCellsFile } from '../../src/report/cells-file.ts';
import { writeCellsParquet } from '../../src/report/cells-parquet.ts';
import type { ReportInput } from '../../src/report/report-input.ts';
import { signedArea } from './geojson-checks.ts';
import { drawSquareCommunes, makeUpReport } from './made-up-report.ts';

const REPORT = makeUpReport(drawSquareCommunes());

interface Row {
  id: string;
  code_insee: string | null;
  autres_communes: string | null;
  population: number;
  car_temps_min: number | null;
  car_couverte: boolean;
  car_structure_proche: string | null;
  geometry: Uint8Array;
}

async function read(report: ReportInput) {
  const bytes = await writeCellsParquet(describeCellsFile(report));
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const metadata = parquetMetadata(file);
  const value = (key: string) => metadata.key_value_metadata?.find((pair) => pair.key === key)?.value;
  const columns = parquetSchema(metadata).children.map(({ element }) => element);
  // GeoParquet columns would be decoded to GeoJSON: here their bytes are looked at.
  const rows = (await parquetReadObjects({ file, geoparquet: false, utf8: false })) as unknown as Row[];
  return { rows, columns, value, geo: JSON.parse(value('geo')!) };
}

describe('cellules.parquet', () => {
  let file: Awaited<ReturnType<typeof read>>;
  beforeAll(async () => {
    file = await read(REPORT);
  });

  it('has a row per cell whose people and people covered sum to the headline, exactly', () => {
    const { rows } = file;
    expect(rows.length).toBe(REPORT.cells.cells.count);
    const { whole } = REPORT.result.modes[0]!;
    const sum = (of: readonly Row[]) => of.reduce((people, { population }) => people + population, 0);
    expect(sum(rows)).toBe(whole.population);
    expect(sum(rows.filter(({ car_couverte }) => car_couverte))).toBe(whole.populationCovered);
    expect(sum(rows.filter(({ car_temps_min }) => car_temps_min === null))).toBe(
      whole.populationNotConnected,
    );
  });

  it('has types, and nulls only where something may be unknown', () => {
    const types = Object.fromEntries(
      file.columns.map(({ name, type, repetition_type }) => [name, `${type} ${repetition_type}`]),
    );
    expect(types).toMatchObject({
      id: 'BYTE_ARRAY REQUIRED',
      code_insee: 'BYTE_ARRAY OPTIONAL',
      population: 'DOUBLE REQUIRED',
      car_temps_min: 'DOUBLE OPTIONAL',
      car_couverte: 'BOOLEAN REQUIRED',
      car_structure_proche: 'BYTE_ARRAY OPTIONAL',
      bike_temps_min: 'DOUBLE OPTIONAL',
      geometry: 'BYTE_ARRAY REQUIRED',
    });
  });

  it('leaves time and structure null where nothing leads to one', async () => {
    const times = REPORT.cells.times.map((mode) => ({ ...mode, timeOfCell: mode.timeOfCell.slice() }));
    times[0]!.timeOfCell[3] = UNREACHED;
    times[0]!.nearestStructureOfCell = times[0]!.nearestStructureOfCell.slice();
    times[0]!.nearestStructureOfCell[3] = -1;
    const { rows } = await read({ ...REPORT, cells: { ...REPORT.cells, times } });
    expect(rows[3]).toMatchObject({ car_temps_min: null, car_couverte: false, car_structure_proche: null });
    expect(rows[4]!.car_temps_min).toBe(REPORT.cells.times[0]!.timeOfCell[4]! / 600);
  });

  it('says so as GeoParquet 1.1: points, their box, and no crs, which means lon, lat', () => {
    const { lon, lat } = REPORT.cells.cells;
    expect(file.geo).toEqual({
      version: '1.1.0',
      primary_column: 'geometry',
      columns: {
        geometry: {
          encoding: 'WKB',
          geometry_types: ['Point'],
          edges: 'planar',
          bbox: [Math.min(...lon), Math.min(...lat), Math.max(...lon), Math.max(...lat)],
        },
      },
    });
    expect(file.value('licence')).toContain('ODbL');
    const view = viewOf(file.rows[5]!.geometry);
    expect([view.getUint8(0), view.getUint32(1, true)]).toEqual([1, 1]);
    expect([view.getFloat64(5, true), view.getFloat64(13, true)]).toEqual([lon[5], lat[5]]);
  });
});

describe('cells of the official grid', () => {
  it('are their squares, counter-clockwise, to the decimetre', async () => {
    const grid = await onGrid();
    const { rows, geo } = await read(grid.report);
    expect(geo.columns.geometry).toMatchObject({
      geometry_types: ['Polygon'],
      orientation: 'counterclockwise',
    });
    rows.forEach(({ geometry }, cell) => {
      const view = viewOf(geometry);
      expect([view.getUint32(1, true), view.getUint32(5, true), view.getUint32(9, true)]).toEqual([3, 1, 5]);
      const ring = Array.from({ length: 5 }, (_, at) => [
        view.getFloat64(13 + at * 16, true),
        view.getFloat64(21 + at * 16, true),
      ]);
      expect(ring[4]).toEqual(ring[0]);
      expect(signedArea(ring)).toBeGreaterThan(0);
      const [x, y] = grid.corner(cell);
      const exact = [...grid.unproject(x, y)];
      const metersOff = Math.hypot((ring[0]![0]! - exact[0]!) * 76_000, (ring[0]![1]! - exact[1]!) * 111_000);
      expect(metersOff).toBeLessThan(0.1);
    });
  });

  it('are points where the positions are not those of the ids', async () => {
    const { report } = await onGrid();
    const { cells } = report.cells;
    const moved = { ...cells, lon: cells.lon.map((lon, cell) => (cell === 7 ? lon + 0.01 : lon)) };
    const { geo } = await read({ ...report, cells: { ...report.cells, cells: moved } });
    expect(geo.columns.geometry.geometry_types).toEqual(['Point']);
  });
});

/** The made-up cells laid on the grid of 200 m. */
async function onGrid() {
  const unproject = await buildUnprojection(3035, 'test');
  const corner = (cell: number) =>
    [3_900_000 + 200 * (cell % 40), 2_600_000 + 200 * Math.floor(cell / 40)] as const;
  const { cells } = REPORT.cells;
  const id = cells.id.map((_, cell) => `CRS3035RES200mN${corner(cell)[1]}E${corner(cell)[0]}`);
  const centres = cells.id.map((_, cell) => [...unproject(corner(cell)[0] + 100, corner(cell)[1] + 100)]);
  const laid = {
    ...cells,
    id,
    lon: Float64Array.from(centres, ([lon]) => lon!),
    lat: Float64Array.from(centres, ([, lat]) => lat!),
  };
  return { unproject, corner, report: { ...REPORT, cells: { ...REPORT.cells, cells: laid } } };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
