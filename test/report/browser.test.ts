/** The report as a reader meets it: clicks, sorts, searches, without WebGL, on a telephone, on paper. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeHtmlReport } from '../../src/report/html-report.ts';
import { buildIndicators } from '../../src/report/indicators-json.ts';
import { formatPeople, formatRate } from '../../src/report/numbers.ts';
import { TEXTS } from '../../src/report/texts.ts';
import { drawSquareCommunes, makeUpReport } from './made-up-report.ts';
import { HAS_CHROMIUM, NO_CHROMIUM, type OpenReport, ReportReader } from './open-report.ts';

const HOSTILE = [
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(2)>',
  'y'.repeat(300),
  'שלום',
];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const communes = drawSquareCommunes().map((commune, at) =>
  at < 10 ? commune : { ...commune, nom: HOSTILE[at - 10] ?? commune.nom },
);
const REPORT = makeUpReport(communes, { structureCount: 7, cellsPerCommune: 40 });
const INDICATORS = buildIndicators(REPORT);
const HTML = writeHtmlReport(REPORT);

/** Rows of the table of communes that are shown, as texts. */
function readRows(page: Page): Promise<string[][]> {
  return page.$$eval('#table-communes tbody tr:not([hidden])', (rows) =>
    rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
  );
}

/** Clicks without moving the page. */
function click(page: Page, selector: string): Promise<void> {
  return page.$eval(selector, (element) => (element as HTMLElement).click());
}

async function choose(page: Page, selector: string, value: string): Promise<void> {
  await page.$eval(
    selector,
    (element, text) => {
      (element as HTMLInputElement).value = text;
      element.dispatchEvent(new Event('input', { bubbles: true }));
    },
    value,
  );
}

/** A fingerprint of what the map shows once nothing changes any more. */
async function seeMap(page: Page): Promise<string> {
  await page.$eval('.map-frame', (frame) => frame.scrollIntoView({ behavior: 'instant', block: 'center' }));
  let last = '';
  for (let look = 0; look < 40; look++) {
    const picture = await (await page.$('.map-frame'))!.screenshot();
    const seen = createHash('sha256').update(picture).digest('hex');
    if (seen === last) return seen;
    last = seen;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('the map never comes to rest');
}

async function readFacts(page: Page): Promise<Record<string, string>> {
  const pairs = await page.$$eval('#fiche-contenu dl > *', (items) =>
    items.map((item) => item.textContent ?? ''),
  );
  const facts: Record<string, string> = {};
  for (let at = 0; at < pairs.length; at += 2) facts[pairs[at]!] = pairs[at + 1]!;
  facts.title = await page.$eval('#fiche-contenu h3', (heading) => heading.textContent ?? '');
  return facts;
}

async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(): Promise<{ violations: Array<{ id: string; impact: string; nodes: Array<{ html: string }> }> }>;
      };
    };
    return (await axe.run()).violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      html: nodes[0]?.html,
    }));
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, html }) => `${id}: ${html?.slice(0, 200)}`);
}

function expectedRow(modeIndex: number, code: string): string[] {
  const commune = INDICATORS.modes[modeIndex]!.communes.find((candidate) => candidate.code === code)!;
  const leftOut = commune.population_uncovered + commune.population_not_connected;
  const state = TEXTS.fr.states[commune.state];
  return [
    commune.code,
    formatPeople(commune.population, 'fr'),
    formatRate(commune.rate ?? undefined, 'fr'),
    commune.borderline ? `${state} limite` : state,
    formatPeople(leftOut, 'fr'),
  ];
}

const shownFigures = (row: string[]): string[] => [row[0]!, row[3]!, row[4]!, row[5]!, row[6]!];

describe.skipIf(!HAS_CHROMIUM)(`the report in a browser${HAS_CHROMIUM ? '' : ` (${NO_CHROMIUM})`}`, () => {
  let reader: ReportReader;
  let report: OpenReport;
  let page: Page;
  beforeAll(async () => {
    reader = await ReportReader.launch({ hasWebgl: true });
    report = await reader.open(HTML);
    page = report.page;
  });
  afterAll(() => reader?.close());

  it('shows in the table the figures of indicateurs.json, in every mode', async () => {
    for (let mode = 0; mode < INDICATORS.modes.length; mode++) {
      await click(page, `input[name=mode][value="${mode}"]`);
      const rows = await readRows(page);
      expect(rows.map(shownFigures)).toEqual(rows.map(([code]) => expectedRow(mode, code!)));
      expect(rows.length).toBe(INDICATORS.modes[mode]!.communes.length);
    }
    await click(page, 'input[name=mode][value="0"]');
  });

  it('shows the rates of the headline beside the modes', async () => {
    const rates = await page.$$eval('.modes b', (items) => items.map((item) => item.textContent));
    expect(rates).toEqual(INDICATORS.headline.map(({ rate }) => formatRate(rate ?? undefined, 'fr')));
  });

  it('sorts by a heading, up and then down', async () => {
    const populations = INDICATORS.modes[0]!.communes.map(({ population }) => population).sort(
      (a, b) => a - b,
    );
    await click(page, '#table-communes th:nth-child(4) button');
    expect((await readRows(page)).map((row) => row[3])).toEqual(
      populations.map((p) => formatPeople(p, 'fr')),
    );
    expect(await page.$eval('#table-communes th:nth-child(4)', (th) => th.getAttribute('aria-sort'))).toBe(
      'ascending',
    );
    await click(page, '#table-communes th:nth-child(4) button');
    expect((await readRows(page)).map((row) => row[3])).toEqual(
      populations.reverse().map((p) => formatPeople(p, 'fr')),
    );
  });

  it('filters by name without accents, and by state', async () => {
    await choose(page, '#filtre-communes', 'l ile');
    expect((await readRows(page)).map((row) => row[1])).toEqual(['Saint-Jean; l’Île']);
    await choose(page, '#filtre-communes', '');
    await click(page, 'input[name=mode][value="1"]');
    await choose(page, '#filtre-etat', 'non couverte');
    const uncovered = INDICATORS.modes[1]!.communes_by_state.non_couverte;
    expect(uncovered).toBeGreaterThan(0);
    expect((await readRows(page)).length).toBe(uncovered);
    expect(await page.$eval('#communes-compte', (count) => count.textContent)).toContain(
      `${uncovered} communes sur`,
    );
    await choose(page, '#filtre-etat', '');
    await click(page, 'input[name=mode][value="0"]');
  });

  it('finds a commune and tells its figures', async () => {
    const before = await seeMap(page);
    await page.type('#recherche-commune', 'SAINT JEAN');
    await page.keyboard.press('Enter');
    const facts = await readFacts(page);
    const commune = INDICATORS.modes[0]!.communes.find(({ code }) => code === '00002')!;
    expect(facts.title).toBe('Saint-Jean; l’Île (00002)');
    expect(facts['Population']).toBe(formatPeople(commune.population, 'fr'));
    expect(facts['Taux de couverture (Voiture)']).toBe(formatRate(commune.rate ?? undefined, 'fr'));
    const nearest = REPORT.structures.find(({ id }) => id === commune.nearest_structure!.id)!;
    expect(facts['Structure la plus proche']).toContain(nearest.nom);
    expect(await seeMap(page)).not.toBe(before);
    await click(page, '#fiche-fermer');
    await click(page, '#carte-tout');
  });

  it('says when no commune answers', async () => {
    await choose(page, '#recherche-commune', 'Nulle-Part');
    await page.focus('#recherche-commune');
    await page.keyboard.press('Enter');
    expect(await page.$eval('#recherche-reponse', (answer) => answer.textContent)).toContain('Nulle-Part');
  });

  it('draws something else for each mode, theme and layer, and its legend says what', async () => {
    const seen = [await seeMap(page)];
    const expectNew = async (): Promise<void> => {
      const now = await seeMap(page);
      expect(seen).not.toContain(now);
      seen.push(now);
    };
    const legend = (): Promise<string> => page.$eval('#legende', (element) => element.textContent ?? '');
    const legendAtFirst = await legend();
    expect(legendAtFirst).toContain('Part des habitants en moins de 30 minutes');
    await click(page, 'input[name=mode][value="1"]');
    await expectNew();
    expect(await legend()).toContain('commune non couverte');
    await click(page, '#couche-hatching');
    await expectNew();
    expect(await legend()).not.toContain('commune non couverte');
    await click(page, '#couche-structures');
    await expectNew();
    expect(await legend()).not.toContain('France services');
    await click(page, '#couche-names');
    await expectNew();
    await click(page, 'input[name=fond][value=cells]');
    await expectNew();
    expect(await legend()).toContain('20 à 30 min');
    await click(page, 'input[name=mode][value="0"]');
    await expectNew();
    await click(page, 'input[name=fond][value=bands]');
    await expectNew();
    expect(await legend()).toContain('moins de 20 min');
    await click(page, '#couche-outlines');
    await expectNew();
    for (const layer of ['hatching', 'structures', 'names', 'outlines'])
      await click(page, `#couche-${layer}`);
    await click(page, 'input[name=fond][value=communes]');
    expect(await legend()).toBe(legendAtFirst);
  });

  it('tells of what is under the pointer, and of what is clicked', async () => {
    await seeMap(page);
    const box = (await (await page.$('#carte'))!.boundingBox())!;
    const [x, y] = [box.x + box.width * 0.44, box.y + box.height * 0.36];
    // While tiles are drawn, nothing is found under the pointer: it moves and clicks again, as hands do.
    const isHidden = (id: string) => page.$eval(id, (element) => (element as HTMLElement).hidden);
    for (let move = 0; move < 150 && (await isHidden('#fiche')); move++) {
      await page.mouse.move(x + (move % 2), y);
      if (!(await isHidden('#carte-bulle'))) await page.mouse.click(x + (move % 2), y);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    const facts = await readFacts(page);
    const code = /\((\d{5})\)$/.exec(facts.title!)?.[1];
    const [, population, rate] = expectedRow(0, code!);
    expect([facts['Population'], facts['Taux de couverture (Voiture)']]).toEqual([population, rate]);
    expect(await page.$eval('#carte-bulle', (tip) => tip.textContent)).toContain(facts.title);
    await page.keyboard.press('Escape');
    expect(await page.$eval('#fiche', (card) => (card as HTMLElement).hidden)).toBe(true);
  });

  it('has no barrier that axe-core calls serious, with a commune picked', async () => {
    await click(page, '#table-communes tbody th button');
    expect(await findBarriers(page)).toEqual([]);
  });

  it('asked nothing of any server, and met no error, whatever the names', async () => {
    expect(report.requests).toEqual([]);
    expect(report.troubles).toEqual([]);
    expect(await page.$$eval('img', (images) => images.length)).toBe(0);
  });

  it('prints the drawn map of the mode, within the width of A4', async () => {
    await click(page, 'input[name=mode][value="2"]');
    await page.emulateMediaType('print');
    await page.setViewport({ width: 694, height: 980 });
    const shown = await page.$$eval('.static-maps > figure', (figures) =>
      figures
        .filter((figure) => figure.getBoundingClientRect().height > 0)
        .map((f) => (f as HTMLElement).dataset.mode),
    );
    expect(shown).toEqual(['bike']);
    expect(await page.$eval('.map-grid', (grid) => grid.getBoundingClientRect().height)).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(694);
    await page.emulateMediaType('screen');
  });

  it('fits a telephone', async () => {
    const small = await reader.open(HTML, { width: 390 });
    expect(await small.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await small.page.close();
  });

  it('is English in English, and as free of barriers', async () => {
    const english = await reader.open(writeHtmlReport({ ...REPORT, language: 'en' }));
    const words = await english.page.$eval('body', (body) => (body as HTMLElement).innerText);
    expect(words).not.toMatch(/Couche|Légende|habitant|couverte|Voiture|Rechercher|Fond de/);
    expect(words).toContain('Find a commune');
    expect(await findBarriers(english.page)).toEqual([]);
    await english.page.close();
  });
});

describe.skipIf(!HAS_CHROMIUM)(`the report without WebGL${HAS_CHROMIUM ? '' : ` (${NO_CHROMIUM})`}`, () => {
  let reader: ReportReader;
  let report: OpenReport;
  let page: Page;
  beforeAll(async () => {
    reader = await ReportReader.launch({ hasWebgl: false });
    report = await reader.open(HTML, { hasMap: false });
    page = report.page;
  });
  afterAll(() => reader?.close());

  const shownMaps = (): Promise<Array<string | undefined>> =>
    page.$$eval('.static-maps > figure', (figures) =>
      figures
        .filter((figure) => figure.getBoundingClientRect().height > 0)
        .map((figure) => (figure as HTMLElement).dataset.mode),
    );

  it('shows the drawn map of the mode, and says why', async () => {
    expect(await page.$eval('#sans-webgl', (note) => (note as HTMLElement).hidden)).toBe(false);
    expect(await shownMaps()).toEqual(['car']);
    await click(page, 'input[name=mode][value="1"]');
    expect(await shownMaps()).toEqual(['walk']);
    const rows = await readRows(page);
    expect(rows.map(shownFigures)).toEqual(rows.map(([code]) => expectedRow(1, code!)));
  });

  it('marks the commune that is searched or clicked, and tells its figures', async () => {
    await page.type('#recherche-commune', '00002');
    await page.keyboard.press('Enter');
    expect((await readFacts(page)).title).toContain('(00002)');
    expect(
      await page.$$eval('figure.current path.picked', (paths) => paths.map((p) => p.getAttribute('data-c'))),
    ).toEqual(['1']);
    await page.$eval('figure.current path[data-c="4"]', (path) =>
      path.dispatchEvent(new MouseEvent('click', { bubbles: true })),
    );
    const facts = await readFacts(page);
    expect(facts.title).toContain('(00005)');
    expect(facts['Taux de couverture (Marche)']).toBe(expectedRow(1, '00005')[2]);
    expect(await page.$eval('#fiche', (card) => card.getBoundingClientRect().height)).toBeGreaterThan(0);
  });

  it('has no barrier either, and asks nothing of any server', async () => {
    expect(await findBarriers(page)).toEqual([]);
    expect(report.requests).toEqual([]);
  });
});
