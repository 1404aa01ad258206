/**
 * Where commands write: devices, pipes and the standard output by their names are written through, links followed, an
 * input is never an output, and a file of the user's is replaced by `--force` only. Full disks, unreadable folders.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLI_PATH, type CliResult, runCli, temporaryFolder } from '../run-cli.ts';
import { snapshot, writeSmallStudy } from './small-study.ts';

const folder = temporaryFolder();
afterAll(() => {
  for (const mounted of ['small-disk', 'read-only-disk']) spawnSync('umount', [join(folder.path, mounted)]);
  folder.remove();
});
const cwd = folder.path;

beforeAll(() => {
  writeSmallStudy(cwd);
  writeFileSync(join(cwd, 'points.csv'), 'id,lon,lat\na,5.0051,47.0101\nb,5.0351,47.0101\n');
  const many = Array.from({ length: 300 }, (_, i) => `p${i},5.0051,47.0101`);
  writeFileSync(join(cwd, 'many.csv'), `id,lon,lat\n${many.join('\n')}\n`);
  // Others may read what is here: a test runs as a user without rights.
  chmodSync(cwd, 0o755);
});

const COMMON = ['--no-cache', '--quiet'];
const MATRIX = [
  ...['matrix', '--osm', 'roads.osm.pbf', '--from', 'points.csv', '--to', 'points.csv', '--min-island', '0'],
  ...COMMON,
];
const PLACE = ['isochrones', '--osm', 'roads.osm.pbf', '--at', '5.01,47.01', ...COMMON];
const CHECK = ['check', 'etude.yaml', '--mode', 'car', ...COMMON];
const COVERAGE = [
  ...['coverage', 'etude.yaml', '--mode', 'car', '--isochrones', 'none', '--exports', 'none'],
  ...COMMON,
];

/** The commands that write a file -> the option that names it, and how the file begins. */
const WRITERS: ReadonlyArray<[string, string[], string, string]> = [
  ['matrix', MATRIX, '--out', 'from_id,to_id,duration_s,distance_m\n'],
  ['isochrones', PLACE, '--out', '{"type":"FeatureCollection","schema_version":'],
  ['check', CHECK, '--csv', '\uFEFFseverity;input;file;'],
];

/** By the shell, whose redirections are what is tried; `maillage` stands for the tool. */
function shell(command: string): CliResult {
  const { status, stdout, stderr } = spawnSync(
    'sh',
    ['-c', command.replaceAll('maillage', '"$NODE" "$CLI"')],
    {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, NODE: process.execPath, CLI: CLI_PATH, NO_COLOR: '1' },
    },
  );
  return { exitCode: status, stdout, stderr };
}

function canRun(program: string, args: string[]): boolean {
  return spawnSync(program, args).status === 0;
}
const IS_POSIX = process.platform !== 'win32';
const IS_ROOT = process.getuid?.() === 0;
const HAS_FULL_DEVICE = existsSync('/dev/full');

describe.each(WRITERS)('the file that %s writes', (name, args, option, start) => {
  const write = (to: string, ...more: string[]) => runCli([...args, option, to, ...more], cwd);
  const own = `${name}-own`;

  it('may be written over by the same command, and keeps its rights', () => {
    expect(write(own).exitCode).toBe(0);
    chmodSync(join(cwd, own), 0o640);
    const first = readFileSync(join(cwd, own), 'utf8');
    expect(first.startsWith(start)).toBe(true);
    expect(write(own).exitCode).toBe(0);
    expect(readFileSync(join(cwd, own), 'utf8')).toBe(first);
    if (IS_POSIX) expect(statSync(join(cwd, own)).mode & 0o777).toBe(0o640);
  });

  it('may be an empty file; any other is replaced by --force only, and the message says so', () => {
    const path = join(cwd, `${name}-other`);
    writeFileSync(path, '');
    expect(write(path).exitCode).toBe(0);
    for (const content of ['mine', 'id;nom\n1;a\n', '{"type":"FeatureCollection","features":[]}', '\0\0\0']) {
      writeFileSync(path, content);
      const refused = write(path);
      expect(refused.exitCode).toBe(2);
      expect(refused.stderr).toContain('add --force');
      expect(readFileSync(path, 'utf8')).toBe(content);
    }
    expect(write(path, '--force').exitCode).toBe(0);
    expect(readFileSync(path, 'utf8').startsWith(start)).toBe(true);
  });

  it('is never an input, by whatever name and with --force', () => {
    const before = readFileSync(join(cwd, 'roads.osm.pbf'));
    const names = ['roads.osm.pbf', './x/../roads.osm.pbf', join(cwd, 'roads.osm.pbf')];
    if (IS_POSIX) {
      symlinkSync('roads.osm.pbf', join(cwd, `${name}-link`));
      linkSync(join(cwd, 'roads.osm.pbf'), join(cwd, `${name}-hard`));
      names.push(`${name}-link`, `${name}-hard`);
    }
    for (const to of names) {
      const { exitCode, stderr } = write(to, '--force');
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining('is one of the inputs')]);
    }
    expect(readFileSync(join(cwd, 'roads.osm.pbf')).equals(before)).toBe(true);
  });

  it.skipIf(!IS_POSIX)('is the one that a link names, there already or not (needs symbolic links)', () => {
    for (const target of [own, `${name}-new`]) {
      const link = `${name}-to-${target}`;
      symlinkSync(target, join(cwd, link));
      expect(write(link).exitCode).toBe(0);
      expect(readlinkSync(join(cwd, link))).toBe(target);
      expect(readFileSync(join(cwd, target), 'utf8').startsWith(start)).toBe(true);
    }
  });

  it.skipIf(!IS_POSIX)('is a pipe that stays one (needs mkfifo)', () => {
    expect(canRun('mkfifo', [join(cwd, `${name}-pipe`)])).toBe(true);
    const { stdout } = shell(`cat ${name}-pipe & maillage ${args.join(' ')} ${option} ${name}-pipe; wait`);
    expect(stdout).toContain(start.replace('\uFEFF', '').trim());
    expect(lstatSync(join(cwd, `${name}-pipe`)).isFIFO()).toBe(true);
  });

  it.skipIf(!IS_POSIX)('is the standard output by its name, a pipe or a file (needs /dev/stdout)', () => {
    const command = `maillage ${args.join(' ')} ${option}`;
    expect(shell(`${command} /dev/stdout | cat`).stdout).toContain(start.replace('\uFEFF', ''));
    expect(shell(`echo head > ${name}-log; ${command} /dev/stdout >> ${name}-log`).exitCode).toBe(0);
    expect(readFileSync(join(cwd, `${name}-log`), 'utf8').startsWith(`head\n${start}`)).toBe(true);
    expect(shell(`echo head > ${name}-log; ${command} /dev/fd/5 5>> ${name}-log`).exitCode).toBe(0);
    expect(readFileSync(join(cwd, `${name}-log`), 'utf8').startsWith(`head\n${start}`)).toBe(true);
  });

  it.skipIf(!IS_ROOT || !IS_POSIX)('is a device that stays one (needs the right to make one)', () => {
    for (const [device, minor, exitCode] of [
      ['null', '3', 0],
      ['full', '7', 2],
    ] as const) {
      const path = join(cwd, `${name}-${device}`);
      if (!canRun('mknod', [path, 'c', '1', minor])) throw new Error('mknod failed');
      expect(write(path).exitCode).toBe(exitCode);
      expect(lstatSync(path).isCharacterDevice()).toBe(true);
    }
  });

  it('leaves nothing beside', () => {
    expect(readdirSync(cwd).filter((file) => file.includes('.maillage-'))).toEqual([]);
  });
});

describe('a study’s result folder', () => {
  it('holds no input: refused before any work, and nothing of it is touched', () => {
    expect(runCli([...COVERAGE, '--out', 'mixed'], cwd).exitCode).toBe(0);
    writeFileSync(join(cwd, 'mixed', 'mine.csv'), readFileSync(join(cwd, 'homes.csv')));
    const study = readFileSync(join(cwd, 'etude.yaml'), 'utf8');
    writeFileSync(join(cwd, 'mixed.yaml'), study.replace('homes.csv', 'mixed/mine.csv'));
    const before = snapshot(join(cwd, 'mixed'));
    const { exitCode, stderr } = runCli(
      ['coverage', 'mixed.yaml', ...COMMON, '--mode', 'car', '--out', 'mixed'],
      cwd,
    );
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('holds an input')]);
    expect(stderr).toContain('mine.csv');
    expect(snapshot(join(cwd, 'mixed'))).toEqual(before);
  });

  it.skipIf(!IS_POSIX)('is no link that leads nowhere (needs symbolic links)', () => {
    symlinkSync('/nowhere/at/all', join(cwd, 'dangling'));
    const { exitCode, stderr } = runCli([...COVERAGE, '--out', 'dangling'], cwd);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('leads nowhere')]);
  });

  it('keeps the user’s files, and names the edited ones', () => {
    const out = join(cwd, 'kept');
    expect(runCli([...COVERAGE, '--out', 'kept'], cwd).exitCode).toBe(0);
    mkdirSync(join(out, 'cartes'));
    writeFileSync(join(out, 'cartes', 'projet.qgz'), 'qgis');
    writeFileSync(join(out, 'communes.qml'), '<my style/>');
    const { exitCode, stderr } = runCli([...COVERAGE, '--out', 'kept'], cwd);
    expect([exitCode, stderr]).toEqual([
      0,
      `maillage: ${join('kept', 'communes.qml')} was not as this tool had written it: your version is kept as communes-votre-version.qml\n`,
    ]);
    expect(readFileSync(join(out, 'cartes', 'projet.qgz'), 'utf8')).toBe('qgis');
    expect(readFileSync(join(out, 'communes-votre-version.qml'), 'utf8')).toBe('<my style/>');
    expect(runCli([...COVERAGE, '--out', 'kept'], cwd).stderr).toBe('');
  });
});

describe('a disk that is full', () => {
  it.skipIf(!HAS_FULL_DEVICE).each([
    ['matrix', MATRIX.join(' ')],
    ['isochrones', PLACE.join(' ')],
    ['check', CHECK.join(' ')],
    ['check --json', `${CHECK.join(' ')} --json`],
    ['coverage', `${COVERAGE.join(' ')} --out full`],
    ['coverage --json', `${COVERAGE.join(' ')} --json --out full`],
    ['uncovered', `uncovered etude.yaml --mode car ${COMMON.join(' ')}`],
    ['uncovered --csv', `uncovered etude.yaml --mode car --csv ${COMMON.join(' ')}`],
    ['init', 'init new.yaml'],
    ['--help', '--help'],
    ['matrix --help', 'matrix --help'],
    ['--version', '--version'],
  ])('below the standard output ends %s with 2 and a word (needs /dev/full)', (_, command) => {
    const { exitCode, stderr } = shell(`maillage ${command} > /dev/full`);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('standard output cannot be written')]);
    expect(stderr).toContain('ENOSPC');
  });

  it.skipIf(!HAS_FULL_DEVICE)('below the standard error output changes nothing (needs /dev/full)', () => {
    const quiet = MATRIX.filter((arg) => arg !== '--quiet').join(' ');
    expect(shell(`maillage ${quiet} 2> /dev/full`).exitCode).toBe(0);
  });

  const SMALL = 'small-disk';
  const hasSmallDisk =
    IS_ROOT && process.platform === 'linux' && canRun('sh', ['-c', 'command -v mount && command -v umount']);

  it.skipIf(!hasSmallDisk)(
    'takes a part of a table: 2, and the earlier file stays (needs the right to mount)',
    () => {
      mkdirSync(join(cwd, SMALL));
      if (!canRun('mount', ['-t', 'tmpfs', '-o', 'size=8k', 'tmpfs', join(cwd, SMALL)])) return;
      const many = MATRIX.join(' ').replace('--from points.csv', '--from many.csv');
      const printed = shell(`maillage ${many} > ${SMALL}/printed.csv`);
      expect([printed.exitCode, printed.stderr]).toEqual([2, expect.stringContaining('ENOSPC')]);
      shell(`rm ${SMALL}/printed.csv`);
      expect(shell(`maillage ${MATRIX.join(' ')} --out ${SMALL}/kept.csv`).exitCode).toBe(0);
      const before = readFileSync(join(cwd, SMALL, 'kept.csv'), 'utf8');
      const written = shell(`maillage ${many} --out ${SMALL}/kept.csv`);
      expect([written.exitCode, written.stderr]).toEqual([
        2,
        expect.stringContaining('kept.csv: the file cannot'),
      ]);
      expect(readFileSync(join(cwd, SMALL, 'kept.csv'), 'utf8')).toBe(before);
      expect(readdirSync(join(cwd, SMALL))).toEqual(['kept.csv']);
      shell(`rm ${SMALL}/kept.csv`);
      const mounted = runCli([...COVERAGE, '--out', SMALL], cwd);
      expect([mounted.exitCode, mounted.stderr]).toEqual([2, expect.stringContaining('mounted')]);
      const inside = runCli([...COVERAGE, '--out', join(SMALL, 'result')], cwd);
      expect([inside.exitCode, inside.stderr]).toEqual([2, expect.stringContaining('ENOSPC')]);
      expect(readdirSync(join(cwd, SMALL))).toEqual([]);
    },
  );
});

describe('folders without the rights', () => {
  const NOBODY = 65_534;
  const asNobody = (args: string[]): CliResult => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI_PATH, ...args], {
      cwd,
      encoding: 'utf8',
      ...(IS_ROOT ? { uid: NOBODY, gid: NOBODY } : {}),
    });
    return { exitCode: status, stdout, stderr };
  };
  /** The tool itself must be readable by a user without rights, which a checkout in a home need not be. */
  const canTry = IS_POSIX && (!IS_ROOT || asNobodyRuns());
  function asNobodyRuns(): boolean {
    const { status } = spawnSync(process.execPath, [CLI_PATH, '--version'], { uid: NOBODY, gid: NOBODY });
    return status === 0;
  }

  beforeAll(() => {
    for (const name of ['unreadable', 'unwritable', 'unreadable-result']) mkdirSync(join(cwd, name));
    writeFileSync(join(cwd, 'unwritable', 'car-1.maillage'), 'x');
    mkdirSync(join(cwd, 'open'));
    chmodSync(join(cwd, 'open'), 0o777);
    chmodSync(join(cwd, 'unreadable'), 0o000);
    chmodSync(join(cwd, 'unreadable-result'), 0o000);
    chmodSync(join(cwd, 'unwritable'), 0o555);
  });
  afterAll(() => {
    for (const name of ['unreadable', 'unwritable', 'unreadable-result']) chmodSync(join(cwd, name), 0o755);
  });

  it.skipIf(!canTry).each([
    ['cache list', ['cache', 'list', '--cache', 'unreadable'], 'the folder of the cache cannot be read'],
    [
      'cache list below',
      ['cache', 'list', '--cache', 'unreadable/below'],
      'the folder of the cache cannot be read',
    ],
    ['cache clear', ['cache', 'clear', '--cache', 'unwritable'], 'the cached file cannot be removed'],
    [
      'coverage',
      [...COVERAGE.filter((arg) => arg !== '--no-cache'), '--cache', 'unreadable', '--out', 'open/never'],
      'unreadable: the folder may not be written',
    ],
    ['coverage', [...COVERAGE, '--out', 'unreadable-result'], 'unreadable-result'],
    ['coverage', [...COVERAGE, '--out', 'unwritable/result'], 'the folder may not be written'],
    ['matrix', [...MATRIX, '--out', 'unwritable/matrix.csv'], 'the folder may not be written'],
    ['check', [...CHECK, '--csv', 'unreadable/list.csv'], 'the folder may not be written'],
  ])('end %s with 2 and a word (needs a user without rights)', (_, args, message) => {
    const { exitCode, stderr } = asNobody(args);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(existsSync(join(cwd, 'open', 'never'))).toBe(false);
  });
});
