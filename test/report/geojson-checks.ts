/**
 * What RFC 7946 asks of a file that map software reads: a list of what is wrong, empty where nothing is.
 */
import type { Position } from 'geojson';

/** Digits after which a degree is finer than a millimetre: noise in a published file (RFC 7946, 11.2). */
const GREATEST_DECIMALS = 9;

export function findGeojsonFaults(text: string): string[] {
  const faults: string[] = [];
  const root = JSON.parse(text) as Record<string, unknown>;
  if (root.type !== 'FeatureCollection') faults.push(`the root is a ${root.type}`);
  if ('crs' in root) faults.push('a member crs, which RFC 7946 has removed');
  for (const name of ['coordinates', 'geometries', 'geometry', 'properties']) {
    if (name in root) faults.push(`the collection has a member ${name}`);
  }
  const features = root.features as Array<Record<string, unknown>>;
  features.forEach((feature, at) => {
    const say = (fault: string) => faults.push(`feature ${at}: ${fault}`);
    if (feature.type !== 'Feature') say('no Feature');
    if (!('properties' in feature)) say('no properties');
    if (!('geometry' in feature)) say('no geometry, not even null');
    const geometry = feature.geometry as { type: string; coordinates: unknown } | null;
    if (geometry === null) return;
    if (geometry.type === 'Polygon') checkRings(geometry.coordinates as Position[][], say);
    else if (geometry.type === 'MultiPolygon') {
      for (const rings of geometry.coordinates as Position[][][]) checkRings(rings, say);
    } else say(`a ${geometry.type}`);
  });
  return faults;
}

function checkRings(rings: readonly Position[][], say: (fault: string) => void): void {
  if (rings.length === 0) say('a polygon without rings');
  rings.forEach((ring, at) => {
    if (ring.length < 4) say(`a ring of ${ring.length} positions`);
    if (String(ring[0]) !== String(ring[ring.length - 1])) say('an open ring');
    for (const position of ring) checkPosition(position, say);
    const area = signedArea(ring);
    if (at === 0 ? area <= 0 : area >= 0) say(`ring ${at} turns the wrong way`);
  });
}

function checkPosition(position: Position, say: (fault: string) => void): void {
  const [lon, lat] = position;
  if (position.length !== 2) say(`a position of ${position.length} numbers`);
  if (!(Math.abs(lon!) <= 180 && Math.abs(lat!) <= 90)) say(`a position off the Earth: ${position}`);
  const decimals = Math.max(...position.map((value) => (String(value).split('.')[1] ?? '').length));
  if (decimals > GREATEST_DECIMALS) say(`${decimals} decimals of a degree`);
}

export function signedArea(ring: readonly Position[]): number {
  const [west, south] = ring[0]!;
  return ring
    .slice(1)
    .reduce(
      (sum, [x, y], at) =>
        sum + ((ring[at]![0]! - west!) * (y! - south!) - (x! - west!) * (ring[at]![1]! - south!)) / 2,
      0,
    );
}
