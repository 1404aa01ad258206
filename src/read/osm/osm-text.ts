/**
 * What the text of an OSM file says at its beginning: how it is encoded, and the first element of its XML, which alone
 * tells what an XML file is. Comments, declarations and whatever lies inside of the first element tell nothing: an
 * extract may hold `<changeset>`, and a comment may speak of `<gpx>` tracks.
 */
import { TextDecoder } from 'node:util';
import { Fault, UsageError } from '../../common/errors.ts';

export const ACCEPTED = 'Give a .osm.pbf, .osm, .osm.gz, .osm.bz2 or Overpass JSON file.';

/** The label of the text's encoding, as `TextDecoder` takes it; undefined for UTF-8. */
export function findEncoding(head: Buffer): string | undefined {
  const [first, second] = head;
  if ((first === 0xff && second === 0xfe) || (isMarkup(first) && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && isMarkup(second))) return 'utf-16be';
  const declared = /^(?:\u00EF\u00BB\u00BF)?\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"']+)["']/.exec(
    head.toString('latin1'),
  )?.[1];
  // UTF-16 that is declared in bytes of ASCII is none.
  return declared === undefined || /^utf-?(8|16)/i.test(declared) || /^us-ascii$/i.test(declared)
    ? undefined
    : declared;
}

/** `<` or `{`: what XML and JSON begin with. */
function isMarkup(byte: number | undefined): boolean {
  return byte === 0x3c || byte === 0x7b;
}

/** Text in UTF-8, whatever it came in. Throws a UsageError for an encoding that is not known. */
export async function* toUtf8(
  path: string,
  chunks: AsyncIterable<Buffer>,
  encoding: string,
): AsyncGenerator<Buffer> {
  const decoder = openDecoder(path, encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

/** The beginning of a text, without byte-order mark and leading blanks. */
export function decodeHead(path: string, head: Buffer, encoding: string | undefined): string {
  return openDecoder(path, encoding ?? 'utf-8')
    .decode(head, { stream: true })
    .trimStart();
}

function openDecoder(path: string, encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding);
  } catch {
    throw new Fault('text-encoding-unknown', { file: path, value: encoding });
  }
}

/** Name of the first element of an XML text; undefined where it lies beyond the text given, or there is none. */
export function findRootName(text: string): string | undefined {
  let p = 0;
  for (;;) {
    p = text.indexOf('<', p);
    if (p < 0) return undefined;
    let end: number;
    if (text.startsWith('<!--', p)) end = text.indexOf('-->', p + 4);
    else if (text.startsWith('<?', p)) end = text.indexOf('?>', p + 2);
    else if (text.startsWith('<!', p)) end = endOfDoctype(text, p);
    else return /^<([^\s/>]+)[\s/>]/.exec(text.slice(p, p + 100))?.[1];
    if (end < 0) return undefined;
    p = end + 1;
  }
}

/** A document type ends at its `>`; those between its brackets are its own declarations'. */
function endOfDoctype(text: string, from: number): number {
  let depth = 0;
  for (let p = from; p < text.length; p++) {
    if (text.startsWith('<!--', p)) {
      p = text.indexOf('-->', p + 4);
      if (p < 0) return -1;
      p += 2;
    } else if (text[p] === '"' || text[p] === "'") {
      p = text.indexOf(text[p]!, p + 1);
      if (p < 0) return -1;
    } else if (text[p] === '[') depth++;
    else if (text[p] === ']') depth--;
    else if (text[p] === '>' && depth <= 0) return p;
  }
  return -1;
}

const WEB_PAGE = [
  'this is a web page (HTML), not OSM data',
  'The download link led to an error page: download the file itself.',
] as const;
/** Roots of what is given by mistake: what it is, what to do. Names in small letters. */
const FOREIGN_ROOTS: Readonly<Record<string, readonly [fault: string, remedy: string]>> = {
  html: WEB_PAGE,
  head: WEB_PAGE,
  body: WEB_PAGE,
  osmchange: [
    'this is a file of changes (osmChange), not an OSM extract',
    'Apply it to its extract: "osmium apply-changes extract.osm.pbf changes.osc -o new.osm.pbf", and give new.osm.pbf.',
  ],
  gpx: ['this is a track (GPX), not an OSM extract', `Tracks are no street network. ${ACCEPTED}`],
  kml: ['this is a drawing (KML), not an OSM extract', `It does not say which streets meet. ${ACCEPTED}`],
  'osm-script': [
    'this is an Overpass query, not its answer',
    'Run the query, and give the file that it answers.',
  ],
};

/**
 * The error for XML whose first element is not `<osm>`.
 * @param start what the message shows of the file
 */
export function refuseRoot(path: string, name: string, line?: number, start = `<${name}>`): UsageError {
  const [fault, remedy] = FOREIGN_ROOTS[name.toLowerCase()] ?? [
    'this XML is no OSM extract',
    `Its first element must be <osm>. ${ACCEPTED}`,
  ];
  return new UsageError(fault, {
    file: path,
    value: start,
    remedy,
    ...(line === undefined ? {} : { line }),
  });
}
