/** As `fault-words.ts`: what is wrong with a file itself, its packing or its geometries, whatever it is read for. */

/** English, as a pattern on the whole sentence; French, with its groups. */
export const FILE_FAULTS: ReadonlyArray<readonly [RegExp, string]> = [
  // Archives
  [
    /^the file unpacks to more than (\d+) times its size, which no real data does$/,
    'le fichier se décompresse en plus de $1 fois sa taille, ce qu’aucune vraie donnée ne fait',
  ],
  [
    /^It is damaged, or made to do harm: download it again from its producer\.$/,
    'Il est endommagé, ou fait pour nuire : téléchargez-le de nouveau chez son producteur.',
  ],
  [/^the zip holds more than (\d+) files$/, 'le zip contient plus de $1 fichiers'],
  [/^the zip holds two files of one name$/, 'le zip contient deux fichiers du même nom'],
  [
    /^Unpack it, keep the right one, and name that in the study\.$/,
    'Décompressez-le, gardez le bon, et nommez celui-là dans l’étude.',
  ],
  [
    /^Unpack it and name the file to read in the study\.$/,
    'Décompressez-le et nommez dans l’étude le fichier à lire.',
  ],
  [/^the file inside the zip is encrypted$/, 'le fichier dans le zip est chiffré'],
  [
    /^Unpack it with its password, and name the unpacked file in the study\.$/,
    'Décompressez-le avec son mot de passe, et nommez dans l’étude le fichier obtenu.',
  ],
  [
    /^the file is packed by a method that is not read \((\d+)\)$/,
    'le fichier est compressé par une méthode qui n’est pas lue ($1)',
  ],
  [
    /^Unpack it, and name the unpacked file in the study\.$/,
    'Décompressez-le, et nommez dans l’étude le fichier obtenu.',
  ],
  [
    /^the file is damaged: it unpacks to (\d+) bytes, its archive says (\d+)$/,
    'le fichier est endommagé : il se décompresse en $1 octets, son archive en dit $2',
  ],
  [
    /^the file is damaged: its checksum \(CRC-32\) does not hold$/,
    'le fichier est endommagé : sa somme de contrôle (CRC-32) est fausse',
  ],
  [
    /^It is probably cut short or damaged: download (?:or export )?it again\.$/,
    'Il est sans doute tronqué ou endommagé : téléchargez-le de nouveau.',
  ],
  [
    /^the zip holds a file whose name leads out of its folder$/,
    'le zip contient un fichier dont le nom mène hors de son dossier',
  ],
  [/^too many files are open$/, 'trop de fichiers sont ouverts'],
  [
    /^Close other programs, or raise the limit \(ulimit -n\)\.$/,
    'Fermez d’autres programmes, ou relevez la limite (ulimit -n).',
  ],
  // The readers' common boundary, and what the system says
  [/^what the file holds is nested too deeply$/, 'ce que le fichier contient est trop profondément imbriqué'],
  [/^the file holds more than can be read at once$/, 'le fichier contient plus que ce qui se lit d’un coup'],
  [
    /^It is damaged, or not what its name says: download or export it again\.$/,
    'Il est endommagé, ou n’est pas ce que dit son nom : téléchargez-le ou exportez-le de nouveau.',
  ],
  [/^the path is longer than the system allows$/, 'le chemin est plus long que le système ne le permet'],
  [
    /^the path holds a character that no path holds$/,
    'le chemin contient un caractère qu’aucun chemin ne contient',
  ],
  [/^Check the path\.$/, 'Vérifiez le chemin.'],
  [/^this is a folder, not a file$/, 'c’est un dossier, pas un fichier'],
  [/^Name the file inside it\.$/, 'Nommez le fichier qu’il contient.'],
  [/^the disk or the network fails$/, 'le disque ou le réseau est en panne'],
  [
    /^Copy the file to another disk, and check this one\.$/,
    'Copiez le fichier sur un autre disque, et vérifiez celui-ci.',
  ],
  [
    /^(\w+\[\d+\]|\w+): the path is longer than the system allows$/,
    '$1 : chemin plus long que le système ne le permet',
  ],
  [/^(\w+\[\d+\]|\w+): the file cannot be opened(.*)$/, '$1 : le fichier ne s’ouvre pas$2'],
  [/^(\w+\[\d+\]|\w+): too many files are open$/, '$1 : trop de fichiers sont ouverts'],
  [
    /^Export or download it again: headings in the first line, then one line each\.$/,
    'Exportez-le ou téléchargez-le de nouveau : les en-têtes en première ligne, puis une ligne chacun.',
  ],
  [/^the layer holds no feature$/, 'la couche ne contient aucun objet'],
  [/^Export the layer again, with its features\.$/, 'Exportez de nouveau la couche, avec ses objets.'],
  [/^no cell of the file lies on the Earth$/, 'aucun carreau du fichier n’est sur la Terre'],
  [
    /^Check which columns hold the positions, and in which system \(population_crs\)\.$/,
    'Vérifiez quelles colonnes donnent les positions, et dans quel système (population_crs).',
  ],
  [/^(\S+) must be a group of keys$/, '$1 doit être un groupe de clés'],
  [
    /^Write its keys below it, one "key: number" a line\.$/,
    'Écrivez ses clés en dessous, une « clé : nombre » par ligne.',
  ],
  [/^the zip holds (no|several) (.+) files$/, 'le zip ne contient pas un fichier $2, et un seul'],
  [/^the file cannot be unpacked: (.+)$/, 'le fichier ne se décompresse pas : $1'],
  [/^the file cannot be read: (.+)$/, 'le fichier est illisible : $1'],
  [/^the file is packed twice$/, 'le fichier est compressé deux fois'],
  [/^Unpack it once, and give what comes out\.$/, 'Décompressez-le une fois, et donnez ce qui en sort.'],
  [
    /^the file is packed by another program \(7z, rar, xz, zstd or (?:bzip2|lz4)\)$/,
    'le fichier est compressé par un autre programme (7z, rar, xz, zstd ou bzip2)',
  ],
  [
    /^Unpack it, and give the data file itself, or packed as \.zip or \.gz\.$/,
    'Décompressez-le, et donnez le fichier lui-même, ou compressé en .zip ou .gz.',
  ],
  [/^the file is a picture \((\w+)\)$/, 'le fichier est une image ($1)'],
  [/^the file is text in UTF-32$/, 'le fichier est un texte en UTF-32'],
  [/^the file is a spreadsheet \(\.ods\)$/, 'le fichier est un classeur (.ods)'],
  [/^Save it as UTF-8\.$/, 'Enregistrez-le en UTF-8.'],
  [/^Save (?:it|the sheet) as CSV \(UTF-8\)\.$/, 'Enregistrez la feuille en CSV (UTF-8).'],
  [
    /^the file is too large to be read(?: at once)?(?: \((\d+) bytes\))?$/,
    'le fichier est trop grand pour être lu',
  ],
  [
    /^Give the part that covers the territory and its surroundings: cut it down, for example with QGIS\.$/,
    'Donnez la partie qui couvre le territoire et ses abords : découpez-le, par exemple avec QGIS.',
  ],
  [
    /^Ask its producer for the part that covers the territory, or cut it down\.$/,
    'Demandez à son producteur la partie qui couvre le territoire, ou découpez-le.',
  ],
  [/^a polygon takes more than (\d+) MB$/, 'un polygone prend plus de $1 Mo'],
  [
    /^Simplify the polygons, for example with QGIS: those of communes take some kilobytes each\.$/,
    'Simplifiez les polygones, par exemple avec QGIS : ceux des communes prennent quelques kilooctets chacun.',
  ],
  [/^the zip holds more than (\d+) tables$/, 'le zip contient plus de $1 tables'],
  [
    /^Unpack it, and name the grids of the territory under "population" in the study\.$/,
    'Décompressez-le, et nommez les grilles du territoire sous « population » dans l’étude.',
  ],
  [
    /^the file holds more than (\d+) polygons, and no country has so many communes$/,
    'le fichier contient plus de $1 polygones, et aucun pays n’a autant de communes',
  ],
  [
    /^Give polygons of communes, of the territory and its surroundings\.$/,
    'Donnez des polygones de communes, ceux du territoire et de ses environs.',
  ],
  [/^more than (\d+) MB of it are blank$/, 'plus de $1 Mo en sont vides'],
  [/^nearly all of the file is zeros or blanks$/, 'presque tout le fichier est fait de zéros ou de blancs'],
  [
    /^It is probably damaged: download or export it again, without blank rows\.$/,
    'Il est sans doute endommagé : téléchargez-le ou exportez-le de nouveau, sans lignes vides.',
  ],
  [
    /^It is probably damaged: download or export it again\.$/,
    'Il est sans doute endommagé : téléchargez-le ou exportez-le de nouveau.',
  ],
  [
    /^the file holds more than (\d+) features, and no list has so many structures$/,
    'le fichier contient plus de $1 objets, et aucune liste n’a autant de structures',
  ],
  [/^a feature takes more than (\d+) MB$/, 'un objet prend plus de $1 Mo'],
  [
    /^Give the points of the structures, of the territory and its surroundings\.$/,
    'Donnez les points des structures, celles du territoire et de ses environs.',
  ],
  [
    /^a line is longer than (\d+) MB, so this is no table$/,
    'une ligne dépasse $1 Mo : ce n’est pas une table',
  ],
  [
    /^Give the CSV itself; it may be damaged, or another kind of file\.$/,
    'Donnez le CSV lui-même ; il est peut-être endommagé, ou d’une autre sorte.',
  ],
  [
    /^Close it, or double the quotes inside a quoted field\.$/,
    'Fermez-le, ou doublez les guillemets à l’intérieur d’un champ.',
  ],
  // GeoJSON, GeoPackage
  [/^feature (\d+): it is no feature$/, 'objet $1 : ce n’est pas un objet GeoJSON'],
  [/^feature (\d+): the geometry is no object$/, 'objet $1 : la géométrie n’en est pas une'],
  [
    /^feature (\d+): the collection has no list of geometries$/,
    'objet $1 : la collection n’a pas de liste de géométries',
  ],
  [
    /^feature (\d+): the collections of geometries stand too deep in each other$/,
    'objet $1 : les collections de géométries sont trop imbriquées',
  ],
  [
    /^feature (\d+): the geometry has no type that GeoJSON knows$/,
    'objet $1 : la géométrie n’a aucun type que GeoJSON connaisse',
  ],
  [
    /^feature (\d+): the geometry has no list of coordinates$/,
    'objet $1 : la géométrie n’a pas de liste de coordonnées',
  ],
  [
    /^feature (\d+): the coordinates are not those of a (\w+)$/,
    'objet $1 : les coordonnées ne sont pas celles d’une géométrie $2',
  ],
  [
    /^Export the layer as GeoJSON \(RFC 7946\) again\.$/,
    'Exportez de nouveau la couche en GeoJSON (RFC 7946).',
  ],
  [/^the file holds no feature$/, 'le fichier ne contient aucun objet'],
  [
    /^Export the layer again, without a filter or a selection\.$/,
    'Exportez de nouveau la couche, sans filtre ni sélection.',
  ],
  [
    /^the layer is a view, and only tables are read$/,
    'la couche est une vue, et seules les tables sont lues',
  ],
  [
    /^Export the layer into a GeoPackage of its own: its rows are then written down\.$/,
    'Exportez la couche dans un GeoPackage à elle : ses lignes y seront écrites.',
  ],
  [/^the population is more than any place holds$/, 'la population dépasse celle de tout lieu'],
  [
    /^At most (\d+) people are read in one row: correct the number, or the column\.$/,
    'Au plus $1 personnes sont lues par ligne : corrigez le nombre, ou la colonne.',
  ],
  // Inputs that cover a part of the territory
  [
    /^the roads read leave (\d+) % of the area of (.+) without a street, where (\d+) people live$/,
    'les routes lues laissent $1 % de la surface de $2 sans voie, où vivent $3 personnes',
  ],
  [
    /^the roads read leave (\d+) % of the area of (.+) without a street: its (\d+) people are all placed on the rest$/,
    'les routes lues laissent $1 % de la surface de $2 sans voie : ses $3 habitants sont tous placés sur le reste',
  ],
  [
    /^the grid lacks some (\d+) of (\d+) people: it counts less than half of those of (\d+) communes, first (.+)$/,
    'il manque à la grille environ $1 personnes sur $2 habitants : elle compte moins de la moitié des habitants de $3 communes, d’abord $4',
  ],
  [
    /^none of the (\d+) structures (?:read|of the list) stands in the territory(?:, but in the départements (.+))?$/,
    'aucune des $1 structures lues ne se trouve dans le territoire',
  ],
];
