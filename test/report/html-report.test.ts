import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { writeHeadline } from '../../src/report/headline.ts';
import { writeHtmlReport } from '../../src/report/html-report.ts';
import { drawBands } from '../../src/report/svg-bands.ts';
import { drawSvgMap } from '../../src/report/svg-map.ts';
import { drawSquareCommunes, makeUpReport } from './made-up-report.ts';

const REPORT = makeUpReport(drawSquareCommunes(), { structureCount: 7 });
const HTML = writeHtmlReport(REPORT);

/** Throws on XML that is not well-formed; element name -> count. */
function countElements(xml: string): Map<string, number> {
  const counts = new Map<string, number>();
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => counts.set(name, (counts.get(name) ?? 0) + 1));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return counts;
}

describe('rapport.html', () => {
  it('is one file that asks for nothing from outside', () => {
    const links = HTML.match(/(?:src|href|url)\s*[=(]\s*["']?[^"')\s>]+/gi) ?? [];
    expect(links.filter((link) => !/url\(#|url\(&#/.test(link))).toEqual([]);
    expect(HTML).toContain("default-src 'none'");
  });

  it('escapes names from the data wherever they stand', () => {
    expect(HTML).not.toContain('<b>Neuf');
    expect(HTML).toContain('Bourg-&lt;b&gt;Neuf&lt;/b&gt;');
  });

  it('says every headline, with date, threshold, rate and people', () => {
    for (const mode of REPORT.result.modes) {
      const { covered, leftOut } = writeHeadline(mode, REPORT.result, '2026-10-06', 'fr');
      expect(HTML).toContain(covered);
      expect(HTML).toContain(leftOut);
    }
    expect(HTML).toMatch(/Le 6 octobre 2026, [\d,]+\u00a0% de la population .* en moins de 30 minutes/);
  });

  it('says that invented data are invented', () => {
    expect(HTML).toContain('Territoire fictif');
    const real = writeHtmlReport({ ...REPORT, study: { ...REPORT.study, isFictional: false } });
    expect(real).not.toContain('Territoire fictif');
  });

  it('has a row for every commune, and all its sections', () => {
    const table = HTML.slice(HTML.indexOf('id="table-communes"'));
    const body = table.slice(table.indexOf('<tbody>'), table.indexOf('</tbody>'));
    expect(body.match(/<tr>/g)?.length).toBe(REPORT.result.communes.length);
    const ids = [...HTML.matchAll(/<section id="([a-z]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual([
      'essentiel',
      'cartes',
      'temps',
      'territoires',
      'poches',
      'frontiere',
      'structures',
      'communes',
      'qualite',
      'methode',
      'sources',
    ]);
  });

  it('is the same for the same input', () => {
    expect(writeHtmlReport(makeUpReport(drawSquareCommunes(), { structureCount: 7 }))).toBe(HTML);
  });

  it('is English throughout in English', () => {
    const english = writeHtmlReport({ ...REPORT, language: 'en' });
    expect(english).toContain('<html lang="en">');
    expect(english).not.toMatch(/Couverte|Voiture|Poche|non raccord/);
  });

  it('has no map where no commune has a polygon', () => {
    expect(writeHtmlReport({ ...REPORT, geometryOfCommune: new Map() })).not.toContain('id="carte"');
  });
});

describe('the map', () => {
  const [mode] = REPORT.result.modes;
  const map = drawSvgMap(REPORT, mode, { width: 900 }) as string;

  it('is well-formed, with one outline per commune and one symbol per structure', () => {
    const counts = countElements(map);
    // One title for the map, one for each commune and each structure.
    expect(counts.get('title')).toBe(1 + REPORT.result.communes.length + REPORT.structures.length);
  });

  it('hatches exactly the uncovered communes', () => {
    const filled = [...map.matchAll(/<path d="[^"]+" fill="([^"]+)"><title>/g)].map(([, fill]) => fill);
    expect(filled.length).toBe(mode.communes.length);
    mode.communes.forEach((commune, at) => {
      expect(filled[at].startsWith('url(')).toBe(commune.etat === 'non couverte');
    });
  });

  it('has scale, north and legend', () => {
    expect(map).toMatch(/>\d+ km</);
    expect(map).toContain('>N<');
    expect(map).toContain('Habitants dans le seuil');
    expect(map).not.toContain('route principale');
  });

  it('names OpenStreetMap under real roads, and nobody under invented ones', () => {
    const study = { ...REPORT.study, isFictional: false };
    const real = drawSvgMap({ ...REPORT, study }, REPORT.result.modes[0]!, { width: 800 });
    expect(real).toContain('contributeurs d’OpenStreetMap');
    expect(map).not.toContain('OpenStreetMap');
    expect(map).toContain('fictif');
  });

  it('draws a bar as long as it says', () => {
    const [, pixels, kilometers] = map.match(
      /v5h([\d.]+)v-5"\/><\/g><text [^>]+>(\d+) km/,
    ) as RegExpMatchArray;
    // Sixteen communes of 0.1 degrees: 0.4 degrees of latitude fill the frame's height.
    const frame = Number(map.match(/<clipPath[^>]*><rect [^>]*height="(\d+)"/)?.[1]) - 8;
    const metersPerPixel = (0.4 * 111_195) / frame;
    expect((Number(kilometers) * 1_000) / Number(pixels) / metersPerPixel).toBeCloseTo(1, 1);
  });

  it('is well-formed for the bands too', () => {
    expect(countElements(drawBands(REPORT.result, 'fr')).get('svg')).toBe(1);
  });
});
