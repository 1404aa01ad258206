/** What the lock file would install for a user, and what of it no user should get. */

/** The table `packages` of package-lock.json: folder -> entry; `''` is the project itself. */
export type LockedPackages = Record<string, LockedPackage>;

export interface LockedPackage {
  version?: string;
  /** Of an alias: the package's own name. */
  name?: string;
  dev?: boolean;
  devOptional?: boolean;
  engines?: { node?: string };
}

/** The least Node that package.json promises. */
const NODE_MAJOR = 20;

/** Packages and what is wrong with them: name -> whether a version is unwanted. */
const UNWANTED: Record<string, (version: string) => boolean> = {
  // Prototype pollution before 1.2.6 (CVE-2021-44906).
  minimist: (version) => isBefore(version, [1, 2, 6]),
  // No longer maintained; CVE-2021-21366, CVE-2022-39353 and others. Its successor is @xmldom/xmldom.
  xmldom: () => true,
  // 23 MB that no user runs.
  typescript: () => true,
};

/** One line for each package that an installation without `dev` would hold and should not. */
export function findUnwanted(packages: LockedPackages): string[] {
  const faults: string[] = [];
  for (const [path, entry] of Object.entries(packages)) {
    // npm leaves a package of both kinds out only where optional ones are left out too.
    if (path === '' || entry.dev === true) continue;
    const name = entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const version = entry.version ?? '0';
    if (UNWANTED[name]?.(version) === true) faults.push(`${name} ${version} is installed (${path})`);
    const node = entry.engines?.node;
    if (node !== undefined && !acceptsNode(node, NODE_MAJOR))
      faults.push(`${name} ${version} wants Node ${node} (${path})`);
  }
  return faults;
}

/** Whether a range such as `>=18`, `^20.19 || >= 22.12` or `*` lets in some release of a major version of Node. */
export function acceptsNode(range: string, major: number): boolean {
  return range.split('||').some((part) => {
    const comparators = [...part.matchAll(/(>=|<=|>|<|\^|~|=)?\s*v?(\d+)/g)].filter(
      // `20.19.0`: only the first number is the major version.
      ({ index }) => !/[\d.]/.test(part[index - 1] ?? ''),
    );
    return comparators.every(([, operator = '=', text]) => {
      const bound = Number(text);
      if (operator === '>=' || operator === '>') return major >= bound;
      if (operator === '<=') return major <= bound;
      return operator === '<' ? major < bound : major === bound;
    });
  });
}

function isBefore(version: string, bound: readonly number[]): boolean {
  const numbers = version.split('.').map(Number);
  const at = bound.findIndex((number, i) => numbers[i] !== number);
  return at >= 0 && numbers[at]! < bound[at]!;
}
