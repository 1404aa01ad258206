/**
 * An SVG sheet as a PNG, by resvg, with the fonts of a package and no others: the text is the same on an office's
 * computer as on a server without any font. The picture carries its resolution, so that it prints at its size.
 *
 * Drawing and compression run on Node's own threads; resvg's `asPng` would hold the main one for 130 ms of an A4.
 */
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { crc32 } from '../common/crc32.ts';

/** Printers' resolution for a map that is read at arm's length. */
export const DOTS_PER_INCH = 200;
const MM_PER_INCH = 25.4;
const FONT_FILES = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'];
const FONT_FAMILY = 'DejaVu Sans';

/** The width is that of the sheet, which fills the picture. */
export type RenderPng = (svg: string, widthMm: number) => Promise<Uint8Array>;

/** Loads the renderer. @throws where its binary is not there for this system */
export async function loadPngRenderer(): Promise<RenderPng> {
  const { renderAsync } = await import('@resvg/resvg-js');
  const { resolve } = createRequire(import.meta.url);
  const fontFiles = FONT_FILES.map((file) => resolve(`dejavu-fonts-ttf/ttf/${file}`));
  return async (svg, widthMm) => {
    const { pixels, width, height } = await renderAsync(svg, {
      font: {
        loadSystemFonts: false,
        fontFiles,
        defaultFontFamily: FONT_FAMILY,
        sansSerifFamily: FONT_FAMILY,
      },
      fitTo: { mode: 'width', value: Math.round((widthMm / MM_PER_INCH) * DOTS_PER_INCH) },
      background: '#ffffff',
      logLevel: 'off',
    });
    return encodePng(pixels, width, height);
  };
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const BYTES_PER_PIXEL = 4;
/** Flat colours: level 6 takes three times as long for a fifth less. */
const DEFLATE_LEVEL = 3;

/** Opaque RGBA rows as a PNG (ISO 15948), unfiltered: flat colours gain nothing by a filter. */
async function encodePng(pixels: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  const rowBytes = width * BYTES_PER_PIXEL;
  const rows = new Uint8Array((rowBytes + 1) * height);
  for (let y = 0; y < height; y++) {
    rows.set(pixels.subarray(y * rowBytes, (y + 1) * rowBytes), y * (rowBytes + 1) + 1);
  }
  const packed = await promisify<Uint8Array, { level: number }, Uint8Array>(deflate)(rows, {
    level: DEFLATE_LEVEL,
  });
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8); // bits of a sample
  header.setUint8(9, 6); // red, green, blue, alpha
  const size = new DataView(new ArrayBuffer(9));
  const dotsPerMeter = Math.round((DOTS_PER_INCH / MM_PER_INCH) * 1000);
  size.setUint32(0, dotsPerMeter);
  size.setUint32(4, dotsPerMeter);
  size.setUint8(8, 1); // the unit is the metre
  return Buffer.concat([
    SIGNATURE,
    writeChunk('IHDR', new Uint8Array(header.buffer)),
    writeChunk('pHYs', new Uint8Array(size.buffer)),
    writeChunk('IDAT', packed),
    writeChunk('IEND', new Uint8Array()),
  ]);
}

function writeChunk(type: string, data: Uint8Array): Buffer {
  const chunk = Buffer.alloc(data.length + 12);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  chunk.set(data, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, data.length + 8)), data.length + 8);
  return chunk;
}
