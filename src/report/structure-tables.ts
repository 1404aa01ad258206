/**
 * `structures.csv`: per structure and mode the people for whom it is the nearest, those within the threshold of
 * it, and those of it alone; then the structures that were left out, with the reason. And `notices.csv`.
 */

import { findDay } from '../common/days.ts';
import { findEngagementState } from '../common/engagement.ts';
import type { Notice } from '../common/notices.ts';
import type { ModeCoverage, StructureCoverage } from '../coverage/coverage-result.ts';
import type { Structure } from '../read/records.ts';
import { findWords } from './check-words.ts';
import { buildTable, type CsvColumn, type Table, writeTableCsv } from './csv.ts';
import type { ReportInput } from './report-input.ts';
import { TEXTS } from './texts.ts';

interface StructureRow {
  structure: Structure;
  /** The study's day. */
  day: string | undefined;
  situation: string;
  mode: ModeCoverage | undefined;
  people: StructureCoverage | undefined;
  snapMeters: number | undefined;
}

export function writeStructuresCsv(input: ReportInput): string {
  return writeTableCsv(tabulateStructures(input), input.csv, input.language);
}

/** One row per structure and mode, then those left out. */
export function tabulateStructures(input: ReportInput): Table {
  const { situations } = TEXTS[input.language];
  const day = findDay(input.study.date) === undefined ? undefined : input.study.date;
  const snapsOf = (mode: ModeCoverage): Float64Array | undefined =>
    input.snaps.find((snaps) => snaps.mode === mode.mode)?.metersOfStructure;
  const counted = input.structures.flatMap((structure, index) =>
    input.result.modes.map(
      (mode): StructureRow => ({
        structure,
        day,
        situation: structure.isBeyondBorder ? situations.beyond : situations.counted,
        mode,
        people: mode.structures[index],
        snapMeters: snapsOf(mode)?.[index],
      }),
    ),
  );
  const leftOut = input.leftOutStructures.map(
    ({ structure, reason }): StructureRow => ({
      structure,
      day,
      situation: reason,
      mode: undefined,
      people: undefined,
      snapMeters: undefined,
    }),
  );
  return buildTable(STRUCTURE_COLUMNS, [...counted, ...leftOut]);
}

const STRUCTURE_COLUMNS: ReadonlyArray<CsvColumn<StructureRow>> = [
  { fr: 'id', en: 'id', value: ({ structure }) => structure.id },
  { fr: 'nom', en: 'name', value: ({ structure }) => structure.nom },
  { fr: 'type', en: 'type', value: ({ structure }) => structure.type },
  { fr: 'cercle', en: 'circle', value: ({ structure }) => structure.cercle },
  { fr: 'cercle_declare', en: 'circle_stated', value: ({ structure }) => structure.cercleStated },
  { fr: 'format', en: 'format', value: ({ structure }) => structure.format },
  { fr: 'adresse', en: 'address', value: ({ structure }) => structure.adresse },
  { fr: 'code_insee', en: 'insee_code', value: ({ structure }) => structure.codeInsee },
  { fr: 'lon', en: 'lon', value: ({ structure }) => structure.lon },
  { fr: 'lat', en: 'lat', value: ({ structure }) => structure.lat },
  { fr: 'engagee', en: 'engaged', value: ({ structure }) => structure.engagee },
  { fr: 'engagee_declaree', en: 'engaged_stated', value: ({ structure }) => structure.engageeStated },
  { fr: 'date_engagement', en: 'engaged_since', value: ({ structure }) => structure.dateEngagement },
  { fr: 'date_charte', en: 'charter_signed', value: ({ structure }) => structure.dateCharte },
  {
    fr: 'engagee_ce_jour',
    en: 'engaged_on_day',
    value: ({ structure, day }) => findEngagementState(structure, day) === 'engaged',
  },
  { fr: 'polyvalent', en: 'polyvalent', value: ({ structure }) => structure.polyvalent },
  { fr: 'satisfaction', en: 'satisfaction', value: ({ structure }) => structure.satisfaction },
  { fr: 'audit', en: 'audit', value: ({ structure }) => structure.audit },
  { fr: 'horaires', en: 'opening_hours', value: ({ structure }) => structure.horaires },
  { fr: 'situation', en: 'situation', value: ({ situation }) => situation },
  { fr: 'mode', en: 'mode', value: ({ mode }) => mode?.mode },
  { fr: 'distance_reseau_m', en: 'network_distance_m', value: ({ snapMeters }) => snapMeters },
  {
    fr: 'population_plus_proche',
    en: 'population_nearest',
    value: ({ people }) => people?.populationNearest,
  },
  { fr: 'population_dans_seuil', en: 'population_within', value: ({ people }) => people?.populationWithin },
  { fr: 'population_seule', en: 'population_alone', value: ({ people }) => people?.populationAlone },
  { fr: 'fichier', en: 'file', value: ({ structure }) => structure.file },
  { fr: 'ligne', en: 'row', value: ({ structure }) => structure.row },
];

/** Every notice kept, in the order they were raised: in the report's words, then in the tool's own, which say more. */
export function writeNoticesCsv(input: ReportInput): string {
  return writeTableCsv(tabulateNotices(input), input.csv, input.language);
}

export function tabulateNotices(input: ReportInput): Table {
  const wordsOf = ({ code }: Notice) => findWords(code, input.language);
  const columns: CsvColumn<Notice>[] = [
    { fr: 'code', en: 'code', value: (notice) => notice.code },
    { fr: 'gravite', en: 'severity', value: (notice) => notice.severity },
    { fr: 'constat', en: 'finding', value: (notice) => wordsOf(notice)?.title },
    { fr: 'que_faire', en: 'remedy', value: (notice) => wordsOf(notice)?.remedy },
    { fr: 'message', en: 'message', value: (notice) => notice.message },
    { fr: 'action', en: 'action', value: (notice) => notice.action },
    { fr: 'fichier', en: 'file', value: (notice) => notice.file },
    { fr: 'ligne', en: 'row', value: (notice) => notice.row },
    { fr: 'id', en: 'id', value: (notice) => notice.id },
    { fr: 'valeur', en: 'value', value: (notice) => notice.value },
    { fr: 'nombre', en: 'count', value: (notice) => notice.count ?? 1 },
  ];
  return buildTable(columns, input.notices);
}
