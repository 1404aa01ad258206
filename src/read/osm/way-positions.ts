/**
 * Positions that ways carry beside their references (`LocationsOnWays`, as "osmium add-locations-to-ways" writes it):
 * such a file may leave out the nodes that have no tags. Held for streets only, 8 bytes a reference, and nothing for
 * files without.
 */
import { COORDINATE_UNITS_PER_DEGREE } from '../../common/units.ts';
import { GrowingArray } from './growing-array.ts';
import { isPosition } from './osm-visitor.ts';
import type { PrimitiveBlock } from './pbf-block.ts';
import { ColumnScratch } from './pbf-columns.ts';
import { scaleCoordinates } from './pbf-dense.ts';

/** Beyond the globe: the writer did not know it. */
const UNKNOWN = 0x7fffffff;

export class WayPositions {
  /** reference -> 1e-7 degrees; the references after the last way that carries positions are left out. */
  private readonly lons = new GrowingArray(Int32Array);
  private readonly lats = new GrowingArray(Int32Array);
  private readonly lonColumn = new ColumnScratch();
  private readonly latColumn = new ColumnScratch();

  get length(): number {
    return this.lons.length;
  }

  isKnown(ref: number): boolean {
    return this.lons.at(ref) !== UNKNOWN;
  }

  lonAt(ref: number): number {
    return this.lons.at(ref);
  }

  latAt(ref: number): number {
    return this.lats.at(ref);
  }

  /**
   * Appends the positions of a way: one for each of `values`, its references, runs of the same node collapsed as
   * theirs are. `first` is the way's first reference among all. @throws RangeError where the columns do not match
   */
  append(
    bytes: Uint8Array,
    { granularity, lonOffset, latOffset }: PrimitiveBlock,
    values: Float64Array,
    first: number,
    at: { latsFrom: number; latsTo: number; lonsFrom: number; lonsTo: number },
  ): void {
    const count = this.lonColumn.decode(bytes, at.lonsFrom, at.lonsTo);
    const latCount = this.latColumn.decode(bytes, at.latsFrom, at.latsTo);
    if (count !== values.length || latCount !== count)
      throw new RangeError('references and positions of different lengths');
    const { values: lons } = this.lonColumn;
    const { values: lats } = this.latColumn;
    scaleCoordinates(lons, count, granularity, lonOffset);
    scaleCoordinates(lats, count, granularity, latOffset);
    while (this.lons.length < first) this.push(UNKNOWN, UNKNOWN);
    const unit = COORDINATE_UNITS_PER_DEGREE;
    for (let i = 0; i < count; i++) {
      if (i > 0 && values[i] === values[i - 1]) continue;
      const [lon, lat] = [lons[i]!, lats[i]!];
      if (isPosition(lon / unit, lat / unit)) this.push(lon, lat);
      else this.push(UNKNOWN, UNKNOWN);
    }
  }

  private push(lon: number, lat: number): void {
    this.lons.push(lon);
    this.lats.push(lat);
  }
}
