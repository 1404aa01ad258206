import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { readReferencePopulations } from '../../src/read/reference-populations.ts';
import { usageErrorOf } from './failing.ts';
import { useTempFiles } from './temp-files.ts';

const write = useTempFiles();

interface PackageCommune {
  code: string;
  nom: string;
  type: string;
  departement?: string;
  region?: string;
  population?: number;
}

describe('populations de référence', () => {
  it.each([
    [
      'new',
      'REG;Région;DEP;CODARR;CODCAN;CODCOM;COM;Commune;PMUN;PCAP;PTOT\r\n84;ARA;01;2;08;001;01001;L’Abergement;800;10;810\r\n27;BFC;71;4;05;076;71076;Chalon;45000;1;45001\r\n',
      { '01001': 800, '71076': 45_000 },
    ],
    [
      'old',
      'CODREG;REG;CODDEP;CODARR;CODCAN;CODCOM;COM;PMUN;PCAP;PTOT\r\n84;ARA;1;2;08;1;L’Abergement;800;10;810\r\n94;Corse;2A;1;01;004;Ajaccio;"70 659";1;2\r\n1;Guadeloupe;971;1;01;101;Les Abymes;53000;1;2\r\n1;Guadeloupe;971;1;01;05;Basse-Terre;9000;1;2\r\n',
      { '01001': 800, '2A004': 70_659, '97101': 53_000, '97105': 9_000 },
    ],
    ['own', 'code_insee,population\n1001,800\n', { '01001': 800 }],
  ])('reads the %s header', async (_, content, expected) => {
    const { peopleOfCommune, total } = await readReferencePopulations(
      write('donnees_communes.csv', content),
      new NoticeList(),
    );
    expect(Object.fromEntries(peopleOfCommune)).toEqual(expected);
    expect(total).toBe(Object.values(expected).reduce((a, b) => a + b, 0));
  });

  it('adds up the arrondissements of Paris, Lyon and Marseille, and communes that have merged', async () => {
    const path = write(
      'plm.csv',
      'COM;Commune;PMUN\n75101;Paris 1er;10\n75120;Paris 20e;20\n69381;Lyon 1er;3\n69389;Lyon 9e;4\n13201;Marseille 1er;5\n13216;Marseille 16e;6\n71131;Cortevaix;7\n71566;Navour;8\n',
    );
    const { peopleOfCommune } = await readReferencePopulations(path, new NoticeList());
    expect(Object.fromEntries(peopleOfCommune)).toEqual({
      '75056': 30,
      '69123': 7,
      '13055': 11,
      '71566': 15,
    });
  });

  it('leaves out rows without code or number and repeated ones, each with its notice', async () => {
    const notices = new NoticeList();
    const path = write(
      'bad.csv',
      'COM;Commune;PMUN\n71076;a;5\nX;b;6\n71270;c;n.d.\n71076;d;7\n71271;e;-1\n',
    );
    const { total } = await readReferencePopulations(path, notices);
    expect(total).toBe(5);
    expect(notices.notices.map(({ row, message }) => [row, message])).toEqual([
      [3, 'the code of the commune is not readable'],
      [4, 'the population is not a number'],
      [5, 'the commune stands twice'],
      [6, 'the population is negative'],
    ]);
  });

  it.each([
    ['no population', 'COM;Commune\n71076;a\n', 'the column of the municipal population is missing'],
    ['no code', 'Commune;PMUN\na;5\n', 'the column of the code of the commune is missing'],
    ['no usable row', 'COM;PMUN\nX;5\n', 'no row gives the population of a commune'],
  ])('refuses a file with %s', async (_, content, message) => {
    const error = await usageErrorOf(() =>
      readReferencePopulations(write('x.csv', content), new NoticeList()),
    );
    expect(error.message).toBe(message);
  });

  it('reads a file of the national shape: 550 310 people in the 563 communes of département 71', async () => {
    const require = createRequire(import.meta.url);
    const communes = require('@etalab/decoupage-administratif/data/communes.json') as PackageCommune[];
    const plm = new Set(['75056', '69123', '13055']);
    const rows = communes
      .filter(({ code, type, population }) => {
        const isPart = type === 'arrondissement-municipal';
        return population !== undefined && (isPart || (type === 'commune-actuelle' && !plm.has(code)));
      })
      .map(
        ({ code, nom, population }) =>
          `;;${code.slice(0, 2)};;;${code.slice(2)};${code};"${nom}";${population};0;0`,
      );
    const header = 'REG;Région;DEP;CODARR;CODCAN;CODCOM;COM;Commune;PMUN;PCAP;PTOT';
    const path = write('national.csv', `${[header, ...rows].join('\r\n')}\r\n`);
    const notices = new NoticeList();
    const { peopleOfCommune } = await readReferencePopulations(path, notices);
    const of71 = [...peopleOfCommune].filter(([code]) => code.startsWith('71'));
    expect([of71.length, of71.reduce((sum, [, people]) => sum + people, 0)]).toEqual([563, 550_310]);
    expect(notices.notices).toEqual([]);
    for (const code of plm) expect(peopleOfCommune.has(code)).toBe(true);
  });
});
