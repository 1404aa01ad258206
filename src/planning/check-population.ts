/**
 * The population against the communes: people whom no polygon holds, communes where nobody lives, grids that say
 * something else than the official populations, and commune codes of another year. In go cells, their shares and
 * what is known of communes; out come notices.
 */
import type { Notice } from '../common/notices.ts';
import { type CellShares, NO_AREA_CODE } from '../coverage/coverage-result.ts';
import type { Commune, PopulationCells } from '../read/records.ts';

/** What is known of commune codes, whatever the study. */
export interface CommuneCodes {
  /** Former code -> today's. */
  currentCodeOf: ReadonlyMap<string, string>;
  /** True for a code of today's list, or of a polygon of the study. */
  isKnown: (code: string) => boolean;
  /** Official population; undefined where there is none (abroad, a fictional département). */
  officialPopulationOf: (code: string) => number | undefined;
}

/**
 * Grids are about 5 % below the official populations (people without a tax address), and years differ by a few
 * per cent: beyond this share, something else is the matter.
 */
const GREATEST_TOTAL_DIFFERENCE = 0.12;
/** A commune may differ from what the whole territory lets expect by this share … */
const GREATEST_COMMUNE_DIFFERENCE = 0.3;
/** … or by this many people: small communes differ by chance. */
const LEAST_PEOPLE_APART = 200;
/** Codes named in a notice. */
const SHOWN_CODES = 10;

/** People per commune code, from the shares. */
export function countPeople(shares: CellShares): Map<string, number> {
  const people = new Map(shares.communes.map(({ code }) => [code, 0]));
  for (let entry = 0; entry < shares.communeOfEntry.length; entry++) {
    const commune = shares.communes[shares.communeOfEntry[entry]!];
    if (commune === undefined) continue;
    people.set(commune.code, people.get(commune.code)! + shares.populationOfEntry[entry]!);
  }
  return people;
}

/** Notices on cells and communes; a population spread from the communes' own totals only fails to place people. */
export function checkPopulation(
  cells: PopulationCells,
  shares: CellShares,
  communes: readonly Commune[],
  codes: CommuneCodes,
): Notice[] {
  if (communes.length === 0) return [];
  const people = countPeople(shares);
  const isGrid = cells.origin.includes('grid');
  return [
    ...checkCellsOutside(cells, shares, people),
    ...checkEmptyCommunes(communes, people, codes),
    ...(isGrid ? checkTotals(communes, people, codes) : []),
    ...(isGrid ? checkCellCodes(cells, codes) : []),
  ];
}

function checkCellsOutside(
  cells: PopulationCells,
  shares: CellShares,
  people: ReadonlyMap<string, number>,
): Notice[] {
  const notices: Notice[] = [];
  const outside = people.get(NO_AREA_CODE) ?? 0;
  if (outside > 0) {
    const row = shares.communes.findIndex(({ code }) => code === NO_AREA_CODE);
    let count = 0;
    for (let cell = 0; cell < cells.count; cell++) {
      for (let entry = shares.firstEntryOfCell[cell]!; entry < shares.firstEntryOfCell[cell + 1]!; entry++) {
        if (shares.communeOfEntry[entry] === row) count++;
      }
    }
    notices.push({
      code: 'cells-outside-communes',
      severity: 'warning',
      message: `${count} cells with ${Math.round(outside)} people lie in no commune`,
      action: 'counted in the row "hors commune"',
      value: `${count} / ${Math.round(outside)}`,
    });
  }
  const nearest = shares.account.populationByRule.nearest;
  if (nearest > 0) {
    notices.push({
      code: 'cells-beside-communes',
      severity: 'info',
      message: `cells with ${Math.round(nearest)} people lie just outside every commune`,
      action: 'counted in the nearest commune (within 2 km)',
      value: String(Math.round(nearest)),
    });
  }
  return notices;
}

/** Communes in which no cell counts anyone. */
function checkEmptyCommunes(
  communes: readonly Commune[],
  people: ReadonlyMap<string, number>,
  codes: CommuneCodes,
): Notice[] {
  return communes.flatMap((commune): Notice[] => {
    if ((people.get(commune.code) ?? 0) > 0) return [];
    const official = codes.officialPopulationOf(commune.code) ?? commune.population;
    const known = official === undefined ? '' : `, which has ${official} inhabitants`;
    return [
      {
        code: 'commune-without-people',
        severity: official === undefined || official > 0 ? 'warning' : 'info',
        message: `the population read counts nobody in ${commune.nom}${known}`,
        action: 'kept in the tables, without a rate',
        id: `${commune.code} ${commune.nom}`,
        ...(official === undefined ? {} : { value: String(official) }),
      },
    ];
  });
}

/** The grid against the official populations, as a whole and commune by commune. */
function checkTotals(
  communes: readonly Commune[],
  people: ReadonlyMap<string, number>,
  codes: CommuneCodes,
): Notice[] {
  let counted = 0;
  let official = 0;
  const known = communes.flatMap((commune) => {
    const population = codes.officialPopulationOf(commune.code);
    if (population === undefined) return [];
    const own = people.get(commune.code) ?? 0;
    counted += own;
    official += population;
    return [{ commune, own, population }];
  });
  if (official === 0 || counted === 0) return [];
  const ratio = counted / official;
  const notices: Notice[] = [];
  if (Math.abs(ratio - 1) > GREATEST_TOTAL_DIFFERENCE) {
    notices.push({
      code: 'population-differs-from-official',
      severity: 'warning',
      message: `the grid counts ${Math.round(counted)} people where the official populations have ${official} (${showPercent(ratio - 1)})`,
      action: 'the grid is used as it is',
      value: `${Math.round(counted)} / ${official}`,
    });
  }
  const apart = known.filter(({ own, population }) => {
    if (own === 0) return false;
    const expected = population * ratio;
    const difference = Math.abs(own - expected);
    return difference > LEAST_PEOPLE_APART && difference > expected * GREATEST_COMMUNE_DIFFERENCE;
  });
  apart.sort((a, b) => Math.abs(b.own - b.population * ratio) - Math.abs(a.own - a.population * ratio));
  for (const { commune, own, population } of apart) {
    notices.push({
      code: 'commune-population-apart',
      severity: 'warning',
      message: `the grid counts ${Math.round(own)} people in ${commune.nom}, the official population is ${population}, and the territory as a whole has ${showPercent(ratio - 1)}`,
      action: 'the grid is used as it is',
      id: `${commune.code} ${commune.nom}`,
      value: `${Math.round(own)} / ${population}`,
    });
  }
  return notices;
}

function showPercent(share: number): string {
  const percent = Math.round(share * 100);
  return `${percent > 0 ? '+' : ''}${percent} %`;
}

/** Codes that cells name and that are of another year, or of no list. */
function checkCellCodes(cells: PopulationCells, { currentCodeOf, isKnown }: CommuneCodes): Notice[] {
  const former = new Map<string, number>();
  const unknown = new Map<string, number>();
  const kindOf = new Map<string, Map<string, number> | undefined>();
  for (const listed of cells.communeCodes) {
    for (const code of listed ?? []) {
      if (!kindOf.has(code)) {
        kindOf.set(code, isKnown(code) ? undefined : currentCodeOf.has(code) ? former : unknown);
      }
      const counts = kindOf.get(code);
      counts?.set(code, (counts.get(code) ?? 0) + 1);
    }
  }
  const describe = (code: string, severity: Notice['severity'], counts: Map<string, number>) => {
    const cellCount = [...counts.values()].reduce((sum, count) => sum + count, 0);
    return (what: string, action: string): Notice => ({
      code,
      severity,
      message: `${cellCount} cells name ${counts.size} commune codes ${what}`,
      action,
      value: [...counts.keys()].sort().slice(0, SHOWN_CODES).join(', '),
    });
  };
  return [
    ...(former.size === 0
      ? []
      : [
          describe(
            'cells-of-former-communes',
            'info',
            former,
          )('of another year', "read as today's communes (see the changes of the communes)"),
        ]),
    ...(unknown.size === 0 || currentCodeOf.size === 0
      ? []
      : [
          describe(
            'cells-of-unknown-communes',
            'warning',
            unknown,
          )('that are in no list', 'placed by their position'),
        ]),
  ];
}
