/** The targets of the published action sheet, as the embedded example states and computes them. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  buildStudyFollowUp,
  buildStudyTargets,
  findFollowUpTerritory,
  readTargetSources,
} from '../../src/batch/study-follow-up.ts';
import { readStudyCommunes } from '../../src/batch/study-inputs.ts';
import { NoticeList } from '../../src/common/notices.ts';
import { buildCommuneIndex } from '../../src/coverage/commune-index.ts';
import { findLastDay } from '../../src/planning/follow-up.ts';
import { readStructures } from '../../src/read/structures.ts';
import { readStudy } from '../../src/study/study.ts';

const EXAMPLE = fileURLToPath(new URL('../../data/exemple/etude.yaml', import.meta.url));

async function followExample() {
  const study = await readStudy(EXAMPLE);
  const notices = new NoticeList();
  const communes = await readStudyCommunes(study, notices);
  const { itinerantStops, date } = study;
  const structures = await readStructures(study.structures, { communes, itinerantStops, date }, notices);
  const territory = await findFollowUpTerritory(
    study,
    communes,
    buildCommuneIndex(communes.communes),
    notices,
  );
  const sources = await readTargetSources(study, notices);
  const rates = [{ mode: 'car', rate: 0.955 }];
  return {
    followUp: buildStudyFollowUp(study, territory, structures, date, notices),
    targets: buildStudyTargets(study, sources, territory, structures, date, rates, notices)!,
  };
}

describe('the example', () => {
  it('has the published targets, and beside them what its own lists give', async () => {
    const { targets } = await followExample();
    const rowsOf = (name: string) => targets.indicators.filter(({ indicator }) => indicator.startsWith(name));
    const conventions = rowsOf('Conventions');
    expect(conventions.map(({ year, target }) => [year, target])).toEqual([
      [2018, 30],
      [2019, 75],
      [2020, 100],
      [2021, 100],
    ]);
    // Six CCAS and CIAS; Aubrelle signs in 2019, Montfleuret in 2020, Thoressy in 2021.
    expect(conventions.map(({ achieved }) => achieved)).toEqual([0, 100 / 6, 200 / 6, 50]);
    expect(rowsOf('Partenariat').map(({ target, achieved }) => [target, achieved])).toEqual([
      [0, 0],
      [10, 0],
      [50, 0],
      [100, 0],
    ]);
    expect(rowsOf('Points conseil').map(({ target, achieved }) => [target, achieved])).toEqual([
      [0, undefined],
      [0, undefined],
      [100, undefined],
      [100, undefined],
    ]);
  });

  it('is on its way to 100 % in the year of the study', async () => {
    const { targets } = await followExample();
    expect(targets.path.map(({ year, target, achieved, gap }) => [year, target, achieved, gap])).toEqual([
      [2026, 0.96, 0.955, -0.005],
      [2027, 0.98, undefined, undefined],
      [2028, 1, undefined, undefined],
    ]);
    expect(targets.pathFaults).toEqual([]);
  });

  it('counts its bus and its itinerant counter once, whatever their stops', async () => {
    const { followUp } = await followExample();
    const whole = findLastDay(followUp.areas[0]!);
    // Nine France services, four CCAS and CIAS, three MDS, the bus.
    expect(whole).toMatchObject({ engaged: 17, itinerant: 3, charterSigned: 5 });
    expect(whole.satisfaction).toEqual({ yes: 3, no: 1, unstated: 13 });
    expect(followUp).toMatchObject({ notEngagedCount: 2, otherCircleCount: 2, outsideCount: 0 });
  });
});
