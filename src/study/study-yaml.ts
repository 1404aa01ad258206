/**
 * The YAML of a study and the places of its keys. Codes and names are kept as written (`01` is a département,
 * not the number 1), and every fault is told with its line.
 */
import {
  type Document,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import { Fault, UsageError } from '../common/errors.ts';
import { askForSingleQuotes } from './meant.ts';
import { FILE_KEYS } from './missing-files.ts';

/** Keys whose values are text even where YAML reads a number. */
const TEXT_KEYS = ['name', 'date', 'departement', 'commune_codes', 'out', 'population_crs'] as const;

/** Keys that hold paths; of `targets`, which is a table, below it too. */
const PATH_KEYS = [...FILE_KEYS, 'targets', 'out'] as const;

export interface StudyYaml {
  /** The file's content as plain values. */
  value: unknown;
  /** 1-based line of a key path (`['walk', 'speed_kph']`), or of the nearest above it that the file has. */
  lineOf(path: ReadonlyArray<string | number>): number;
  /** The number at a key path as the file writes it (`1e309`, `.nan`); undefined where there is none. */
  writtenNumber(path: ReadonlyArray<string | number>): string | undefined;
}

/** Throws a UsageError with the line where the text is no YAML or no table of keys. */
export function parseStudyYaml(file: string, text: string): StudyYaml {
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\uFEFF/, ''), {
    lineCounter: lines,
    prettyErrors: false,
    // The parser compares each key with all before it.
    uniqueKeys: false,
  });
  const [error = findRepeatedKey(document.contents)] = document.errors;
  if (error !== undefined) {
    const { line } = lines.linePos(error.pos[0]);
    const isRepeated = error.code === 'DUPLICATE_KEY';
    const windowsLine = findWindowsLine(text, line, error.code);
    throw new UsageError(
      isRepeated ? 'a key stands twice' : `the study is not valid YAML: ${wordFault(error)}`,
      windowsLine === undefined
        ? { file, line, value: showLine(text, line), remedy: findRemedy(error.code) }
        : {
            file,
            line: windowsLine,
            value: showLine(text, windowsLine),
            remedy: askForSingleQuotes(findQuoted(text, windowsLine)),
          },
    );
  }
  if (!isMap(document.contents)) {
    throw new Fault('study-without-keys', { file, line: 1 });
  }
  for (const key of TEXT_KEYS) keepText(document.get(key, true));
  for (const key of PATH_KEYS) refuseEscapedPaths(document.getIn([key], true), file, text, lines);
  return {
    value: toValues(document, file, text, lines),
    lineOf: (path) => lines.linePos(findOffset(document, path)).line,
    writtenNumber: (path) => {
      const node = document.getIn([...path], true);
      return isScalar(node) && typeof node.value === 'number' ? node.source : undefined;
    },
  };
}

/** The content as plain values. A few lines of aliases can stand for billions of values, or hold themselves. */
function toValues(document: Document.Parsed, file: string, text: string, lines: LineCounter): unknown {
  const refuse = (offset: number | undefined, fault: string, remedy: string) => {
    const { line } = lines.linePos(offset ?? 0);
    return new UsageError(fault, { file, line, value: showLine(text, line), remedy });
  };
  const offsetOfAlias = new Map<string, number | undefined>();
  visit(document, {
    Alias: (_, { source, range }, above) => {
      if (!offsetOfAlias.has(source)) offsetOfAlias.set(source, range?.[0]);
      if (above.some((node) => isCollection(node) && node.anchor === source))
        throw refuse(range?.[0], 'an alias stands inside of what it stands for', WRITE_VALUE);
    },
    Scalar: (_, { value, range }) => {
      if (typeof value !== 'string' || !value.includes('\0')) return;
      throw refuse(
        range?.[0],
        'a text holds a NUL character',
        'Write the line again: no name and no path holds this character.',
      );
    },
  });
  try {
    return document.toJS() as unknown;
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const unresolved = [...offsetOfAlias.keys()].find((source) => error.message.endsWith(`: ${source}`));
    throw unresolved === undefined
      ? refuse([...offsetOfAlias.values()].at(-1), 'the aliases stand for too many values', WRITE_VALUE)
      : refuse(offsetOfAlias.get(unresolved), 'an alias stands for nothing', WRITE_VALUE);
  }
}

const WRITE_VALUE = 'Write the value itself in place of the alias (*name).';

/** As the parser's own fault, for the first key that stands twice in its map. */
function findRepeatedKey(node: unknown): Pick<YAMLError, 'code' | 'pos' | 'message'> | undefined {
  if (isSeq(node)) return firstOf(node.items, findRepeatedKey);
  if (!isMap(node)) return undefined;
  const seen = new Set<unknown>();
  return firstOf(node.items, ({ key, value }) => {
    if (isScalar(key)) {
      const [from, to] = key.range ?? [0, 0];
      if (seen.has(key.value))
        return { code: 'DUPLICATE_KEY', pos: [from, to], message: 'a key stands twice' };
      seen.add(key.value);
    }
    return findRepeatedKey(value);
  });
}

function firstOf<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Brackets nested by the thousand exhaust the parser's stack, which it reports as it does any fault of the text. */
function wordFault({ code, message }: Pick<YAMLError, 'code' | 'message'>): string {
  return code === 'RESOURCE_EXHAUSTION' ? 'its brackets are nested too deeply' : message;
}

function findRemedy(code: string): string {
  if (code === 'DUPLICATE_KEY') return 'Keep one of the two lines.';
  if (code === 'TAB_AS_INDENT') return 'Indent with spaces, not tabs.';
  return 'Check indentation, quotes, brackets and colons, here and in the line above; "maillage init" writes a study to start from.';
}

/** Enough of a line to find it again. */
const SHOWN_CHARACTERS = 60;

function showLine(text: string, line: number): string {
  const shown = (text.split(/\r?\n/)[line - 1] ?? '').trim();
  return shown.length > SHOWN_CHARACTERS ? `${shown.slice(0, SHOWN_CHARACTERS)}…` : shown;
}

/** Characters of a line in which a path is looked for. */
const LONGEST_ROW = 2000;

/** A drive or a folder, a backslash and a name, in double quotes. */
const WINDOWS_QUOTED = /"((?:[A-Za-z]:|\.{1,2}|\\\\|[\p{L}\p{N}_. -]+)\\(?!\\)[^"\n]*)/u;

/** The line whose double quotes hold a Windows path, where that is what the YAML stumbled over. */
function findWindowsLine(text: string, line: number, code: string): number | undefined {
  const rows = text.split(/\r?\n/);
  if (code === 'BAD_DQ_ESCAPE') return line;
  // A backslash before the closing quote keeps the text open, and shows far below.
  if (code === 'DUPLICATE_KEY') return undefined;
  const found = rows.findIndex(
    (row) =>
      row.length <= LONGEST_ROW && /"[^"\n]*\\"\s*[\],]?\s*(#.*)?$/.test(row) && WINDOWS_QUOTED.test(row),
  );
  return found < 0 ? undefined : found + 1;
}

function findQuoted(text: string, line: number): string | undefined {
  const row = (text.split(/\r?\n/)[line - 1] ?? '').slice(0, LONGEST_ROW);
  return WINDOWS_QUOTED.exec(row)?.[1]?.replace(/\\$/, '');
}

/** Escapes that make of a name something that no file is called: tab, line feed, no-break space, … */
const SILENT_ESCAPE = /(?<!\\)(?:\\\\)*\\[abefnrtv0NLP_ ]/;

/** A Windows path whose backslashes YAML takes for escapes that it knows: `"C:\temp\new.csv"`. */
function refuseEscapedPaths(node: unknown, file: string, text: string, lines: LineCounter): void {
  if (isSeq(node)) for (const item of node.items) refuseEscapedPaths(item, file, text, lines);
  else if (isMap(node)) for (const { value } of node.items) refuseEscapedPaths(value, file, text, lines);
  else if (isScalar(node) && node.type === 'QUOTE_DOUBLE' && node.range) {
    const [from, to] = node.range;
    const written = text.replace(/^\uFEFF/, '').slice(from + 1, to - 1);
    if (!SILENT_ESCAPE.test(written) && !/^[A-Za-z]:\\(?!\\)/.test(written)) return;
    const { line } = lines.linePos(from);
    throw new UsageError('a path is written with escapes', {
      file,
      line,
      value: showLine(text, line),
      remedy: askForSingleQuotes(written),
    });
  }
}

function keepText(node: unknown): void {
  if (isSeq(node)) for (const item of node.items) keepText(item);
  else if (isScalar(node) && typeof node.value === 'number' && node.source !== undefined)
    node.value = node.source;
}

/** Offset of the key at a path, or of the deepest part of the path that exists. */
function findOffset(document: Document.Parsed, path: ReadonlyArray<string | number>): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = (node as YAMLMap<Node, Node | null>).items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(step),
      );
      if (pair === undefined) break;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}
