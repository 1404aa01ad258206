/** The package ships no types. Its stream unpacks all that it is given before it hands anything on; its parts do not. */
declare module 'unbzip2-stream/lib/bzip2.js' {
  /** Reads so many bits; `null` skips to the next byte. */
  type ReadBits = ((count: number | null) => number) & { bytesRead: number };

  const bzip2: {
    /** The size of the stream's blocks, in 100 kB. @throws where none begins here */
    header(bits: ReadBits): number;
    /**
     * Unpacks one block byte by byte. `memory` must hold `size` numbers. Returns the checksum so far, null at the end
     * of the stream. @throws where the block is damaged
     */
    decompress(
      bits: ReadBits,
      take: (byte: number) => void,
      memory: Int32Array,
      size: number,
      checksum: number,
    ): number | null;
  };
  export default bzip2;
}

declare module 'unbzip2-stream/lib/bit_iterator.js' {
  import type { ReadBits } from 'unbzip2-stream/lib/bzip2.js';

  /** @param nextBuffer is called whenever the bytes before are read */
  export default function bitIterator(nextBuffer: () => Uint8Array): ReadBits;
}
