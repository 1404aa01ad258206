/** What `cellules.parquet` takes of a report. */
import type { CellsFile, CellsFileCells, CellTimes } from './cells-parquet.ts';
import { describeLicence } from './licences.ts';
import { OUTPUT_SCHEMA_VERSION, type ReportCells, type ReportInput } from './report-input.ts';
import { TEXTS } from './texts.ts';

export function describeCellsFile({
  language,
  version,
  study,
  result,
  structures,
  cells,
}: ReportInput): CellsFile {
  const { thresholdDeciseconds, inclusive, communes } = result;
  return {
    language,
    version,
    cells: pickCells(cells),
    communeCodes: communes.map(({ code }) => code),
    thresholdDeciseconds,
    inclusive,
    structureIds: structures.map(({ id }) => id),
    metadata: [
      { key: 'schema_version', value: OUTPUT_SCHEMA_VERSION },
      { key: 'study', value: study.name },
      { key: 'date', value: study.date },
      { key: 'threshold_minutes', value: String(thresholdDeciseconds / 600) },
      { key: 'operator', value: inclusive ? '<=' : '<' },
      { key: 'licence', value: describeLicence(language) },
      ...(study.isFictional ? [{ key: 'note', value: TEXTS[language].fictional }] : []),
    ],
  };
}

/** Without what the file does not hold, above all the reach of each structure. */
function pickCells({ cells: { id, lon, lat }, shares, times }: ReportCells): CellsFileCells {
  const { cellCount, firstEntryOfCell, communeOfEntry, populationOfEntry } = shares;
  return {
    cells: { id, lon, lat },
    shares: { cellCount, firstEntryOfCell, communeOfEntry, populationOfEntry },
    times: times.map(
      ({ mode, timeOfCell, linkedCell, nearestStructureOfCell, medianOfCell, availabilityOfCell }) =>
        ({
          mode,
          timeOfCell,
          linkedCell,
          nearestStructureOfCell,
          ...(medianOfCell === undefined ? {} : { medianOfCell }),
          ...(availabilityOfCell === undefined ? {} : { availabilityOfCell }),
        }) satisfies CellTimes,
    ),
  };
}
