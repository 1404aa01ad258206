import { describe, expect, it } from 'vitest';
import {
  TERMINAL_WIDTH,
  wantsColor,
  wrap,
  writeTerminalSummary,
  writeUncoveredTable,
} from '../../src/report/terminal.ts';
import { drawSquareCommunes, makeUpReport } from './made-up-report.ts';

const REPORT = makeUpReport(drawSquareCommunes());
const PLAIN = { hasColor: false };

function widest(text: string): number {
  return Math.max(...text.split('\n').map((line) => [...line].length));
}

describe('the terminal', () => {
  it('shows the summary and the uncovered communes within 80 columns', () => {
    const long = drawSquareCommunes().map((commune, at) => ({
      ...commune,
      nom: at === 3 ? 'Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson' : commune.nom,
    }));
    const report = makeUpReport(long);
    expect(widest(writeTerminalSummary(report, PLAIN))).toBeLessThanOrEqual(TERMINAL_WIDTH);
    const table = writeUncoveredTable(report, PLAIN);
    expect(widest(table)).toBeLessThanOrEqual(TERMINAL_WIDTH);
    expect(table).toContain('…');
  });

  it('lists each commune left out once per mode', () => {
    const expected = REPORT.result.modes.flatMap((mode) =>
      mode.communes.filter(({ etat }) => etat === 'partielle' || etat === 'non couverte'),
    );
    const lines = writeUncoveredTable(REPORT, PLAIN)
      .split('\n')
      .filter((line) => /^000\d\d /.test(line));
    expect(lines.length).toBe(expected.length);
  });

  it('says so where every commune is covered', () => {
    const result = { ...REPORT.result, modes: [{ ...REPORT.result.modes[0], communes: [] }] };
    expect(writeUncoveredTable({ ...REPORT, result }, PLAIN)).toContain('Aucune commune non couverte.');
  });

  it.each([
    ['on a terminal', {}, true, true],
    ['not in a file', {}, false, false],
    ['not with NO_COLOR', { NO_COLOR: '1' }, true, false],
    ['with an empty NO_COLOR', { NO_COLOR: '' }, true, true],
    ['not on a dumb terminal', { TERM: 'dumb' }, true, false],
  ])('has colours %s', (_, environment, isTerminal, expected) => {
    expect(wantsColor(environment, isTerminal)).toBe(expected);
  });

  it('writes no escape sequence without colour, not even one from the data', () => {
    const communes = drawSquareCommunes().map((commune) => ({ ...commune, nom: `\u001b[31m${commune.nom}` }));
    expect(writeUncoveredTable(makeUpReport(communes), PLAIN)).not.toContain('\u001b');
    expect(writeUncoveredTable(REPORT, { hasColor: true })).toContain('\u001b[1m');
  });

  it('wraps at ordinary spaces only', () => {
    expect(wrap('un deux\u00a0trois quatre', 10)).toEqual(['un', 'deux\u00a0trois', 'quatre']);
  });
});
