import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { writeHeadline } from '../../src/report/headline.ts';
import { writeHtmlReport } from '../../src/report/html-report.ts';
import { drawBands } from '../../src/report/svg-bands.ts';
import { drawSvgMap } from '../../src/report/svg-map.ts';
import { drawSquareCommunes, makeUpReport } from './made-up-report.ts';

const REPORT = makeUpReport(drawSquareCommunes(), { structureCount: 7 });
const HTML = writeHtmlReport(REPORT);

/** The page without its scripts: what is read without them. */
function withoutScripts(html: string): string {
  return html.replace(/<script[\s\S]*?<\/script>/g, '');
}

const PAGE = withoutScripts(HTML);

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
    const links = PAGE.match(/(?:src|href|url)\s*[=(]\s*["']?[^"')\s>]+/gi) ?? [];
    expect(links.filter((link) => !/url\(#|url\(&#|href="#/.test(link))).toEqual([]);
    expect(HTML.slice(0, 2_000)).toContain("default-src 'none'");
  });

  it('escapes names from the data wherever they stand', () => {
    expect(HTML.includes('<b>Neuf')).toBe(false);
    expect(PAGE.includes('Bourg-&lt;b&gt;Neuf&lt;/b&gt;')).toBe(true);
  });

  it('says every headline, with date, threshold, rate and people', () => {
    for (const mode of REPORT.result.modes) {
      const { covered, leftOut } = writeHeadline(mode, REPORT.result, '2026-10-06', 'fr');
      for (const sentence of [covered, leftOut]) {
        const bound = sentence.replace(/ ([:;])/g, '\u00a0$1');
        expect(PAGE.includes(bound), bound).toBe(true);
      }
    }
    expect(PAGE).toMatch(/Le 6 octobre 2026, [\d,]+\u00a0% de la population .* en moins de 30 minutes/);
  });

  it('says that invented data are invented', () => {
    expect(PAGE).toContain('Territoire fictif');
    const real = writeHtmlReport({ ...REPORT, study: { ...REPORT.study, isFictional: false } });
    expect(withoutScripts(real)).not.toContain('Territoire fictif');
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
    const again = writeHtmlReport(makeUpReport(drawSquareCommunes(), { structureCount: 7 }));
    expect(again === HTML).toBe(true);
  });

  it('is English throughout in English', () => {
    const english = writeHtmlReport({ ...REPORT, language: 'en' });
    expect(english.slice(0, 200)).toContain('<html lang="en">');
    expect(withoutScripts(english)).not.toMatch(/Couverte|Voiture|Poche|non raccord|carte |Couches|Légende/);
  });

  it('has no map where there is neither a polygon nor a cell', () => {
    const noShares = {
      ...REPORT.cells.shares,
      firstEntryOfCell: new Uint32Array(REPORT.cells.cells.count + 1),
    };
    const html = writeHtmlReport({
      ...REPORT,
      cells: { ...REPORT.cells, shares: noShares },
      geometryOfCommune: new Map(),
    });
    expect(html.includes('id="carte"')).toBe(false);
    const ofCells = writeHtmlReport({ ...REPORT, geometryOfCommune: new Map() });
    expect(ofCells.includes('id="carte"')).toBe(true);
  });
});

describe('names that mean harm', () => {
  const names = [
    '</script><script>alert(1)</script>',
    '<!--<script>',
    '"><img src=x onerror=alert(1)>',
    'x'.repeat(400),
    'שלום \u202eevil',
    "'; --\u2028\u2029",
  ];
  const communes = drawSquareCommunes().map((commune, at) => ({ ...commune, nom: names[at] ?? commune.nom }));
  const base = makeUpReport(communes, { structureCount: 7 });
  const html = writeHtmlReport({
    ...base,
    structures: base.structures.map((structure, at) => ({ ...structure, nom: names[at] ?? structure.nom })),
    study: { ...base.study, name: names[0]! },
  });

  it('end no script and open no element', () => {
    const scripts = html.match(/<script[^>]*>/g)!.filter((tag) => tag !== '<script>');
    expect(scripts).toEqual([
      '<script type="application/json" id="donnees">',
      '<script type="text/plain" id="carte-travail">',
    ]);
    expect(withoutScripts(html)).not.toMatch(/<img|<script|alert\(1\)<\/script/);
  });

  it('come back whole from the embedded data', () => {
    const json = /id="donnees">(.*?)<\/script>/s.exec(html)![1]!;
    const data = JSON.parse(json) as { communes: { name: string[] }; structures: Array<{ name: string }> };
    expect(data.communes.name.slice(0, names.length)).toEqual(names);
    expect(data.structures.slice(0, names.length).map(({ name }) => name)).toEqual(names);
  });

  it('from right to left stand apart from the words around them', () => {
    expect(withoutScripts(html)).toContain('<bdi>שלום');
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
    const filled = [...map.matchAll(/<path d="[^"]+" fill="([^"]+)" data-c="\d+"><title>/g)].map(
      ([, fill]) => fill,
    );
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
