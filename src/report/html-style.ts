/**
 * The report's style sheet and its one script (sort and filter of the table of communes). Both stand inside the
 * file, so that it works offline; without the script the report reads just the same.
 */

export const STYLE = `
:root{--ink:#1b2733;--soft:#51606d;--line:#d9e0e6;--blue:#1f5f99;--pale:#f3f7fa;--orange:#b35900}
*{box-sizing:border-box}
body{margin:0;font:16px/1.5 system-ui,'Segoe UI','DejaVu Sans',sans-serif;color:var(--ink);background:#fff}
main,header>div,footer>div{max-width:1120px;margin:0 auto;padding:0 24px}
header{background:#12324f;color:#fff;padding:28px 0 24px}
header h1{margin:0;font-size:30px;line-height:1.2}
header p{margin:6px 0 0;color:#cfe0ee}
.fictional{display:inline-block;margin-top:12px;padding:4px 12px;border-radius:4px;background:#ffe2b8;color:#5b3200;font-weight:600}
section{margin:36px 0}
h2{font-size:22px;margin:0 0 10px;padding-bottom:6px;border-bottom:2px solid var(--line)}
h3{font-size:17px;margin:22px 0 8px}
p{margin:8px 0;max-width:78ch}
.note{color:var(--soft);font-size:14px}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:16px}
.card{border:1px solid var(--line);border-top:5px solid var(--blue);border-radius:6px;padding:14px 18px;background:var(--pale)}
.card h3{margin:0}
.card .rate{font-size:40px;font-weight:700;line-height:1.15;color:var(--blue)}
.card p{font-size:15px}
.card .left{color:var(--orange)}
figure{margin:12px 0}
figure svg{max-width:100%;height:auto}
.small-maps{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:16px}
.small-maps figcaption{font-weight:600}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}
th,td{padding:5px 10px;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}
thead th{background:var(--pale);border-bottom:2px solid var(--line);vertical-align:bottom}
td.n,th.n{text-align:right}
td.n{white-space:nowrap}
thead td{border:0;background:var(--pale)}
th.g{text-align:center;border-bottom:1px solid var(--line)}
th.g,th.g+th.g{border-left:1px solid var(--line)}
.tall{max-height:640px;overflow:auto;border:1px solid var(--line)}
.tall thead{position:sticky;top:0}
th button{all:unset;cursor:pointer;font-weight:700}
th button:focus-visible{outline:2px solid var(--blue)}
.tag{display:inline-block;padding:0 7px;border-radius:9px;font-size:12px;white-space:nowrap;background:#dcebf6;color:#123f66}
.tag.partielle{background:#eef3f7;color:#33424f}
.tag.non-couverte{background:#fbd9b0;color:#5b2f00;font-weight:600}
.tag.sans-population{background:#e7e7e7;color:#444}
.limit{font-size:12px;color:var(--soft)}
input[type=search]{font:inherit;padding:5px 10px;border:1px solid #9fb0be;border-radius:4px;min-width:280px;margin-bottom:8px}
code{font-size:12px;word-break:break-all}
td.wide{word-break:break-word}
footer{background:var(--pale);border-top:1px solid var(--line);padding:18px 0;color:var(--soft);font-size:14px}
@media print{.tall{max-height:none;overflow:visible;border:0}.tall thead{position:static}input[type=search]{display:none}header{background:#fff;color:#000;border-bottom:3px solid #12324f}header p{color:#333}section{break-inside:auto}tr,figure,.card{break-inside:avoid}}
`.trim();

/** Sorts on a heading's button by `data-v` (number or text), filters rows by name or code without accents. */
export const SCRIPT = `
(function(){
  var table=document.getElementById('table-communes');
  if(!table)return;
  var body=table.tBodies[0],rows=Array.prototype.slice.call(body.rows);
  function plain(s){return s.normalize('NFD').replace(/[\\u0300-\\u036f]/g,'').toLowerCase()}
  var field=document.getElementById('filtre-communes');
  field.addEventListener('input',function(){
    var q=plain(field.value.trim());
    rows.forEach(function(r){r.hidden=q!==''&&plain(r.cells[0].textContent+' '+r.cells[1].textContent).indexOf(q)<0});
  });
  Array.prototype.forEach.call(table.querySelectorAll('th button'),function(button){
    var up=true,column=Number(button.getAttribute('data-c'));
    button.addEventListener('click',function(){
      var way=up?1:-1;up=!up;
      rows.sort(function(a,b){
        var x=a.cells[column].getAttribute('data-v'),y=b.cells[column].getAttribute('data-v');
        if(x===''||y==='')return x===y?0:x===''?1:-1;
        var d=Number(x)-Number(y);
        return way*(isNaN(d)?x.localeCompare(y):d);
      });
      rows.forEach(function(r){body.appendChild(r)});
    });
  });
})();
`.trim();
