/**
 * Refuses a GeoJSON file of more than anybody has, while it is unwrapped: more features than there are communes or
 * structures in a country, or one of megabytes. Features are told by their word in the bytes, so that neither gigabytes are unpacked nor millions
 * of points parsed before the refusal.
 */
import { UsageError } from '../common/errors.ts';

export interface FeatureLimits {
  greatestCount: number;
  greatestBytes: number;
  tooMany: string;
  tooLong: string;
  remedies: readonly [ofCount: string, ofBytes: string];
}

/** France has 35 000 communes, with those of before some thousands more; one takes some hundred kilobytes at most. */
export const COMMUNE_LIMITS: FeatureLimits = {
  greatestCount: 60_000,
  greatestBytes: 32 << 20,
  tooMany: 'polygons, and no country has so many communes',
  tooLong: 'a polygon',
  remedies: [
    'Give polygons of communes, of the territory and its surroundings.',
    'Simplify the polygons, for example with QGIS: those of communes take some kilobytes each.',
  ],
};

/** Public services of all kinds are some 80 000 in the country. */
export const STRUCTURE_LIMITS: FeatureLimits = {
  greatestCount: 300_000,
  greatestBytes: 32 << 20,
  tooMany: 'features, and no list has so many structures',
  tooLong: 'a feature',
  remedies: [
    'Give the points of the structures, of the territory and its surroundings.',
    'Give the points of the structures, of the territory and its surroundings.',
  ],
};

const FEATURE = Buffer.from('"Feature"');

export class FeatureGuard {
  private featureCount = 0;
  /** Bytes since the last feature began; those before the first are its list's. */
  private bytesSinceFeature = 0;
  /** The end of the chunk before, in which a word may begin. */
  private tail = Buffer.alloc(0);

  constructor(
    private readonly path: string,
    private readonly limits: FeatureLimits,
  ) {}

  /** To be given every chunk in its order. @throws UsageError where these are no communes */
  look(chunk: Buffer): void {
    const bytes = this.tail.length === 0 ? chunk : Buffer.concat([this.tail, chunk]);
    let from = 0;
    for (let at = bytes.indexOf(FEATURE); at >= 0; at = bytes.indexOf(FEATURE, from)) {
      this.pass(at - from);
      this.count(1);
      this.bytesSinceFeature = 0;
      from = at + FEATURE.length;
    }
    const end = Math.max(from, bytes.length - FEATURE.length + 1);
    this.pass(end - from);
    this.tail = Buffer.from(bytes.subarray(end));
  }

  /** Adds features. @throws UsageError where there are too many */
  count(more: number): void {
    this.featureCount += more;
    const { greatestCount, tooMany, remedies } = this.limits;
    if (this.featureCount <= greatestCount) return;
    throw new UsageError(`the file holds more than ${greatestCount} ${tooMany}`, {
      file: this.path,
      remedy: remedies[0],
    });
  }

  /** Without a feature it is another kind of JSON, whose reader says so. */
  private pass(bytes: number): void {
    this.bytesSinceFeature += bytes;
    const { greatestBytes, tooLong, remedies } = this.limits;
    if (this.featureCount === 0 || this.bytesSinceFeature <= greatestBytes) return;
    throw new UsageError(`${tooLong} takes more than ${greatestBytes >> 20} MB`, {
      file: this.path,
      remedy: remedies[1],
    });
  }
}
