import { expect, it } from 'vitest';
import { findDateInName, readStatedDate } from '../../src/read/dates-in-texts.ts';

const LATEST = '2026-12-31';

it.each([
  ['france-services-liste-fs-20240801.csv', '2024-08-01'],
  ['liste_fs_2024-08-01.csv', '2024-08-01'],
  ['accueils 2025.03.17 v2.csv', '2025-03-17'],
  ['accueils-17-03-2025.csv', '2025-03-17'],
  ['accueils_17032025.csv', '2025-03-17'],
  ['Liste au 1er août 2024.csv', '2024-08-01'],
  ['mds 12 décembre 2025.xlsx.csv', '2025-12-12'],
  ['accueils-mars-2025.csv', '2025-03-01'],
  ['accueils_2025_fevrier.csv', '2025-02-01'],
  ['lists-july-2025.csv', '2025-07-01'],
  ['liste-fs-202408.csv', '2024-08-01'],
  ['carreaux_200m_2021.csv', '2021-01-01'],
  ['Filosofi2019_carreaux_200m_csv.zip', '2019-01-01'],
  ['bourgogne-240801.osm.pbf', '2024-08-01'],
  ['monaco-2016-03-05.osm.pbf', '2016-03-05'],
  ['monaco-latest.osm.pbf', undefined],
  ['accueils-06-2024.csv', '2024-01-01'], // the Alpes-Maritimes, not June
  ['mds-71-2025.csv', '2025-01-01'],
  ['plan-2021-2025.csv', '2025-01-01'],
  ['scenario-2030.csv', undefined], // later than this year
  ['liste-20240801-corrigee-20250115.csv', '2025-01-15'], // the newest
  ['liste-20249945.csv', undefined],
  ['grille-2154.csv', undefined], // a system of coordinates
  ['carreaux_2000m.csv', undefined], // a size
  ['archive-19991231.csv', undefined],
  ['00000000.csv', undefined],
  ['telephone-0620240801.csv', undefined], // longer numbers are none
  ['accueils.csv', undefined],
])('the name %s says %s', (name, date) => {
  expect(findDateInName(name, LATEST)).toBe(date);
});

it.each([
  ['2024-08-01', '2024-08-01'],
  ['2024-08-01T10:30:00Z', '2024-08-01'],
  ['2024-08-01 10:30', '2024-08-01'],
  ['20240801', '2024-08-01'],
  ['01/08/2024', '2024-08-01'],
  ['1/8/2024 10:30:00', '2024-08-01'],
  ['31/02/2024', undefined],
  ['00000000', undefined],
  ['1.5', undefined],
  ['', undefined],
])('the field %s is %s', (text, date) => {
  expect(readStatedDate(text)).toBe(date);
});
