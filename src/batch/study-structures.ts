/**
 * The structures of a study: its lists read and placed, those that count selected, and what the selection and the
 * variants ask of the territory around them.
 */
import { NoticeList } from '../common/notices.ts';
import type { CommuneIndex } from '../coverage/commune-index.ts';
import type { CellShares } from '../coverage/coverage-result.ts';
import type { CommuneSet } from '../read/communes.ts';
import type { Bounds } from '../read/positions.ts';
import type { Structure } from '../read/records.ts';
import { type SelectedStructures, selectStructures } from '../read/select-structures.ts';
import type { KnownCommunes } from '../read/structure-communes.ts';
import { readStructures } from '../read/structures.ts';
import type { Cache } from '../runtime/cache.ts';
import { loadPlaces } from '../runtime/places.ts';
import type { Study } from '../study/study.ts';
import { atKey } from './study-faults.ts';
import { buildTypeMapping, withKnownTypes } from './study-types.ts';

/** What is known when the lists of structures are read. */
export interface ListSurroundings {
  /** Tell swapped columns. */
  bounds: Bounds | undefined;
  communeSet: KnownCommunes;
  /** Hold the town halls, for structures without a position. */
  roads: ReadonlyArray<{ path: string; sha256: string }>;
  cache: Cache;
}

/** All structures of the lists, and the stops of the itinerant ones. */
export function readStudyStructures(
  study: Study,
  { bounds, communeSet, roads, cache }: ListSurroundings,
  notices: NoticeList,
): Promise<Structure[]> {
  return atKey(study, ['structures', 'itinerant_stops'], () =>
    readStructures(
      study.structures,
      {
        bounds,
        communes: communeSet,
        // What the file holds of buildings is no matter of the structures: its notices stay out.
        loadTownhalls: async () => (await loadPlaces(roads, cache, new NoticeList())).townhalls,
        mergeDuplicates: study.mergesDuplicates,
        itinerantStops: study.itinerantStops,
        date: study.date,
        types: buildTypeMapping(withKnownTypes(study)),
      },
      notices,
    ),
  );
}

/** Those of the structures that count. `bounds` are those of the roads. */
export function selectStudyStructures(
  study: Study,
  structures: readonly Structure[],
  communeSet: CommuneSet,
  communeIndex: CommuneIndex,
  bounds: Bounds | undefined,
  notices: NoticeList,
): Promise<SelectedStructures> {
  const options = selectionOptions(study, communeSet, communeIndex, bounds);
  return atKey(study, ['structures_selection', 'structures'], () =>
    selectStructures(structures, withKnownTypes(study), options, notices),
  );
}

/** What the selection asks of the study's surroundings. */
export function selectionOptions(
  study: Study,
  communeSet: CommuneSet,
  communeIndex: CommuneIndex,
  bounds: Bounds | undefined,
) {
  return {
    date: study.date,
    roadBounds: bounds,
    distanceToTerritory: hasPolygons(communeSet) ? communeIndex.distanceMeters : undefined,
  };
}

export function hasPolygons({ communes }: CommuneSet): boolean {
  return communes.some((commune) => commune.geometry !== undefined);
}

/** The commune of a structure: of the code that its list gives, else of its position. */
export function buildCommuneFinder(
  { communes, neighbours, currentCodeOf }: CommuneSet,
  index: CommuneIndex,
  shares: CellShares,
): (structure: Structure) => { code: string; population: number | undefined } | undefined {
  const communeOfCode = new Map([...neighbours, ...communes].map((commune) => [commune.code, commune]));
  const peopleOfCode = countCommunePeople(shares);
  return ({ codeInsee, lon, lat }) => {
    const stated = codeInsee && communeOfCode.get(currentCodeOf.get(codeInsee) ?? codeInsee);
    const commune = stated || communes[index.findContaining(lon, lat)];
    if (commune === undefined) return undefined;
    return { code: commune.code, population: commune.population ?? peopleOfCode.get(commune.code) };
  };
}

/** Commune code -> people of its cells, where the official population is not known. */
function countCommunePeople({
  communes,
  communeOfEntry,
  populationOfEntry,
}: CellShares): Map<string, number> {
  const people = new Map<string, number>();
  populationOfEntry.forEach((each, entry) => {
    const code = communes[communeOfEntry[entry]!]?.code;
    if (code !== undefined) people.set(code, (people.get(code) ?? 0) + each);
  });
  return people;
}
