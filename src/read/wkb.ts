/**
 * Well-known binary (OGC 06-103r4) -> GeoJSON geometries in the coordinates of the file. Both byte orders;
 * heights and measures (ISO's 1000s and the high bits of EWKB) are stepped over. Curves and whatever is cut
 * short give undefined, so that the reader can tell its row.
 */
import type { Geometry, Polygon, Position } from 'geojson';

const EWKB_HEIGHT = 0x80000000;
const EWKB_MEASURE = 0x40000000;
const EWKB_SRID = 0x20000000;

/** The geometry that starts at `offset`; undefined where it is empty, of another kind, or cut short. */
export function decodeWkb(bytes: Uint8Array, offset: number): Geometry | undefined {
  try {
    return new WkbCursor(bytes, offset).readGeometry();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

class WkbCursor {
  private readonly view: DataView;
  private isLittleEndian = true;
  /** Numbers per position: 2, with heights or measures 3, with both 4. */
  private width = 2;

  constructor(
    bytes: Uint8Array,
    private offset: number,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  readGeometry(): Geometry | undefined {
    const type = this.readHead();
    switch (type) {
      case 1: {
        const coordinates = this.readPosition();
        return Number.isNaN(coordinates[0]) ? undefined : { type: 'Point', coordinates };
      }
      case 2:
        return filled({ type: 'LineString', coordinates: this.readLine() });
      case 3:
        return filled({ type: 'Polygon', coordinates: this.readRings() });
      case 4:
        return filled({ type: 'MultiPoint', coordinates: this.readParts(1, () => this.readPosition()) });
      case 5:
        return filled({ type: 'MultiLineString', coordinates: this.readParts(2, () => this.readLine()) });
      case 6:
        return filled({ type: 'MultiPolygon', coordinates: this.readParts(3, () => this.readRings()) });
      case 7:
        return this.readCollection();
      default:
        return undefined;
    }
  }

  /** Byte order and kind, without the dimensions, which go to `width`. */
  private readHead(): number {
    this.isLittleEndian = this.view.getUint8(this.offset) === 1;
    this.offset += 1;
    const code = this.readCount();
    if ((code & EWKB_SRID) !== 0) this.offset += 4;
    const type = code & 0x0fffffff;
    const isoDimension = Math.floor(type / 1000);
    const hasHeight = (code & EWKB_HEIGHT) !== 0 || isoDimension === 1 || isoDimension === 3;
    const hasMeasure = (code & EWKB_MEASURE) !== 0 || isoDimension === 2 || isoDimension === 3;
    this.width = 2 + (hasHeight ? 1 : 0) + (hasMeasure ? 1 : 0);
    return type % 1000;
  }

  private readCount(): number {
    const count = this.view.getUint32(this.offset, this.isLittleEndian);
    this.offset += 4;
    return count;
  }

  private readPosition(): Position {
    const x = this.view.getFloat64(this.offset, this.isLittleEndian);
    const y = this.view.getFloat64(this.offset + 8, this.isLittleEndian);
    this.offset += 8 * this.width;
    return [x, y];
  }

  private readLine(): Position[] {
    return this.readMany(() => this.readPosition());
  }

  private readRings(): Polygon['coordinates'] {
    return this.readMany(() => this.readLine());
  }

  /** The parts of a multi-geometry, each with a head of its own. */
  private readParts<Part>(type: number, readPart: () => Part): Part[] {
    return this.readMany(() => {
      if (this.readHead() !== type) throw new RangeError('a part of another kind');
      return readPart();
    });
  }

  private readCollection(): Geometry | undefined {
    const parts = this.readMany(() => this.readGeometry());
    const geometries = parts.filter((part) => part !== undefined);
    return geometries.length === 0 ? undefined : { type: 'GeometryCollection', geometries };
  }

  /** As many as the count says; a count beyond the bytes ends in the RangeError of the view. */
  private readMany<Item>(readItem: () => Item): Item[] {
    const count = this.readCount();
    const items: Item[] = [];
    for (let item = 0; item < count; item++) items.push(readItem());
    return items;
  }
}

function filled<Filled extends Geometry & { coordinates: unknown[] }>(geometry: Filled): Filled | undefined {
  return geometry.coordinates.length === 0 ? undefined : geometry;
}
