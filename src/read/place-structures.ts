/**
 * Structures whose row has no usable position -> the place of their commune: its town hall (a `mairie` row of the
 * lists given, else `amenity=townhall` of the roads' files), else a point inside its polygon. Each is marked by
 * `positionOrigin`; what nothing places is left out. One notice a row, and one with the counts.
 */
import { basename } from 'node:path';
import type { NoticeList } from '../common/notices.ts';
import { findPointInside } from '../common/point-inside.ts';
import { buildPolygonIndex } from '../common/polygon-index.ts';
import type { Commune, OsmPlaces, Structure } from './records.ts';
import type { KnownCommunes } from './structure-communes.ts';

/** Why a row's own position cannot serve. */
export interface PositionFault {
  code: string;
  message: string;
  value: string;
  /** The row states no position: not an error where its commune serves. */
  isBlank?: boolean;
}

export interface ReadStructure {
  structure: Structure;
  /** Set where `lon` and `lat` of the structure are not usable. */
  fault: PositionFault | undefined;
}

export type Townhalls = OsmPlaces['townhalls'];

export interface PlacingOptions {
  communes?: KnownCommunes | undefined;
  /** Reads the town halls of the roads' files; called only where a structure needs one. */
  loadTownhalls?: (() => Promise<Townhalls>) | undefined;
}

type Origin = NonNullable<Structure['positionOrigin']>;
interface Place {
  lon: number;
  lat: number;
  origin: Origin;
}

const ORIGIN_WORDS: Readonly<Record<Origin, string>> = {
  townhall: 'placed at the town hall of its commune',
  'inside-point': 'placed at a point inside its commune',
};

/** Places in each list what has no position; returns the lists without what cannot be placed. */
export async function placeStructures(
  lists: ReadonlyArray<readonly ReadStructure[]>,
  options: PlacingOptions,
  notices: NoticeList,
): Promise<Structure[][]> {
  const all = lists.flat();
  const wanted = new Set(all.flatMap(({ structure, fault }) => (fault && structure.codeInsee) ?? []));
  const placeOfCode = wanted.size === 0 ? new Map<string, Place>() : await findPlaces(wanted, all, options);
  const countOfOrigin = new Map<Origin, number>();
  const kept = lists.map((list) =>
    list.flatMap(({ structure, fault }) => {
      if (fault === undefined) return [structure];
      const place = structure.codeInsee === undefined ? undefined : placeOfCode.get(structure.codeInsee);
      notices.add({
        code: fault.code,
        message: fault.message,
        value: fault.value,
        severity: place !== undefined && fault.isBlank === true ? 'info' : 'warning',
        action: place === undefined ? 'left out' : ORIGIN_WORDS[place.origin],
        file: basename(structure.file),
        row: structure.row,
        id: structure.id,
      });
      if (place === undefined) return [];
      countOfOrigin.set(place.origin, (countOfOrigin.get(place.origin) ?? 0) + 1);
      return [{ ...structure, lon: place.lon, lat: place.lat, positionOrigin: place.origin }];
    }),
  );
  noticeCounts(countOfOrigin, notices);
  return kept;
}

async function findPlaces(
  codes: ReadonlySet<string>,
  all: readonly ReadStructure[],
  { communes, loadTownhalls }: PlacingOptions,
): Promise<Map<string, Place>> {
  const placeOfCode = new Map<string, Place>();
  const offer = (code: string | undefined, lon: number, lat: number, origin: Origin) => {
    if (code !== undefined && codes.has(code) && !placeOfCode.has(code))
      placeOfCode.set(code, { lon, lat, origin });
  };
  for (const { structure, fault } of all) {
    if (fault === undefined && structure.type === 'mairie') {
      offer(structure.codeInsee, structure.lon, structure.lat, 'townhall');
    }
  }
  const known = [...(communes?.communes ?? []), ...(communes?.neighbours ?? [])];
  const isMissing = () => [...codes].some((code) => !placeOfCode.has(code));
  if (isMissing() && loadTownhalls !== undefined) {
    const townhalls = await loadTownhalls();
    offerTownhalls(
      townhalls,
      known.filter(({ code }) => codes.has(code)),
      offer,
    );
  }
  for (const { code, geometry } of isMissing() ? known : []) {
    if (geometry === undefined || !codes.has(code) || placeOfCode.has(code)) continue;
    const point = findPointInside(geometry);
    if (point !== undefined) offer(code, point[0], point[1], 'inside-point');
  }
  return placeOfCode;
}

/** By the code that the object bears, else by the polygon that holds it. */
function offerTownhalls(
  { lon, lat, communeCode }: Townhalls,
  communes: readonly Commune[],
  offer: (code: string | undefined, lon: number, lat: number, origin: Origin) => void,
): void {
  const index = buildPolygonIndex(communes.map(({ geometry }) => geometry));
  for (let hall = 0; hall < lon.length; hall++) {
    const code = communeCode?.[hall] ?? communes[index.locate(lon[hall]!, lat[hall]!)]?.code;
    offer(code, lon[hall]!, lat[hall]!, 'townhall');
  }
}

function noticeCounts(countOfOrigin: ReadonlyMap<Origin, number>, notices: NoticeList): void {
  const atTownhall = countOfOrigin.get('townhall') ?? 0;
  const inside = countOfOrigin.get('inside-point') ?? 0;
  if (atTownhall + inside === 0) return;
  notices.add({
    code: 'structures-placed-by-commune',
    severity: 'info',
    message: `${atTownhall + inside} structures have no usable position of their own: ${atTownhall} stand at the town hall of their commune, ${inside} at a point inside it`,
    action: 'their times are those of that place',
    count: atTownhall + inside,
  });
}
