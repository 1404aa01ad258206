import { expect, it } from 'vitest';
import { describeReplaced } from '../../src/report/replaced-result.ts';

const MANIFEST = {
  study: { name: 'Saône-et-Loire', date: '2025-10-07' },
  parameters: { modes: ['car', 'walk'], combinations: [], threshold_minutes: 30, inclusive: false },
};

it('names the study, day, modes and threshold of the result that will be replaced', () => {
  const french = describeReplaced('resultats/71', MANIFEST, 'fr');
  for (const part of [
    'resultats/71',
    'remplacé',
    'Saône-et-Loire',
    '7 octobre 2025',
    'voiture, marche',
    '< 30 min',
  ])
    expect(french).toContain(part);
  const english = describeReplaced('results/71', MANIFEST, 'en');
  for (const part of ['results/71', 'replaced', '7 October 2025', 'car, walk', '< 30 min'])
    expect(english).toContain(part);
  const atMost = {
    ...MANIFEST,
    parameters: { ...MANIFEST.parameters, threshold_minutes: 22.5, inclusive: true },
  };
  expect(describeReplaced('r', atMost, 'fr')).toContain('≤ 22,5 min');
});

it.each([
  [null],
  [{}],
  [{ study: 1, parameters: 'x' }],
  [{ study: { date: 'auto' }, parameters: { modes: 'car' } }],
])('says that it replaces a result whose manifest is %j', (manifest) => {
  expect(describeReplaced('r', manifest, 'fr')).toMatch(/^r : le résultat qui s’y trouve sera remplacé.*\n$/);
});
