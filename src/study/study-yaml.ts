/**
 * The YAML of a study and the places of its keys. Codes and names are kept as written (`01` is a département,
 * not the number 1), and every fault is told with its line.
 */
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import { UsageError } from '../common/errors.ts';

/** Keys whose values are text even where YAML reads a number. */
const TEXT_KEYS = ['name', 'date', 'departement', 'commune_codes', 'out', 'population_crs'] as const;

export interface StudyYaml {
  /** The file's content as plain values. */
  value: unknown;
  /** 1-based line of a key path (`['walk', 'speed_kph']`), or of the nearest above it that the file has. */
  lineOf(path: ReadonlyArray<string | number>): number;
}

/** Throws a UsageError with the line where the text is no YAML or no table of keys. */
export function parseStudyYaml(file: string, text: string): StudyYaml {
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\uFEFF/, ''), { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line } = lines.linePos(error.pos[0]);
    const isRepeated = error.code === 'DUPLICATE_KEY';
    throw new UsageError(
      isRepeated ? 'a key stands twice' : `the study is not valid YAML: ${error.message}`,
      { file, line, value: showLine(text, line), remedy: findRemedy(error.code) },
    );
  }
  if (!isMap(document.contents)) {
    throw new UsageError('the study holds no keys', {
      file,
      line: 1,
      remedy: 'Write one "key: value" a line; "maillage init" writes a study to start from.',
    });
  }
  for (const key of TEXT_KEYS) keepText(document.get(key, true));
  return {
    value: document.toJS() as unknown,
    lineOf: (path) => lines.linePos(findOffset(document, path)).line,
  };
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
