import { describe, expect, it } from 'vitest';
import { readPastResults } from '../../src/read/past-results.ts';
import { writeIndicatorsJson } from '../../src/report/indicators-json.ts';
import { drawSquareCommunes, makeUpReport } from '../report/made-up-report.ts';
import { usageErrorOf } from './failing.ts';
import { useTempFiles } from './temp-files.ts';

const write = useTempFiles();
const REPORT = makeUpReport(drawSquareCommunes());
const WRITTEN = writeIndicatorsJson(REPORT);

describe('a past result', () => {
  it('gives back the rates that this tool wrote', async () => {
    const [result] = await readPastResults([write('2026/indicateurs.json', WRITTEN)]);
    expect(result).toMatchObject({ name: 'Étude inventée', date: '2026-10-06', departement: '00' });
    expect(result!.rates).toEqual(
      REPORT.result.modes.map(({ mode, whole }) => ({
        mode,
        thresholdMinutes: 30,
        inclusive: false,
        rate: whole.rate,
      })),
    );
  });

  it('may lack what later versions add, and hold what this one does not know', async () => {
    const { follow_up: _, ...rest } = JSON.parse(WRITTEN);
    const text = JSON.stringify({ ...rest, schema_version: '0.9', more: 1 });
    expect(await readPastResults([write('ancien.json', text)])).toHaveLength(1);
  });

  it.each([
    ['{"headline": [', 'is no JSON'],
    ['{"type": "FeatureCollection", "features": []}', 'is no result of maillage'],
    [WRITTEN.replace('"name": "maillage"', '"name": "autre"'), 'is no result of maillage'],
    [WRITTEN.replace(/"rate": [\d.]+/, '"rate": 97.3'), 'is no result of maillage'],
  ])('that is another file (%#) is refused by its name', async (text, expected) => {
    const path = write('autre.json', text);
    const error = await usageErrorOf(() => readPastResults([path]));
    expect(error.message).toContain(expected);
    expect(error.fields.file).toBe(path);
  });

  it('that is not there is the user’s mistake', async () => {
    const error = await usageErrorOf(() => readPastResults(['/nowhere/indicateurs.json']));
    expect(error.message).toContain('ENOENT');
  });
});
