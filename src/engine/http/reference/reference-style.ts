/** The look of the reference page: the Hub's neutrals and accent, in system fonts, light or dark as the reader's system is. */
export const REFERENCE_STYLE = `
:root {
  color-scheme: light dark;
  --bg: light-dark(oklch(1 0 0), oklch(0.178 0.008 265));
  --side: light-dark(oklch(0.977 0.003 265), oklch(0.155 0.007 265));
  --well: light-dark(oklch(0.972 0.003 265), oklch(0.215 0.009 265));
  --hover: light-dark(oklch(0.955 0.004 265), oklch(0.272 0.012 265));
  --fg: light-dark(oklch(0.205 0.014 265), oklch(0.945 0.005 265));
  --second: light-dark(oklch(0.455 0.015 265), oklch(0.745 0.012 265));
  --line: light-dark(oklch(0.918 0.005 265), oklch(0.288 0.011 265));
  --link: light-dark(oklch(0.47 0.19 268), oklch(0.775 0.115 268));
  --ok: light-dark(oklch(0.44 0.1 157), oklch(0.805 0.11 159));
  --warn: light-dark(oklch(0.475 0.1 72), oklch(0.845 0.105 86));
  --bad: light-dark(oklch(0.5 0.185 27), oklch(0.8 0.11 24));
  --ring: light-dark(oklch(0.58 0.19 268), oklch(0.68 0.16 268));
  --words: ui-sans-serif, system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif;
  --machine: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
* { box-sizing: border-box; }
html { scroll-padding-top: 16px; }
body { margin: 0; display: grid; grid-template-columns: 208px minmax(0, 1fr); background: var(--bg); color: var(--fg); font: 14px/1.5 var(--words); }
nav { position: sticky; top: 0; align-self: start; height: 100vh; overflow-y: auto; padding: 20px 16px; background: var(--side); border-right: 1px solid var(--line); }
nav ul { list-style: none; margin: 16px 0 0; padding: 0; }
nav li { display: flex; justify-content: space-between; align-items: center; }
nav a { flex: 1; padding: 4px 8px; border-radius: 6px; color: var(--fg); text-decoration: none; }
nav a:hover { background: var(--hover); }
.version, small { color: var(--second); font-size: 12px; font-weight: 400; }
.version { display: block; }
main { max-width: 1060px; padding: 24px 32px 96px; min-width: 0; }
h1 { font-size: 22px; line-height: 30px; letter-spacing: -0.012em; margin: 0 0 8px; }
h2 { font-size: 16px; line-height: 24px; margin: 32px 0 8px; }
h4 { font-size: 12px; line-height: 16px; color: var(--second); margin: 16px 0 4px; }
p { margin: 0 0 8px; max-width: 78ch; }
a { color: var(--link); }
code, pre { font-family: var(--machine); font-size: 12px; }
p code, td code { overflow-wrap: break-word; }
section > details { border: 1px solid var(--line); border-bottom: 0; }
section > details:first-of-type { border-radius: 8px 8px 0 0; }
section > details:last-of-type { border-bottom: 1px solid var(--line); border-radius: 0 0 8px 8px; }
section > details:only-of-type { border-radius: 8px; }
summary { cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
section > details > summary { display: grid; grid-template-columns: 56px minmax(160px, 300px) minmax(0, 1fr) auto; gap: 12px; align-items: baseline; padding: 7px 12px; }
section > details > summary:hover { background: var(--hover); }
#records > details > summary { display: block; }
.method { font: 600 11px/16px var(--machine); color: var(--second); }
.get { color: var(--link); } .post, .patch, .put { color: var(--ok); } .delete { color: var(--bad); }
.path { overflow-wrap: anywhere; }
.what { color: var(--second); }
.access { font-size: 12px; color: var(--second); white-space: nowrap; border: 1px solid var(--line); border-radius: 4px; padding: 0 6px; }
.body { padding: 8px 12px 16px 80px; border-top: 1px solid var(--line); }
#records .body { padding-left: 12px; scroll-margin-top: 48px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th { text-align: left; font-size: 12px; font-weight: 500; color: var(--second); background: var(--well); }
th, td { padding: 4px 8px; border-bottom: 1px solid var(--line); vertical-align: top; }
td:first-child, th:first-child { white-space: nowrap; }
pre { margin: 0; padding: 8px 12px; overflow-x: auto; background: var(--well); border: 1px solid var(--line); border-radius: 6px; line-height: 19px; }
.answer { margin: 0 0 4px; }
.answer > summary::after { content: " ▸"; color: var(--second); }
.answer[open] > summary::after { content: " ▾"; }
.status { display: inline-block; min-width: 32px; font: 600 12px/18px var(--machine); }
.s2 { color: var(--ok); } .s4 { color: var(--warn); } .s5 { color: var(--bad); }
:focus-visible { outline: 2px solid var(--ring); outline-offset: 2px; border-radius: 4px; }
@media (max-width: 760px) {
  body { display: block; }
  nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); }
  nav ul { display: flex; flex-wrap: wrap; gap: 4px; }
  nav li small { display: none; }
  main { padding: 16px; }
  section > details > summary { grid-template-columns: 52px minmax(0, 1fr) auto; }
  .what { grid-column: 2 / -1; grid-row: 2; }
  .body { padding-left: 12px; }
}
`;
