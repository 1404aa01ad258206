/**
 * Writes a ZIP whose bytes depend on its entries alone: stored, since zlib differs from one build of Node to
 * another, and with one fixed date.
 */
import { once } from 'node:events';
import { ZipFile } from 'yazl';

export async function writeZip(entries: ReadonlyArray<{ name: string; bytes: Buffer }>): Promise<Buffer> {
  const zip = new ZipFile();
  // ZIP dates are local times without a zone, so the local one is fixed, and the field for UTC left out.
  const options = { mtime: new Date(2026, 7, 1), mode: 0o100644, compress: false, forceDosTimestamp: true };
  for (const { name, bytes } of entries) zip.addBuffer(bytes, name, options);
  const chunks: Buffer[] = [];
  zip.outputStream.on('data', (chunk: Buffer) => chunks.push(chunk));
  zip.end();
  await once(zip.outputStream, 'end');
  return Buffer.concat(chunks);
}
