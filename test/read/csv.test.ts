import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../src/common/crc32.ts';
import { NoticeList } from '../../src/common/notices.ts';
import { readCsv } from '../../src/read/csv.ts';
import { normaliseHeader } from '../../src/read/csv-headings.ts';
import { type CsvRow, RowScanner } from '../../src/read/csv-rows.ts';
import { NO_REAL_DATA, realData } from '../real-data.ts';
import { usageErrorOf } from './failing.ts';
import { useTempFiles } from './temp-files.ts';

const write = useTempFiles();
const rows = [
  ['71270', 'Mâcon', '34 448'],
  ['71076', 'Chalon "la ville"', '45 096'],
];

async function fieldsOf(content: string | Buffer, name = 'a.csv') {
  const table = await readCsv(write(name, content), ['code', 'nom', 'people'], new NoticeList());
  return table.records.map((record) => record.fields);
}

describe('the dialect of a CSV', () => {
  const text = 'Code,Nom,People\r\n71270,Mâcon,34 448\r\n71076,"Chalon ""la ville""",45 096\r\n';
  it.each([
    ['commas and CRLF', text],
    ['line feeds only', text.replaceAll('\r\n', '\n')],
    ['carriage returns only', text.replaceAll('\r\n', '\r')],
    ['no line end at the end', text.trimEnd()],
    ['semicolons', text.replaceAll(',', ';')],
    ['tabs', text.replaceAll(',', '\t')],
    ['bars', text.replaceAll(',', '|')],
    ['a UTF-8 byte order mark', `\uFEFF${text}`],
    ['UTF-16 little endian', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 big endian', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['Windows-1252', Buffer.from(text, 'latin1')],
    ['gzip', gzipSync(text)],
    ['trailing separators', text.replaceAll('\r\n', ',\r\n').replace('People,', 'People')],
    ['an empty line between', text.replace('71076', '\r\n71076')],
  ])('reads the same table with %s', async (_, content) => {
    expect(await fieldsOf(content)).toEqual(rows);
  });

  it('decodes the euro and the oe that only Windows-1252 has', async () => {
    const content = Buffer.concat([
      Buffer.from('nom;people\nC'),
      Buffer.from([0x9c]),
      Buffer.from('ur;5 '),
      Buffer.from([0x80]),
    ]);
    expect(await fieldsOf(content)).toEqual([['Cœur', '5 €']]);
  });

  it.each([
    ['Code INSEE', 'code_insee'],
    ['  Département ', 'departement'],
    ['CONTACT.MAIL', 'contact_mail'],
    ['Men_pauv', 'men_pauv'],
  ])('matches the header %j as %s', (name, normalised) => {
    expect(normaliseHeader(name)).toBe(normalised);
  });

  it('refuses a header that two separators split alike, with its line', async () => {
    const path = write('two.csv', 'a,b;c,d\n1,2;3,4\n');
    const error = await usageErrorOf(() => readCsv(path, [], new NoticeList()));
    expect(error.message).toContain('two ways');
    expect(error.fields.line).toBe(1);
  });

  it('lets the known columns choose between two separators', async () => {
    const path = write('known.csv', 'code;nom, prénom;people\n1;a, b;2\n');
    const { records } = await readCsv(path, ['code', 'people'], new NoticeList());
    expect(records[0].fields).toEqual(['1', 'a, b', '2']);
  });
});

describe('a zip', () => {
  const text = 'code,nom,people\n71270,Mâcon,34 448\n';

  it('gives the one data file inside, beside its documentation', async () => {
    const content = storedZip({ 'lisez-moi.pdf': '%PDF', 'meta_a.csv': 'x', 'dossier/a.csv': text });
    expect(await fieldsOf(content, 'a.zip')).toEqual([rows[0]]);
  });

  it.each([
    ['two data files', { 'a.csv': text, 'b.csv': text }, 'several'],
    ['no data file', { 'a.pdf': 'x' }, 'no .csv'],
    ['a workbook', { '[Content_Types].xml': '', 'xl/a.xml': '' }, 'workbook (.xlsx)'],
  ])('with %s is refused', async (_, files, words) => {
    const path = write('bad.zip', storedZip(files));
    const error = await usageErrorOf(() => readCsv(path, [], new NoticeList()));
    expect(error.message).toContain(words);
    expect(error.fields.remedy).toBeDefined();
  });
});

/** A zip of uncompressed files. */
function storedZip(files: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt32LE(crc32(data), 14);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt32LE(data.length, 22);
    local.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt32LE(crc32(data), 16);
    central.writeUInt32LE(data.length, 20);
    central.writeUInt32LE(data.length, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), data);
    centrals.push(central, Buffer.from(name));
    offset += 30 + name.length + data.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(centrals.length / 2, 8);
  end.writeUInt16LE(centrals.length / 2, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

describe('records of a CSV', () => {
  it.each([10_000, 100_000, 900_000])('reads fields of %d characters', async (length) => {
    const long = 'é'.repeat(length);
    expect(await fieldsOf(`code;nom;people\n1;"${long}";${long}\n`)).toEqual([['1', long, long]]);
  });

  it('gives the line on which a record begins, also after a field of several lines', async () => {
    const path = write('lines.csv', 'code,nom\n1,"one\ntwo\nthree"\n2,b\n');
    const { records } = await readCsv(path, [], new NoticeList());
    expect(records.map((record) => record.line)).toEqual([2, 5]);
    expect(records[0].fields[1]).toBe('one\ntwo\nthree');
  });

  it('leaves out a row with further fields, and reads missing last fields as blank', async () => {
    const path = write('odd.csv', 'code,nom,people\n1,a,5\n2,b,6,7\n3,c\n');
    const notices = new NoticeList();
    const { records } = await readCsv(path, [], notices);
    expect(records.map((record) => record.fields)).toEqual([
      ['1', 'a', '5'],
      ['3', 'c', ''],
    ]);
    expect(notices.notices.map((notice) => [notice.row, notice.action])).toEqual([
      [3, 'row left out'],
      [4, 'the missing fields read as blank'],
    ]);
  });

  it('names decimal commas when every row has more fields than the header', async () => {
    const path = write('comma.csv', 'lon,lat,population\n2,35,48,85,10\n2,36,48,86,11\n');
    const error = await usageErrorOf(() => readCsv(path, [], new NoticeList()));
    expect(error.fields.line).toBe(2);
    expect(error.fields.remedy).toContain('Decimal commas');
  });

  it('names the line of a quote that is never closed', async () => {
    const path = write('quote.csv', 'code,nom\n1,a\n2,"b\n3,c\n');
    const error = await usageErrorOf(() => readCsv(path, [], new NoticeList()));
    expect(error.fields.line).toBe(3);
  });

  it.each([
    ['an empty file', '', 'empty'],
    ['a web page', '<!DOCTYPE html><html></html>', 'web page'],
    ['JSON', '{"a": 1}', 'JSON'],
    ['a truncated gzip', gzipSync('code,nom\n1,a\n').subarray(0, 20), 'unpacked'],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]), 'Excel'],
  ])('refuses %s', async (_, content, words) => {
    const path = write('bad.csv', content);
    const error = await usageErrorOf(() => readCsv(path, [], new NoticeList()));
    expect(error.message).toContain(words);
    expect(error.fields.file).toBe(path);
  });

  it('lists the columns found when one is missing', async () => {
    const { header } = await readCsv(write('cols.csv', 'a,b\n1,2\n'), [], new NoticeList());
    const error = await usageErrorOf(() => header.get('population', 'population'));
    expect(error.fields.value).toBe('a,b');
  });
});

describe('the scanner', () => {
  const decode = (bytes: Buffer, start: number, end: number) => bytes.toString('utf8', start, end);

  it('reads what csv-parse reads, in chunks of any size', () => {
    const field = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', '1'), maxLength: 6 });
    const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 9 }), (records, chunkSize) => {
        const text = records
          .map((each) => each.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
          .join('\n');
        const seen: string[][] = [];
        const scanner = new RowScanner(0x2c, 0x0a, decode, (row: CsvRow) =>
          seen.push(Array.from({ length: row.fieldCount }, (_, i) => row.text(i))),
        );
        const bytes = Buffer.from(text);
        for (let at = 0; at < bytes.length; at += chunkSize) scanner.push(bytes.subarray(at, at + chunkSize));
        scanner.end();
        const expected = parse(text, { relax_column_count: true }) as string[][];
        expect(seen).toEqual(expected.map((each) => each.map((cell) => cell.trim())));
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  const list = realData('france-services/france-services-liste-fs-20240801.csv');
  it.skipIf(list === undefined)(
    `agrees with csv-parse on the France services list (${NO_REAL_DATA})`,
    async () => {
      const { records } = await readCsv(list!, ['id_fs'], new NoticeList());
      const expected = parse(readFileSync(list!), { from_line: 2 }) as string[][];
      expect(records).toHaveLength(2845);
      expect(records.map((record) => record.fields)).toEqual(
        expected.map((each) => each.map((cell) => cell.trim())),
      );
    },
  );
});
