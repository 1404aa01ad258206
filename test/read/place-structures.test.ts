/** Where structures stand whose list gives no position: the town hall of their commune, else a point inside it. */

import { describe, expect, it, vi } from 'vitest';
import { boxRing } from '../../scripts/lib/box-ring.ts';
import { NoticeList } from '../../src/common/notices.ts';
import { foldCommuneName } from '../../src/read/commune-names.ts';
import { readCommunes } from '../../src/read/communes.ts';
import type { Commune } from '../../src/read/records.ts';
import type { KnownCommunes } from '../../src/read/structure-communes.ts';
import { StructureCommunes } from '../../src/read/structure-communes.ts';
import { readStructures, type StructureOptions } from '../../src/read/structures.ts';
import { NO_REAL_DATA, realData } from '../real-data.ts';
import { usageErrorOf } from './failing.ts';
import { useTempFiles } from './temp-files.ts';

const write = useTempFiles();

/** A square commune of a tenth of a degree whose south-west corner is given. */
function commune(code: string, nom: string, west: number, south = 46): Commune {
  const [east, north] = [west + 0.1, south + 0.1];
  const ring = boxRing(west, south, east, north);
  return {
    code,
    nom,
    departement: undefined,
    population: undefined,
    geometry: { type: 'Polygon', coordinates: [ring] },
    epci: undefined,
    territoire: undefined,
  };
}

const communes: KnownCommunes = {
  communes: [
    commune('71306', 'Montceau-les-Mines', 4),
    commune('71153', 'Le Creusot', 4.1),
    commune('71486', 'Saint-Vallier', 4.2),
  ],
  neighbours: [
    commune('71499', 'Sanvignes', 4.3),
    commune('21001', 'Autrepart', 4.4),
    commune('71001', 'Double', 4.5),
    commune('71002', 'Double', 4.6),
  ],
  currentCodeOf: new Map(),
};

async function place(content: string, options: StructureOptions = { communes }, name = 'liste.csv') {
  const notices = new NoticeList();
  const structures = await readStructures([write(name, content)], options, notices);
  return { structures, notices };
}

describe('a list that gives only communes', () => {
  it.each([
    ['by its code', 'id;nom;type;code_insee', '71306', '71306'],
    ['by its name', 'id;nom;type;commune', 'MONTCEAU LES MINES', '71306'],
    ['by its name, the article behind', 'id;nom;type;commune', 'Creusot (Le)', '71153'],
    ['by its name, shortened', 'id;nom;type;lib_com', 'St Vallier', '71486'],
    ['by the name of a neighbour of the same département', 'id;nom;type;commune', 'Sanvignes', '71499'],
  ])('is placed %s', async (_, header, value, code) => {
    const { structures, notices } = await place(`${header}\n1;A;ccas;${value}\n`);
    const west = [...communes.communes, ...communes.neighbours].find((each) => each.code === code)!;
    const [lon] = (west.geometry!.coordinates as number[][][])[0]![0]!;
    expect(structures).toMatchObject([
      { codeInsee: code, positionOrigin: 'inside-point', lon: expect.closeTo(lon! + 0.05, 9) },
    ]);
    expect(notices.notices).toMatchObject([
      {
        code: 'structure-without-position',
        severity: 'info',
        action: 'placed at a point inside its commune',
      },
      { code: 'structures-placed-by-commune', count: 1 },
    ]);
  });

  it.each([
    ['two communes of the département bear', 'Double'],
    ['a commune of another département bears', 'Autrepart'],
    ['no commune bears', 'Nulle-Part'],
  ])('leaves out a row whose name %s', async (_, name) => {
    const { structures, notices } = await place(
      `id;nom;type;commune\n1;A;ccas;Sanvignes\n2;B;ccas;${name}\n`,
    );
    expect(structures.map(({ id }) => id)).toEqual(['1']);
    expect(notices.notices).toContainEqual(
      expect.objectContaining({ id: '2', severity: 'warning', action: 'left out' }),
    );
  });

  it('is refused where it has neither positions nor communes', async () => {
    const error = await usageErrorOf(() => place('id;nom;type;adresse\n1;A;ccas;1 rue Haute\n'));
    expect(error.message).toContain('longitude');
    expect(error.message).toContain('code_insee');
  });

  it('is refused where the study knows none of its communes', async () => {
    const error = await usageErrorOf(() => place('id;nom;type;code_insee\n1;A;ccas;71270\n', {}));
    expect(error.message).toContain('no structure with a usable position');
  });
});

describe('the place of a commune', () => {
  const list = 'id;nom;type;lon;lat;code_insee\n1;CCAS;ccas;;;71306\n2;CCAS;ccas;;;71153\n';
  const loadTownhalls = () =>
    Promise.resolve({
      lon: Float64Array.of(4.15, 4.01, 4.02),
      lat: Float64Array.of(46.05, 46.01, 46.02),
      communeCode: [undefined, undefined, '71153'],
    });

  it('is its town hall in OpenStreetMap, by the polygon that holds it or the code that it bears', async () => {
    const { structures, notices } = await place(list, { communes, loadTownhalls });
    expect(structures).toMatchObject([
      { id: '1', lon: 4.01, lat: 46.01, positionOrigin: 'townhall' },
      { id: '2', lon: 4.15, lat: 46.05, positionOrigin: 'townhall' },
    ]);
    expect(notices.notices.at(-1)!.message).toContain('2 stand at the town hall');
  });

  it('is the mairie of a list given, before any other', async () => {
    const { structures } = await place(`${list}3;Mairie;mairie;4.05;46.05;71306\n`, {
      communes,
      loadTownhalls,
    });
    expect(structures[0]).toMatchObject({ lon: 4.05, lat: 46.05, positionOrigin: 'townhall' });
    expect(structures[2]!.positionOrigin).toBeUndefined();
  });

  it('is not looked for where every row has a position', async () => {
    const load = vi.fn(loadTownhalls);
    await place('id;nom;type;lon;lat;code_insee\n1;A;ccas;4.8;46.3;71306\n', {
      communes,
      loadTownhalls: load,
    });
    expect(load).not.toHaveBeenCalled();
  });

  it.each([
    ['0;0', 'structure-off-the-earth'],
    ['400;46', 'structure-off-the-earth'],
    ['46.05;-100.5', 'structure-position-swapped'],
    ['ici;là', 'structure-position-unreadable'],
  ])('serves a row whose own position is %s, with its notice', async (position, code) => {
    const rows = `1;A;ccas;${position};71306\n2;B;ccas;4.15;46.05;71153\n`;
    const { structures, notices } = await place(`id;nom;type;lon;lat;code_insee\n${rows}`);
    expect(structures).toMatchObject([{ id: '1', positionOrigin: 'inside-point' }, { id: '2' }]);
    expect(notices.notices[0]).toMatchObject({ code, severity: 'warning', row: 2 });
  });
});

describe('codes of communes', () => {
  it.each([
    ['71306', '71306', undefined],
    ['1004', '01004', 'leading-zero'],
    ['2a004', '2A004', undefined],
    ['49069', '49126', 'merged'],
    ['93059', '93066', 'merged'],
    ['75101', '75056', 'arrondissement'],
    ['75120', '75056', 'arrondissement'],
    ['69389', '69123', 'arrondissement'],
    ['13216', '13055', 'arrondissement'],
    ['97801', '97801', 'overseas-collectivity'],
    ['97411', '97411', undefined],
    ['14771', '14771', 'unknown'],
    ['00003', '00003', undefined],
    ['4314902', '4314902', undefined],
  ])('%s -> %s (%s)', (written, code, change) => {
    expect(new StructureCommunes(undefined).codeOfToday(written)).toEqual({ code, change });
  });

  it.each([
    ['Creusot (Le)', 'le creusot'],
    ["L'Abergement-Sainte-Colombe", 'l abergement sainte colombe'],
    ['ST-VALLIER', 'saint vallier'],
    ['Mâcon Cedex 9', 'macon'],
  ])('the name %s is %s', (name, folded) => {
    expect(foldCommuneName(name).full).toBe(folded);
  });
});

const communes71 = realData('communes/communes-71.geojson');
describe('the charter of Montceau, Le Creusot and Autun', () => {
  it.skipIf(communes71 === undefined)(
    `is read with the commune as the position (${NO_REAL_DATA})`,
    async () => {
      const set = await readCommunes([communes71!], { departement: '71' }, new NoticeList());
      const notices = new NoticeList();
      const structures = await readStructures(
        ['bench/studies/charte-montceau.csv'],
        { communes: set },
        notices,
      );
      const countOf = (type: string) => structures.filter((structure) => structure.type === type).length;
      expect(['maisons-des-solidarites', 'ccas-cias', 'france-service'].map(countOf)).toEqual([3, 8, 10]);
      expect(
        structures.every(({ cercle, positionOrigin }) => cercle === 1 && positionOrigin === 'inside-point'),
      ).toBe(true);
      expect(structures.filter(({ dateCharte }) => dateCharte === '2022-12-13')).toHaveLength(7);
      expect(notices.counts().get('structures-placed-by-commune')).toBe(1);
      // The file writes each commune's name beside its code.
      const names = new StructureCommunes(set);
      for (const { nom, codeInsee } of structures) {
        const commune = set.communes.find(({ code }) => code === codeInsee)!;
        expect(names.findByName(commune.nom)).toBe(codeInsee);
        const folded = foldCommuneName(commune.nom).full;
        expect(foldCommuneName(nom).full).toContain(folded.replace(/^le /, 'du '));
      }
    },
  );
});
