/**
 * A real charter without roads: the structures of Montceau, Le Creusot and Autun, their commune as position, on the
 * territory of a user's CSV. The follow-up table is what the study is for.
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildStudyFollowUp, findFollowUpTerritory } from '../../src/batch/study-follow-up.ts';
import { readStudyCommunes } from '../../src/batch/study-inputs.ts';
import { NoticeList } from '../../src/common/notices.ts';
import { buildCommuneIndex } from '../../src/coverage/commune-index.ts';
import { type FollowUp, findLastDay } from '../../src/planning/follow-up.ts';
import { readListedCommunes } from '../../src/read/listed-communes.ts';
import { readStructures } from '../../src/read/structures.ts';
import { writeTerminalFollowUp } from '../../src/report/terminal-follow-up.ts';
import { HAS_STUDY_DATA, readRealStudy } from './studies.ts';

async function follow(): Promise<{ followUp: FollowUp; notices: NoticeList }> {
  const study = readRealStudy('montceau');
  const notices = new NoticeList();
  const communes = await readStudyCommunes(study, notices);
  const structures = await readStructures(study.structures, { communes, date: study.date }, notices);
  const index = buildCommuneIndex(communes.communes);
  const territory = await findFollowUpTerritory(study, communes, index, notices);
  return { followUp: buildStudyFollowUp(study, territory, structures, study.date, notices), notices };
}

describe.skipIf(!HAS_STUDY_DATA)('the charter of Montceau, Le Creusot and Autun', () => {
  it('has 21 structures engaged, by nature, seven of them signatories of 2022-12-13', async () => {
    const { followUp } = await follow();
    const whole = followUp.areas[0]!;
    expect(whole.types.map(({ type, engaged, charterSigned }) => [type, engaged, charterSigned])).toEqual([
      ['france-service', 10, 5],
      ['ccas-cias', 8, 1],
      ['maisons-des-solidarites', 3, 1],
    ]);
    expect(whole.days.map(({ date, engaged, charterSigned }) => [date, engaged, charterSigned])).toEqual([
      ['2022-12-31', 7, 7],
      ['2023-12-31', 7, 7],
      ['2024-12-31', 7, 7],
      ['2025-12-31', 7, 7],
      ['2026-10-06', 21, 7],
    ]);
    expect(findLastDay(whole)).toMatchObject({ undated: 14, charterUnstated: 14 });
    expect(followUp).toMatchObject({ outsideCount: 0, unplacedCount: 0 });
  });

  it('tells the territoire, and the two intercommunalités', async () => {
    const { followUp } = await follow();
    expect(followUp.areas.slice(1).map((area) => [area.nom, findLastDay(area).engaged])).toEqual([
      ['Montceau – Le Creusot – Autun', 21],
      ['CC du Grand Autunois Morvan', 7],
      ['CU Le Creusot Montceau-les-Mines', 14],
    ]);
  });

  it('is a table on the terminal', async () => {
    const { followUp } = await follow();
    const declared = { sdaasapCompletion: undefined, networkTools: [] };
    const text = writeTerminalFollowUp({ ...followUp, declared }, 'fr', { hasColor: false });
    expect(text).toContain('21 structures engagées (cercle 1), dont 7 ont signé la');
    expect(text).toMatch(/France services +10 +5 \(5 n\. p\.\)/);
  });
});

describe('the territory of the user’s CSV', () => {
  it('is known without polygons too: its communes, with names, populations and EPCI', async () => {
    const territories = [
      fileURLToPath(new URL('../../bench/studies/montceau-territoire.csv', import.meta.url)),
    ];
    const { communes, epcis } = await readListedCommunes({ territories }, new NoticeList());
    expect(communes.length).toBe(34 + 55);
    expect(communes.find(({ code }) => code === '71014')).toMatchObject({
      nom: 'Autun',
      departement: '71',
      epci: '200070530',
      territoire: 'Montceau – Le Creusot – Autun',
    });
    expect(communes.every(({ population }) => population !== undefined)).toBe(true);
    expect(epcis.map(({ code }) => code)).toEqual(['200070530', '247100290']);
  });
});
