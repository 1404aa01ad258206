/**
 * One number for one thing: what the terminal, the report, notices.csv, structures.csv, indicateurs.json and the
 * workbook say of the embedded example, compared with one another.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runStudy, type StudyRun } from '../../src/batch/run-study.ts';
import { buildOutputs, type OutputFiles } from '../../src/batch/study-outputs.ts';
import { LEFT_OUT_WORDS } from '../../src/read/select-structures.ts';
import type { Indicators } from '../../src/report/indicators-schema.ts';
import { formatNumber, formatPeople, formatRate } from '../../src/report/numbers.ts';
import { writeTerminalSummary } from '../../src/report/terminal.ts';
import { Cache } from '../../src/runtime/cache.ts';
import { readStudy } from '../../src/study/study.ts';
import { readXlsx } from '../report/read-xlsx.ts';
import { temporaryFolder } from '../run-cli.ts';

const EXAMPLE = fileURLToPath(new URL('../../data/exemple/etude.yaml', import.meta.url));
const folder = temporaryFolder();
afterAll(folder.remove);

let run: StudyRun;
let files: OutputFiles;
let indicators: Indicators;
let html: string;
beforeAll(async () => {
  const study = await readStudy(EXAMPLE);
  const cache = new Cache(join(folder.path, 'cache'));
  run = await runStudy(study, { cache, engine: 'fast', threads: 1, isochrones: 'none', version: '0' });
  files = await buildOutputs(run, 'none', 1);
  indicators = JSON.parse(textOf('indicateurs.json')) as Indicators;
  html = plain(textOf('rapport.html'));
}, 120_000);

function textOf(name: string): string {
  return Buffer.from(files.get(name)!).toString('utf8');
}

function rowsOf(name: string): Array<Record<string, string>> {
  return parse(textOf(name), { columns: true, delimiter: ';', bom: true });
}

function plain(text: string): string {
  return text.replaceAll(/[\s\u00a0\u202f]+/g, ' ');
}

function countBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string, weightOf: (row: Row) => number) {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[keyOf(row)] = (counts[keyOf(row)] ?? 0) + weightOf(row);
  return counts;
}

/** Texts of the table cells of the report's section of this id, row by row. */
function tableRows(section: string): string[][] {
  const content = html.slice(html.indexOf(`<section id="${section}"`));
  return [...content.slice(0, content.indexOf('</section>')).matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row]) =>
    [...row!.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/g)].map(([, cell]) =>
      cell!.replaceAll(/<[^>]+>/g, '').replaceAll('&#39;', "'"),
    ),
  );
}

describe('counts in the outputs of one run', () => {
  it('are the same for each kind of notice in the report, notices.csv, indicateurs.json and the manifest', () => {
    const ofCsv = countBy(
      rowsOf('notices.csv'),
      ({ code }) => code!,
      ({ nombre }) => Number(nombre),
    );
    expect(ofCsv).toEqual(indicators.notices);
    const manifest = JSON.parse(textOf('manifest.json')) as { notices: { by_code: Record<string, number> } };
    expect(manifest.notices.by_code).toEqual(indicators.notices);
    const titleOf = new Map<string, string>(
      rowsOf('notices.csv').map(({ code, constat }) => [code!, constat!]),
    );
    const shown = new Map(tableRows('qualite').map((cells) => [cells[0], cells[2]]));
    for (const [code, count] of Object.entries(indicators.notices)) {
      expect(shown.get(titleOf.get(code)!), code).toBe(plain(formatNumber(count, 'fr')));
    }
    expect(indicators.notices['communes-without-stop']).toBe(43);
  });

  it('are the same for the structures left out in structures.csv, the notices and the report', () => {
    const words = new Map(Object.entries(LEFT_OUT_WORDS).map(([reason, { fr }]) => [fr, reason]));
    const leftOut = rowsOf('structures.csv').filter(({ situation }) => words.has(situation!));
    const ofReason = countBy(
      leftOut,
      ({ situation }) => `structures-${words.get(situation!)}`,
      () => 1,
    );
    const told = Object.entries(indicators.notices).filter(([code]) => code in ofReason);
    expect(Object.fromEntries(told)).toEqual(ofReason);
    expect(leftOut).toHaveLength(8);
    expect(html).toContain('<h3>Structures non retenues (8)</h3>');
  });

  it('are the same for the structures that are not engaged in the notices and the follow-up', () => {
    const { not_engaged, not_engaged_of_other_circles } = indicators.follow_up!;
    expect(not_engaged + not_engaged_of_other_circles).toBe(indicators.notices['structures-not-engaged']);
    const rows = tableRows('suivi').map((cells) => cells.join(' | '));
    expect(rows).toContain('Potentielles du cercle 1, non engagées | 2');
    expect(rows).toContain('Non engagées, d’un autre cercle | 1');
  });

  it('are the same for the headline and the communes on the terminal, in the report, the JSON and the workbook', async () => {
    const terminal = plain(writeTerminalSummary(run.report, { hasColor: false, width: 300 }));
    const { sheets } = await readXlsx(files.get('classeur.xlsx')!);
    const sheetRows = sheets[0]!.rows;
    const uncovered = rowsOf('communes-non-couvertes.csv');
    for (const [at, { mode, rate, ...people }] of indicators.headline.entries()) {
      const shown = [
        formatRate(rate!, 'fr'),
        ...[people.population_covered, people.population_uncovered, people.population_not_connected].map(
          (count) => formatPeople(count, 'fr'),
        ),
      ].map(plain);
      const states = indicators.modes[at]!.communes_by_state;
      expect(terminal).toContain([...shown, String(states.non_couverte)].join(' '));
      expect(html).toContain(`${shown[0]} de la population (${shown[1]} personnes sur`);
      expect(html).toContain(
        `Communes non couvertes : ${states.non_couverte} ; partiellement couvertes : ${states.partielle}.`,
      );
      const row = sheetRows[sheetRows.length - indicators.headline.length + at]!;
      expect(row).toEqual(
        expect.arrayContaining([
          // As the tables for people round.
          Math.round(rate! * 1e6) / 1e6,
          Math.round(people.population_covered * 100) / 100,
          states.non_couverte,
          states.partielle,
        ]),
      );
      const own = uncovered.filter((each) => each.mode === mode && each.code_insee !== '');
      expect(
        countBy(
          own,
          ({ etat }) => etat!,
          () => 1,
        ),
      ).toEqual(
        Object.fromEntries(
          Object.entries({ 'non couverte': states.non_couverte, partielle: states.partielle }).filter(
            ([, count]) => count > 0,
          ),
        ),
      );
    }
  });

  it('name every agency of a feed, and put the names of school lines in quotes', () => {
    const [feed] = indicators.transit!.feeds;
    expect(feed!.agency).toBe("Trains du Val-d'Exemple (fictif), Cars du Val-d'Exemple (fictif)");
    expect(tableRows('transports').map((cells) => cells[1])).toContain(feed!.agency);
    expect(html).toContain('Ligne réservée aux scolaires, comptée ci-dessus : « 106 ».');
  });
});
