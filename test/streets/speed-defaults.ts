/** The project's own table of speeds, as the tests of the streets stage use it. */
import { readSpeedDefaults } from '../../src/read/speed-table.ts';
import { buildSpeedTable } from '../../src/streets/speed-table.ts';

export const DEFAULT_SPEEDS = buildSpeedTable(readSpeedDefaults());
