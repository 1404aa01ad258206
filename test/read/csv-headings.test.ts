import { describe, expect, it } from 'vitest';
import { NoticeList } from '../../src/common/notices.ts';
import { readCsv } from '../../src/read/csv.ts';
import { keysOfHeading } from '../../src/read/csv-headings.ts';
import { useTempFiles } from './temp-files.ts';

const write = useTempFiles();
const KNOWN = ['id', 'n', 'nom', 'type', 'lon', 'lat', 'horaires'];

/** The records as name=value, and the codes of what was told. */
async function read(content: string | Buffer) {
  const notices = new NoticeList();
  const { header, records } = await readCsv(write('t.csv', content), KNOWN, notices);
  return {
    names: header.names,
    line: header.line,
    rows: records.map(({ line, fields }) => [line, ...fields]),
    codes: notices.notices.map(({ code, row }) => `${code}:${row}`),
  };
}

describe('the headings of a table', () => {
  it.each([
    ['Date d’engagement', 'date_engagement'],
    ["Horaires d'ouverture", 'horaires_ouverture'],
    ['Nom de la structure', 'nom_structure'],
    ['N°', 'n'],
    ['Longitude (WGS84)', 'longitude'],
    ['Engagé(e)', 'engage'],
    ['X [Lambert 93]', 'x'],
    ['Code\nINSEE', 'code_insee'],
    ['DATE D’ENGAGEMENT (JJ/MM/AAAA)', 'date_engagement'],
  ])('finds %j as %j', (name, key) => {
    expect(keysOfHeading(name)).toContain(key);
  });

  it.each([
    ['a title', 'Liste des accueils;;\nid;nom;type\n1;A;mds\n', 2],
    ['a title without separators', 'Liste des accueils\nid;nom;type\n1;A;mds\n', 2],
    ['a title, a blank row and groups of columns', 'Liste 2026;;\n;;\nQui;;Quoi\nid;nom;type\n1;A;mds\n', 4],
    ['notes with commas', 'Liste, à jour, du 3 mars\nid;nom;type\n1;A;mds\n', 2],
    ['blank rows', ';;\n \u00a0;;\nid;nom;type\n1;A;mds\n', 3],
    ['an empty line', '\nid;nom;type\n1;A;mds\n', 2],
    ['nothing', 'id;nom;type\n1;A;mds\n', 1],
  ])('are found below %s', async (_, content, line) => {
    const table = await read(content);
    expect(table.names).toEqual(['id', 'nom', 'type']);
    expect(table.line).toBe(line);
    expect(table.rows).toEqual([[line + 1, '1', 'A', 'mds']]);
    expect(table.codes).toEqual(line === 1 ? [] : [`csv-title-rows:${line}`]);
  });

  it('are put together where merged cells spread them over two rows', async () => {
    const table = await read('Liste;;;\nid;nom;Position;\n;;lon;lat\n1;A;7,4;43,7\n');
    expect(table.names).toEqual(['id', 'nom', 'lon', 'lat']);
    expect(table.rows).toEqual([[4, '1', 'A', '7,4', '43,7']]);
    const below = await read('id;nom;;\n;;lon;lat\n1;A;7,4;43,7\n');
    expect(below.names).toEqual(['id', 'nom', 'lon', 'lat']);
  });

  it('stay the first row where no row below knows more of them', async () => {
    const table = await read('foo;bar\nid;x\n1;2\n');
    expect(table.names).toEqual(['foo', 'bar']);
    const data = await read('id;nom;type\nnom;type;lon\n');
    expect(data.rows).toEqual([[2, 'nom', 'type', 'lon']]);
  });

  it('keep a column without a name, and let rows end with the last name', async () => {
    const table = await read('id;nom;;\n1;A;x;\n2;B\n3;C;;;;\n');
    expect(table.rows).toEqual([
      [2, '1', 'A', 'x', ''],
      [3, '2', 'B', '', ''],
      [4, '3', 'C', '', ''],
    ]);
    expect(table.codes).toEqual([]);
  });

  it('are read in Windows-1252 with a title above', async () => {
    const table = await read(Buffer.from('Accueils engagés\nN°;Nom;Type\n1;Étoile;mds\n', 'latin1'));
    expect(table.names).toEqual(['N°', 'Nom', 'Type']);
    expect(table.rows).toEqual([[3, '1', 'Étoile', 'mds']]);
  });
});

describe('rows that are no records', () => {
  it.each([
    ['separators alone', ';;'],
    ['spaces', ' ; ; '],
    ['no-break and thin spaces', '\u00a0;\u202f;\u00a0'],
    ['quoted blanks', '"";" ";""'],
    ['tabs between', '\t;;\t'],
    ['fewer separators', ';'],
  ])('are nothing where blank with %s', async (_, row) => {
    const table = await read(`id;nom;type\n${row}\n1;A;mds\n${row}\n${row}\n`);
    expect(table.rows).toEqual([[3, '1', 'A', 'mds']]);
    expect(table.codes).toEqual([]);
  });

  it.each([
    ['a note', 'Source : conseil départemental;;', 'csv-note-row:3'],
    ['a number alone', '27;;', 'csv-note-row:3'],
    ['a note in a later column', ';;à compléter', 'csv-note-row:3'],
    ['a total', 'Total;;', 'csv-total-row:3'],
  ])('are left out and told where they are %s', async (_, row, told) => {
    const table = await read(`id;nom;type\n1;A;mds\n${row}\n`);
    expect(table.rows).toEqual([[2, '1', 'A', 'mds']]);
    expect(table.codes).toEqual([told]);
  });

  it('are totals where half of the row is blank, and only there', async () => {
    const table = await read(
      'id;nom;type;lon\nTotal général;;;12\nSous-total 1;B;mds;7\nTotalité;C;;\nT4;D;;7\n',
    );
    expect(table.rows.map(([line]) => line)).toEqual([3, 4, 5]);
    expect(table.codes).toEqual(['csv-total-row:2']);
  });
});
