/**
 * How the sources may depend on each other, read from their imports by the TypeScript compiler: a stage imports
 * earlier stages only, pure stages no machine, nothing goes round in circles. So the pure stages run in a worker
 * thread and, unchanged, in a browser page.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const SOURCES = fileURLToPath(new URL('../src', import.meta.url));
const GREATEST_LINE_COUNT = 400;

/** The stages in order; those of one line are neighbours that never import each other. */
const STAGES: ReadonlyArray<readonly string[]> = [
  ['defects'],
  ['common'],
  ['words'],
  ['study'],
  ['read'],
  ['streets', 'transit'],
  ['network'],
  ['search'],
  ['isochrones'],
  ['coverage'],
  ['planning'],
  // What touches the machine, and what words a result: neither knows the other.
  ['runtime', 'report'],
  ['batch'],
  ['commands'],
  ['cli.ts', 'index.ts'],
];
const PURE_STAGES = new Set([
  'streets',
  'transit',
  'network',
  'search',
  'isochrones',
  'coverage',
  'planning',
]);
/** Stages that read files: pure ones may know their types, and nothing else of them. */
const READING_STAGES = new Set(['study', 'read']);

interface Import {
  /** `a/b.ts` of the file, and what it imports: likewise, or a package's name. */
  from: string;
  to: string;
  isOwn: boolean;
  isTypeOnly: boolean;
}

const files = (readdirSync(SOURCES, { recursive: true }) as string[])
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'))
  .sort();
const imports = files.flatMap((file) => findImports(file, readFileSync(join(SOURCES, file), 'utf8')));
const ownImports = imports.filter(({ isOwn }) => isOwn);

/** All imports of a file: static, re-exports, dynamic, and types written as `import('…')`. */
function findImports(file: string, text: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, isTypeOnly: boolean) => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    const isOwn = specifier.text.startsWith('.');
    const to = isOwn ? posix.normalize(posix.join(posix.dirname(file), specifier.text)) : specifier.text;
    found.push({ from: file, to, isOwn, isTypeOnly });
  };
  const visit = (node: ts.Node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, importsOnlyTypes(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, exportsOnlyTypes(node));
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return found;
}

function importsOnlyTypes(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const names = clause.namedBindings;
  if (clause.name !== undefined || names === undefined || !ts.isNamedImports(names)) return false;
  return names.elements.length > 0 && names.elements.every(({ isTypeOnly }) => isTypeOnly);
}

function exportsOnlyTypes({ isTypeOnly, exportClause }: ts.ExportDeclaration): boolean {
  if (isTypeOnly) return true;
  if (exportClause === undefined || !ts.isNamedExports(exportClause)) return false;
  return exportClause.elements.length > 0 && exportClause.elements.every((element) => element.isTypeOnly);
}

function stageOf(file: string): string {
  return file.split('/')[0]!;
}

function levelOf(file: string): number {
  return STAGES.findIndex((stages) => stages.includes(stageOf(file)));
}

const show = ({ from, to }: Import): string => `${from} imports ${to}`;

describe('the reading of imports', () => {
  it.each([
    ["import { a } from './b.ts';", false],
    ["import type { a } from './b.ts';", true],
    ["import { type a, type c } from './b.ts';", true],
    ["import { type a, c } from './b.ts';", false],
    ["import './b.ts';", false],
    ["import * as b from './b.ts';", false],
    ["export { a } from './b.ts';", false],
    ["export * from './b.ts';", false],
    ["export type { a } from './b.ts';", true],
    ["export { type a } from './b.ts';", true],
    ["const b = await import('./b.ts');", false],
    ["let a: import('./b.ts').A;", true],
  ])('of %s', (text, isTypeOnly) => {
    expect(findImports('x/a.ts', text)).toEqual([{ from: 'x/a.ts', to: 'x/b.ts', isOwn: true, isTypeOnly }]);
  });
});

describe('the sources', () => {
  it('lie in the folder of a stage', () => {
    expect(files.filter((file) => levelOf(file) < 0)).toEqual([]);
    expect(files.length).toBeGreaterThan(100);
  });

  it('import files that exist, by their names', () => {
    expect(ownImports.filter(({ to }) => !files.includes(to) && !to.endsWith('.d.ts')).map(show)).toEqual([]);
  });

  it('import one way, from earlier stages to later ones', () => {
    const wrong = ownImports.filter(
      ({ from, to }) => stageOf(from) !== stageOf(to) && levelOf(to) >= levelOf(from),
    );
    expect(wrong.map(show)).toEqual([]);
  });

  it('import no types in circles, nor values', () => {
    expect(findCircle(ownImports)).toEqual([]);
  });

  it('touch no machine in the pure stages', () => {
    const wrong = imports.filter(
      ({ from, to, isOwn }) => PURE_STAGES.has(stageOf(from)) && !isOwn && isBuiltin(to),
    );
    expect(wrong.map(show)).toEqual([]);
    const words =
      /\bprocess\.|\bBuffer\b|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\.|\brequire\(/;
    const globals = files.filter(
      (file) => PURE_STAGES.has(stageOf(file)) && words.test(withoutComments(file)),
    );
    expect(globals).toEqual([]);
  });

  it('know only types of the reading stages in the pure stages', () => {
    const wrong = ownImports.filter(
      ({ from, to, isTypeOnly }) =>
        PURE_STAGES.has(stageOf(from)) && READING_STAGES.has(stageOf(to)) && !isTypeOnly,
    );
    expect(wrong.map(show)).toEqual([]);
  });

  it.each(files)('%s begins with what it is for, and is short enough to read', (file) => {
    const text = readFileSync(join(SOURCES, file), 'utf8').replace(/^#!.*\n/, '');
    expect(text).toMatch(/^\/\*\*/);
    expect(text.split('\n').length).toBeLessThanOrEqual(GREATEST_LINE_COUNT);
  });
});

/** A circle of imports as the files on it, in order; empty where there is none. */
function findCircle(all: readonly Import[]): string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of all) targets.set(from, [...(targets.get(from) ?? []), to]);
  const done = new Set<string>();
  const path: string[] = [];
  const walk = (file: string): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    path.push(file);
    for (const target of targets.get(file) ?? []) {
      const circle = walk(target);
      if (circle.length > 0) return circle;
    }
    path.pop();
    done.add(file);
    return [];
  };
  for (const file of targets.keys()) {
    const circle = walk(file);
    if (circle.length > 0) return circle;
  }
  return [];
}

function withoutComments(file: string): string {
  const text = readFileSync(join(SOURCES, file), 'utf8');
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}
