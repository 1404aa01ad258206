/**
 * README.md says what is so: its figures and picture are what the scripts make, its commands run, its example of
 * the library compiles and runs. Figures and picture are renewed by `npm run readme`.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describePlaces, fillReadme } from '../scripts/fill-readme.ts';
import { runExample } from '../scripts/lib/run-example.ts';
import { drawReadmeMap, README_MAP_PATH } from '../scripts/make-readme-map.ts';
import type { ReportInput } from '../src/report/report-input.ts';
import { runCli, temporaryFolder } from './run-cli.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(join(PROJECT, 'README.md'), 'utf8');
const sourcesPage = readFileSync(join(PROJECT, 'src', 'README.md'), 'utf8');

/** Contents of the fenced blocks of a language. */
function listFences(language: string): string[] {
  return Array.from(page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm))
    .filter((match) => match[1] === language)
    .map((match) => match[2]!);
}

const commandLines = listFences('sh')
  .flatMap((fence) => fence.trim().split('\n'))
  .map((line) => line.replace(/\s+#.*$/, ''));

describe('the figures and the picture', () => {
  let report: ReportInput;
  beforeAll(async () => {
    ({ report } = await runExample());
  });

  it('are those of the example and of the benchmark runs (else: npm run readme)', () => {
    expect(page).toBe(fillReadme(page, describePlaces(report)));
  });

  it('show the map that the tool draws (else: npm run readme)', () => {
    expect(readFileSync(README_MAP_PATH, 'utf8')).toBe(drawReadmeMap(report));
    expect(page).toContain('](data/exemple/carte.svg)');
  });
});

describe('a marked place', () => {
  it('is filled anew each time', () => {
    const once = fillReadme('a\n<!-- fill:x -->\n<!-- /fill -->\nb', new Map([['x', '| 1 |']]));
    expect(once).toBe('a\n<!-- fill:x -->\n| 1 |\n<!-- /fill -->\nb');
    expect(fillReadme(once, new Map([['x', '| 2 |']]))).toContain('-->\n| 2 |\n<!--');
  });

  it('must be known, and a content must have its place', () => {
    expect(() => fillReadme('<!-- fill:x -->\n<!-- /fill -->', new Map())).toThrow('x');
    expect(() => fillReadme('', new Map([['x', '1']]))).toThrow('x');
  });
});

describe('the commands', () => {
  const folder = temporaryFolder();
  afterAll(folder.remove);
  beforeAll(() => {
    cpSync(join(PROJECT, 'data', 'exemple'), join(folder.path, 'data', 'exemple'), { recursive: true });
  });

  const onExample = commandLines
    .filter((line) => line.startsWith('npx maillage '))
    .filter((line) => line.includes('data/exemple/') || !line.includes('etude.yaml'));

  it.each([...onExample, 'npx maillage init etude.yaml'])('%s', (line) => {
    const { exitCode, stderr } = runCli(line.split(' ').slice(2), folder.path);
    expect(stderr.includes('internal error')).toBe(false);
    expect(exitCode).toBe(0);
  });

  it('of npm are scripts of the package, or its own', () => {
    const { scripts } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = Array.from(page.matchAll(/npm run ([\w:-]+)/g), (match) => match[1]!);
    expect(named.length).toBeGreaterThan(2);
    for (const name of named) expect(scripts).toHaveProperty([name]);
  });

  it('of npm scripts use no variable and no pattern of a shell', () => {
    const { scripts } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    for (const script of Object.values(scripts)) expect(script).not.toMatch(/[$*|;<>`'"%]|(^|\s)[A-Z_]+=/);
  });
});

describe('the example of the library', () => {
  const [source] = listFences('ts');
  const folder = temporaryFolder();
  afterAll(folder.remove);

  it('compiles', () => {
    const path = join(PROJECT, 'readme-example.ts');
    const config = ts.readConfigFile(join(PROJECT, 'tsconfig.json'), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, PROJECT);
    options.paths = { maillage: [join(PROJECT, 'src', 'index.ts')] };
    const host = ts.createCompilerHost(options);
    const { readFile, fileExists } = host;
    host.readFile = (name) => (name === path ? source : readFile(name));
    host.fileExists = (name) => name === path || fileExists(name);
    host.getSourceFile = (name, version) => {
      const text = host.readFile(name);
      return text === undefined ? undefined : ts.createSourceFile(name, text, version);
    };
    const program = ts.createProgram([path], options, host);
    const file = program.getSourceFile(path)!;
    const faults = [...program.getSemanticDiagnostics(file), ...program.getSyntacticDiagnostics(file)];
    expect(faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([]);
  });

  it('prints the figures that the command prints', () => {
    const library = pathToFileURL(join(PROJECT, 'dist', 'index.js')).href;
    const { outputText } = ts.transpileModule(source!.replace("'maillage'", `'${library}'`), {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    });
    const program = join(folder.path, 'example.mjs');
    writeFileSync(program, outputText);
    const { stdout, stderr } = spawnSync(process.execPath, [program], { cwd: PROJECT, encoding: 'utf8' });
    expect(stderr).toBe('');
    const out = join(folder.path, 'out');
    const study = join(PROJECT, 'data', 'exemple', 'etude.yaml');
    const options = [
      '--mode',
      'car',
      '--isochrones',
      'none',
      '--no-cache',
      '--quiet',
      '--json',
      '--out',
      out,
    ];
    const { headline } = JSON.parse(runCli(['coverage', study, ...options]).stdout) as {
      headline: Array<{ mode: string; population: number; population_covered: number }>;
    };
    expect(headline).toHaveLength(1);
    const [{ mode, population, population_covered: covered }] = headline as [(typeof headline)[number]];
    expect(stdout).toBe(`${mode} ${covered} of ${population}\n`);
  });
});

describe('the links', () => {
  it.each([
    ['README.md', page, PROJECT],
    ['src/README.md', sourcesPage, join(PROJECT, 'src')],
  ])('of %s lead to files of the project', (_, text, folder) => {
    const links = Array.from(text.matchAll(/\]\(([^)]+)\)/g), (match) => match[1]!.replace(/#.*$/, ''))
      .filter((link) => link !== '' && !/^https?:/.test(link))
      // Benchmark runs are written where the references are.
      .filter((link) => !link.startsWith('bench/runs/'));
    expect(links.filter((link) => !existsSync(join(folder, link)))).toEqual([]);
  });
});
