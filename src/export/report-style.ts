/** How a report looks, on screen in light and dark, and on paper. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
dl { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: .5rem 0; }
dt { font-size: .8rem; opacity: .75; }
dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .2rem .6rem .2rem 0; overflow-wrap: break-word; }
td.end { min-width: 13ch; overflow-wrap: anywhere; }
td.words { min-width: 22ch; }
td.short { white-space: nowrap; }
tr { border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent); }
.sentence { font-size: 1.15rem; }
figure { margin: 1rem 0; }
svg { max-width: 100%; height: auto; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .6rem; background: color-mix(in srgb, currentColor 7%, transparent); }
h5 { margin: .8rem 0 .2rem; }
@media screen and (max-width: 62rem) { table { display: block; overflow-x: auto; } }
@page { margin: 12mm; }
@media print {
  :root { color-scheme: light; }
  body { margin: 0; max-width: none; font-size: 10pt; }
  h1, h2, h3, h4, h5 { break-after: avoid; }
  dl, li, figure, tr, pre { break-inside: avoid; }
  section:has(figure) + section:has(figure) { break-before: page; }
  table { font-size: 7pt; }
  details:not([open]) { display: none; }
  thead { display: table-header-group; }
}
`;
