/** The files of a result folder, and their writing as a whole. */
import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Notice } from '../common/notices.ts';
import { describeCellsFile } from '../report/cells-file.ts';
import { writeCellsParquet } from '../report/cells-parquet.ts';
import { writeCommunesGeojson } from '../report/communes-geojson.ts';
import { writeCommunesCsv, writeTerritoriesCsv, writeUncoveredCsv } from '../report/coverage-tables.ts';
import { writeFollowUpCsv, writeTargetsCsv } from '../report/follow-up-tables.ts';
import { writeHtmlReport } from '../report/html-report.ts';
import { writeIndicatorsJson } from '../report/indicators-json.ts';
import { writeIsochrones, writeStructureIsochrones } from '../report/isochrones-geojson.ts';
import { MANIFEST_GENERATOR, type OutputFile, writeManifest } from '../report/manifest.ts';
import { drawMapSheet, sheetWidthMm } from '../report/map-sheet.ts';
import { writeCommunesStyle, writeIsochronesStyle } from '../report/qgis-styles.ts';
import type { ReportInput } from '../report/report-input.ts';
import { writeNoticesCsv, writeStructuresCsv } from '../report/structure-tables.ts';
import { writeVariantsCsv } from '../report/variants-csv.ts';
import { writeReportWorkbook } from '../report/workbook.ts';
import type { Exchange } from '../runtime/folder-exchange.ts';
import { loadPngRenderer } from '../runtime/render-png.ts';
import { writeResultFolder } from '../runtime/result-folder.ts';
import { nextAnswer } from '../runtime/worker-answer.ts';
import { workerUrl } from '../runtime/worker-url.ts';
import type { StudyRun } from './run-study.ts';
import type { IsochroneChoice } from './search-mode.ts';

/** Bytes of every file by its name. */
export type OutputFiles = ReadonlyMap<string, Uint8Array>;

/**
 * What is written beside the report and its tables, for other programs and for paper: carte.svg and carte.png,
 * classeur.xlsx, cellules.parquet.
 */
export const EXPORTS = ['map', 'workbook', 'cells'] as const;
export type Export = (typeof EXPORTS)[number];

/** All files of a result, in the order in which the manifest lists them; the manifest itself last. */
export async function buildOutputs(
  run: StudyRun,
  choice: IsochroneChoice,
  threads: number,
  exports: ReadonlySet<Export> = new Set(EXPORTS),
): Promise<OutputFiles> {
  const { isochrones, timings } = run;
  const cells = exports.has('cells') ? startCellsFile(run.report, threads) : undefined;
  cells?.catch(() => {}); // Thrown where its turn comes.
  const { sheet, png, report } = exports.has('map') ? await startMap(run.report) : withoutMap(run.report);
  const { followUp, targets, csv, language } = report;
  const files = new Map<string, string | Uint8Array>();
  files.set('indicateurs.json', writeIndicatorsJson(report));
  files.set('communes.csv', writeCommunesCsv(report));
  files.set('territoires.csv', writeTerritoriesCsv(report));
  files.set('communes-non-couvertes.csv', writeUncoveredCsv(report));
  files.set('structures.csv', writeStructuresCsv(report));
  if (followUp !== undefined) {
    files.set('suivi-structures.csv', writeFollowUpCsv(followUp, csv, language));
  }
  if (targets !== undefined) files.set('suivi.csv', writeTargetsCsv(targets, csv, language));
  if (report.variants.length > 0) files.set('variantes.csv', writeVariantsCsv(report));
  files.set('communes.geojson', writeCommunesGeojson(report));
  files.set('communes.qml', writeCommunesStyle(report));
  if (choice !== 'none') {
    files.set('isochrones.geojson', writeIsochrones(isochrones, language));
    files.set('isochrones.qml', writeIsochronesStyle(isochrones, language));
  }
  if (choice === 'all') {
    files.set(
      'isochrones-structures.geojson',
      writeStructureIsochrones(isochrones, report.structures, language),
    );
  }
  if (exports.has('workbook')) files.set('classeur.xlsx', writeReportWorkbook(report));
  files.set('notices.csv', writeNoticesCsv(report));
  files.set('rapport.html', writeHtmlReport(report));
  if (sheet !== undefined) files.set('carte.svg', sheet);
  if (cells !== undefined) files.set('cellules.parquet', await cells);
  const picture = await png;
  if (picture !== undefined) files.set('carte.png', picture);
  const whole = new Map<string, Uint8Array>();
  for (const [name, content] of files) {
    whole.set(name, typeof content === 'string' ? Buffer.from(content) : content);
  }
  const outputs: OutputFile[] = Array.from(whole, ([name, bytes]) => ({
    name,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
  }));
  whole.set('manifest.json', Buffer.from(writeManifest(report, outputs, timings)));
  return whole;
}

/** `cellules.parquet`, on a thread of its own where there may be two. */
async function startCellsFile(report: ReportInput, threads: number): Promise<Uint8Array> {
  const file = describeCellsFile(report);
  if (threads < 2) return writeCellsParquet(file);
  const worker = new Worker(workerUrl('cells-worker.js', 'batch'));
  const answer = nextAnswer<Uint8Array>(worker);
  worker.postMessage(file);
  return answer;
}

interface StartedMap {
  /** Undefined where there is nothing to draw. */
  sheet: string | undefined;
  /** Drawn on a thread of its own while the other files are written. */
  png: Promise<Uint8Array | undefined>;
  /** With a notice where the picture cannot be drawn here. */
  report: ReportInput;
}

function withoutMap(report: ReportInput): StartedMap {
  return { sheet: undefined, png: Promise.resolve(undefined), report };
}

async function startMap(report: ReportInput): Promise<StartedMap> {
  const [headline] = report.result.modes;
  const sheet = headline && drawMapSheet(report, headline);
  if (sheet === undefined) return withoutMap(report);
  try {
    const render = await loadPngRenderer();
    const png = render(sheet, sheetWidthMm(sheet));
    png.catch(() => {}); // Thrown where its turn comes.
    return { sheet, png, report };
  } catch (error) {
    const notice: Notice = {
      code: 'picture-not-drawn',
      severity: 'warning',
      message: `the program that draws carte.png does not run on this system: ${(error as Error).message.split('\n')[0]}`,
      action: 'carte.png left out; carte.svg holds the same map',
    };
    const notices = [...report.notices, notice];
    const noticeCounts = new Map([...report.noticeCounts, [notice.code, 1]]);
    return { sheet, png: Promise.resolve(undefined), report: { ...report, notices, noticeCounts } };
  }
}

export function writeOutputs(folder: string, files: OutputFiles): Exchange {
  return writeResultFolder(folder, MANIFEST_GENERATOR, files);
}
