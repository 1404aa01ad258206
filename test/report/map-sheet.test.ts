/** The printed sheet: what it says, how it lies, and that its words are on the picture without a system font. */
import { describe, expect, it } from 'vitest';
import { drawMapSheet, sheetWidthMm } from '../../src/report/map-sheet.ts';
import type { ReportInput } from '../../src/report/report-input.ts';
import { measureText, shortenToWidth, wrapToWidth } from '../../src/report/text-width.ts';
import { loadPngRenderer } from '../../src/runtime/render-png.ts';
import { drawSquareCommunes, makeUpReport } from './made-up-report.ts';
import { parse } from './read-xlsx.ts';

const REPORT = makeUpReport(drawSquareCommunes());
const REAL = { ...REPORT, study: { ...REPORT.study, isFictional: false } };

function textsOf(report: ReportInput): { texts: string[]; svg: string } {
  const svg = drawMapSheet(report, report.result.modes[0]!)!;
  const texts: string[] = [];
  let isText = false;
  parse(
    svg,
    (tag) => {
      isText = tag === 'text';
    },
    (_, text) => {
      if (isText && text.trim() !== '') texts.push(text);
    },
  );
  return { texts, svg };
}

describe('carte.svg', () => {
  it('says mode, date, rate, threshold, people left out, and that the study is fictional', () => {
    const text = textsOf(REPORT).texts.join(' ').replaceAll(/\s+/g, ' ');
    for (const words of [
      'Voiture',
      '6 octobre 2026',
      'en moins de 30 minutes',
      'restent au-delà',
      'Territoire fictif',
    ])
      expect(text).toContain(words);
    expect(text).toMatch(/\d+,\d % de la population/);
    expect(text).toContain('Données inventées');
  });

  it('names the sources and licences of the manifest, a scale, the north and the legend', () => {
    const text = textsOf(REAL).texts.join(' ').replaceAll(/\s+/g, ' ');
    for (const words of [
      'routes : OpenStreetMap (ODbL 1.0)',
      'population : INSEE, Filosofi 2021 (Licence Ouverte 2.0)',
      '5 km',
      'Habitants dans le seuil',
      'commune non couverte',
    ])
      expect(text).toContain(words);
    expect(text).not.toContain('fictif');
  });

  it('is in English with the language', () => {
    const text = textsOf({ ...REAL, language: 'en' }).texts.join(' ');
    expect(text).toContain('roads: OpenStreetMap');
    expect(text).not.toMatch(/Sources :|Calculé/);
  });

  it.each([
    ['lying for a wide territory', 3, 297],
    ['upright for a tall one', 1 / 3, 210],
  ])('is %s', (_, stretch, widthMm) => {
    const communes = drawSquareCommunes().map((commune) => ({
      ...commune,
      geometry: {
        type: 'Polygon' as const,
        coordinates: (commune.geometry as { coordinates: number[][][] }).coordinates.map((ring) =>
          ring.map(([x, y]) => [4 + (x! - 4) * stretch, y!]),
        ),
      },
    }));
    expect(sheetWidthMm(textsOf(makeUpReport(communes)).svg)).toBe(widthMm);
  });

  it('shows the cells by band where there are no communes', () => {
    const { svg, texts } = textsOf({ ...REPORT, geometryOfCommune: new Map() });
    const squares = [
      ...svg.matchAll(/<path d="(M[^"]*z)" fill="#[0-9a-f]{6}" shape-rendering="crispEdges"\/>/g),
    ]
      .map(([, path]) => path!.split('M').length - 1)
      .reduce((sum, count) => sum + count, 0);
    expect(squares).toBeGreaterThanOrEqual(REPORT.cells.cells.count);
    expect(texts).toContain('0 à 10 min');
  });
});

describe('carte.png', () => {
  it('has the words of the sheet in ink, with the fonts of the package alone', async () => {
    const render = await loadPngRenderer();
    const line = (words: string) =>
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40" width="200mm" height="40mm" font-family="'DejaVu Sans'"><text x="4" y="28" font-size="20">${words}</text></svg>`;
    const blank = await render(line(''), 50);
    const written = await render(line('Éœç ’ سان'), 50);
    expect(blank.length).toBeLessThan(written.length);
    expect(Buffer.compare(await render(line('Éœç ’ سان'), 50), written)).toBe(0);
  });
});

describe('text on the sheet', () => {
  it('breaks at spaces within the width, and is cut in the last line', () => {
    const text = 'un premier accueil social inconditionnel de proximité en moins de trente minutes';
    const lines = wrapToWidth(text, 12, 150, 3);
    expect(lines.length).toBe(3);
    for (const line of lines) expect(measureText(line, 12)).toBeLessThanOrEqual(150);
    expect(lines[2]!.endsWith('…')).toBe(true);
    expect(wrapToWidth(text, 12, 10_000, 3)).toEqual([text]);
  });

  it('cuts a word that is wider than the line', () => {
    const cut = shortenToWidth('É'.repeat(500), 12, 100);
    expect(measureText(cut, 12)).toBeLessThanOrEqual(100);
    expect(cut).toMatch(/^É+…$/);
  });
});
