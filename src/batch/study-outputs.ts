/** The files of a result folder, and their writing as a whole. */
import { createHash } from 'node:crypto';
import { writeCommunesGeojson } from '../report/communes-geojson.ts';
import { writeCommunesCsv, writeTerritoriesCsv, writeUncoveredCsv } from '../report/coverage-tables.ts';
import { writeHtmlReport } from '../report/html-report.ts';
import { writeIndicatorsJson } from '../report/indicators-json.ts';
import { writeIsochrones, writeStructureIsochrones } from '../report/isochrones-geojson.ts';
import { MANIFEST_GENERATOR, type OutputFile, writeManifest } from '../report/manifest.ts';
import { writeNoticesCsv, writeStructuresCsv } from '../report/structure-tables.ts';
import { writeVariantsCsv } from '../report/variants-csv.ts';
import { writeResultFolder } from '../runtime/result-folder.ts';
import type { StudyRun } from './run-study.ts';
import type { IsochroneChoice } from './search-mode.ts';

/** All files of a result, in the order in which the manifest lists them; the manifest itself last. */
export function buildOutputs(
  { report, isochrones, timings }: StudyRun,
  choice: IsochroneChoice,
): Map<string, string> {
  const files = new Map<string, string>();
  files.set('indicateurs.json', writeIndicatorsJson(report));
  files.set('communes.csv', writeCommunesCsv(report));
  files.set('territoires.csv', writeTerritoriesCsv(report));
  files.set('communes-non-couvertes.csv', writeUncoveredCsv(report));
  files.set('structures.csv', writeStructuresCsv(report));
  if (report.variants.length > 0) files.set('variantes.csv', writeVariantsCsv(report));
  files.set('communes.geojson', writeCommunesGeojson(report));
  if (choice !== 'none') files.set('isochrones.geojson', writeIsochrones(isochrones, report.language));
  if (choice === 'all') {
    files.set(
      'isochrones-structures.geojson',
      writeStructureIsochrones(isochrones, report.structures, report.language),
    );
  }
  files.set('notices.csv', writeNoticesCsv(report));
  files.set('rapport.html', writeHtmlReport(report));
  const outputs: OutputFile[] = Array.from(files, ([name, content]) => ({
    name,
    sha256: createHash('sha256').update(content).digest('hex'),
    bytes: Buffer.byteLength(content),
  }));
  files.set('manifest.json', writeManifest(report, outputs, timings));
  return files;
}

export function writeOutputs(folder: string, files: ReadonlyMap<string, string>): void {
  writeResultFolder(folder, MANIFEST_GENERATOR, files);
}
