/**
 * How the commands behave around their work: exit codes, what goes to stdout and what to stderr, what is
 * written where. One small study, through the built command line.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStudy } from '../../src/study/study.ts';
import { CLI_PATH, type CliResult, runCli, temporaryFolder } from '../run-cli.ts';
import { onEach, startCli } from './run-many.ts';
import { STRUCTURES, snapshot, writeSmallStudy } from './small-study.ts';

const folder = temporaryFolder();
const CACHE = join(folder.path, 'cache');
let count = 0;

/** A fresh folder with the small study. */
function makeStudy(): string {
  const cwd = join(folder.path, String(count++));
  writeSmallStudy(cwd);
  return cwd;
}

/** Runs a command with the cache that all tests of this file share. */
function run(cwd: string, ...args: string[]): CliResult {
  return runCli([...args, '--cache', CACHE], cwd);
}

let done: string;
beforeAll(() => {
  done = makeStudy();
  expect(run(done, 'coverage', 'etude.yaml').exitCode).toBe(0);
});
afterAll(folder.remove);

describe('coverage', () => {
  it('prints the result on stdout and the progress on stderr', () => {
    const { stdout, stderr } = run(done, 'coverage', 'etude.yaml', '--isochrones', 'none');
    expect(stdout).toContain('Small study');
    expect(stdout.trimEnd().endsWith('results/rapport.html')).toBe(true);
    expect(stderr).toMatch(/^ {2}search car: \d+\.\d s$/m);
    expect(stdout).not.toContain('search car');
  });

  it('leaves out the files for other programs and paper that --exports does not name', () => {
    const cwd = makeStudy();
    const outputs = (...more: string[]) => {
      const { exitCode } = run(cwd, 'coverage', 'etude.yaml', '--isochrones', 'none', ...more);
      expect(exitCode).toBe(0);
      const { outputs: listed } = JSON.parse(readFileSync(join(cwd, 'results/manifest.json'), 'utf8')) as {
        outputs: Array<{ path?: string; name?: string }>;
      };
      const names = listed.map(({ path, name }) => (path ?? name)!).sort();
      expect(readdirSync(join(cwd, 'results')).sort()).toEqual([...names, 'manifest.json'].sort());
      return names;
    };
    const all = outputs();
    const exported = ['carte.png', 'carte.svg', 'cellules.parquet', 'classeur.xlsx'];
    expect(all).toEqual(expect.arrayContaining(exported));
    expect(outputs('--exports', 'none')).toEqual(all.filter((name) => !exported.includes(name)));
    expect(outputs('--exports', 'workbook,cells')).toEqual(all.filter((name) => !name.startsWith('carte.')));
  });

  it('prints nothing on stderr with --quiet, and no colour', () => {
    const { stdout, stderr } = run(done, 'coverage', 'etude.yaml', '--isochrones', 'none', '--quiet');
    expect(stderr).toBe('');
    expect(stdout).not.toContain('\u001b');
  });

  it('prints only JSON with --json: the file that it writes', () => {
    const { stdout } = run(done, 'coverage', 'etude.yaml', '--isochrones', 'none', '--json');
    expect(stdout).toBe(readFileSync(join(done, 'results', 'indicateurs.json'), 'utf8'));
    expect(Object.keys(JSON.parse(stdout) as object)).toContain('headline');
  });

  it('exits with 1 where a rate is below --fail-under, after writing the result, and names the mode', () => {
    const cwd = makeStudy();
    const args = ['coverage', 'etude.yaml', '--isochrones', 'none', '--quiet'];
    const failed = run(cwd, ...args, '--fail-under', '95');
    expect(failed.exitCode).toBe(1);
    expect(failed.stderr).toMatch(/^maillage: Walking: \d+\.\d\d % is below 95 %\n$/);
    expect(existsSync(join(cwd, 'results', 'manifest.json'))).toBe(true);
    expect(run(cwd, ...args, '--fail-under', '50').exitCode).toBe(0);
  });

  it('writes the same bytes twice, whatever the threads and the cache, but for the timings', async () => {
    // More structures than one thread is given at once.
    const more = Array.from({ length: 9 }, (_, i) => `m${i};Mairie ${i};ccas-cias;5.0${i}1;47.0${i % 3}1`);
    const [first, second] = await onEach(
      [
        ['--threads', '3', '--cache', CACHE],
        ['--threads', '1', '--no-cache'],
      ],
      async (options) => {
        const cwd = join(folder.path, `same-${options[1]}`);
        writeSmallStudy(cwd, { 'structures.csv': [STRUCTURES[0], ...more].join('\n') });
        const end = await startCli(['coverage', 'etude.yaml', ...options], { cwd });
        expect(end.exitCode, end.stderr).toBe(0);
        return join(cwd, 'results');
      },
    );
    const [files, others] = [snapshot(first!), snapshot(second!)];
    expect([...others.keys()]).toEqual([...files.keys()]);
    for (const [path, bytes] of files) {
      if (path !== 'manifest.json') expect(others.get(path) === bytes, path).toBe(true);
    }
    const [manifest, other] = [first!, second!].map((results) => {
      const text = readFileSync(join(results, 'manifest.json'), 'utf8');
      const { timings, ...rest } = JSON.parse(text) as Record<string, unknown>;
      expect(timings).toBeDefined();
      return rest;
    });
    expect(manifest).toEqual(other);
  });

  it('replaces the result that a link names, and keeps the link', () => {
    const cwd = makeStudy();
    mkdirSync(join(cwd, 'elsewhere'));
    symlinkSync(join(cwd, 'elsewhere'), join(cwd, 'results'), 'junction');
    expect(run(cwd, 'coverage', 'etude.yaml', '--isochrones', 'none').exitCode).toBe(0);
    expect(lstatSync(join(cwd, 'results')).isSymbolicLink()).toBe(true);
    expect(existsSync(join(cwd, 'elsewhere', 'manifest.json'))).toBe(true);
  });

  it('rebuilds a cached network that is damaged, with the same result', () => {
    const cwd = makeStudy();
    const cache = join(cwd, 'cache');
    const args = ['coverage', 'etude.yaml', '--mode', 'car', '--cache', cache, '--json', '--quiet'];
    const first = runCli(args, cwd).stdout;
    const [name] = readdirSync(cache);
    const whole = readFileSync(join(cache, name!));
    for (const damaged of [whole.subarray(0, 100), Buffer.from(whole).fill(7, 200, 260), Buffer.alloc(0)]) {
      writeFileSync(join(cache, name!), damaged);
      expect(runCli(args, cwd).stdout).toBe(first);
      expect(readFileSync(join(cache, name!)).equals(whole)).toBe(true);
    }
  });
});

describe('uncovered', () => {
  it('fits into 80 columns', () => {
    const { stdout } = run(done, 'uncovered', 'etude.yaml', '--mode', 'walk');
    expect(stdout).toContain('CCAS East');
    expect(Math.max(...stdout.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(80);
  });

  it('prints the file with --csv, and the same rows with --json', () => {
    const csv = run(done, 'uncovered', 'etude.yaml', '--csv', '--quiet').stdout;
    expect(csv).toBe(readFileSync(join(done, 'results', 'communes-non-couvertes.csv'), 'utf8'));
    const rows = JSON.parse(run(done, 'uncovered', 'etude.yaml', '--json').stdout) as object[];
    expect(rows.length).toBe(csv.trim().split('\n').length - 1);
    expect(Object.keys(rows[0]!)).toEqual(csv.replace('\uFEFF', '').split('\n')[0]!.trim().split(';'));
  });
});

describe('isochrones', () => {
  it('of a study go into a folder of their own, beside the result', () => {
    const cwd = makeStudy();
    const { exitCode, stdout } = run(cwd, 'isochrones', 'etude.yaml', '--mode', 'car');
    expect(exitCode).toBe(0);
    const names = ['isochrones-structures.geojson', 'isochrones.geojson', 'isochrones.qml'];
    expect(readdirSync(join(cwd, 'results-isochrones')).sort()).toEqual(names);
    expect(stdout.trim().split('\n').sort()).toEqual(names.map((name) => join('results-isochrones', name)));
    expect(run(cwd, 'isochrones', 'etude.yaml', '--out', '.').stderr).toContain('holds other files');
  });

  it.each(['to', 'from'])('%s a place are GeoJSON, one feature for each of the minutes', (direction) => {
    const args = ['--osm', 'roads.osm.pbf', '--at', '5.01,47.01', '--minutes', '10,5'];
    const { exitCode, stdout, stderr } = run(
      done,
      'isochrones',
      ...args,
      '--direction',
      direction,
      '--quiet',
    );
    expect([exitCode, stderr]).toEqual([0, '']);
    const { features } = JSON.parse(stdout) as { features: Array<{ properties: { minutes: number } }> };
    expect(features.map(({ properties }) => properties.minutes).sort((a, b) => a - b)).toEqual([5, 10]);
  });
});

describe('init', () => {
  it('writes a study that validates, and never over another file', async () => {
    const cwd = join(folder.path, 'init');
    mkdirSync(cwd);
    expect(runCli(['init'], cwd)).toMatchObject({ exitCode: 0, stdout: 'etude.yaml\n' });
    const study = await readStudy(join(cwd, 'etude.yaml'), { checkFiles: false });
    expect(study.thresholdMinutes).toBe(30);
    writeFileSync(join(cwd, 'etude.yaml'), 'mine');
    expect(runCli(['init'], cwd).exitCode).toBe(2);
    expect(readFileSync(join(cwd, 'etude.yaml'), 'utf8')).toBe('mine');
    expect(runCli(['init', '--force'], cwd).exitCode).toBe(0);
    expect(readFileSync(join(cwd, 'etude.yaml'), 'utf8')).toContain('threshold_minutes');
  });
});

describe('cache', () => {
  it('lists the networks and clears them, and nothing else', () => {
    const cwd = makeStudy();
    const cache = join(cwd, 'cache');
    runCli(['uncovered', 'etude.yaml', '--cache', cache], cwd);
    writeFileSync(join(cache, 'mine.txt'), 'mine');
    const listed = runCli(['cache', 'list', '--cache', cache]).stdout.trim().split('\n');
    expect(listed.map((line) => /(car|walk)-[0-9a-f]{64}\.maillage$/.exec(line)?.[1])).toEqual([
      'car',
      'walk',
    ]);
    expect(runCli(['cache', 'clear', '--cache', cache]).exitCode).toBe(0);
    expect(readdirSync(cache)).toEqual(['mine.txt']);
    expect(runCli(['cache', 'list', '--cache', cache]).stdout).toBe('');
  });
});

describe('every command', () => {
  const COMMANDS = [
    'coverage',
    'uncovered',
    'isochrones',
    'matrix',
    'init',
    'cache',
    'cache list',
    'cache clear',
  ];

  it.each(COMMANDS)('explains itself on stdout in 80 columns: %s --help', (command) => {
    const { exitCode, stdout, stderr } = runCli([...command.split(' '), '--help']);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout.startsWith(`Usage: maillage ${command}`)).toBe(true);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    // Each option and argument has words of its own.
    for (const line of stdout.split('\n')) expect(line).not.toMatch(/^ {2}-\S+( [<[]\S+)?\s*$/);
  });

  it.each([
    ['coverage', ['coverage', 'etude.yaml', '--isochrones', 'none']],
    ['uncovered', ['uncovered', 'etude.yaml']],
    ['isochrones', ['isochrones', '--osm', 'roads.osm.pbf', '--at', '5.01,47.01']],
    ['matrix', ['matrix', '--osm', 'roads.osm.pbf', '--from', 'homes.csv', '--to', 'homes.csv']],
  ])('opens no connection: %s', async (_, args) => {
    const guard = join(folder.path, 'no-connection.mjs');
    writeFileSync(guard, NO_CONNECTION);
    const env = { NODE_OPTIONS: `--import=${pathToFileURL(guard).href}` };
    expect(await startCli([...args, '--no-cache'], { cwd: done, env })).toMatchObject({ exitCode: 0 });
    const proof = spawnSync(process.execPath, ['-e', 'fetch("http://127.0.0.1:1")'], {
      env: { ...process.env, ...env },
      encoding: 'utf8',
    });
    expect(proof.stderr).toContain('a connection was opened');
  });

  it.each([
    ['coverage', ['coverage', 'etude.yaml', '--json', '--isochrones', 'none']],
    ['matrix', ['matrix', '--osm', 'roads.osm.pbf', '--from', 'homes.csv', '--to', 'homes.csv']],
    ['help', ['--help']],
  ])('ends in silence where its reader has seen enough: %s', async (_, args) => {
    const child = spawn(process.execPath, [CLI_PATH, ...args], {
      cwd: done,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const exitCode = await new Promise((resolve) => child.once('close', resolve));
    expect(exitCode, stderr).toBe(0);
    expect(stderr).not.toMatch(/EPIPE|^\s+at /m);
  });
});

/** Loaded before the program: every way out throws. */
const NO_CONNECTION = `
import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';
import tls from 'node:tls';
const refuse = () => { throw new Error('a connection was opened'); };
net.connect = net.createConnection = net.Socket.prototype.connect = tls.connect = refuse;
dns.lookup = dns.promises.lookup = dgram.createSocket = globalThis.fetch = refuse;
`;
