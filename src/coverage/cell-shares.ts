/**
 * Which communes a cell's people live in, and which cells are the study's.
 *
 * A cell belongs to the commune of its grid's own list; where the list names several, it is split by the area of
 * its square within each; without a list, to the commune whose polygon holds its centre, else to the nearest
 * within 2 km, else to the row `hors commune`. Where the study names its territory, the parts of cells outside it
 * are left out and counted; a cell of which nothing says where it lies is outside a named territory.
 */
import { NO_INDEX } from '../common/units.ts';
import type { Canton, Commune, Epci, PopulationCells } from '../read/records.ts';
import type { CommuneIndex } from './commune-index.ts';
import {
  type CellAccount,
  type CellShares,
  type CoverageCommune,
  NO_AREA_CODE,
  NO_COMMUNE_NAME,
  type ShareRule,
} from './coverage-result.ts';
import { chooseUnit, splitExact, toExact } from './exact-people.ts';
import { areaInSquare, type PreparedPolygon, preparePolygon } from './square-area.ts';

/** A cell whose centre lies in no commune joins the nearest within this distance. */
export const NEAREST_COMMUNE_METERS = 2_000;

/** Positions are those of the communes it was built from. */
export type CommuneLocator = Pick<CommuneIndex, 'findContaining' | 'findNearest'>;

export interface CellShareOptions {
  /** The study's territory; with neither key every cell counts. */
  departement?: string | undefined;
  communeCodes?: readonly string[] | undefined;
  /** Present code of a commune code that has changed. */
  currentCodeOf?: ReadonlyMap<string, string>;
  /** Code of a grid whose land lies in several communes of today -> all of them. */
  successorsOf?: ReadonlyMap<string, readonly string[]> | undefined;
  epcis?: readonly Epci[];
  cantons?: readonly Canton[];
}

/** Part of a cell: a position in the study's rows, OUTSIDE, or NOWHERE (no commune known). */
interface Part {
  row: number;
  weight: number;
  rule: ShareRule;
}

const OUTSIDE = -1;
const NOWHERE = -2;

/**
 * @param communes those of the territory and, if known, their neighbours; empty: one territory without communes.
 * @param locator over the same communes; undefined where no polygon was given.
 */
export function buildCellShares(
  cells: PopulationCells,
  communes: readonly Commune[],
  locator: CommuneLocator | undefined,
  options: CellShareOptions = {},
): CellShares {
  const territory = new Territory(communes, options);
  const unit = chooseUnit(cells.population);
  const assign = buildAssigner(cells, communes, locator, territory);

  const firstEntryOfCell = new Uint32Array(cells.count + 1);
  const entries = new Entries(territory, emptyAccount(cells.count));
  const { account } = entries;
  for (let cell = 0; cell < cells.count; cell++) {
    entries.share(toExact(cells.population[cell], unit), assign(cell), unit);
    firstEntryOfCell[cell + 1] = entries.rows.length;
  }
  if (account.populationInside + account.populationOutside !== account.populationRead) {
    throw new Error(
      `people were lost: ${account.populationInside} inside + ${account.populationOutside} outside is not ${account.populationRead} read`,
    );
  }
  return {
    cellCount: cells.count,
    unit,
    firstEntryOfCell,
    communeOfEntry: Uint32Array.from(entries.rows),
    populationOfEntry: Float64Array.from(entries.people),
    ruleOfEntry: entries.rules,
    communes: territory.rows,
    account,
  };
}

/** The parts of the cells that are the study's, and the account of all. */
class Entries {
  readonly rows: number[] = [];
  readonly people: number[] = [];
  readonly rules: ShareRule[] = [];

  constructor(
    private readonly territory: Territory,
    readonly account: CellAccount,
  ) {}

  /** Shares the people of the next cell among its parts. */
  share(people: number, parts: readonly Part[], unit: number): void {
    const { account } = this;
    account.populationRead += people;
    let isOutside = true;
    if (parts.length === 1) isOutside = !this.add(parts[0], people);
    else {
      account.cellCountSplit++;
      const weights = parts.map((part) => part.weight);
      splitExact(people, weights, unit).forEach((share, index) => {
        if (this.add(parts[index], share)) isOutside = false;
      });
    }
    if (isOutside) account.cellCountOutside++;
  }

  /** False where the part is not the study's. */
  private add({ row, rule }: Part, people: number): boolean {
    const { account } = this;
    if (row === OUTSIDE) {
      account.populationOutside += people;
      return false;
    }
    this.rows.push(row === NOWHERE ? this.territory.noCommuneRow() : row);
    this.people.push(people);
    this.rules.push(rule);
    account.populationInside += people;
    account.populationByRule[rule] += people;
    return true;
  }
}

/** The rows of the study: its communes by code, then `hors commune` once somebody needs it. */
class Territory {
  readonly rows: CoverageCommune[];
  readonly indexOfCode = new Map<string, number>();
  /** position in the communes given -> row, OUTSIDE where it is not the study's. */
  readonly rowOfCommune: Int32Array;
  readonly isNamed: boolean;
  private readonly codes: ReadonlySet<string> | undefined;
  private readonly departement: string | undefined;
  private readonly currentCodeOf: ReadonlyMap<string, string>;
  private readonly successorsOf: ReadonlyMap<string, readonly string[]>;
  private noCommune = -1;

  constructor(
    readonly communes: readonly Commune[],
    options: CellShareOptions,
  ) {
    this.currentCodeOf = options.currentCodeOf ?? new Map();
    this.successorsOf = options.successorsOf ?? new Map();
    this.departement = options.departement;
    this.codes = options.communeCodes && new Set(options.communeCodes.map((code) => this.current(code)));
    this.isNamed = this.codes !== undefined || this.departement !== undefined;
    communes.forEach((commune, index) => {
      if (!this.indexOfCode.has(commune.code)) this.indexOfCode.set(commune.code, index);
    });
    const inside = [...this.indexOfCode.values()].filter((index) => this.holds(communes[index].code));
    inside.sort((a, b) => (communes[a].code < communes[b].code ? -1 : 1));
    const epciName = new Map((options.epcis ?? []).map((epci) => [epci.code, epci.nom]));
    const cantonName = new Map((options.cantons ?? []).map((canton) => [canton.code, canton.nom]));
    this.rowOfCommune = new Int32Array(communes.length).fill(OUTSIDE);
    this.rows = inside.map((index, row) => {
      this.rowOfCommune[index] = row;
      const { code, nom, epci, territoire, canton, departement } = communes[index];
      const epciNom = epci === undefined ? undefined : (epciName.get(epci) ?? epci);
      const cantonNom = canton === undefined ? undefined : (cantonName.get(canton) ?? canton);
      return { code, nom, epci, epciNom, territoire, canton, cantonNom, departement };
    });
    communes.forEach((commune, index) => {
      this.rowOfCommune[index] = this.rowOfCommune[this.indexOfCode.get(commune.code) as number];
    });
  }

  current(code: string): string {
    return this.currentCodeOf.get(code) ?? code;
  }

  /** A grid may be older than a split; spread cells bear the codes of the communes themselves. */
  currentOfGrid(code: string): readonly string[] {
    return this.successorsOf.get(code) ?? [this.current(code)];
  }

  /** Whether a (current) commune code is the study's. */
  holds(code: string): boolean {
    if (this.codes !== undefined) return this.codes.has(code);
    if (this.departement === undefined) return true;
    const index = this.indexOfCode.get(code);
    const stated = index === undefined ? undefined : this.communes[index].departement;
    return stated === undefined ? code.startsWith(this.departement) : stated === this.departement;
  }

  noCommuneRow(): number {
    if (this.communes.length === 0) return NO_INDEX;
    if (this.noCommune < 0) {
      this.noCommune = this.rows.length;
      this.rows.push({
        code: NO_AREA_CODE,
        nom: NO_COMMUNE_NAME,
        epci: undefined,
        epciNom: undefined,
        territoire: undefined,
        departement: undefined,
      });
    }
    return this.noCommune;
  }
}

function buildAssigner(
  cells: PopulationCells,
  communes: readonly Commune[],
  locator: CommuneLocator | undefined,
  territory: Territory,
): (cell: number) => Part[] {
  const prepared = new Map<number, PreparedPolygon | undefined>();
  const polygonOf = (index: number): PreparedPolygon | undefined => {
    if (!prepared.has(index)) {
      const { geometry } = communes[index];
      prepared.set(index, geometry && preparePolygon(geometry));
    }
    return prepared.get(index);
  };

  const assignByPosition = (cell: number): Part[] => {
    const lon = cells.lon[cell];
    const lat = cells.lat[cell];
    const holder = locator?.findContaining(lon, lat) ?? -1;
    if (holder >= 0) return [{ row: territory.rowOfCommune[holder], weight: 1, rule: 'centre' }];
    const near = locator?.findNearest(lon, lat, NEAREST_COMMUNE_METERS) ?? -1;
    if (near >= 0) return [{ row: territory.rowOfCommune[near], weight: 1, rule: 'nearest' }];
    const isLost = territory.isNamed && locator !== undefined;
    return [{ row: isLost ? OUTSIDE : NOWHERE, weight: 1, rule: 'none' }];
  };

  const assignSplit = (cell: number, codes: readonly string[]): Part[] => {
    const side = cells.sideMeters[cell];
    const indices = codes.map((code) => territory.indexOfCode.get(code) ?? -1);
    const polygons = indices.map((index) => (index < 0 ? undefined : polygonOf(index)));
    if (side > 0 && polygons.some((polygon) => polygon !== undefined)) {
      const areas = areasWithin(polygons, cells.lon[cell], cells.lat[cell], side);
      const parts = codes
        .map((_, at) => ({ row: rowOf(codes[at], indices[at]), weight: areas[at], rule: 'split' as const }))
        .filter((part) => part.weight > 0);
      if (parts.length > 0) return parts;
    }
    const holder = locator?.findContaining(cells.lon[cell], cells.lat[cell]) ?? -1;
    if (holder >= 0 && indices.includes(holder)) {
      return [{ row: territory.rowOfCommune[holder], weight: 1, rule: 'grid' }];
    }
    return codes.map((code, at) => ({ row: rowOf(code, indices[at]), weight: 1, rule: 'split' }));
  };

  const rowOf = (code: string, index: number): number => {
    if (index >= 0) return territory.rowOfCommune[index];
    return territory.holds(code) ? NOWHERE : OUTSIDE;
  };

  return (cell) => {
    const listed = cells.communeCodes[cell];
    if (listed === undefined || listed.length === 0) return assignByPosition(cell);
    const isGrid = cells.origin[cell] === 'grid';
    const current = [
      ...new Set(
        listed.flatMap((code) => (isGrid ? territory.currentOfGrid(code) : [territory.current(code)])),
      ),
    ];
    const telling = tellingCodes(current, territory);
    if (telling.length === 0) return assignByPosition(cell);
    if (telling.length > 1) return assignSplit(cell, telling);
    return [{ row: rowOf(telling[0], territory.indexOfCode.get(telling[0]) ?? -1), weight: 1, rule: 'grid' }];
  };
}

/** Drops codes that no row knows, unless they say that part of the cell is outside the study. */
function tellingCodes(codes: readonly string[], territory: Territory): readonly string[] {
  const isKnown = (code: string): boolean => territory.indexOfCode.has(code);
  const isOutside = (code: string): boolean => !territory.holds(code);
  if (codes.some(isKnown)) return codes.filter((code) => isKnown(code) || isOutside(code));
  return codes.some(isOutside) ? codes : [];
}

/** Square metres per commune listed; those without a polygon share what the others leave of the square. */
function areasWithin(
  polygons: ReadonlyArray<PreparedPolygon | undefined>,
  lon: number,
  lat: number,
  side: number,
): number[] {
  const areas = polygons.map((polygon) => (polygon ? areaInSquare(polygon, lon, lat, side) : 0));
  const unknownCount = polygons.filter((polygon) => polygon === undefined).length;
  const left = Math.max(0, side * side - areas.reduce((sum, area) => sum + area, 0));
  return polygons.map((polygon, at) => (polygon ? areas[at] : left / unknownCount));
}

function emptyAccount(cellCount: number): CellAccount {
  return {
    cellCount,
    cellCountOutside: 0,
    populationRead: 0,
    populationInside: 0,
    populationOutside: 0,
    populationByRule: { grid: 0, split: 0, centre: 0, nearest: 0, none: 0 },
    cellCountSplit: 0,
  };
}
