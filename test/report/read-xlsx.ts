/** Reads a workbook of ours back, for tests: unzipped by yauzl, its XML parsed by saxes, which refuses what is not well-formed. */
import { SaxesParser } from 'saxes';
import yauzl from 'yauzl';

export interface ReadCell {
  value: string | number;
  style: number;
}

export interface ReadSheet {
  name: string;
  /** Of each column, in characters. */
  widths: number[];
  /** `A1` -> cell. */
  cells: Map<string, ReadCell>;
  rows: ReadCell['value'][][];
  filter: string | undefined;
  frozenRows: number;
}

export interface ReadXlsx {
  sheets: ReadSheet[];
  /** Number of a style -> its format of numbers. */
  formats: string[];
  fileNames: string[];
  /** Every name of an element in any file. */
  elements: Set<string>;
  modified: Date[];
}

export async function readXlsx(bytes: Uint8Array): Promise<ReadXlsx> {
  const files = await unzip(bytes);
  const elements = new Set<string>();
  const names: string[] = [];
  for (const { name, text } of files) {
    parse(text, (tag, attributes) => {
      elements.add(tag);
      if (name === 'xl/workbook.xml' && tag === 'sheet') names.push(attributes.name!);
    });
  }
  const sheets = files
    .filter(({ name }) => name.startsWith('xl/worksheets/'))
    .map(({ text }, at) => ({ name: names[at]!, ...readSheet(text) }));
  return {
    sheets,
    formats: readFormats(files.find(({ name }) => name === 'xl/styles.xml')!.text),
    fileNames: files.map(({ name }) => name),
    elements,
    modified: files.map(({ modified }) => modified),
  };
}

function readFormats(text: string): string[] {
  const codes = new Map([['0', 'General']]);
  const formats: string[] = [];
  let isInCells = false;
  parse(text, (tag, attributes) => {
    if (tag === 'numFmt') codes.set(attributes.numFmtId!, attributes.formatCode!);
    if (tag === 'cellXfs') isInCells = true;
    if (tag === 'cellStyles') isInCells = false;
    if (tag === 'xf' && isInCells) formats.push(codes.get(attributes.numFmtId!)!);
  });
  return formats;
}

function readSheet(text: string): Omit<ReadSheet, 'name'> {
  const cells = new Map<string, ReadCell>();
  const rows: ReadCell['value'][][] = [];
  const widths: number[] = [];
  let filter: string | undefined;
  let frozenRows = 0;
  let reference = '';
  let style = 0;
  let isText = false;
  parse(
    text,
    (tag, attributes) => {
      if (tag === 'row') rows.push([]);
      if (tag === 'col') widths.push(Number(attributes.width));
      if (tag === 'c') {
        reference = attributes.r!;
        style = Number(attributes.s);
        isText = attributes.t === 'inlineStr';
        if (isText) add('');
      }
      if (tag === 'autoFilter') filter = attributes.ref;
      if (tag === 'pane') frozenRows = Number(attributes.ySplit);
    },
    (tag, content) => {
      if (tag === 't' || tag === 'v') add(isText ? content : Number(content));
    },
  );
  return { cells, rows, widths, filter, frozenRows };

  function add(value: string | number): void {
    if (!cells.has(reference)) rows[rows.length - 1]!.push(value);
    else rows[rows.length - 1]![rows[rows.length - 1]!.length - 1] = value;
    cells.set(reference, { value, style });
  }
}

export function parse(
  text: string,
  onOpen: (tag: string, attributes: Record<string, string>) => void,
  onText: (tag: string, content: string) => void = () => {},
): void {
  const parser = new SaxesParser();
  let tag = '';
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (node) => {
    tag = node.name;
    onOpen(node.name, node.attributes as Record<string, string>);
  });
  parser.on('text', (content) => onText(tag, content));
  parser.write(text).close();
}

function unzip(bytes: Uint8Array): Promise<Array<{ name: string; text: string; modified: Date }>> {
  return new Promise((resolve, reject) => {
    const files: Array<{ name: string; text: string; modified: Date }> = [];
    yauzl.fromBuffer(Buffer.from(bytes), { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      zip.on('error', reject);
      zip.on('end', () => resolve(files));
      zip.on('entry', (entry) => {
        zip.openReadStream(entry, async (failure, stream) => {
          if (failure) return reject(failure);
          const chunks: Buffer[] = [];
          for await (const chunk of stream) chunks.push(chunk as Buffer);
          files.push({
            name: entry.fileName,
            text: Buffer.concat(chunks).toString('utf8'),
            modified: entry.getLastModDate(),
          });
          zip.readEntry();
        });
      });
      zip.readEntry();
    });
  });
}
