/** One style sheet, inline: the page must work without any other host. Colours as in the Hub, lapis on a quiet grey. */
export const PAGE_STYLE = `
:root { color-scheme: light dark;
  --bg: oklch(0.978 0.003 265); --card: oklch(1 0 0); --well: oklch(0.972 0.003 265); --line: oklch(0.918 0.005 265);
  --text: oklch(0.205 0.014 265); --second: oklch(0.455 0.015 265); --third: oklch(0.535 0.015 265);
  --primary: oklch(0.505 0.196 268); --primary-hover: oklch(0.46 0.196 268); --link: oklch(0.47 0.19 268); --ring: oklch(0.58 0.19 268);
  --ok: oklch(0.44 0.1 157); --bad: oklch(0.5 0.185 27); --again: oklch(0.5 0.135 46); --control: oklch(0.66 0.014 265); }
@media (prefers-color-scheme: dark) { :root {
  --bg: oklch(0.16 0.007 265); --card: oklch(0.205 0.009 265); --well: oklch(0.178 0.008 265); --line: oklch(0.288 0.011 265);
  --text: oklch(0.945 0.005 265); --second: oklch(0.745 0.012 265); --third: oklch(0.665 0.014 265);
  --primary: oklch(0.56 0.19 268); --primary-hover: oklch(0.52 0.19 268); --link: oklch(0.775 0.115 268); --ring: oklch(0.68 0.16 268);
  --ok: oklch(0.78 0.12 157); --bad: oklch(0.74 0.13 24); --again: oklch(0.78 0.12 60); --control: oklch(0.53 0.014 265); } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--text); font: 14px/1.5 ui-sans-serif, system-ui, sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 1080px; margin: 0 auto; padding: 40px 24px 64px; display: grid; gap: 16px; }
header { display: flex; flex-wrap: wrap; gap: 16px 32px; align-items: end; justify-content: space-between; margin-bottom: 8px; }
header > div { flex: 1 1 420px; max-width: 64ch; }
h1 { margin: 0 0 4px; font-size: 22px; line-height: 30px; font-weight: 600; letter-spacing: -0.012em; }
h2 { margin: 0; font-size: 14px; line-height: 20px; font-weight: 600; }
h3 { margin: 0; font-size: 13px; line-height: 20px; font-weight: 600; }
p { margin: 0; color: var(--second); }
a { color: var(--link); }
code, pre { font: 12px/19px ui-monospace, "Geist Mono", SFMono-Regular, Menlo, monospace; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; min-width: 0; }
section > .head { padding: 12px 16px; display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: baseline; border-bottom: 1px solid var(--line); }
.head p { font-size: 13px; }
.body { padding: 12px 16px 16px; display: grid; gap: 12px; min-width: 0; }
.door { display: grid; grid-template-columns: 190px minmax(0, 1fr); gap: 8px 12px; align-items: start; }
.door h3 { padding-top: 8px; }
.door .curl + .curl { grid-column: 2; }
.curl { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-items: start; background: var(--well); border: 1px solid var(--line); border-radius: 6px; }
pre { margin: 0; padding: 8px 4px 8px 12px; white-space: pre-wrap; overflow-wrap: anywhere; }
button, select { font: 500 13px/20px inherit; font-family: inherit; border-radius: 6px; cursor: pointer; min-height: 36px; }
.copy { margin: 3px; min-height: 28px; padding: 2px 8px; font-size: 12px; background: var(--card); color: var(--second); border: 1px solid var(--line); }
.copy:hover { color: var(--text); }
.emit { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.emit [role=status] { flex: 1 1 240px; min-width: 0; font-size: 13px; color: var(--second); overflow-wrap: anywhere; }
.primary { padding: 6px 14px; border: 0; background: var(--primary); color: #fff; }
.primary:hover { background: var(--primary-hover); }
.primary:disabled { opacity: 0.6; cursor: default; }
select { padding: 6px 10px; background: var(--card); color: var(--text); border: 1px solid var(--control); }
:focus-visible { outline: 2px solid var(--ring); outline-offset: 2px; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 13px; }
th { text-align: left; font-size: 11px; line-height: 16px; font-weight: 500; color: var(--third); background: var(--well); padding: 8px 16px; white-space: nowrap; }
td { padding: 7px 16px; border-top: 1px solid var(--line); vertical-align: top; }
td.wide { overflow-wrap: anywhere; min-width: 150px; }
td.now, th.now { white-space: nowrap; }
.empty { padding: 16px; color: var(--second); font-size: 13px; }
.delivered { color: var(--ok); } .failed { color: var(--bad); } .pending { color: var(--second); } .retry { color: var(--again); }
.delivered::before { content: "● "; } .failed::before { content: "✕ "; } .pending::before { content: "○ "; } .retry::before { content: "↻ "; }
#live { display: contents; }
.why { color: var(--second); }
@media (max-width: 760px) {
  main { padding: 24px 16px 48px; }
  .door { grid-template-columns: minmax(0, 1fr); }
  .door h3 { padding-top: 0; }
  .door .curl + .curl { grid-column: 1; }
  td, th { padding-left: 12px; padding-right: 4px; }
  td:last-child { padding-right: 12px; }
  .extra { display: none; }
}
`;
