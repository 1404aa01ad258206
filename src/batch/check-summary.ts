/** What a check read: each input with its rows, period and fingerprint, and the totals of the study. */
import { basename } from 'node:path';
import { UsageError } from '../common/errors.ts';
import { NoticeList } from '../common/notices.ts';
import type { StreetMode } from '../common/units.ts';
import { buildCommuneIndex } from '../coverage/commune-index.ts';
import type { CellShares } from '../coverage/coverage-result.ts';
import { type CommuneCodes, countPeople } from '../planning/check-population.ts';
import { placeInCommunes } from '../planning/structure-places.ts';
import { readActionSheets } from '../read/action-sheets.ts';
import { readCommunePolygons } from '../read/commune-polygons.ts';
import type { CommuneSet } from '../read/communes.ts';
import { readPopulation } from '../read/population.ts';
import type { PopulationCells, Structure } from '../read/records.ts';
import type { SelectedStructures } from '../read/select-structures.ts';
import { readEpciTable, readTerritories } from '../read/territories.ts';
import type { CheckedInput, CheckRole, CheckTotals } from '../report/check-findings.ts';
import type { LoadedNetwork } from '../runtime/networks.ts';
import { displayPath, type Study } from '../study/study.ts';
import type { Findings } from './check-attempts.ts';
import type { CheckedFeeds } from './check-feeds.ts';
import { INPUT_KEYS } from './check-inputs.ts';
import { countOrigins } from './run-study.ts';

/** What could be read of a study. */
export interface CheckedStudy {
  study: Study;
  /** Path -> fingerprint; missing files are absent. */
  fingerprintOf: ReadonlyMap<string, { sha256: string; bytes: number }>;
  communeSet: CommuneSet;
  networks: ReadonlyMap<StreetMode, LoadedNetwork>;
  feeds: CheckedFeeds;
  structures: readonly Structure[] | undefined;
  selected: SelectedStructures | undefined;
  cells: PopulationCells | undefined;
  shares: CellShares | undefined;
}

/** Every input of the study, in the order of its keys. */
export async function describeInputs(
  read: CheckedStudy,
  missing: ReadonlySet<string>,
  findings: Findings,
): Promise<CheckedInput[]> {
  const { study } = read;
  const inputs: CheckedInput[] = [];
  const describe = async (role: CheckRole, path: string): Promise<CheckedInput> => {
    const shown = displayPath(study, path);
    if (missing.has(path)) return { role, path: shown, state: 'missing' };
    const input: CheckedInput = { role, path: shown, state: 'read', ...read.fingerprintOf.get(path) };
    const isRefused = findings.list.some(
      ({ severity, file }) => severity === 'error' && (file === shown || file === basename(path)),
    );
    if (isRefused) return { ...input, state: 'unusable' };
    const period = read.feeds.feedOfPath.get(path);
    if (period !== undefined) {
      const { first, last, activeTripCount } = period;
      const isKnown = read.feeds.day !== undefined;
      input.period = { first, last, activeTripCount: isKnown ? activeTripCount : undefined };
    }
    input.keptCount = await countRows(role, path, read);
    if (input.keptCount !== undefined) input.leftOutCount = findings.leftOutOfFile.get(basename(path)) ?? 0;
    return input;
  };
  for (const { role, paths } of INPUT_KEYS) {
    if (role === 'population' && study.population === 'communes') {
      const state = read.cells === undefined ? 'unusable' : 'read';
      inputs.push({ role, path: undefined, state });
    }
    for (const path of paths(study)) inputs.push(await describe(role, path));
  }
  return inputs;
}

/** Rows that the study has of a file; undefined where a file has none, or they are not told apart by file. */
async function countRows(role: CheckRole, path: string, read: CheckedStudy): Promise<number | undefined> {
  const silent = new NoticeList();
  const { study, communeSet, cells, structures } = read;
  try {
    switch (role) {
      case 'structures':
        return structures?.filter(({ file }) => file === basename(path)).length;
      case 'population': {
        if (study.population.length === 1) return cells?.count;
        const { cellSizeMeters, populationCrs: crs } = study;
        return (await readPopulation([path], { cellSizeMeters, crs }, silent)).count;
      }
      case 'communes':
        return (await readCommunePolygons(path, silent)).length;
      case 'epci':
        return (await readEpciTable([path], communeSet.codes, silent)).length;
      case 'territories':
        return (await readTerritories([path], communeSet.codes, silent)).size;
      case 'indicators':
        return (await readActionSheets([path], silent)).length;
      default:
        return undefined;
    }
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/** Totals over what could be read. */
export function sumUp(read: CheckedStudy, codes: CommuneCodes): CheckTotals {
  const { communeSet, cells, shares, feeds } = read;
  const official = communeSet.communes.map(({ code }) => codes.officialPopulationOf(code));
  const known = official.filter((population) => population !== undefined);
  return {
    communeCount: communeSet.communes.length,
    epciCount: communeSet.epcis.length,
    territoireCount: new Set(communeSet.communes.flatMap(({ territoire }) => territoire ?? [])).size,
    ...(known.length === 0 ? {} : { officialPopulation: known.reduce((sum, people) => sum + people, 0) }),
    ...(cells === undefined ? {} : { cellCount: cells.count }),
    ...(cells === undefined || shares === undefined
      ? {}
      : {
          population: shares.account.populationInside,
          populationRead: shares.account.populationRead,
          imputedShare: countOrigins(cells, shares).imputedShare,
        }),
    communes: shares === undefined ? [] : listCommunes(shares, codes),
    structures: countStructures(read),
    streets: [...read.networks].map(([mode, { network }]) => ({
      mode,
      kilometers: network.lengthOfEdge.reduce((sum, decimeters) => sum + decimeters, 0) / 10_000,
    })),
    ...(feeds.day === undefined
      ? {}
      : {
          day: {
            date: feeds.day.timetable.date,
            tripCount: feeds.day.tripCount,
            usualDate: feeds.usualDate,
          },
        }),
  };
}

/** A cell that several communes share counts in each. */
function listCommunes(shares: CellShares, codes: CommuneCodes): CheckTotals['communes'] {
  const people = countPeople(shares);
  const cellCounts = new Uint32Array(shares.communes.length);
  for (const commune of shares.communeOfEntry) if (commune < cellCounts.length) cellCounts[commune]!++;
  return shares.communes.map(({ code, nom }, row) => ({
    code,
    nom,
    population: people.get(code) ?? 0,
    cellCount: cellCounts[row]!,
    officialPopulation: codes.officialPopulationOf(code),
  }));
}

/**
 * One count for the whole report: rows of the lists, placed as the follow-up places them (by the code that the list
 * states, else by position). Stops are places where a structure goes, and are counted beside them.
 */
function countStructures({ structures, selected, communeSet }: CheckedStudy): CheckTotals['structures'] {
  if (structures === undefined) return undefined;
  const index = buildCommuneIndex(communeSet.communes);
  const hasPolygons = communeSet.communes.some(({ geometry }) => geometry !== undefined);
  const { inside: placed, outsideCount } = placeInCommunes(structures, {
    ...communeSet,
    findContaining: hasPolygons ? index.findContaining : undefined,
  });
  const inside = placed.map(({ structure }) => structure);
  const counted = selected?.selected;
  return {
    readCount: inside.length + outsideCount,
    inTerritoryCount: inside.length,
    stopCount: structures.filter(({ stop }) => stop !== undefined).length,
    byType: countBy(inside, ({ type }) => type),
    byFormat: countBy(inside, ({ format }) => format),
    selectedCount: counted && new Set(counted.map(({ id, stop }) => stop?.of ?? id)).size,
    selectedPointCount: counted?.length,
  };
}

/** Most first, then by name. */
function countBy(structures: readonly Structure[], keyOf: (structure: Structure) => string) {
  const counts = new Map<string, number>();
  for (const structure of structures) counts.set(keyOf(structure), (counts.get(keyOf(structure)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
