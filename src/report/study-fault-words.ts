/** As `fault-words.ts`: what is wrong with a study file, key by key. */

/** English, as a pattern on the whole sentence; French, where `{1}` is a group that is itself a sentence to translate. */
export const STUDY_FAULTS: ReadonlyArray<readonly [RegExp, string]> = [
  [/^allowed is (?!either|\[|a combination of)(.+)$/, 'est permis : {1}'],
  [/^([\w.[\]]+): (allowed is .+|unknown key.*|the key is missing: .+)$/, '$1 : {2}'],
  [/^the key is missing: (.+)$/, 'la clé manque : {1}'],
  [/^unknown key: did you mean (.+)\?$/, 'clé inconnue : vouliez-vous dire $1 ?'],
  [/^unknown key$/, 'clé inconnue'],
  [/^Allowed here: (.+)\.$/, 'Permis ici : $1.'],
  [
    /^Write what is allowed, or leave the key out .+$/,
    'Écrivez ce qui est permis, ou retirez la clé si elle a une valeur par défaut ; « maillage init » écrit une étude pour commencer.',
  ],
  [
    /^allowed is either departement or commune_codes, not both$/,
    'est permis soit departement, soit commune_codes, non les deux',
  ],
  [
    /^allowed is either \[communes\] or grids: .+$/,
    'est permis soit [communes], soit des carroyages : ensemble ils compteraient les habitants deux fois',
  ],
  [
    /^allowed is \[communes\] only with polygon files under communes$/,
    '[communes] n’est permis qu’avec des fichiers de contours sous communes',
  ],
  [
    /^allowed is a combination of the study's modes; (.+) is not among them$/,
    'est permise une combinaison des modes de l’étude ; $1 n’en est pas',
  ],
  [/^Leave one of the two out\.$/, 'Retirez l’un des deux.'],
  [
    /^Add a file of polygons under the key "communes", or name a grid\.$/,
    'Ajoutez un fichier de contours sous la clé communes, ou nommez un carroyage.',
  ],
  [
    /^Add it to the modes, or leave the combination out\.$/,
    'Ajoutez-le aux modes, ou retirez la combinaison.',
  ],
  [
    /^Did you mean (.+)\? The key is in minutes, not in hours\.$/,
    'Vouliez-vous dire $1 ? La clé est en minutes, non en heures.',
  ],
  [
    /^Did you mean (.+)\? The key is in minutes, not in seconds\.$/,
    'Vouliez-vous dire $1 ? La clé est en minutes, non en secondes.',
  ],
  [
    /^Did you mean (.+)\? The key is a share between 0 and 1, not a percentage\.$/,
    'Vouliez-vous dire $1 ? La clé est une part entre 0 et 1, non un pourcentage.',
  ],
  [
    /^Write the number alone, without quotes and with a point before decimals: (.+)$/,
    'Écrivez le nombre seul, sans guillemets et avec un point avant les décimales : $1',
  ],
  [
    /^In double quotes a backslash begins an escape \(\\t is a tab\): write the path in single quotes, '(.+)', or with slashes, (.+)\.$/,
    "Entre guillemets doubles, une barre oblique inverse commence un échappement (\\t est une tabulation) : écrivez le chemin entre apostrophes, '$1', ou avec des barres obliques, $2.",
  ],
  // What a key takes
  [/^true or false$/, 'true ou false'],
  [/^one of (.+)$/, 'l’un de $1'],
  [/^1 or 2$/, '1 ou 2'],
  [/^(.+), each once$/, '{1}, une fois chacun'],
  [/^a number$/, 'un nombre'],
  [/^a name$/, 'un nom'],
  [/^a path relative to the study file$/, 'un chemin à partir du dossier de l’étude'],
  [/^a folder relative to the study file$/, 'un dossier à partir de celui de l’étude'],
  [
    /^a list of minutes between bands, ascending, from (.+) to (.+)$/,
    'une liste de minutes entre classes, croissantes, de $1 à $2',
  ],
  [/^a list of minutes, ascending, from (.+) to (.+)$/, 'une liste de minutes croissantes, de $1 à $2'],
  [/^a number of minutes from (.+) to (.+)$/, 'un nombre de minutes de $1 à $2'],
  [/^a speed from (.+) to (.+) km\/h$/, 'une vitesse de $1 à $2 km/h'],
  [/^a number of metres from (.+) to (.+)$/, 'un nombre de mètres de $1 à $2'],
  [/^a number of inhabitants from (.+) to (.+)$/, 'un nombre d’habitants de $1 à $2'],
  [/^a whole number of junctions from (.+) to (.+)$/, 'un nombre entier de carrefours de $1 à $2'],
  [/^a whole number of inhabitants, above 0$/, 'un nombre entier d’habitants, supérieur à 0'],
  [
    /^a time of day such as "09:00" \(hours may pass 24\)$/,
    'une heure comme "09:00" (les heures peuvent dépasser 24)',
  ],
  [/^a day such as 2026-10-06, or auto$/, 'un jour comme 2026-10-06, ou auto'],
  [/^a share above 0 and at most 1$/, 'une part supérieure à 0 et d’au plus 1'],
  [/^a share from 0 to 1$/, 'une part de 0 à 1'],
  [/^a code in quotes: (.+), or (.+)$/, 'un code entre guillemets : $1, ou $2'],
  [/^a commune code in quotes, such as "71270"$/, 'un code de commune entre guillemets, par exemple "71270"'],
  [/^a coordinate system such as EPSG:2154$/, 'un système de coordonnées, par exemple EPSG:2154'],
  [/^a CSV of populations de référence, or (.+)$/, 'un CSV des populations de référence, ou $1'],
  [/^a type of structure$/, 'un type de structure'],
  [
    /^modes of the study joined by _or_, such as car_or_transit$/,
    'des modes de l’étude joints par _or_, par exemple car_or_transit',
  ],
  [
    /^a list of modes of the study joined by _or_, such as car_or_transit$/,
    'une liste de modes de l’étude joints par _or_, par exemple car_or_transit',
  ],
  [/^a list of circles: \[1\], \[2\] or \[1, 2\]$/, 'une liste de cercles : [1], [2] ou [1, 2]'],
  [/^a list of types; empty = all$/, 'une liste de types ; vide = tous'],
  [
    /^a list of commune codes in quotes, at least one$/,
    'une liste de codes de communes entre guillemets, au moins un',
  ],
  [
    /^a list of grid files, or \[communes\], at least one$/,
    'une liste de carroyages, ou [communes], au moins un',
  ],
  [
    /^a list of OpenStreetMap files, or GeoJSON lines(.*)$/,
    'une liste de fichiers OpenStreetMap, ou de lignes GeoJSON',
  ],
  [
    /^a list of GeoJSON, GeoPackage or OpenStreetMap files$/,
    'une liste de fichiers GeoJSON, GeoPackage ou OpenStreetMap',
  ],
  [
    /^a list of CSV, JSON, GeoJSON or OpenStreetMap files, at least one$/,
    'une liste de fichiers CSV, JSON, GeoJSON ou OpenStreetMap, au moins un',
  ],
  [/^a list of (OpenStreetMap|GTFS|CSV) files$/, 'une liste de fichiers $1'],
  [/^a list of result folders$/, 'une liste de dossiers de résultats'],
  [/^a list of tools$/, 'une liste d’outils'],
  [
    /^a list of modes or combinations, such as (.+)$/,
    'une liste de modes ou de combinaisons, par exemple $1',
  ],
  [/^a list of (.+), at least one$/, 'une liste parmi $1, au moins un'],
  [/^a list of (.+), or (\w+)$/, 'une liste parmi $1, ou $2'],
  [/^a list of (.+)$/, 'une liste parmi $1'],
  [
    /^a table of years and shares from 0 to 1, such as (.+)$/,
    'une table d’années et de parts de 0 à 1, par exemple $1',
  ],
  [
    /^a path that never falls from one year to the next$/,
    'une trajectoire qui ne baisse jamais d’une année à la suivante',
  ],
  [
    /^a table from the words of the lists to types: (.+)$/,
    'une table des mots des listes vers les types : $1',
  ],
  [
    /^a table with from, to \(later than from\) and anchor$/,
    'une table avec from, to (plus tard que from) et anchor',
  ],
  [/^a table with sections of data\/speeds\.json$/, 'une table aux sections de data/speeds.json'],
  [/^a table with (.+) and (\w+)$/, 'une table avec $1 et $2'],
  [/^a table with (\w+)$/, 'une table avec $1'],
  [/^a table of numbers$/, 'une table de nombres'],
  [/^a table of keys$/, 'une table de clés'],
  // Files that it names
  [/^no such file$/, 'ce fichier n’existe pas'],
  [/^this is no file$/, 'ce n’est pas un fichier'],
  [/^([\w.[\]]+): (.+)$/, '$1 : {2}'],
  [
    /^this is the folder into which the study itself writes$/,
    'c’est le dossier dans lequel l’étude elle-même écrit',
  ],
  [
    /^Name results of other years, or write this one into another folder\.$/,
    'Nommez des résultats d’autres années, ou écrivez celui-ci dans un autre dossier.',
  ],
  [
    /^Looked for (.+): name the result folder of a past year, relative to the study file\.$/,
    'Cherché $1 : nommez le dossier de résultats d’une année passée, à partir du dossier de l’étude.',
  ],
  // Its YAML
  [/^a key stands twice$/, 'une clé s’y trouve deux fois'],
  [
    /^the study is not valid YAML: its brackets are nested too deeply$/,
    'l’étude n’est pas du YAML valide : crochets trop imbriqués',
  ],
  [/^the study is not valid YAML: (.+)$/s, 'l’étude n’est pas du YAML valide ($1)'],
  [/^an alias stands inside of what it stands for$/, 'un alias se trouve dans ce qu’il représente'],
  [/^the aliases stand for too many values$/, 'les alias représentent trop de valeurs'],
  [/^an alias stands for nothing$/, 'un alias ne représente rien'],
  [/^a text holds a NUL character$/, 'un texte contient un caractère NUL'],
  [
    /^Write the line again: no name and no path holds this character\.$/,
    'Récrivez la ligne : aucun nom ni chemin ne contient ce caractère.',
  ],
  [
    /^Write the value itself in place of the alias \(\*name\)\.$/,
    'Écrivez la valeur elle-même à la place de l’alias (*nom).',
  ],
  [/^Keep one of the two lines\.$/, 'Gardez une des deux lignes.'],
  [/^Indent with spaces, not tabs\.$/, 'Mettez des espaces en début de ligne, pas de tabulations.'],
  [
    /^Check indentation, quotes, brackets and colons, .+$/,
    'Vérifiez les retraits, guillemets, crochets et deux-points, ici et à la ligne au-dessus ; « maillage init » écrit une étude pour commencer.',
  ],
  [/^a path is written with escapes$/, 'un chemin est écrit avec des échappements'],
  [
    /^(\S+) names a type of structure that is not known: did you mean (.+)\?$/,
    '$1 nomme un type de structure inconnu : vouliez-vous dire $2 ?',
  ],
  [/^(\S+) names a type of structure that is not known$/, '$1 nomme un type de structure inconnu'],
  [
    /^Allowed are (.+), their names in words, and own words that type_mapping maps to one of them\.$/,
    'Sont permis $1, leurs noms en toutes lettres, et les mots à vous que type_mapping rapporte à l’un d’eux.',
  ],
];
