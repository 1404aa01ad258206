/**
 * The checks that need several inputs at once: roads against communes, people against communes, structures against
 * the communes that they name, stops against the territory. `coverage` puts what they find into its notices,
 * `check` lists it; both run the same ones, on whatever could be read.
 */
import type { Notice } from '../common/notices.ts';
import type { CellShares } from '../coverage/coverage-result.ts';
import { checkGridCover, checkListCover } from '../planning/check-partial-inputs.ts';
import { type CommuneCodes, checkPopulation, countPeople } from '../planning/check-population.ts';
import { checkStreetCover } from '../planning/check-street-cover.ts';
import { type CheckedNetwork, checkStreets, hasStreetWithin } from '../planning/check-streets.ts';
import { checkStructures } from '../planning/check-structures.ts';
import { type CheckedFeed, checkStops } from '../planning/check-timetables.ts';
import type { CommuneSet } from '../read/communes.ts';
import { officialDecoupage } from '../read/decoupage.ts';
import type { PopulationCells, Structure } from '../read/records.ts';
import type { Timetable } from '../transit/timetable.ts';

export interface CheckedArea {
  communeSet: CommuneSet;
  /** By mode; empty without roads. */
  networks: ReadonlyMap<string, CheckedNetwork>;
  /** All that were read, and those that count. */
  structures?: readonly Structure[] | undefined;
  selected?: readonly Structure[] | undefined;
  cells?: PopulationCells | undefined;
  shares?: CellShares | undefined;
  day?: { timetable: Timetable; feeds: readonly CheckedFeed[] } | undefined;
}

/** The input that a check is about, as the study names it. */
export type CheckedRole = 'roads' | 'population' | 'structures' | 'timetables';

export interface AreaFindings {
  role: CheckedRole;
  notices: Notice[];
}

export function checkArea(area: CheckedArea): AreaFindings[] {
  const { communeSet, networks, cells, shares, structures, selected, day } = area;
  const { communes, neighbours } = communeSet;
  const codes = knowCodes(communeSet);
  const people = shares === undefined ? undefined : countPeople(shares);
  const peopleOf = (code: string) => people?.get(code) ?? codes.officialPopulationOf(code);
  const found: AreaFindings[] = [];
  if (networks.size > 0) {
    const known = cells === undefined || shares === undefined ? undefined : { cells, shares };
    const notices = [
      ...checkStreets(communes, networks, peopleOf),
      ...checkStreetCover(communes, networks.values(), peopleOf, known),
    ];
    found.push({ role: 'roads', notices });
  }
  if (cells !== undefined && shares !== undefined) {
    const isGrid = cells.origin.includes('grid');
    const notices = [
      ...(isGrid && people !== undefined ? checkGridCover(communes, people, codes) : []),
      ...checkPopulation(cells, shares, communes, codes),
    ];
    found.push({ role: 'population', notices });
  }
  if (structures !== undefined) {
    const checks = {
      communes: [...communes, ...neighbours],
      codes,
      hasStreetWithin:
        networks.size === 0
          ? undefined
          : (lon: number, lat: number, meters: number) =>
              [...networks.values()].some((network) => hasStreetWithin(network, lon, lat, meters)),
    };
    found.push({
      role: 'structures',
      notices: [
        ...checkListCover(structures, communes),
        ...checkStructures(structures, new Set(selected ?? []), checks),
      ],
    });
  }
  if (day !== undefined) {
    found.push({
      role: 'timetables',
      notices: checkStops(day.timetable, communes, peopleOf),
    });
  }
  return found;
}

/** The official list knows French codes; abroad and in a fictional département the polygons are all there is. */
export function knowCodes({ communes, neighbours, currentCodeOf }: CommuneSet): CommuneCodes {
  const decoupage = currentCodeOf.size > 0 ? officialDecoupage() : undefined;
  const drawn = new Set([...communes, ...neighbours].map(({ code }) => code));
  return {
    currentCodeOf,
    isKnown: (code) => drawn.has(code) || decoupage?.hasCommune(code) === true,
    officialPopulationOf: (code) => decoupage?.findCommune(code)?.population,
  };
}
