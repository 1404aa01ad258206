/**
 * The doctor's side of the follow-up: the table needs structures and communes only, so `check` shows it where
 * there are no roads; past results and action sheets are opened, and what cannot be computed of them is told.
 */
import type { CommuneIndex } from '../coverage/commune-index.ts';
import { readActionSheets } from '../read/action-sheets.ts';
import type { CommuneSet } from '../read/communes.ts';
import { readPastResults } from '../read/past-results.ts';
import type { Structure } from '../read/records.ts';
import type { FollowUpReport } from '../report/report-input.ts';
import type { Study } from '../study/study.ts';
import { attempt, type Findings } from './check-attempts.ts';
import { buildStudyFollowUp, buildStudyTargets, findFollowUpTerritory } from './study-follow-up.ts';

/** @param date the study's day as the timetables have it */
export async function checkFollowUp(
  study: Study,
  communeSet: CommuneSet,
  communeIndex: CommuneIndex,
  structures: readonly Structure[] | undefined,
  date: string,
  findings: Findings,
): Promise<FollowUpReport | undefined> {
  const past = await attempt('results', study, findings, (each) => readPastResults(each.targets.results));
  const sheets = await attempt('indicators', past.study, findings, (each, notices) =>
    readActionSheets(each.targets.indicators, notices),
  );
  if (structures === undefined) return undefined;
  const territory = await attempt('communes', study, findings, (each, notices) =>
    findFollowUpTerritory(each, communeSet, communeIndex, notices),
  );
  const communes = territory.result;
  if (communes === undefined) return undefined;
  const figures = await attempt('structures', study, findings, (each, notices) =>
    buildStudyFollowUp(each, communes, structures, date, notices),
  );
  const sources = { pastResults: past.result ?? [], sheetRows: sheets.result ?? [] };
  await attempt('indicators', study, findings, (each, notices) => {
    // The rates of the run are not there yet, so neither is the path that they would complete.
    buildStudyTargets(each, sources, communes, structures, date, [], notices);
  });
  return figures.result === undefined ? undefined : { ...figures.result, declared: study.followUp };
}
