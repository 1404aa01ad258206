/**
 * Overpass JSON, streamed: the bytes are scanned for the objects of the top-level `elements` array, and each is
 * parsed alone, so that an answer of any size needs the memory of one element.
 * Format: https://wiki.openstreetmap.org/wiki/OSM_JSON
 */
import { Fault, UsageError } from '../../common/errors.ts';
import { COORDINATE_UNITS_PER_DEGREE } from '../../common/units.ts';
import { checkRemark, OddElements } from './odd-elements.ts';
import type { OsmTags } from './osm-data.ts';
import { type OsmFormat, readUnwrapped } from './osm-format.ts';
import {
  type ElementVisitor,
  isPosition,
  isWanted,
  type OsmMembers,
  type OsmReadOptions,
  versionOf,
} from './osm-visitor.ts';

/** Bytes of one element, or of what stands after them; the border of a country with its geometry takes 20 MB. */
const LONGEST_ELEMENT = 32 << 20;
/** What an answer says about itself is short; more before the elements means another kind of JSON, bytes. */
const LONGEST_FRAME = 1 << 20;

/** Bytes shown of what is no element. */
const LONGEST_SHOWN = 400;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** Calls the visitor for every element. Throws a UsageError with file and line where the JSON is cut or foreign. */
export async function forEachOverpassElement(
  path: string,
  format: OsmFormat,
  visitor: ElementVisitor,
  options: OsmReadOptions,
): Promise<void> {
  const odd = new OddElements();
  const splitter = new ElementSplitter(path, (element, line) => visit(element, line, visitor, odd));
  for await (const chunk of readUnwrapped(path, format, options.onProgress)) splitter.write(chunk);
  const { remark } = splitter.end();
  checkRemark(path, typeof remark === 'string' ? remark : '', options.notices);
  odd.report(path, options.notices);
}

/** Cuts the stream into the objects of `elements` and the frame around them. */
class ElementSplitter {
  /** The frame: everything outside of the objects in `elements`. */
  private frame = '';
  private rest: Buffer = Buffer.alloc(0);
  /** First byte of `rest` not scanned yet. */
  private position = 0;
  private line = 1;
  private depth = 0;
  private inString = false;
  private isEscaped = false;
  private stringStart = 0;
  /** Last string met at depth 1: the key when an array opens. */
  private lastKey = '';
  private inElements = false;
  private sawElements = false;
  /** Start of what is kept: of the current element, or of the frame since the last one. */
  private start = 0;
  private elementLine = 1;

  constructor(
    private readonly path: string,
    private readonly onElement: (element: unknown, line: number) => void,
  ) {}

  write(chunk: Buffer): void {
    const kept = this.rest.subarray(this.start);
    this.position -= this.start;
    this.stringStart -= this.start;
    this.start = 0;
    this.rest = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
    this.scan();
    const keptBytes = this.rest.length - this.start;
    if (!this.sawElements && keptBytes > LONGEST_FRAME) throw this.foreign();
    if (keptBytes > LONGEST_ELEMENT)
      throw this.fault(`an element is longer than ${LONGEST_ELEMENT >> 20} MB`, this.elementLine);
  }

  /** The frame as an object. Throws where the text is cut short or has no `elements`. */
  end(): Record<string, unknown> {
    if (this.depth > 0 || this.inString) throw this.fault('the JSON is cut short', this.line);
    if (!this.sawElements) throw this.foreign();
    this.frame += this.rest.toString('utf8', this.start);
    try {
      // Between the elements of the array only their commas are left.
      const text = this.frame.replace(/^\uFEFF/, '').replace(/("elements"\s*:\s*\[)[\s,]*\]/, '$1]');
      return JSON.parse(text) as Record<string, unknown>;
    } catch {
      throw this.fault('the JSON around the elements is malformed', this.line);
    }
  }

  private scan(): void {
    const { rest } = this;
    let p = this.position;
    for (; p < rest.length; p++) {
      const byte = rest[p]!;
      if (this.inString) {
        if (this.isEscaped) this.isEscaped = false;
        else if (byte === BACKSLASH) this.isEscaped = true;
        else if (byte === QUOTE) {
          this.inString = false;
          if (this.depth === 1) this.lastKey = rest.toString('utf8', this.stringStart, p);
        }
      } else if (byte === QUOTE) {
        this.inString = true;
        this.stringStart = p + 1;
      } else if (byte === NEWLINE) this.line++;
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.open(p, byte);
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) this.close(p);
    }
    this.position = p;
  }

  private open(p: number, byte: number): void {
    if (this.inElements && this.depth === 2 && byte === OPEN_BRACE) {
      this.checkBetween(p);
      this.start = p;
      this.elementLine = this.line;
    }
    this.depth++;
    if (this.depth === 2 && byte === OPEN_BRACKET && this.lastKey === 'elements') {
      this.inElements = true;
      this.sawElements = true;
      this.frame += this.rest.toString('utf8', this.start, p + 1);
      this.start = p + 1;
    }
  }

  private close(p: number): void {
    this.depth--;
    if (!this.inElements) return;
    if (this.depth === 1) {
      this.checkBetween(p);
      this.inElements = false;
      this.start = p;
    } else if (this.depth === 2) {
      const text = this.rest.toString('utf8', this.start, p + 1);
      this.start = p + 1;
      this.onElement(this.parse(text), this.elementLine);
    }
  }

  /** Between elements there is a comma and white space, else something that is no element: `null`, a number. */
  private checkBetween(end: number): void {
    const from = this.start;
    if (end - from <= 1) return;
    const text = this.rest
      .toString('utf8', from, Math.min(end, from + LONGEST_SHOWN))
      .replace(/^[\s,]+|[\s,]+$/g, '');
    if (text !== '') this.onElement(text, this.line);
  }

  private parse(text: string): unknown {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw this.fault('an element is no valid JSON', this.elementLine, text.slice(0, 80));
    }
  }

  private fault(message: string, line: number, value?: string): UsageError {
    return new UsageError(message, {
      file: this.path,
      line,
      remedy: 'Download the answer again.',
      ...(value === undefined ? {} : { value }),
    });
  }

  private foreign(): UsageError {
    return new Fault('overpass-without-elements', { file: this.path });
  }
}

interface JsonElement {
  type?: unknown;
  id?: unknown;
  version?: unknown;
  visible?: unknown;
  lon?: unknown;
  lat?: unknown;
  tags?: unknown;
  nodes?: unknown;
  geometry?: unknown;
  members?: unknown;
}

function visit(value: unknown, line: number, visitor: ElementVisitor, odd: OddElements): void {
  if (typeof value === 'string') {
    odd.add('osm-element-without-id', line, value);
    return;
  }
  const element = value as JsonElement;
  const { type, id } = element;
  if (typeof type !== 'string')
    odd.add('osm-element-without-id', line, `type ${String(JSON.stringify(type))}`);
  if (type !== 'node' && type !== 'way' && type !== 'relation') return;
  if (!isWanted(visitor, type)) return;
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) {
    odd.add('osm-element-without-id', line, `${type} ${String(JSON.stringify(id))}`);
    return;
  }
  const version = versionOf(element.version);
  if (element.visible === false) {
    visitor.deleted?.(type, id, version);
    return;
  }
  const tags = tagsOf(element.tags, () => odd.add('osm-tags-unreadable', line, `${type} ${id}`));
  if (type === 'node') {
    const { lon, lat } = element;
    if (typeof lon !== 'number' || typeof lat !== 'number' || !isPosition(lon, lat)) {
      odd.add('osm-node-without-position', line, `${id}: ${JSON.stringify(lon)}, ${JSON.stringify(lat)}`);
      return;
    }
    visitor.node?.(id, toUnits(lon), toUnits(lat), tags, version);
  } else if (type === 'way') {
    const refs = Array.isArray(element.nodes) ? (element.nodes as unknown[]).map(referenceOf) : [];
    if (refs.every(Number.isNaN)) {
      odd.waysWithoutNodes++;
      return;
    }
    odd.waysWithNodes++;
    if (refs.some(Number.isNaN)) odd.add('osm-reference-unreadable', line, `way ${id}`);
    visitor.way?.(id, refs, tags ?? {}, version);
    if (Array.isArray(element.geometry)) visitGeometry(refs, element.geometry as unknown[], visitor);
  } else visitor.relation?.(id, tags ?? {}, membersOf(id, element.members, line, odd), version);
}

/** Positions that `out geom` puts on a way, null where clipped by the box. */
function visitGeometry(refs: readonly number[], geometry: readonly unknown[], visitor: ElementVisitor): void {
  if (visitor.refPosition === undefined || geometry.length !== refs.length) return;
  for (let i = 0; i < refs.length; i++) {
    const point = geometry[i] as { lon?: unknown; lat?: unknown } | null;
    if (
      point === null ||
      Number.isNaN(refs[i]) ||
      typeof point.lon !== 'number' ||
      typeof point.lat !== 'number'
    )
      continue;
    if (isPosition(point.lon, point.lat))
      visitor.refPosition(refs[i]!, toUnits(point.lon), toUnits(point.lat));
  }
}

function membersOf(id: number, members: unknown, line: number, odd: OddElements): OsmMembers {
  if (!Array.isArray(members)) {
    if (members !== undefined) odd.add('osm-member-unreadable', line, `relation ${id}`);
    return [];
  }
  const kept: Array<OsmMembers[number]> = [];
  for (const member of members as Array<{ type?: unknown; ref?: unknown; role?: unknown } | null>) {
    const { type, ref, role } = member ?? {};
    const id = referenceOf(ref);
    if ((type === 'node' || type === 'way' || type === 'relation') && !Number.isNaN(id)) {
      kept.push({ type: type[0] as 'n' | 'w' | 'r', id, role: typeof role === 'string' ? role : '' });
    } else odd.add('osm-member-unreadable', line, `relation ${id}`);
  }
  return kept;
}

/** NaN stands for a node that is known to be missing. */
function referenceOf(value: unknown): number {
  return Number.isSafeInteger(value) ? (value as number) : Number.NaN;
}

/** Tags as strings; undefined where there are none. `onOdd` is called where some cannot be read. */
function tagsOf(tags: unknown, onOdd: () => void): OsmTags | undefined {
  if (tags === undefined) return undefined;
  if (typeof tags !== 'object' || tags === null || Array.isArray(tags)) {
    onOdd();
    return undefined;
  }
  const entries = Object.entries(tags);
  if (entries.length === 0) return undefined;
  if (entries.every(([, value]) => typeof value === 'string')) return tags as OsmTags;
  const readable = entries.filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value));
  if (readable.length < entries.length) onOdd();
  return Object.fromEntries(readable.map(([key, value]) => [key, String(value)]));
}

function toUnits(degrees: number): number {
  return Math.round(degrees * COORDINATE_UNITS_PER_DEGREE);
}
