/**
 * A growing buffer that appends the wire format of protocol buffers
 * (https://protobuf.dev/programming-guides/encoding): varints, zigzag varints and length-delimited fields.
 * Integers may exceed 32 bits, up to 2^53: OSM ids and nanodegrees do.
 */

const WIRE_VARINT = 0;
const WIRE_BYTES = 2;
/** Greatest number of bytes of a varint below 2^64. */
const LONGEST_VARINT = 10;

const utf8 = new TextEncoder();

export class ProtobufBytes {
  private buffer: Uint8Array;
  private used = 0;

  constructor(capacity = 1024) {
    this.buffer = new Uint8Array(capacity);
  }

  get length(): number {
    return this.used;
  }

  /** The bytes so far, without a copy: valid until the next write. */
  view(): Uint8Array {
    return this.buffer.subarray(0, this.used);
  }

  clear(): void {
    this.used = 0;
  }

  /** Appends an integer >= 0. */
  varint(value: number): void {
    this.reserve(LONGEST_VARINT);
    let rest = value;
    while (rest >= 0x80) {
      this.buffer[this.used++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.buffer[this.used++] = rest;
  }

  /** Appends a signed integer in zigzag coding (sint32, sint64). */
  zigzag(value: number): void {
    this.varint(value >= 0 ? 2 * value : -2 * value - 1);
  }

  varintField(field: number, value: number): void {
    this.varint(field * 8 + WIRE_VARINT);
    this.varint(value);
  }

  zigzagField(field: number, value: number): void {
    this.varint(field * 8 + WIRE_VARINT);
    this.zigzag(value);
  }

  bytesField(field: number, bytes: Uint8Array): void {
    this.varint(field * 8 + WIRE_BYTES);
    this.varint(bytes.length);
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.used);
    this.used += bytes.length;
  }

  textField(field: number, text: string): void {
    this.bytesField(field, utf8.encode(text));
  }

  /** A nested message or a packed array; an empty packed array is left out, as encoders do. */
  packedField(field: number, packed: ProtobufBytes): void {
    if (packed.length > 0) this.bytesField(field, packed.view());
  }

  private reserve(more: number): void {
    if (this.used + more <= this.buffer.length) return;
    const grown = new Uint8Array(Math.max(2 * this.buffer.length, this.used + more));
    grown.set(this.view());
    this.buffer = grown;
  }
}
