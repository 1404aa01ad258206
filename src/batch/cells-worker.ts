/** The entry of the thread that writes `cellules.parquet` while another writes the report. */
import { parentPort } from 'node:worker_threads';
import { type CellsFile, writeCellsParquet } from '../report/cells-parquet.ts';

parentPort!.once('message', async (file: CellsFile) => {
  const bytes = await writeCellsParquet(file);
  parentPort!.postMessage(bytes, [bytes.buffer as ArrayBuffer]);
});
