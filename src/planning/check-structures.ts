/**
 * Where structures stand against where they say they are: far from their commune, in a neighbour, or at
 * sea. Codes of no list are the readers' matter. In go structures and polygons; out come notices.
 */
import type { Notice } from '../common/notices.ts';
import { buildPolygonIndex, type PolygonIndex } from '../common/polygon-index.ts';
import type { Commune, Structure } from '../read/records.ts';
import type { CommuneCodes } from './check-population.ts';

/** Simplified outlines and geocoding to the street err by less than this, metres. */
const FAR_FROM_COMMUNE_METERS = 2_000;
/** A structure this far from every commune and street stands in the sea, in a lake, or nowhere, metres. */
const FAR_FROM_EVERYTHING_METERS = 3_000;
/** Distances are not told beyond this, metres. */
const FARTHEST_TOLD_METERS = 2_000_000;

export interface StructureChecks {
  /** Communes whose polygons are known: those of the territory and their neighbours. */
  communes: readonly Commune[];
  codes: CommuneCodes;
  /** Whether a street of any mode is within so many metres; undefined without roads. */
  hasStreetWithin?: ((lon: number, lat: number, meters: number) => boolean) | undefined;
}

/**
 * @param structures all that were read
 * @param selected those that count: only they are looked for at sea, since lists often hold the whole country
 */
export function checkStructures(
  structures: readonly Structure[],
  selected: ReadonlySet<Structure>,
  { communes, codes, hasStreetWithin }: StructureChecks,
): Notice[] {
  const drawn = communes.filter((commune) => commune.geometry !== undefined);
  if (drawn.length === 0) return [];
  const index = buildPolygonIndex(drawn.map((commune) => commune.geometry));
  const positionOfCode = new Map(drawn.map((commune, position) => [commune.code, position]));
  const ownIndexOf = new Map<number, PolygonIndex>();
  return structures.flatMap((structure): Notice[] => {
    const declared = readDeclared(structure, codes);
    const found: Notice[] = [];
    const position = declared === undefined ? undefined : positionOfCode.get(declared);
    const { lon, lat } = structure;
    const holder = index.locate(lon, lat);
    if (position === undefined) {
      if (selected.has(structure) && holder < 0) found.push(...lostNotice(structure, index, hasStreetWithin));
      return found;
    }
    if (holder === position) return found;
    if (!ownIndexOf.has(position)) {
      ownIndexOf.set(position, buildPolygonIndex([drawn[position]!.geometry]));
    }
    const meters = ownIndexOf.get(position)!.nearest(lon, lat, FARTHEST_TOLD_METERS).distanceMeters;
    if (meters > FAR_FROM_COMMUNE_METERS) {
      found.push(farNotice(structure, drawn[position]!, drawn[holder], meters));
    } else if (holder >= 0) found.push(neighbourNotice(structure, drawn[position]!, drawn[holder]!));
    return found;
  });
}

/** The commune that a structure declares, as of today. */
function readDeclared(
  { codeInsee }: Structure,
  { isKnown, currentCodeOf }: CommuneCodes,
): string | undefined {
  if (codeInsee === undefined) return undefined;
  return isKnown(codeInsee) ? codeInsee : (currentCodeOf.get(codeInsee) ?? codeInsee);
}

const placeOf = ({ file, row, id }: Structure) => ({ file, row, id });

function farNotice(
  structure: Structure,
  declared: Commune,
  holder: Commune | undefined,
  meters: number,
): Notice {
  const where = holder === undefined ? 'outside every commune read' : `in ${holder.nom}`;
  return {
    code: 'structure-far-from-its-commune',
    severity: 'warning',
    message: `${structure.nom} declares ${declared.nom} and stands ${showKilometers(meters)} from it, ${where}`,
    action: 'kept at its position; check lon and lat',
    ...placeOf(structure),
    value: `${declared.code} ${declared.nom}, ${showKilometers(meters)}`,
  };
}

function neighbourNotice(structure: Structure, declared: Commune, holder: Commune): Notice {
  return {
    code: 'structure-in-another-commune',
    severity: 'info',
    message: `${structure.nom} declares ${declared.nom} and stands in ${holder.nom}`,
    action: 'kept at its position',
    ...placeOf(structure),
    value: `${declared.code} ${declared.nom} / ${holder.code} ${holder.nom}`,
  };
}

/** A structure of no known commune: at sea where no commune and no street is near. */
function lostNotice(
  structure: Structure,
  index: PolygonIndex,
  hasStreetWithin: StructureChecks['hasStreetWithin'],
): Notice[] {
  const { lon, lat, nom } = structure;
  // Without roads, what lies beyond the polygons may as well be the next département.
  if (hasStreetWithin === undefined || hasStreetWithin(lon, lat, FAR_FROM_EVERYTHING_METERS)) return [];
  const meters = index.nearest(lon, lat, FARTHEST_TOLD_METERS).distanceMeters;
  if (meters <= FAR_FROM_EVERYTHING_METERS) return [];
  return [
    {
      code: 'structure-in-no-commune',
      severity: 'warning',
      message: `${nom} stands ${showKilometers(meters)} from the nearest commune and has no street within ${FAR_FROM_EVERYTHING_METERS / 1000} km: at sea, or misplaced`,
      action: 'reaches nobody; check lon and lat',
      ...placeOf(structure),
      value: `${lon}, ${lat}`,
    },
  ];
}

/** @param meters Infinity: farther than was looked */
function showKilometers(meters: number): string {
  if (meters > FARTHEST_TOLD_METERS) return `> ${FARTHEST_TOLD_METERS / 1000} km`;
  const kilometers = meters / 1000;
  return `${kilometers < 10 ? kilometers.toFixed(1) : Math.round(kilometers)} km`;
}
