/**
 * The study's calage, where it asks for one: official populations from its file or the package's, the shares
 * scaled to them, and a notice for everything that could not be scaled.
 */
import { basename } from 'node:path';
import { Fault } from '../common/errors.ts';
import type { NoticeList } from '../common/notices.ts';
import { type Calibration, calibrateShares } from '../coverage/calibration.ts';
import type { CellShares } from '../coverage/coverage-result.ts';
import type { CommuneSet } from '../read/communes.ts';
import { readReferencePopulations } from '../read/reference-populations.ts';
import type { Study } from '../study/study.ts';
import { placeOf } from './study-faults.ts';

/** Undefined where the study asks for none. Throws a UsageError where nothing can be scaled. */
export async function calibrateStudy(
  study: Study,
  communeSet: CommuneSet,
  shares: CellShares,
  notices: NoticeList,
): Promise<Calibration | undefined> {
  if (study.calage === undefined) return undefined;
  if (communeSet.communes.length === 0) {
    throw new Fault('calage-without-polygons', { ...placeOf(study, ['calage']) });
  }
  const isPackage = study.calage === 'communes';
  const officialOfCommune = isPackage
    ? new Map(
        communeSet.communes.flatMap(({ code, population }) =>
          population === undefined ? [] : [[code, population] as const],
        ),
      )
    : (await readReferencePopulations(study.calage, notices)).peopleOfCommune;
  const calibration = calibrateShares(shares, officialOfCommune);
  if (calibration.communeCountScaled === 0) {
    throw new Fault('calage-elsewhere', { ...placeOf(study, ['calage']) });
  }
  const file = isPackage ? {} : { file: basename(study.calage) };
  for (const { code, nom, people } of calibration.withoutCells) {
    notices.add({
      code: 'calage-commune-without-cells',
      severity: 'warning',
      message: `${nom} has an official population, but no inhabited cell`,
      action: 'its people are in no figure',
      ...file,
      id: code,
      value: String(people),
    });
  }
  for (const { code, nom, people } of calibration.withoutOfficial) {
    notices.add({
      code: 'calage-without-official-population',
      severity: 'warning',
      message: `no official population is known for ${nom}`,
      action: 'its cells are counted as the grid has them',
      ...file,
      id: code,
      value: String(Math.round(people)),
    });
  }
  return calibration;
}
