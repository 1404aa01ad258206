/**
 * What a bzip2 file holds, block by block, and no more of it than was asked for: one block of 50 bytes can unpack to
 * 46 MB, so that a bomb must be refused within a block.
 */
import bitIterator from 'unbzip2-stream/lib/bit_iterator.js';
import bzip2 from 'unbzip2-stream/lib/bzip2.js';

/** Unit of a stream's block size, bytes. */
const BLOCK_UNIT = 100_000;
/** Bytes beyond its stated size that a block may take when packed, with the stream's head and end. */
const BLOCK_MARGIN = 25_000;
const SHORTEST_STREAM = 4;

/**
 * Unpacks a file. `allow` gets the bytes unpacked and those read so far, many times a block, and throws where they are
 * too many. @throws Error where the data is damaged or ends too early
 */
export async function* bunzip2(
  packed: AsyncIterable<Buffer>,
  allow: (unpackedBytes: number, packedBytes: number) => void,
): AsyncGenerator<Buffer> {
  const source = packed[Symbol.asyncIterator]();
  const waiting: Buffer[] = [];
  let bytesGiven = 0;
  let hasEnded = false;
  const fill = async (least: number, bytesRead: number) => {
    while (!hasEnded && bytesGiven - bytesRead < least) {
      const { value, done } = await source.next();
      if (done === true) hasEnded = true;
      else {
        waiting.push(value);
        bytesGiven += value.length;
      }
    }
  };
  await fill(1, 0);
  const bits = bitIterator(() => {
    const next = waiting.shift();
    if (next === undefined) throw new Error('the data ends too early');
    return next;
  });
  const output = new BlockOutput((unpackedBytes) => allow(unpackedBytes, bytesGiven));
  let memory = new Int32Array(0);
  for (;;) {
    await fill(SHORTEST_STREAM, bits.bytesRead);
    if (hasEnded && bytesGiven === bits.bytesRead) return;
    const size = BLOCK_UNIT * bzip2.header(bits);
    if (memory.length !== size) memory = new Int32Array(size);
    let checksum: number | null = 0;
    while (checksum !== null) {
      await fill(size + BLOCK_MARGIN, bits.bytesRead);
      checksum = bzip2.decompress(bits, output.take, memory, size, checksum);
      yield output.flush();
    }
  }
}

/** The bytes of a block as they come. */
class BlockOutput {
  private bytes = Buffer.allocUnsafe(BLOCK_UNIT);
  private length = 0;
  private flushedBytes = 0;

  constructor(private readonly allow: (unpackedBytes: number) => void) {}

  readonly take = (byte: number): void => {
    if (this.length === this.bytes.length) this.grow();
    this.bytes[this.length++] = byte;
  };

  flush(): Buffer {
    const block = Buffer.from(this.bytes.subarray(0, this.length));
    this.flushedBytes += this.length;
    this.length = 0;
    this.allow(this.flushedBytes);
    return block;
  }

  private grow(): void {
    this.allow(this.flushedBytes + this.length);
    const wider = Buffer.allocUnsafe(2 * this.length);
    this.bytes.copy(wider);
    this.bytes = wider;
  }
}
