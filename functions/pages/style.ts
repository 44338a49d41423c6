import { pageStyleSheetIn, palettesIn } from '../mail/layout.ts';

/** Styles for pages only, in addition to the design shared with emails: choices, fields, a second column, the story. */
const heat = {
  light: {
    heat0: '#eaf3f9',
    heat1: '#c3dced',
    heat2: '#8fbfdd',
    heat3: '#2f7aa8',
    heat4: '#0b5a8a',
    onHeat: '#ffffff',
  },
  dark: {
    heat0: '#1d2b36',
    heat1: '#24435a',
    heat2: '#2c5f82',
    heat3: '#5aa6d6',
    heat4: '#7cc4f2',
    onHeat: '#06202f',
  },
} as const;

const extra = {
  light: { error: '#a11a0b', errorTint: '#fdeeec', done: '#e6f4ea', doneLine: '#2c7a43', ...heat.light },
  dark: { error: '#ffb3a7', errorTint: '#3a1d19', done: '#16301e', doneLine: '#7fd39a', ...heat.dark },
} as const;

const properties = (of: Readonly<Record<string, string>>) =>
  Object.entries(of)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');

function coloursIn(color: string | undefined): string {
  const { light, dark } = palettesIn(color);
  return (
    `:root{${properties({ ...light, ...extra.light })}}` +
    `@media (prefers-color-scheme:dark){:root{${properties({ ...dark, ...extra.dark })}}}`
  );
}

const wrap = 'overflow-wrap:anywhere;word-break:break-word';

const onScreen = `
*{box-sizing:border-box}
body{background:var(--page);color:var(--text);${wrap}}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
[tabindex='-1']:focus-visible{outline:0}
.shell{max-width:1080px;margin:0 auto;padding:20px 20px 40px}
.shell.narrow{max-width:640px}
.from{margin:0 0 16px;font-weight:600;color:var(--accent)}
.from span{font-weight:400;color:var(--muted)}
h1{margin:0 0 10px;font-size:26px;line-height:1.2;letter-spacing:-.01em}
h2{margin:0 0 12px;font-size:18px;line-height:1.3}
h3{margin:22px 0 8px;font-size:16px}
p{margin:0 0 12px}
.panel{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:24px}
.board{display:grid;gap:16px;grid-template-columns:minmax(0,1fr);align-items:start}
h2+h3,h2+dl{margin-top:0}
form+h2{margin-top:26px}
a[href^=tel]{white-space:nowrap}
.now{font-size:18px;font-weight:600;line-height:1.4}
.muted,.hint{color:var(--muted);font-size:15px}
.late{color:var(--error)}
dl{margin:16px 0 0}
dl>div{display:flex;flex-wrap:wrap;gap:2px 16px;padding:10px 0;border-top:1px solid var(--line)}
dt{flex:0 0 128px;color:var(--muted);font-size:15px}
dd{flex:1 1 200px;margin:0}
ul.plain{margin:0;padding:0 0 0 20px}
ul.plain li{margin:0 0 6px}
.notice{margin:0 0 16px;padding:16px 20px;border-radius:12px;background:var(--done);border-inline-start:5px solid var(--doneLine)}
.notice p:last-child{margin:0}
.notice.wrong{background:var(--errorTint);border-color:var(--error)}
.notice form{margin:12px 0 0}
form{margin:0}
.apart{margin-top:16px}
.choices{display:grid;gap:10px}
button,summary,.button-like{font:inherit;color:inherit;cursor:pointer}
.row{display:block;width:100%;min-height:56px;padding:12px 16px;text-align:start;background:var(--card);border:1px solid var(--line);border-inline-start:5px solid var(--accent);border-radius:10px}
.choices{margin:0;padding:0;list-style:none}
a.row{color:inherit;text-decoration:none}
.row:hover{background:var(--tint)}
.row .says{display:block;font-size:17px;font-weight:600}
.row .next{display:block;margin-top:2px;color:var(--muted);font-size:15px;line-height:1.4}
.row.filled,.row.filled:hover{color:var(--onAccent);background:var(--accent);border-color:var(--accent)}
.row.filled .next{color:inherit}
summary.row.filled::after{border-color:var(--onAccent)}
.fold{margin-top:18px}
.fold>summary{padding:12px 0;font-weight:600;color:var(--accent)}
.fold>.choices{margin-top:8px}
.fold.whole{margin-top:0;border-top:1px solid var(--line)}
.fold.whole h3{display:inline;margin:0}
summary.row{list-style:none;position:relative;padding-inline-end:44px}
summary.row::-webkit-details-marker{display:none}
summary.row::after{content:'';position:absolute;inset-inline-end:20px;top:22px;width:9px;height:9px;border:solid var(--accent);border-width:0 2.5px 2.5px 0;transform:rotate(45deg)}
details[open]>summary.row::after{top:27px;transform:rotate(225deg)}
details[open]>summary.row{border-end-start-radius:0;border-end-end-radius:0}
.more{padding:16px;border:1px solid var(--line);border-top:0;border-inline-start:5px solid var(--accent);border-radius:0 0 10px 10px}
label{display:block;margin:0 0 6px;font-weight:600}
input,select,textarea{display:block;width:100%;min-height:50px;margin:0 0 12px;padding:11px 12px;font:inherit;font-size:17px;color:var(--text);background:var(--card);border:1px solid var(--muted);border-radius:8px}
textarea{min-height:84px}
[aria-invalid=true]{border:2px solid var(--error)}
.error{margin:0 0 8px;color:var(--error);font-weight:600}
.press{min-height:50px;padding:12px 22px;font-size:17px;font-weight:600;color:var(--onAccent);background:var(--accent);border:1px solid var(--accent);border-radius:10px}
.press.quiet-press{color:var(--accent);background:transparent}
.press+.hint{margin:8px 0 0}
.choosing form+.choices,.choosing p+form+.choices{margin-top:16px}
.story{margin:0;padding:0;list-style:none}
.story li{padding:9px 0;border-top:1px solid var(--line)}
.story li:first-child{border-top:0}
.story time{display:block;color:var(--muted);font-size:14px}
.foot{margin:20px 4px 0;color:var(--muted);font-size:14px}
.choices+h3{margin-top:26px}
.plain+.choices{margin-top:16px}
.lists table{width:100%;border-collapse:collapse;margin:12px 0 0}
.lists thead th{padding:6px 12px 6px 0;color:var(--muted);font-size:14px;font-weight:400;text-align:start}
.lists tbody th,.lists td{padding:12px 12px 12px 0;border-top:1px solid var(--line);font-weight:400;text-align:start;vertical-align:top}
.lists tbody th a{font-weight:600}
.lists tbody th .hint{display:block}
.fields{display:grid;gap:8px 12px;grid-template-columns:repeat(auto-fit,minmax(170px,1fr))}
.field label{margin:0 0 4px;font-size:14px;font-weight:400}
.field input{margin:0;min-height:44px;padding:8px 10px;font-size:16px}
.tick{display:flex;gap:10px;align-items:center}
.tick input{width:24px;min-height:24px;flex:none}
.tick label{margin:0}
fieldset{margin:0 0 16px;padding:12px 16px;border:1px solid var(--line);border-radius:10px}
legend{padding:0 6px;font-weight:600}
fieldset .tick{padding:6px 0}
fieldset .tick label{font-size:17px}
label .hint{font-weight:400}
.save{position:sticky;bottom:0;margin:16px 0 0;padding:12px 0;background:var(--card)}
.picture{display:block;width:100%;max-width:640px;height:auto;margin:0 0 8px}
.axis{stroke:var(--line)}
.scale{fill:var(--muted);font-size:13px}
.figure{fill:var(--text);font-size:14px;font-weight:600}
.drawn{fill:none;stroke:var(--accent);stroke-width:2.5}
.spot,.bar{fill:var(--accent)}
.heat-none{fill:var(--page)}
.heat-0{fill:var(--heat0)}.heat-1{fill:var(--heat1)}.heat-2{fill:var(--heat2)}.heat-3{fill:var(--heat3)}.heat-4{fill:var(--heat4)}
.heat-text{fill:var(--text);font-size:13px}
.heat-text-3,.heat-text-4{fill:var(--onHeat)}
.figures>summary{padding:8px 0;color:var(--accent);font-weight:600}
@media (max-width:720px){.lists table,.lists tbody,.lists tr,.lists tbody th,.lists td{display:block}.lists thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.lists tbody tr{padding:14px 0;border-top:1px solid var(--line)}.lists tbody th,.lists td{padding:2px 0;border:0}.lists td:empty{display:none}.lists.numbers td{display:inline-block;padding-inline-end:14px}.fields{margin-top:8px}}
@media (min-width:900px){.board.numbers{grid-template-columns:repeat(2,minmax(0,1fr))}.numbers>.whole{grid-column:1/-1}.board:not(.lists){grid-template-columns:minmax(0,6fr) minmax(0,5fr)}.board:not(.lists){grid-template-rows:auto auto 1fr}.about,.details,.history{grid-column:1}.choosing{grid-column:2;grid-row:1/span 3}}
@media (max-width:480px){.shell{padding:16px 0 32px}.from,.foot{margin-inline:20px}.panel{padding:20px;border-radius:0;border-inline-width:0}.notice{border-radius:0}h1{font-size:23px}}
`;

/** In print: what advisor and customer read together, on one page, without buttons. */
const onPaper = (color: string | undefined) => `
@media print{
:root{${properties({ ...palettesIn(color).light, ...extra.light, page: '#fff', muted: '#333' })}}
body,.panel{background:#fff;color:#000;font-size:13px;line-height:1.35}
.shell{max-width:none;padding:0}
.panel{border:0;padding:0}
.board{display:block}
.choosing,.history,.notice,.foot,.now,.about .muted{display:none}
.details{margin-top:8px}
.details h2{display:none}
.from{margin-bottom:6px}
h1{font-size:19px}
dl{margin-top:6px}
dl>div{padding:3px 0}
dt{font-size:13px}
.numbers>.panel{margin-bottom:14px}
.picture,.numbers tr{break-inside:avoid}
.picture{max-width:420px}
.figures::details-content{content-visibility:visible;block-size:auto;opacity:1}
.figures>summary{display:none}
}
`;

const oneLine = (css: string) => css.replaceAll('\n', '');

const sheets = new Map<string | undefined, string>();

/**
 * The style sheet in a store's own color, or in ours. A group has only a few colors, so each sheet is built once and
 * cached.
 */
export function styleSheetIn(color: string | undefined): string {
  const known = sheets.get(color);
  if (known !== undefined) return known;
  const made = pageStyleSheetIn(color) + coloursIn(color) + oneLine(onScreen) + oneLine(onPaper(color));
  sheets.set(color, made);
  return made;
}
