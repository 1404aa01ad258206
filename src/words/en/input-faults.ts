/** Faults of files of any kind; of tables and lists of points; of OpenStreetMap files; of populations, in English. */
import type { FaultWords, FileFaults, GridFaults, RoadFaults, TableFaults } from '../../defects/faults.ts';

const ZIP_DAMAGED = 'It is probably cut short or damaged: download it again.';
const DOWNLOAD_AGAIN = 'Download the file again, and compare its size or checksum with the source.';
const ACCEPTED_FORMATS = 'Give a .osm.pbf, .osm, .osm.gz, .osm.bz2 or Overpass JSON file.';

export const FILE_FAULTS: FaultWords<FileFaults> = {
  'file-unreachable': { message: 'the file cannot be opened', remedy: 'Check the path and its rights.' },
  'file-is-7z': {
    message: 'the file is a 7z archive',
    remedy: 'Unpack it, and name the .gpkg (or .geojson) inside it in the study.',
  },
  'features-missing': {
    message: 'the file holds no feature',
    remedy: 'Export the layer again, without a filter or a selection.',
  },
  'coordinates-no-degrees': {
    message: 'the coordinates are no degrees',
    remedy: 'Export the file in WGS84 (EPSG:4326), or with its "crs" member.',
  },
  'geopackage-foreign': {
    message: 'the file is not a GeoPackage',
    remedy: 'Export the layer as GeoPackage (.gpkg), GeoJSON or CSV.',
  },
  'layer-is-view': {
    message: 'the layer is a view, and only tables are read',
    remedy: 'Export the layer into a GeoPackage of its own: its rows are then written down.',
  },
  'json-invalid': {
    message: 'the file is not valid JSON',
    remedy: 'It is probably cut short, or another format: download or export it again.',
  },
  'file-is-folder': { message: 'this is a folder, not a file', remedy: 'Name the file inside it.' },
  'file-too-large': {
    message: 'the file is too large to be read at once',
    remedy:
      'Give the part that covers the territory and its surroundings: cut it down, for example with QGIS.',
  },
  'file-empty': { message: 'the file is empty', remedy: 'Download or export it again.' },
  'file-packed-twice': {
    message: 'the file is packed twice',
    remedy: 'Unpack it once, and give what comes out.',
  },
  'zip-names-repeated': {
    message: 'the zip holds two files of one name',
    remedy: 'Unpack it, keep the right one, and name that in the study.',
  },
  'zip-encrypted': {
    message: 'the file inside the zip is encrypted',
    remedy: 'Unpack it with its password, and name the unpacked file in the study.',
  },
  'zip-name-leads-out': {
    message: 'the zip holds a file whose name leads out of its folder',
    remedy: 'It is damaged, or made to do harm: download it again from its producer.',
  },
  'too-many-files-open': {
    message: 'too many files are open',
    remedy: 'Close other programs, or raise the limit (ulimit -n).',
  },
  'file-blank': {
    message: 'nearly all of the file is zeros or blanks',
    remedy: 'It is probably damaged: download or export it again.',
  },
  'input-is-folder': { message: 'this is a folder, and a file is needed', remedy: 'Name the file in it.' },
  'input-is-stream': {
    message: 'this is a stream, and a file is needed',
    remedy: 'Write it to a file first, and name that.',
  },
  'file-changed': {
    message: 'the file was changed while it was read',
    remedy: 'Run again once nothing writes to it.',
  },
  'geopackage-layers': (p) => ({
    message: `the GeoPackage has ${p.count === 0 ? 'no layer of this kind' : `${p.count} layers of this kind`}`,
    remedy: 'Export the one layer to read into a file of its own.',
  }),
  'zip-with-too-many-tables': (p) => ({
    message: `the zip holds more than ${p.most} tables`,
    remedy: 'Unpack it, and name the grids of the territory under "population" in the study.',
  }),
  'file-unreadable': (p) => ({
    message: `the file cannot be ${p.isPacked ? 'unpacked' : 'read'}: ${p.reason}`,
    remedy: 'It is probably cut short or damaged: download it again.',
  }),
  'system-unknown': (p) => ({
    message: 'the coordinate system is not known',
    remedy: `Known are EPSG:${p.known}, 3942 to 3950 and UTM on WGS84 (32601 to 32760): export the file in one of these.`,
  }),
  'file-unpacks-too-far': (p) => ({
    message: `the file unpacks to more than ${p.ratio} times its size, which no real data does`,
    remedy: 'It is damaged, or made to do harm: download it again from its producer.',
  }),
  'zip-member-too-large': (p) => ({
    message: `the file is too large to be read (${p.bytes} bytes)`,
    remedy: 'Ask its producer for the part that covers the territory, or cut it down.',
  }),
  'zip-with-too-many-files': (p) => ({
    message: `the zip holds more than ${p.most} files`,
    remedy: 'Unpack it and name the file to read in the study.',
  }),
  'zip-method-unknown': (p) => ({
    message: `the file is packed by a method that is not read (${p.method})`,
    remedy: 'Unpack it, and name the unpacked file in the study.',
  }),
  'zip-member-damaged': (p) => ({ message: `the file is damaged: ${p.reason}`, remedy: ZIP_DAMAGED }),
  'zip-unreadable': (p) => ({ message: `the zip cannot be read: ${p.reason}`, remedy: ZIP_DAMAGED }),
};

export const TABLE_FAULTS: FaultWords<TableFaults> = {
  'points-missing': {
    message: 'the file holds no point',
    remedy: 'Below the names of the columns, write one point a line: id, lon, lat.',
  },
  'point-off-earth': { message: 'the point is not on Earth', remedy: 'Give lon and lat in degrees (WGS84).' },
  'separator-ambiguous': {
    message: 'the columns could be separated in two ways',
    remedy: 'Write the header with one separator only, and quote the names that hold another.',
  },
  'header-quote-open': { message: 'a quote is opened and never closed', remedy: 'Close it.' },
  'table-is-json': { message: 'the file is JSON, not CSV', remedy: 'Export it as CSV.' },
  'quote-open': {
    message: 'a quote is opened and never closed',
    remedy: 'Close it, or double the quotes inside a quoted field.',
  },
  'table-without-lines': {
    message: 'the file holds no line',
    remedy: 'Export or download it again: headings in the first line, then one line each.',
  },
  'lon-lat-swapped': {
    message: 'the columns of lon and lat look swapped',
    remedy: 'Exchange the names of the two columns: lon is the one near 2 in France, lat the one near 47.',
  },
  'coordinate-no-number': (p) => ({
    message: `${p.name} is no number`,
    remedy: 'Write degrees with a decimal point, such as 2.3522.',
  }),
  'x-y-swapped': (p) => ({
    message: 'the columns of x and y look swapped',
    remedy: `Exchange the names of the two columns: the other way round they fit ${p.system}.`,
  }),
  'table-blank': (p) => ({
    message: `more than ${p.megabytes} MB of it are blank`,
    remedy: 'It is probably damaged: download or export it again, without blank rows.',
  }),
  'line-too-long': (p) => ({
    message: `a line is longer than ${p.megabytes} MB, so this is no table`,
    remedy: 'Give the CSV itself; it may be damaged, or another kind of file.',
  }),
};

export const ROAD_FAULTS: FaultWords<RoadFaults> = {
  'roads-missing': {
    message: 'no roads are given',
    remedy: 'Add an OpenStreetMap file under the key "roads".',
  },
  'ways-without-nodes': {
    message: 'its ways have no list of nodes, so that it cannot be told which streets meet',
    remedy:
      'Ask Overpass for "out body; >; out skel qt;" (or "out body geom;"), not "out tags geom" or "out center".',
  },
  'overpass-incomplete': {
    message: 'the Overpass answer is incomplete',
    remedy: 'Repeat the query with a larger [timeout:…] and [maxsize:…], or a smaller area.',
  },
  'text-encoding-unknown': {
    message: 'the encoding of the text is not known',
    remedy: 'Save the file in UTF-8.',
  },
  'overpass-without-elements': {
    message: 'this JSON has no "elements": it is no Overpass answer',
    remedy: 'Ask Overpass with [out:json]; GeoJSON does not say which streets meet.',
  },
  'pbf-empty': { message: 'the file is empty', remedy: 'Download it again.' },
  'pbf-foreign': {
    message: 'this is not an OSM PBF file',
    remedy: 'Check the download: an HTML error page saved under this name is a usual cause.',
  },
  'pbf-without-streets': {
    message: 'the file holds no street',
    remedy: 'Use an extract with all ways that have a highway tag.',
  },
  'pbf-feature-unknown': {
    message: 'the file needs a feature that is not supported',
    remedy: 'Use a plain extract of current data.',
  },
  'roads-without-streets': {
    message: 'the file holds no street',
    remedy: 'Use an extract with all ways that have a highway tag, and their nodes.',
  },
  'street-nodes-off-earth': {
    message: 'none of the nodes of its streets has a position on the globe',
    remedy: 'Download the file again, and compare its size or checksum with the source.',
  },
  'road-file-empty': { message: 'the file is empty', remedy: DOWNLOAD_AGAIN },
  'road-file-damaged': (p) => ({
    message: `the compressed data is cut short or damaged (${p.reason})`,
    remedy: DOWNLOAD_AGAIN,
  }),
  'blob-unpacks-too-far': (p) => ({
    message: `blob ${p.blob} (${p.type}, at byte ${p.byte}) unpacks to more than ${p.ratio} times its size, which no real data does`,
    remedy: 'It is damaged, or made to do harm: download it again from its producer.',
  }),
  'blob-packed-otherwise': (p) => ({
    message: `blob ${p.blob} (${p.type}, at byte ${p.byte}) is packed with ${p.method}, which is not read`,
    remedy: 'Rewrite the file with "osmium cat in.osm.pbf -o out.osm.pbf".',
  }),
  'blob-damaged': (p) => ({
    message: `blob ${p.blob} (${p.type}, at byte ${p.byte}) is damaged: ${p.reason}`,
    remedy: DOWNLOAD_AGAIN,
  }),
  'pbf-cut': (p) => ({
    message: `the file is cut short or damaged at blob ${p.blob}, byte ${p.byte}: ${p.reason}`,
    remedy: DOWNLOAD_AGAIN,
  }),
  'blob-of-unknown-kind': (p) => ({
    message: `blob ${p.blob} (at byte ${p.byte}) is of a kind that is not known`,
    remedy: DOWNLOAD_AGAIN,
  }),
  'xml-malformed': (p) => ({
    message: `the XML is cut short or malformed (${p.reason})`,
    remedy: DOWNLOAD_AGAIN,
  }),
  'streets-missing-for-mode': (p) => ({
    message: `the roads hold no street for the mode "${p.mode}"`,
    remedy: 'Use an extract with all highways, or leave the mode out.',
  }),
  'road-is-folder': { message: 'this is a folder, not a file', remedy: ACCEPTED_FORMATS },
};

export const GRID_FAULTS: FaultWords<GridFaults> = {
  'commune-population-without-polygons': {
    message: 'commune populations need the polygons of the communes',
    remedy: 'Add the key "communes" with a GeoJSON file, or give a grid under "population".',
  },
  'territory-without-people': {
    message: 'nobody lives in the territory of the study',
    remedy: 'Check departement or commune_codes against the population and the polygons.',
  },
  'communes-without-people': {
    message: 'no one lives in the communes of the territory, or none of them can be placed',
    remedy: 'Give the polygons of the communes, or a population grid.',
  },
  'zip-without-grid': {
    message: 'the zip holds no population grid',
    remedy: 'Unpack it and name the grid under "population" in the study.',
  },
  'grid-system-unknown': {
    message: 'the coordinate system of the GeoPackage is not known',
    remedy: 'Export the layer in EPSG:3035, EPSG:2154 or EPSG:4326.',
  },
  'grid-system-missing': {
    message: 'the GeoPackage declares no coordinate system',
    remedy: 'Add the key population_crs to the study, or export the layer with its system.',
  },
  'population-ambiguous': {
    message: 'the population could be a decimal or a thousand',
    remedy: 'Write whole numbers without a thousands separator, or all with the same number of decimals.',
  },
  'grid-xy-system-missing': {
    message: 'the coordinate system of x and y is not given',
    remedy: 'Add a column crs (EPSG:2154), or the key population_crs to the study.',
  },
  'grid-elsewhere': {
    message: 'no cell of the grid belongs to the territory',
    remedy: 'Check departement and commune_codes of the study.',
  },
  'cells-off-earth': {
    message: 'no cell of the file lies on the Earth',
    remedy: 'Check which columns hold the positions, and in which system (population_crs).',
  },
  'population-marks-mixed': (p) => ({
    message: 'the population is written both with decimal commas and with points',
    remedy: `A mark could set thousands apart here (other decimals on line ${p.line}): write all numbers one way.`,
  }),
  'population-absurd': (p) => ({
    message: 'the population is more than any place holds',
    remedy: `At most ${p.most} people are read in one row: correct the number, or the column.`,
  }),
  'population-zero': (p) => ({
    message: `the population is zero in all ${p.count} cells`,
    remedy:
      'Check that the column of the population is the right one, and that the grid covers the territory.',
  }),
};
