/**
 * The follow-up and the targets of a study: files read beside its territory, then the pure stages. The follow-up
 * needs structures and communes only, so `check` gives it where there are no roads; the targets need the rates
 * that a run has found, if it has.
 */
import { isAbsolute, relative } from 'node:path';
import { findDay } from '../common/days.ts';
import type { NoticeList } from '../common/notices.ts';
import type { CommuneIndex } from '../coverage/commune-index.ts';
import { buildFollowUp, type FollowUp } from '../planning/follow-up.ts';
import { placeInCommunes, type Territory } from '../planning/structure-places.ts';
import {
  type AchievedRate,
  buildPathRows,
  buildSheetTargets,
  findPathFaults,
  type TargetReport,
} from '../planning/targets.ts';
import { readActionSheets, type SheetRow } from '../read/action-sheets.ts';
import type { CommuneSet } from '../read/communes.ts';
import { readListedCommunes } from '../read/listed-communes.ts';
import { type PastResult, readPastResults } from '../read/past-results.ts';
import type { Epci, Structure } from '../read/records.ts';
import { MOST_PATH_YEARS } from '../study/follow-up-schema.ts';
import type { Study } from '../study/study.ts';

/** Files that only the targets need, read before long work starts. */
export interface TargetSources {
  pastResults: PastResult[];
  sheetRows: SheetRow[];
}

export async function readTargetSources(study: Study, notices: NoticeList): Promise<TargetSources> {
  const pastResults = await readPastResults(study.targets.results);
  return { pastResults, sheetRows: await readActionSheets(study.targets.indicators, notices) };
}

export interface FollowUpTerritory extends Territory {
  epcis: readonly Epci[];
}

/** Communes of the study's polygons, else those that it lists. */
export async function findFollowUpTerritory(
  study: Study,
  communeSet: CommuneSet,
  communeIndex: CommuneIndex | undefined,
  notices: NoticeList,
): Promise<FollowUpTerritory> {
  if (communeSet.communes.length === 0) return readListedCommunes(study, notices);
  const hasPolygons = communeSet.communes.some(({ geometry }) => geometry !== undefined);
  return { ...communeSet, findContaining: hasPolygons ? communeIndex?.findContaining : undefined };
}

/** `structures`: all that were read, whatever the selection. */
export function buildStudyFollowUp(
  study: Study,
  territory: FollowUpTerritory,
  structures: readonly Structure[],
  date: string,
  notices: NoticeList,
): FollowUp {
  const followUp = buildFollowUp({
    ...territory,
    structures,
    date,
    cercles: study.selection.cercles,
  });
  if (followUp.unplacedCount > 0) {
    notices.add({
      code: 'follow-up-structures-unplaced',
      severity: 'warning',
      message: `${followUp.unplacedCount} structures name no commune, and no polygon tells it`,
      action: 'counted in the whole of the follow-up, in no territoire',
      count: followUp.unplacedCount,
    });
  }
  return followUp;
}

/** Undefined where the study sets no target. `rates`: of this run, by mode. */
export function buildStudyTargets(
  study: Study,
  { pastResults, sheetRows }: TargetSources,
  territory: FollowUpTerritory,
  structures: readonly Structure[],
  date: string,
  rates: ReadonlyArray<{ mode: string; rate: number | undefined }>,
  notices: NoticeList,
): TargetReport | undefined {
  const { path, modes, smallCommunePopulation } = study.targets;
  if (path.length === 0 && pastResults.length === 0 && sheetRows.length === 0) return undefined;
  const achieved = pastResults.flatMap((result) => listPastRates(study, result, notices));
  achieved.push(...rates.map((rate) => ({ ...rate, date, result: undefined })));
  const hasPath = path.length > 0 || pastResults.length > 0;
  const pathModes = modes.length > 0 ? modes : rates.map(({ mode }) => mode);
  const { inside } = placeInCommunes(structures, territory);
  const indicators = buildSheetTargets(sheetRows, {
    placed: inside,
    communes: territory.communes,
    cercles: study.selection.cercles,
    date,
    smallCommunePopulation,
  });
  noticeNotComputed(indicators, date, notices);
  return {
    path: hasPath ? buildPathRows(path, pathModes, achieved) : [],
    pathFaults: findPathFaults(path, MOST_PATH_YEARS),
    indicators,
    smallCommunePopulation,
  };
}

/** Rates of a past result that stand for the same thing as this study's. */
function listPastRates(study: Study, result: PastResult, notices: NoticeList): AchievedRate[] {
  const file = showPath(study, result.path);
  const leaveOut = (code: string, message: string, value: string): AchievedRate[] => {
    notices.add({ code, severity: 'warning', message, action: 'left out of the path', file, value });
    return [];
  };
  // Results of earlier versions may say `auto`.
  if (findDay(result.date) === undefined) {
    return leaveOut('past-result-without-day', 'the past result is of no given day', result.date);
  }
  if (result.departement !== study.departement) {
    const value = result.departement ?? result.name;
    return leaveOut('past-result-elsewhere', 'the past result is of another département', value);
  }
  return result.rates.flatMap(({ mode, thresholdMinutes, inclusive, rate }) => {
    if (thresholdMinutes === study.thresholdMinutes && inclusive === study.inclusive) {
      return [{ mode, date: result.date, rate, result: result.name }];
    }
    const value = `${mode} ${inclusive ? '<=' : '<'} ${thresholdMinutes} min`;
    return leaveOut('past-result-other-threshold', 'the past result has another threshold', value);
  });
}

/** A blank where a calculation was asked for, in a year that has begun, is told. */
function noticeNotComputed(indicators: TargetReport['indicators'], day: string, notices: NoticeList): void {
  for (const { indicator, year, achieved, calculation } of indicators) {
    if (calculation === undefined || achieved !== undefined) continue;
    if (year > Number(day.slice(0, 4))) continue;
    notices.add({
      code: 'target-not-computed',
      severity: 'warning',
      message: `${calculation} cannot be computed for ${year}: the lists do not say enough`,
      action: 'realise left blank',
      id: indicator,
    });
  }
}

function showPath(study: Study, path: string): string {
  const shown = relative(study.folder, path);
  return (isAbsolute(shown) ? path : shown).replaceAll('\\', '/');
}
