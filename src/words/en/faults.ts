/** All faults, in English. */
import type { Faults, FaultWords } from '../../defects/faults.ts';
import { FILE_FAULTS, GRID_FAULTS, ROAD_FAULTS, TABLE_FAULTS } from './input-faults.ts';
import { COMMUNE_FAULTS, STRUCTURE_FAULTS, TIMETABLE_FAULTS } from './list-faults.ts';
import { COMMAND_FAULTS, OUTPUT_FAULTS, STUDY_FAULTS } from './study-faults.ts';

export const FAULT_WORDS: FaultWords<Faults> = {
  ...COMMAND_FAULTS,
  ...STUDY_FAULTS,
  ...OUTPUT_FAULTS,
  ...FILE_FAULTS,
  ...TABLE_FAULTS,
  ...ROAD_FAULTS,
  ...GRID_FAULTS,
  ...COMMUNE_FAULTS,
  ...STRUCTURE_FAULTS,
  ...TIMETABLE_FAULTS,
};
