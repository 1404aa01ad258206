import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { NO_CODES } from '../../src/read/commune-codes.ts';
import { foldCommuneName } from '../../src/read/commune-names.ts';
import type { Commune } from '../../src/read/records.ts';
import { readReferencePopulations } from '../../src/read/reference-populations.ts';
import { StructureCommunes } from '../../src/read/structure-communes.ts';
import { readTerritories } from '../../src/read/territories.ts';
import { useTempFiles } from './temp-files.ts';

const write = useTempFiles();

/** A commune one tenth of a degree wide, from the longitude given on, at latitude 46. */
function drawn(code: string, nom: string, west: number): Commune {
  const ring = [
    [west, 46],
    [west + 0.1, 46],
    [west + 0.1, 46.1],
    [west, 46.1],
    [west, 46],
  ];
  const geometry = { type: 'Polygon' as const, coordinates: [ring] };
  return {
    code,
    nom,
    departement: code.slice(0, 2),
    population: 1,
    geometry,
    epci: undefined,
    territoire: undefined,
  };
}

/** Chalon 4.0–4.1, Le Creusot 4.2–4.3, Champlecy (INSEE 71100, the postal code of Chalon) 4.4–4.5. */
const SET = {
  communes: [
    drawn('71076', 'Chalon-sur-Saône', 4),
    drawn('71153', 'Le Creusot', 4.2),
    drawn('71100', 'Champlecy', 4.4),
  ],
  neighbours: [],
  currentCodeOf: new Map<string, string>(),
};
const communes = new StructureCommunes(SET);

describe('the name of a commune', () => {
  it.each([
    ['CHALON SUR SAONE', '71076'],
    ['Chalon s/ Saône', '71076'],
    ['Chalon s/Saône', '71076'],
    ['Chalon/Saône', '71076'],
    ['Chalon-sur-Saône Cedex 9', '71076'],
    ['Chalon-sur-Saône (71)', '71076'],
    ['Ville de Chalon-sur-Saône', '71076'],
    ['Creusot (Le)', '71153'],
    ['CREUSOT', '71153'],
    ['le creusot', '71153'],
    ['Creusot, Le', '71153'],
    ['ST VALLIER', '71486'],
    ['St-Gengoux-le-National', '71417'],
    ['Ste Cécile', '71397'],
    ['Cluny', '71137'],
    // In the country, where only one commune bears it
    ['Cap d’Ail', '06032'],
    ['CAPDAIL', '06032'],
    ['St Laurent du Var', '06123'],
    ['Roquebrune Cap Martin', '06104'],
    ['Turbie (La)', '06150'],
    ['Paris 10e', '75056'],
    ['Lyon 3ème', '69123'],
    ['Lyon 3e arrondissement', '69123'],
    ['Marseille 01', '13055'],
    // A delegated commune stands for the one that it belongs to
    ['Pierrefitte-sur-Seine', '93066'],
  ])('%s is of %s', (name, code) => {
    const known = code.startsWith('71') ? communes : new StructureCommunes(undefined);
    expect(known.decide({ name })).toEqual({ code });
  });

  it('of another département is taken only with its number', () => {
    expect(communes.decide({ name: 'Cap d’Ail' })).toMatchObject({ finding: { kind: 'name-unknown' } });
    expect(communes.decide({ name: 'Cap d’Ail (06)' })).toEqual({ code: '06032' });
  });

  it.each([
    ['Nulle-Part-les-Oies', 'name-unknown'],
    ['Saint-Denis (99)', 'name-unknown'],
  ])('%s is told: %s', (name, kind) => {
    expect(communes.decide({ name })).toMatchObject({ code: undefined, finding: { kind } });
  });

  it.each([
    ['Aix-lès-Bains', 'Aix les Bains'],
    ['Villers-lez-Nancy', 'VILLERS LES NANCY'],
    ['Œting', 'OETING'],
    ['L’Haÿ-les-Roses', 'L Hay les Roses'],
    ['Sts-Geosmes', 'Saints-Geosmes'],
    ['Les Abymes', 'Abymes (Les)'],
  ])('%s and %s are one', (a, b) => {
    expect(foldCommuneName(a).bare).toBe(foldCommuneName(b).bare);
  });

  it.each([
    ['Saint-Rémy', 'Sainte-Rémy'],
    ['Chalon-sur-Saône', 'Châlons-sur-Saône'],
    ['Le Mont', 'Mons'],
  ])('%s and %s are two', (a, b) => {
    expect(foldCommuneName(a).bare).not.toBe(foldCommuneName(b).bare);
  });
});

describe('code, name and position of a row', () => {
  const inChalon = [4.05, 46.05] as const;
  const inChamplecy = [4.45, 46.05] as const;

  it.each([
    ['a code and its name', { code: '71076', name: 'CHALON SUR SAONE' }, '71076', undefined],
    ['a code alone', { code: '71100' }, '71100', undefined],
    ['a lost zero', { code: '1004' }, '01004', { kind: 'changed', change: 'leading-zero' }],
    [
      'a postal code by the name',
      { code: '71100', name: 'Chalon s/ Saône' },
      '71076',
      { kind: 'postal', by: 'name' },
    ],
    [
      'a postal code by the position',
      { code: '71100', position: inChalon },
      '71076',
      { kind: 'postal', by: 'position' },
    ],
    [
      'the same figures as a code, by the position',
      { code: '71100', position: inChamplecy },
      '71100',
      undefined,
    ],
    [
      'a postal code of one commune',
      { code: '71640', name: 'Givry' },
      '71221',
      { kind: 'postal', by: 'name' },
    ],
    [
      'a code and a name, the position with the name',
      { code: '71153', name: 'Chalon-sur-Saône', position: inChalon },
      '71076',
      { kind: 'disagree', taken: 'name', by: 'position', other: ['71153'] },
    ],
    [
      'a code and a name, the position with the code',
      { code: '71076', name: 'Le Creusot', position: inChalon },
      '71076',
      { kind: 'disagree', taken: 'code', by: 'position', other: ['71153'] },
    ],
    [
      'a code and a name without a position',
      { code: '71076', name: 'Le Creusot' },
      '71076',
      { kind: 'disagree', taken: 'code', by: 'order', other: ['71153'] },
    ],
    [
      'a code of nothing beside a name',
      { code: '71999', name: 'Le Creusot' },
      '71153',
      { kind: 'by-name-instead' },
    ],
    [
      'a code beside a name of nothing',
      { code: '71076', name: 'Nulle-Part' },
      '71076',
      { kind: 'name-unknown' },
    ],
    ['a fictional code', { code: '00003', name: 'Aubrelle' }, '00003', undefined],
  ] as const)('%s', (_, clues, code, finding) => {
    expect(communes.decide(clues)).toEqual(finding === undefined ? { code } : { code, finding });
  });

  it('are postal codes where a column holds nothing else', () => {
    expect(communes.isPostalColumn(['71100', '71200', '71300', '71400'])).toBe(true);
    expect(communes.isPostalColumn(['71100', '71640', '71850'])).toBe(true);
    expect(communes.isPostalColumn(['71076', '71153', '71100', '71014'])).toBe(false);
    expect(communes.decide({ code: '71200' }, () => true)).toMatchObject({
      finding: { kind: 'postal', by: 'only' },
    });
  });
});

describe('the column of communes of a table', () => {
  it.each([
    ['codes', 'commune;territoire\n71076;A\n71153;B\n', { 71076: 'A', 71153: 'B' }, []],
    [
      'names',
      'commune;territoire\nCHALON SUR SAONE;A\nCreusot (Le);B\n',
      { 71076: 'A', 71153: 'B' },
      ['table-commune-names'],
    ],
    [
      'postal codes beside names',
      'code_insee;nom_commune;territoire\n71100;Chalon-sur-Saône;A\n71200;Le Creusot;B\n71300;Montceau-les-Mines;C\n71400;Autun;D\n',
      { 71076: 'A', 71153: 'B', 71306: 'C', 71014: 'D' },
      ['table-postal-codes'],
    ],
    [
      'names beside codes under the heading commune',
      'commune;code_insee;territoire\nChalon;71076;A\nLe Creusot;71153;B\n',
      { 71076: 'A', 71153: 'B' },
      [],
    ],
    [
      'a name of nothing',
      'commune;territoire\n71076;A\nNulle-Part;B\n',
      { 71076: 'A' },
      ['table-commune-not-found'],
    ],
  ])('may hold %s', async (_, content, expected, codes) => {
    const notices = new NoticeList();
    const found = await readTerritories([write('t.csv', content)], NO_CODES, notices);
    expect(Object.fromEntries(found)).toEqual(expected);
    expect(notices.notices.map(({ code }) => code)).toEqual(codes);
  });

  it('that holds postal codes alone gives their territory to all communes that they serve', async () => {
    const notices = new NoticeList();
    const path = write('p.csv', 'commune;territoire\n71100;A\n71850;B\n71640;C\n71680;D\n');
    const found = await readTerritories([path], NO_CODES, notices);
    expect(found.get('71076')).toBe('A');
    expect(found.get('71221')).toBe('C');
    expect(found.has('71100')).toBe(false);
    expect(notices.notices).toMatchObject([{ code: 'table-postal-codes', severity: 'warning', count: 4 }]);
  });

  it('of populations leaves out a postal code of several communes, and reads it with the name', async () => {
    const notices = new NoticeList();
    const path = write(
      'pop.csv',
      'code_insee;nom_commune;population\n71076;Chalon-sur-Saône;10\n71640;Givry;20\n71850;;30\n71640;;40\n',
    );
    const { peopleOfCommune } = await readReferencePopulations(path, notices);
    expect(Object.fromEntries(peopleOfCommune)).toMatchObject({ 71076: 10, 71221: 20 });
    expect(notices.counts().get('table-commune-not-found')).toBe(1);
  });
});
