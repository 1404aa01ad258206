/**
 * The report's style sheet, for the screen from a telephone on, and for A4 paper. It stands inside the file, so
 * that it works offline. What needs the script is hidden without it.
 */

const PAGE = `
:root{--ink:#1b2733;--soft:#4a5865;--line:#d5dde4;--blue:#1f5f99;--deep:#12324f;--pale:#f3f7fa;--orange:#9a4a00}
*{box-sizing:border-box}
html{scroll-padding-top:14px}
body{margin:0;font:16px/1.5 system-ui,'Segoe UI','DejaVu Sans',sans-serif;color:var(--ink);background:#fff}
main,header>div,footer>div,nav ul{max-width:1180px;margin:0 auto;padding:0 24px}
main:focus{outline:0}
.skip{position:absolute;left:-999px;background:#fff;color:#000;padding:8px 16px;z-index:20}
.skip:focus{left:8px;top:8px}
header{background:var(--deep);color:#fff;padding:26px 0 22px}
header h1{margin:0;font-size:30px;line-height:1.2;overflow-wrap:anywhere}
header p{margin:6px 0 0;color:#cfe0ee;max-width:none}
.fictional{display:inline-block;margin-top:12px;padding:4px 12px;border-radius:4px;background:#ffe2b8;color:#5b3200;font-weight:600}
nav{background:#fff;border-bottom:1px solid var(--line)}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:0 18px;padding-top:8px;padding-bottom:8px;font-size:14px;white-space:nowrap}
nav a{color:var(--blue);text-decoration:none}
nav a:hover{text-decoration:underline}
a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid #0b63ce;outline-offset:2px}
section{margin:34px 0}
.js:not(.laid-out) :is(section:not(#essentiel,#cartes),.small-maps){content-visibility:auto;contain-intrinsic-size:auto 640px}
h2{font-size:22px;margin:0 0 10px;padding-bottom:6px;border-bottom:2px solid var(--line)}
h3{font-size:17px;margin:22px 0 8px}
h4{font-size:14px;margin:12px 0 4px}
p{margin:8px 0;max-width:82ch}
.note{color:var(--soft);font-size:14px}
.hero{display:grid;grid-template-columns:auto 1fr;gap:6px 28px;align-items:center;background:var(--pale);border-left:6px solid var(--blue);border-radius:6px;padding:18px 24px}
.hero .rate{font-size:64px}
.hero p{font-size:18px;margin:4px 0}
.hero h3{margin:0;font-size:15px;color:var(--soft);font-weight:600}
.rate{font-size:32px;font-weight:700;line-height:1.1;color:var(--blue);white-space:nowrap}
.left{color:var(--orange)}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(250px,1fr));gap:14px;margin-top:14px}
.card{border:1px solid var(--line);border-top:4px solid var(--blue);border-radius:6px;padding:12px 16px}
.card h3{margin:0;font-size:16px}
.card p{font-size:14px;margin:6px 0}
figure{margin:12px 0}
figure svg{display:block;max-width:100%;height:auto}
.small-maps{display:grid;grid-template-columns:repeat(auto-fit,minmax(210px,1fr));gap:16px}
.small-maps figure{display:flex;flex-direction:column;justify-content:space-between;gap:6px}
.small-maps figcaption{font-weight:600;font-size:14px}
footer{background:var(--pale);border-top:1px solid var(--line);padding:18px 0;color:var(--soft);font-size:14px}
code{font-size:12px;word-break:break-all}
.bands{overflow-x:auto}
.bands svg{min-width:680px;width:100%}
`;

const TABLES = `
.scroll,.tall{overflow:auto;position:relative}
.tall{max-height:640px;border:1px solid var(--line)}
table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding:6px 10px}
th,td{padding:5px 10px;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}
tbody th{font-weight:400;overflow-wrap:anywhere;min-width:10.5em}
thead th{background:var(--pale);border-bottom:2px solid var(--line);vertical-align:bottom}
td.n,th.n{text-align:right}
td.n{white-space:nowrap}
td.pair b{display:block;font-weight:600}
td.pair small{display:block;font-size:12px;color:var(--soft)}
td.share{background:linear-gradient(#3b7fb6,#3b7fb6) left 1.95em/var(--share,0) 4px no-repeat}
td.words{min-width:11em}
td.code{white-space:nowrap}
thead td{border-bottom:2px solid var(--line);background:var(--pale)}
thead tr:not(:last-child) td{border-bottom:0}
table+table,.scroll+.scroll,.tall+.scroll{margin-top:18px}
th.g{text-align:center;border-bottom:1px solid var(--line)}
th.g,th.g+th.g{border-left:1px solid var(--line)}
.tall thead{position:sticky;top:0;z-index:1}
:where(td:not(.n,.code)){overflow-wrap:anywhere;min-width:9em}
:where(td.n,td.code)+td:last-child:not(.n){min-width:14em}
th button{font:inherit;font-weight:700;color:inherit;background:none;border:0;padding:0;text-align:inherit;cursor:pointer}
th button::after{content:'\\00a0↕';color:#5b6b79}
th[aria-sort=ascending] button::after{content:'\\00a0↑';color:inherit}
th[aria-sort=descending] button::after{content:'\\00a0↓';color:inherit}
button.link{font:inherit;color:var(--blue);background:none;border:0;padding:0;text-align:left;cursor:pointer;text-decoration:underline;text-decoration-color:#a9c3da;text-underline-offset:2px;overflow-wrap:anywhere}
th button.link{font-weight:400}
th button.link::after{content:none}
.tag{display:inline-block;padding:0 8px;border-radius:9px;font-size:12.5px;white-space:nowrap;background:#dcebf6;color:#123f66}
.tag.partielle{background:#eef3f7;color:#33424f;box-shadow:inset 0 0 0 1px #b9c6d1}
.tag.non-couverte{background:#fbd9b0;color:#5b2f00;font-weight:600}
.tag.sans-population{background:#e7e7e7;color:#444}
.limit{font-size:12px;color:var(--ink);border:1px dashed #55636f;border-radius:9px;padding:0 6px;white-space:nowrap}
.filters{display:flex;flex-wrap:wrap;gap:8px 22px;align-items:center;margin:10px 0;font-size:14px}
.filters output{color:var(--soft)}
input[type=search],select{font:inherit;font-size:15px;padding:5px 10px;border:1px solid #74838f;border-radius:4px;background:#fff;color:inherit}
`;

const MAP = `
.with-script,.map-grid,.with-map{display:none}
.js .with-script{display:flex}
.js .static-maps>figure{display:none}
.js .static-maps>figure.current{display:block}
.static-maps path.picked{stroke:#111;stroke-width:2.6}
.js .static-maps path[data-c]{cursor:pointer}
.map-tools{flex-direction:column;gap:10px;margin:10px 0}
fieldset{border:0;margin:0;padding:0;min-width:0}
legend{font-weight:600;font-size:14px;padding:0;margin-bottom:4px}
.modes{display:flex;flex-wrap:wrap;gap:6px}
.modes legend{float:left;width:100%}
.modes label{position:relative}
.modes input{position:absolute;opacity:0;inset:0;width:100%;height:100%;margin:0;cursor:pointer}
.modes span{display:block;padding:6px 13px;border:1px solid #74838f;border-radius:18px;font-size:14px;background:#fff}
.modes b{font-weight:600;margin-left:4px}
.modes input:checked+span{background:var(--deep);border-color:var(--deep);color:#fff;text-decoration:underline;text-underline-offset:3px}
.modes input:focus-visible+span{outline:3px solid #0b63ce;outline-offset:2px}
.search{display:flex;flex-wrap:wrap;gap:4px 10px;align-items:center;font-size:14px}
.search label{font-weight:600}
.search input{width:280px;max-width:100%}
.search p{margin:0;color:var(--orange)}
.has-map .map-grid{display:grid;grid-template-columns:minmax(0,1fr) 272px;gap:18px;align-items:start}
.has-map p.with-map{display:block}
.has-map .static-maps{display:none}
.js .map-grid{display:block}
.js.has-map .map-grid{display:grid}
.js:not(.has-map) :is(.map-frame,.map-side fieldset,.legend-box){display:none}
.map-frame{position:relative;height:clamp(440px,calc(100vh - 150px),700px);border:1px solid var(--line);border-radius:4px;overflow:hidden}
#carte{position:absolute;inset:0}
.map-buttons{position:absolute;top:10px;left:10px;display:grid;gap:4px;z-index:2}
.map-buttons button{width:34px;height:34px;font-size:20px;line-height:1;border:1px solid #74838f;border-radius:4px;background:#fff;color:var(--ink);cursor:pointer}
.north{position:absolute;top:10px;right:12px;z-index:2;display:grid;justify-items:center;font-size:12px;font-weight:700;line-height:1.1;pointer-events:none}
.attribution{position:absolute;right:0;bottom:0;z-index:2;background:rgba(255,255,255,.86);padding:2px 8px;font-size:11px;color:#33424f;max-width:calc(100% - 150px)}
#carte-bulle{position:absolute;z-index:3;max-width:260px;background:#fff;border:1px solid #74838f;border-radius:4px;padding:5px 9px;font-size:13px;line-height:1.35;pointer-events:none;box-shadow:0 2px 8px rgba(0,0,0,.18);overflow-wrap:anywhere}
#carte-bulle[hidden]{display:none}
.map-side{font-size:14px;display:grid;gap:14px}
.map-side label{display:flex;gap:6px;align-items:baseline;padding:2px 0}
.map-side h3{margin:0;font-size:14px}
.map-side input{margin:0;flex:none;position:relative;top:1px}
#fiche{position:relative;background:var(--pale);border:1px solid var(--line);border-left:5px solid var(--blue);border-radius:4px;padding:10px 14px}
#fiche[hidden]{display:none}
#fiche h3{font-size:16px;margin:0 26px 6px 0;overflow-wrap:anywhere}
#fiche dl{margin:0;display:grid;grid-template-columns:1fr auto;gap:2px 12px}
#fiche dt{color:var(--soft)}
#fiche dd{margin:0;text-align:right;font-weight:600;overflow-wrap:anywhere}
#fiche dt:last-of-type,#fiche dd:last-of-type{grid-column:1/-1;text-align:left}
#fiche-fermer{position:absolute;top:6px;right:6px;width:28px;height:28px;border:0;background:none;font-size:20px;line-height:1;cursor:pointer;color:var(--ink)}
#legende ul{list-style:none;margin:0;padding:0}
#legende li{display:flex;gap:9px;align-items:center;padding:1.5px 0;line-height:1.3}
#legende h4{margin:8px 0 3px;font-size:13px;font-weight:600;color:var(--soft)}
.swatch{flex:none;width:26px;height:15px;border:1px solid #8a949d}
.swatch.hatched{background:repeating-linear-gradient(-45deg,#fff 0 4px,#8a5a2c 4px 5.5px)}
.stroke{flex:none;width:26px;border-top:2.5px solid #333}
.stroke.dashed{border-top:2.5px dashed #1b2733}
.symbol{flex:none;width:26px;height:18px;text-align:center}
.maplibregl-map{overflow:hidden;position:relative;font:12px/20px system-ui,sans-serif}
#carte.maplibregl-map{position:absolute}
.maplibregl-canvas{position:absolute;left:0;top:0}
.maplibregl-canvas-container.maplibregl-interactive{cursor:grab;user-select:none}
.maplibregl-canvas-container.maplibregl-interactive:active{cursor:grabbing}
.maplibregl-canvas-container.maplibregl-touch-zoom-rotate.maplibregl-cooperative-gestures,.maplibregl-cooperative-gestures .maplibregl-canvas{touch-action:pan-x pan-y}
.maplibregl-ctrl-bottom-left{position:absolute;left:10px;bottom:8px;z-index:2;pointer-events:none}
.maplibregl-ctrl-top-left,.maplibregl-ctrl-top-right,.maplibregl-ctrl-bottom-right{display:none}
.maplibregl-ctrl-scale{background:rgba(255,255,255,.86);border:2px solid #1b2733;border-top:0;padding:0 6px;color:#1b2733;white-space:nowrap;font-size:12px;line-height:18px}
.maplibregl-cooperative-gesture-screen{position:absolute;inset:0;z-index:4;display:flex;justify-content:center;align-items:center;padding:1rem;background:rgba(18,50,79,.55);color:#fff;font-size:20px;opacity:0;pointer-events:none;visibility:hidden;transition:opacity .8s,visibility 0s .8s}
.maplibregl-cooperative-gesture-screen.maplibregl-show{opacity:1;visibility:visible;transition:opacity .05s}
.maplibregl-cooperative-gesture-screen .maplibregl-mobile-message{display:none}
@media (hover:none){.maplibregl-cooperative-gesture-screen .maplibregl-desktop-message{display:none}.maplibregl-cooperative-gesture-screen .maplibregl-mobile-message{display:block}}
`;

const NARROW = `
@media (max-width:820px){
nav ul{flex-wrap:nowrap;overflow-x:auto}
main,header>div,footer>div,nav ul{padding-left:14px;padding-right:14px}
header h1{font-size:24px}
.hero{grid-template-columns:1fr;padding:14px 16px}
.hero .rate{font-size:48px}
.hero p{font-size:16px}
.has-map .map-grid{grid-template-columns:minmax(0,1fr)}
.map-frame{height:min(460px,68vh)}
.search,.search input{width:100%}
.filters label{flex-wrap:wrap}
.small-maps{grid-template-columns:1fr 1fr}
.small-maps figcaption{font-size:12.5px}
}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
`;

const PRINT = `
@page{size:A4;margin:14mm 13mm}
@media print{
body{font-size:10pt}
nav,.skip,.map-tools,.js .map-grid,.no-print,p.with-map,.filters,.js .with-script,#sans-webgl{display:none!important}
.has-map .static-maps{display:block}
main,header>div,footer>div{padding:0;max-width:none}
header{background:#fff;color:#000;padding:0 0 10px;border-bottom:3px solid var(--deep)}
header h1{font-size:20pt}
header p{color:#333}
.hero{padding:10px 14px;background:#fff;border:1px solid var(--line);border-left:6px solid var(--blue)}
.hero .rate{font-size:38pt}
.hero p{font-size:11.5pt}
.cards{grid-template-columns:repeat(auto-fit,minmax(38mm,1fr));gap:8px;margin-top:8px}
.card{padding:7px 9px}
.card h3{font-size:9.5pt}
.card p{font-size:8pt;margin:4px 0}
.card .rate{font-size:17pt}
.small-maps{grid-template-columns:repeat(auto-fit,minmax(32mm,1fr));gap:8px}
.small-maps figcaption{font-size:7.5pt}
.tall,.scroll,.bands{max-height:none;overflow:visible;border:0}
.bands svg{min-width:0}
.tall thead{position:static}
thead{display:table-header-group}
table{font-size:8.5pt}
th,td{padding:2.5px 5px}
td.pair small{font-size:7.5pt}
tbody th{min-width:8.5em}
:where(td:not(.n,.code)){min-width:5.5em}
thead th{font-size:7.4pt;hyphens:auto}
button,th button{display:contents}
.note{font-size:9pt}
table:has(thead th:nth-child(11)){zoom:.8}
table:has(thead th:nth-child(11)) tbody th{min-width:11em}
#temps tbody th{min-width:6em}
.tag,.limit{font-size:7pt}
#table-communes{font-size:7.5pt}
#table-communes tbody th{min-width:9.5em}
td.words{min-width:10em}
#table-communes td,#table-communes th{padding:2px 4px}
th button::after,th[aria-sort] button::after{content:none}
button.link{color:inherit;text-decoration:none}
section{margin:18px 0}
.js:not(.laid-out) :is(section:not(#essentiel,#cartes),.small-maps){content-visibility:visible}
h2,h3,caption{break-after:avoid}
tr,figure,.card,.hero{break-inside:avoid}
tr[hidden]{display:none}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;

export const STYLE = [PAGE, TABLES, MAP, NARROW, PRINT].map((part) => part.trim()).join('\n');
