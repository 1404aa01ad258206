/**
 * OSM XML (`.osm`, `.osm.gz`, `.osm.bz2`), streamed: elements go to a visitor in file order and nothing is held.
 * Format: https://wiki.openstreetmap.org/wiki/OSM_XML; also as JOSM and Overpass write it (`action="delete"`,
 * `visible="false"`, `<remark>`, positions on `<nd>`).
 */
import { StringDecoder } from 'node:string_decoder';
import { type SaxesAttributePlain, SaxesParser, type SaxesTagPlain } from 'saxes';
import { Fault, type UsageError } from '../../common/errors.ts';
import { COORDINATE_UNITS_PER_DEGREE } from '../../common/units.ts';
import { checkRemark, OddElements } from './odd-elements.ts';
import type { OsmTags } from './osm-data.ts';
import { type OsmFormat, readUnwrapped } from './osm-format.ts';
import { refuseRoot } from './osm-text.ts';
import {
  type ElementVisitor,
  isPosition,
  isWanted,
  type OsmKind,
  type OsmMembers,
  type OsmReadOptions,
  versionOf,
} from './osm-visitor.ts';

/** What other files than extracts hold: elements within elements, and texts and tags without end (bytes). */
const DEEPEST = 100;
const LETTER_X = 0x78;
const LONGEST_TOKEN = 16 << 20;

type Attributes = Record<string, SaxesAttributePlain | string>;

/** Calls the visitor for every element. Throws a UsageError with file and line where the XML is malformed. */
export async function forEachXmlElement(
  path: string,
  format: OsmFormat,
  visitor: ElementVisitor,
  options: OsmReadOptions,
): Promise<void> {
  const parser = new SaxesParser({ xmlns: false });
  const handler = new XmlHandler(path, visitor, () => parser.line);
  // The parser holds a comment, a text or a tag until it ends.
  let bytesSinceToken = 0;
  parser.on('error', (error) => {
    throw malformed(path, parser.line, error.message.replace(/^\d+:\d+: /, ''));
  });
  parser.on('opentag', (tag: SaxesTagPlain) => {
    bytesSinceToken = 0;
    handler.open(tag.name, tag.attributes);
  });
  parser.on('closetag', (tag: SaxesTagPlain) => handler.close(tag.name));
  parser.on('text', (text) => handler.text(text));
  const decoder = new StringDecoder('utf8');
  const onToken = () => {
    bytesSinceToken = 0;
  };
  for (const event of ['comment', 'processinginstruction', 'doctype', 'cdata'] as const)
    parser.on(event, onToken);
  for await (const chunk of readUnwrapped(path, format, options.onProgress)) {
    bytesSinceToken += chunk.length;
    parser.write(decoder.write(chunk));
    if (bytesSinceToken > LONGEST_TOKEN)
      throw malformed(path, parser.line, `a tag or text is longer than ${LONGEST_TOKEN >> 20} MB`);
  }
  parser.write(decoder.end());
  parser.close();
  checkRemark(path, handler.remark, options.notices);
  handler.odd.report(path, options.notices);
}

function malformed(file: string, line: number, fault: string): UsageError {
  return new Fault('xml-malformed', { file, line }, { reason: fault });
}

class XmlHandler {
  remark = '';
  readonly odd = new OddElements();
  private depth = 0;
  /** The element being read, undefined between elements and inside one that is skipped. */
  private element: OsmKind | undefined;
  private inRemark = false;
  private id = 0;
  private version = 0;
  private lonE7 = 0;
  private latE7 = 0;
  private tags: Record<string, string> = {};
  private hasTags = false;
  private refs: number[] = [];
  /** Positions that the way carries: reference, lon, lat, and so on. */
  private positions: number[] = [];
  private members: Array<OsmMembers[number]> = [];
  private refsWithoutId = 0;
  private firstOddLine = 0;

  constructor(
    private readonly path: string,
    private readonly visitor: ElementVisitor,
    private readonly line: () => number,
  ) {}

  open(name: string, attributes: Attributes): void {
    this.depth++;
    if (this.depth > DEEPEST)
      throw malformed(this.path, this.line(), `elements are nested deeper than ${DEEPEST}`);
    if (this.depth === 1) {
      if (name === 'osm') return;
      throw refuseRoot(this.path, name, this.line());
    }
    if (this.depth === 2) this.openElement(name, attributes);
    else if (this.element !== undefined && this.depth === 3) this.openChild(name, attributes);
  }

  text(text: string): void {
    if (this.inRemark) this.remark += text;
  }

  close(name: string): void {
    this.depth--;
    if (this.depth !== 1) return;
    this.inRemark = false;
    const { element } = this;
    this.element = undefined;
    if (element === undefined || element !== name) return;
    const { id, tags, version } = this;
    if (element === 'node')
      this.visitor.node?.(id, this.lonE7, this.latE7, this.hasTags ? tags : undefined, version);
    else if (element === 'relation') this.visitor.relation?.(id, tags, this.members, version);
    else this.closeWay(tags);
  }

  private closeWay(tags: OsmTags): void {
    const { refs, positions } = this;
    if (refs.length === this.refsWithoutId && refs.length > 0) {
      this.odd.waysWithoutNodes++;
      return;
    }
    if (refs.length > 0) this.odd.waysWithNodes++;
    if (this.refsWithoutId > 0) this.odd.add('osm-reference-unreadable', this.firstOddLine, `way ${this.id}`);
    this.visitor.way?.(this.id, refs, tags, this.version);
    for (let i = 0; i < positions.length; i += 3)
      this.visitor.refPosition?.(positions[i]!, positions[i + 1]!, positions[i + 2]!);
  }

  private openElement(name: string, attributes: Attributes): void {
    if (name === 'remark') this.inRemark = true;
    if (name !== 'node' && name !== 'way' && name !== 'relation') return;
    if (!isWanted(this.visitor, name)) return;
    const id = numberOf(attributes.id);
    if (!Number.isSafeInteger(id)) {
      this.odd.add('osm-element-without-id', this.line(), String(attributes.id));
      return;
    }
    const version = versionOf(attributes.version);
    if (attributes.visible === 'false' || attributes.action === 'delete') {
      this.visitor.deleted?.(name, id, version);
      return;
    }
    if (name === 'node') {
      const lon = numberOf(attributes.lon);
      const lat = numberOf(attributes.lat);
      if (!isPosition(lon, lat)) {
        this.odd.add('osm-node-without-position', this.line(), `${id}: ${attributes.lon}, ${attributes.lat}`);
        return;
      }
      this.lonE7 = Math.round(lon * COORDINATE_UNITS_PER_DEGREE);
      this.latE7 = Math.round(lat * COORDINATE_UNITS_PER_DEGREE);
    }
    this.element = name;
    this.id = id;
    this.version = version;
    if (this.hasTags) this.tags = {};
    this.hasTags = false;
    this.refsWithoutId = 0;
    if (name === 'way') this.refs.length = this.positions.length = 0;
    if (name === 'relation') this.members = [];
  }

  private openChild(name: string, attributes: Attributes): void {
    if (name === 'tag') {
      const { k, v } = attributes;
      if (typeof k !== 'string' || typeof v !== 'string') {
        this.odd.add('osm-tags-unreadable', this.line(), `${this.element} ${this.id}`);
        return;
      }
      this.tags[k] = v;
      this.hasTags = true;
    } else if (name === 'nd' && this.element === 'way') this.addRef(attributes);
    else if (name === 'member' && this.element === 'relation') {
      const ref = numberOf(attributes.ref);
      const type = attributes.type;
      if (!Number.isSafeInteger(ref) || (type !== 'node' && type !== 'way' && type !== 'relation')) {
        this.odd.add('osm-member-unreadable', this.line(), `relation ${this.id}`);
        return;
      }
      this.members.push({ type: type[0] as 'n' | 'w' | 'r', id: ref, role: String(attributes.role ?? '') });
    }
  }

  private addRef(attributes: Attributes): void {
    const ref = numberOf(attributes.ref);
    if (!Number.isSafeInteger(ref)) {
      // A node that is known to be missing: the street is cut there.
      if (this.refsWithoutId++ === 0) this.firstOddLine = this.line();
      this.refs.push(Number.NaN);
      return;
    }
    this.refs.push(ref);
    if (attributes.lat === undefined || this.visitor.refPosition === undefined) return;
    const lon = numberOf(attributes.lon);
    const lat = numberOf(attributes.lat);
    if (!isPosition(lon, lat)) return;
    const unit = COORDINATE_UNITS_PER_DEGREE;
    this.positions.push(ref, Math.round(lon * unit), Math.round(lat * unit));
  }
}

/** The number that an attribute writes, whole or in decimals; NaN for anything else, what is blank or in hexadecimals too. */
function numberOf(attribute: SaxesAttributePlain | string | undefined): number {
  if (typeof attribute !== 'string') return Number.NaN;
  const value = Number(attribute);
  // `Number` reads '' and ' ' as 0, and 0x10 as 16.
  return (value === 0 && !attribute.includes('0')) || attribute.charCodeAt(1) === LETTER_X
    ? Number.NaN
    : value;
}
