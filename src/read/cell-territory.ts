/**
 * Which cells of a grid are the study's, told while its rows stream, so that a national file leaves nothing in
 * memory but the territory: by the commune codes of the row where it has them, else by its position in the
 * bounds of the territory's polygons. Both only leave out what coverage would: a cell belongs to the communes
 * of its own list, else to the commune around its centre or at most 2 km away.
 */
import { officialDecoupage } from './decoupage.ts';
import { parseCommuneCodes } from './filosofi.ts';
import type { Bounds } from './positions.ts';
import { buildProjection, isKnownEpsg, type Unproject } from './projections.ts';
import { areAllPostalCodes, arePostalCodesOf } from './table-communes.ts';

export interface PopulationOptions {
  /** Side of the cells where neither id nor geometry says it, metres. */
  cellSizeMeters?: number | undefined;
  /** Coordinate system of `x,y` files without a column of their own: `EPSG:2154`. */
  crs?: string | undefined;
  /** Bounds of the roads read; without them the check of swapped columns only sees what is off the Earth. */
  bounds?: Bounds | Promise<Bounds> | undefined;
  /** Current codes of the territory: cells whose own list names none of them are left out, counted. */
  communeCodes?: ReadonlySet<string> | undefined;
  /** Bounds of the territory's polygons: cells without a list that lie outside are left out, counted. */
  territoryBounds?: Bounds | undefined;
  /** The column of communes is not to be read. */
  hasNoCodes?: boolean;
  /** Old commune code -> the current one; by default a code stands for itself. */
  currentCode?: ((code: string) => string) | undefined;
}

/** More than the 2 km within which a cell joins the nearest commune. */
const MARGIN_METERS = 3_000;
const METERS_PER_DEGREE = 111_195;
/** Points per side at which the bounds are projected: their edges are curves in metres. */
const PROBES = 16;

type Box = readonly [number, number, number, number];

export class CellTerritory {
  private readonly codesOfText = new Map<string, readonly string[] | undefined>();
  /** Five characters in 40 bits -> whether a cell of that commune alone is wanted. */
  private readonly isWantedOfKey = new Map<number, boolean>();
  private readonly boxOfEpsg = new Map<number, Box>();

  constructor(private readonly options: PopulationOptions) {}

  /** The territory's box in the metres of a system, before positions of that system are asked about. */
  async prepare(epsg: number, file: string): Promise<void> {
    const { territoryBounds } = this.options;
    if (territoryBounds === undefined || this.boxOfEpsg.has(epsg) || !isKnownEpsg(epsg)) return;
    this.boxOfEpsg.set(epsg, projectBounds(territoryBounds, await buildProjection(epsg, file)));
  }

  get hasCodes(): boolean {
    return this.options.communeCodes !== undefined;
  }

  /** The same, for a grid whose column of communes says nothing. */
  withoutCodes(): CellTerritory {
    return new CellTerritory({ ...this.options, communeCodes: undefined, hasNoCodes: true });
  }

  /** True where all that `codesOf` has been asked are postal codes in the place of those of communes. */
  holdsPostalCodes(): boolean {
    const codes = [...this.codesOfText.keys()];
    const { communeCodes } = this.options;
    const decoupage = officialDecoupage();
    if (areAllPostalCodes(codes, decoupage)) return true;
    return communeCodes !== undefined && arePostalCodesOf(communeCodes, codes, decoupage);
  }

  /** The current codes that a list names; undefined where it names none. */
  codesOf(text: string): readonly string[] | undefined {
    if (this.options.hasNoCodes === true) return undefined;
    if (this.codesOfText.has(text)) return this.codesOfText.get(text);
    const { currentCode } = this.options;
    let codes = parseCommuneCodes(text);
    if (codes !== undefined && currentCode !== undefined) codes = [...new Set(codes.map(currentCode))];
    this.codesOfText.set(text, codes);
    return codes;
  }

  isElsewhere(codes: readonly string[]): boolean {
    const territory = this.options.communeCodes;
    return territory !== undefined && !codes.some((code) => territory.has(code));
  }

  /** As `isElsewhere`, from the bytes of the list; the usual single code without making a string of it. */
  isElsewhereBytes(bytes: Buffer, start: number, end: number): boolean {
    const length = end - start;
    if (length === 0) return false;
    if (length !== 5) {
      const codes = this.codesOf(bytes.toString('latin1', start, end));
      return codes !== undefined && this.isElsewhere(codes);
    }
    let key = 0;
    for (let at = start; at < end; at++) key = key * 256 + bytes[at];
    let isWanted = this.isWantedOfKey.get(key);
    if (isWanted === undefined) {
      const codes = this.codesOf(bytes.toString('latin1', start, end));
      isWanted = codes === undefined || !this.isElsewhere(codes);
      this.isWantedOfKey.set(key, isWanted);
    }
    return !isWanted;
  }

  /** True where a position cannot be the territory's; false for systems that were not prepared. */
  isOutside(epsg: number, x: number, y: number): boolean {
    const box = this.boxOfEpsg.get(epsg);
    return box !== undefined && (x < box[0] || y < box[1] || x > box[2] || y > box[3]);
  }
}

function projectBounds([west, south, east, north]: Bounds, project: Unproject): Box {
  const latMargin = MARGIN_METERS / METERS_PER_DEGREE;
  const poleward = Math.max(Math.abs(south), Math.abs(north));
  const lonMargin = latMargin / Math.max(0.05, Math.cos((poleward * Math.PI) / 180));
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i <= PROBES; i++) {
    for (let j = 0; j <= PROBES; j++) {
      const [x, y] = project(
        west - lonMargin + ((east - west + 2 * lonMargin) * i) / PROBES,
        south - latMargin + ((north - south + 2 * latMargin) * j) / PROBES,
      );
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
  }
  return box;
}
