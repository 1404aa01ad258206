import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { acceptsNode, findUnwanted, type LockedPackages } from '../../../scripts/lib/locked-packages.ts';

const lock = JSON.parse(readFileSync(new URL('../../../package-lock.json', import.meta.url), 'utf8'));

describe('the packages that an installation holds', () => {
  it('are free of unsafe ones, of the compiler, and run on Node 20', () => {
    expect(findUnwanted(lock.packages as LockedPackages)).toEqual([]);
  });

  it('are told where they are not', () => {
    const packages: LockedPackages = {
      '': { version: '0.1.0', engines: { node: '>=99' } },
      'node_modules/a/node_modules/minimist': { version: '0.0.5' },
      'node_modules/minimist': { version: '1.2.8' },
      'node_modules/xmldom': { version: '0.9.12', name: '@xmldom/xmldom' },
      'node_modules/b/node_modules/xmldom': { version: '0.1.31' },
      'node_modules/typescript': { version: '5.9.3', devOptional: true },
      'node_modules/c': { version: '2.0.3', engines: { node: '>= 22' } },
      'node_modules/d': { version: '1.0.0', dev: true, engines: { node: '>= 24' } },
    };
    expect(findUnwanted(packages)).toEqual([
      'minimist 0.0.5 is installed (node_modules/a/node_modules/minimist)',
      'xmldom 0.1.31 is installed (node_modules/b/node_modules/xmldom)',
      'typescript 5.9.3 is installed (node_modules/typescript)',
      'c 2.0.3 wants Node >= 22 (node_modules/c)',
    ]);
  });
});

describe('a range of Node', () => {
  it.each([
    ['>=0.6', true],
    ['>= 22', false],
    ['*', true],
    ['^20.19.0 || >=22.12.0', true],
    ['18 || 22', false],
    ['>=12.0.0 <21', true],
    ['>=12 <20', false],
    ['>=10.22.20', true],
    ['^18.17.0 || >=20.5.0', true],
    ['20.x', true],
    ['~18.20', false],
  ])('%s lets in some Node 20: %s', (range, accepted) => {
    expect(acceptsNode(range, 20)).toBe(accepted);
  });
});
