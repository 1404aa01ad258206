/** One symbol and one colour for one meaning, on the drawn map, on the page's and in their legends; names; the frame. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { buildPageData } from '../../src/report/build-page-data.ts';
import { drawMapSheet } from '../../src/report/map-sheet.ts';
import { outlineColors, SHARE_CLASSES, symbolPath } from '../../src/report/map-symbols.ts';
import { listNameShapes, type PixelRing, placeName } from '../../src/report/place-names.ts';
import type { ReportInput, ReportStructure } from '../../src/report/report-input.ts';
import { findStructureGroup, listSymbolLines, STRUCTURE_GROUPS } from '../../src/report/structure-symbols.ts';
import { colorBands } from '../../src/report/svg-bands.ts';
import { drawSquareCommunes, makeUpReport, random } from './made-up-report.ts';

const TABLE = fileURLToPath(new URL('../../data/structure-types.json', import.meta.url));
const TYPES = Object.keys((JSON.parse(readFileSync(TABLE, 'utf8')) as { types: object }).types);
const FORMATS = ['fixe', 'multisite', 'antenne', 'bus', 'itinerant'] as const;
const REPORT = makeUpReport(drawSquareCommunes());

function withStructures(structures: Array<Partial<ReportStructure>>): ReportInput {
  const all = structures.map((each, at) => ({ ...REPORT.structures[0]!, id: `S${at}`, ...each }));
  const [first] = REPORT.result.modes;
  const modes = [
    {
      ...first!,
      structures: all.map((_, structureIndex) => ({
        structureIndex,
        populationNearest: 1,
        populationWithin: 1,
        populationAlone: 0,
      })),
    },
  ];
  return { ...REPORT, structures: all as ReportStructure[], result: { ...REPORT.result, modes } };
}

/** Form without its place, with its colours: what a reader tells symbols apart by. */
const symbolsIn = (svg: string): string[] =>
  [
    ...svg.matchAll(/<path d="M([\d. -]+?)([La][^"]*)" fill="(#\w+)" stroke="(#\w+)" stroke-width="1.3"\/>/g),
  ].map(([, from, rest, fill, stroke]) => {
    const [x, y] = from!.split(' ').map(Number) as [number, number];
    const relative = rest!.startsWith('a')
      ? rest!
      : rest!.replaceAll(
          /(-?[\d.]+) (-?[\d.]+)/g,
          (_, px, py) => `${Math.round(px - x)} ${Math.round(py - y)}`,
        );
    return `${relative} ${fill} ${stroke}`;
  });

describe('symbols of structures', () => {
  it.each(
    TYPES.flatMap((type) =>
      FORMATS.flatMap((format) => [false, true].map((isBeyondBorder) => ({ type, format, isBeyondBorder }))),
    ),
  )(
    'are the legend’s for $type, $format, beyond the border: $isBeyondBorder',
    ({ type, format, isBeyondBorder }) => {
      const report = withStructures([{ type, format, isBeyondBorder }]);
      const svg = drawMapSheet(report, report.result.modes[0]!)!;
      const [onMap, ...inLegend] = symbolsIn(svg);
      expect(inLegend).toEqual([onMap]);
      const [structure] = buildPageData(report)!.structures;
      const [line, ...others] = listSymbolLines([structure!], 'fr');
      expect(others).toEqual([]);
      expect([line!.group, line!.isHollow]).toEqual([structure!.group, structure!.isBeyondBorder]);
      expect(svg.replaceAll(/<\/text><text[^>]*>/g, ' ')).toContain(line!.text.split(' ')[0]!);
      if (format === 'bus' || format === 'itinerant') expect(line!.text).toContain('Bus ou arrêt itinérant');
      expect(line!.text.includes('au-delà de la frontière')).toBe(isBeyondBorder);
    },
  );

  it('are as many in the legend as on the map, where all stand together', () => {
    const report = withStructures(
      TYPES.flatMap((type) =>
        FORMATS.flatMap((format) =>
          [false, true].map((isBeyondBorder) => ({ type, format, isBeyondBorder })),
        ),
      ),
    );
    const symbols = symbolsIn(drawMapSheet(report, report.result.modes[0]!)!);
    const onMap = new Set(symbols.slice(0, report.structures.length));
    const inLegend = symbols.slice(report.structures.length);
    expect(new Set(inLegend)).toEqual(onMap);
    expect(inLegend).toHaveLength(2 * STRUCTURE_GROUPS.length);
    expect(new Set(STRUCTURE_GROUPS.map((group) => symbolPath(group, 0, 0, 5))).size).toBe(
      STRUCTURE_GROUPS.length,
    );
  });

  it('name the type where the group is of few', () => {
    const textOf = (...types: string[]) =>
      listSymbolLines(
        types.map((type) => ({
          group: findStructureGroup({ type, format: 'fixe' }),
          isBeyondBorder: false,
          type,
        })),
        'fr',
      ).map(({ text }) => text);
    expect(textOf('caf', 'cpam')).toEqual(['caf, cpam']);
    expect(textOf('caf', 'cpam', 'pmi')).toEqual(['autre']);
    expect(textOf('')).toEqual(['autre']);
    expect(textOf('mairie')).toEqual(['mairie']);
  });
});

describe('colours', () => {
  it.each([
    [[10, 15, 20, 30, 45], 10],
    [[10, 15, 20, 30, 45], 30],
    [[10, 15, 20, 30, 45], 60],
    [[10, 15, 20, 30, 45, 60, 90, 120], 10],
    [[5, 10, 15, 20, 25, 30, 35, 40], 40],
    [[30], 30],
    [[], 30],
  ])('of bands %j with the threshold %d are all different', (edges, threshold) => {
    const colors = colorBands(edges, threshold);
    expect(colors).toHaveLength(edges.length + 2);
    expect(new Set(colors).size).toBe(colors.length);
  });

  it.each([1, 4, 5, 9])('of %d outlines, and of the classes of shares, are all different', (count) => {
    expect(new Set(outlineColors(count)).size).toBe(count);
    expect(new Set(SHARE_CLASSES.map(({ color }) => color)).size).toBe(SHARE_CLASSES.length);
  });
});

describe('the frame', () => {
  it.each([
    ['west', 3.6, 46.2],
    ['east', 4.9, 46.2],
    ['north', 4.2, 46.9],
    ['south', 4.2, 45.5],
  ])('holds a structure far to the %s that is the nearest of someone', (_, lon, lat) => {
    const report = withStructures([{ lon, lat, isBeyondBorder: true }]);
    const svg = drawMapSheet(report, report.result.modes[0]!)!;
    const frame = /M([\d.]+) ([\d.]+)v([\d.]+)h([\d.]+)v-[\d.]+z" fill="none"/
      .exec(svg)!
      .slice(1)
      .map(Number);
    const [left, top, height, width] = frame as [number, number, number, number];
    const symbol = /<path d="M([\d.-]+) ([\d.-]+)a5 5/.exec(svg)!;
    const [x, y] = [Number(symbol[1]) + 5, Number(symbol[2])];
    expect(x).toBeGreaterThan(left + 5);
    expect(x).toBeLessThan(left + width - 5);
    expect(y).toBeGreaterThan(top + 5);
    expect(y).toBeLessThan(top + height - 5);
    const [west, south, east, north] = buildPageData(report)!.bounds;
    expect(lon >= west && lon <= east && lat >= south && lat <= north).toBe(true);
  });

  it('is the territory’s where a structure serves nobody', () => {
    const report = withStructures([{ lon: 3.6, lat: 46.2, isBeyondBorder: true }]);
    report.result.modes[0]!.structures[0]!.populationNearest = 0;
    expect(buildPageData(report)!.bounds[0]).toBe(4);
  });
});

/** Whether a point lies in the rings, by the even-odd rule: the naive twin of the rows. */
function isInside(rings: readonly PixelRing[], x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings) {
    ring.forEach(([ax, ay], at) => {
      const [bx, by] = ring[(at + 1) % ring.length]!;
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
    });
  }
  return inside;
}

describe('names', () => {
  const square = (side: number): PixelRing => [
    [0, 0],
    [side, 0],
    [side, side],
    [0, side],
  ];
  const crescent: PixelRing = [
    [0, 0],
    [200, 0],
    [200, 40],
    [60, 40],
    [60, 160],
    [200, 160],
    [200, 200],
    [0, 200],
  ];

  it('stand in the middle of a square, and in the arm of a crescent that holds them', () => {
    const shapes = listNameShapes('Bourg', [12]);
    expect(placeName([square(100)], shapes, [])).toMatchObject({ x: 50, y: 49.5 });
    const placed = placeName([crescent], listNameShapes('Saint-Étienne-du-Bois', [12]), [])!;
    expect(isInside([crescent], placed.x, placed.y)).toBe(true);
  });

  it('are broken into lines and set smaller before they are left out', () => {
    const shapes = listNameShapes('Saint-Jean-sur-Mayenne', [12, 10]);
    expect(placeName([square(200)], shapes, [])!.shape.lines).toEqual(['Saint-Jean-sur-Mayenne']);
    expect(placeName([square(95)], shapes, [])!.shape.lines.length).toBeGreaterThan(1);
    expect(placeName([square(20)], shapes, [])).toBeUndefined();
  });

  it('keep clear of structures, or are left out', () => {
    const shapes = listNameShapes('Bourg', [12]);
    const symbol = { left: 44, right: 56, top: 44, bottom: 56 };
    const { x, y, shape } = placeName([square(100)], shapes, [symbol])!;
    const covers = Math.abs(x - 50) < shape.width / 2 + 6 && Math.abs(y - 50) < shape.height / 2 + 6;
    expect(covers).toBe(false);
    expect(placeName([square(60)], shapes, [{ left: 0, right: 60, top: 0, bottom: 60 }])).toBeUndefined();
  });

  it('lie inside with their whole box, in 300 random polygons', () => {
    const next = random(2026);
    let placedCount = 0;
    for (let round = 0; round < 300; round++) {
      const corners = 5 + Math.floor(next() * 12);
      const ring: PixelRing = Array.from({ length: corners }, (_, at) => {
        const [angle, radius] = [(at * 2 * Math.PI) / corners, 20 + next() * 100];
        return [200 + radius * Math.cos(angle), 200 + radius * Math.sin(angle)];
      });
      const hole = square(12).map(([x, y]) => [x + 195, y + 195] as const);
      const rings = [ring, hole];
      const placed = placeName(rings, listNameShapes('Val-d’Exemple', [12, 10]), []);
      if (placed === undefined) continue;
      placedCount++;
      const { x, y, shape } = placed;
      for (let across = 0; across <= 10; across++) {
        for (let down = 0; down <= 10; down++) {
          const [px, py] = [x + shape.width * (across / 10 - 0.5), y + shape.height * (down / 10 - 0.5)];
          expect(isInside(rings, px, py), `round ${round}`).toBe(true);
        }
      }
    }
    expect(placedCount).toBeGreaterThan(60);
  });

  it('of the sheet all have their base line inside their own commune', () => {
    const communes = drawSquareCommunes();
    const report = makeUpReport(communes);
    const svg = drawMapSheet(report, report.result.modes[0]!)!;
    const ringOf = new Map(
      [...svg.matchAll(/<path d="([^"]*)" fill="[^"]*" data-c="(\d+)"/g)].map(([, path, index]) => [
        report.result.communes[Number(index)]!.nom,
        readRing(path!),
      ]),
    );
    const labels = svg.slice(svg.indexOf('class="noms"'));
    const texts = [
      ...labels
        .slice(0, labels.indexOf('</g>'))
        .matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>(.*?)<\/text>/g),
    ];
    expect(texts.length).toBeGreaterThan(10);
    for (const [, x, y, content] of texts) {
      const words = content!
        .replaceAll(/<[^>]+>/g, ' ')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'");
      const plain = (text: string): string => text.replaceAll(/[ -]+/g, '');
      const own = [...ringOf].find(([name]) => plain(name) === plain(words));
      expect(own, words).toBeDefined();
      expect(isInside([own![1]], Number(x), Number(y)), words).toBe(true);
    }
  });
});

/** `M10 20l1 2-3 4Z`, as the map writes polygons. */
function readRing(path: string): PixelRing {
  const numbers = [...path.matchAll(/-?[\d.]+/g)].map(([each]) => Number(each));
  let [x, y] = [0, 0];
  const ring: Position[] = [];
  for (let at = 0; at + 1 < numbers.length; at += 2) {
    x += numbers[at]!;
    y += numbers[at + 1]!;
    ring.push([x, y]);
  }
  return ring as unknown as PixelRing;
}
