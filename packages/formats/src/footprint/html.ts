import type { Line, Report, ReportPart } from './report.ts';

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);
}

// Colours as in the screens; what is printed is black on white.
const STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1d1d1b; --muted: #5c5b57; --line: #dcdad4; --accent: #1f4e79; }
@media screen and (prefers-color-scheme: dark) {
  :root { --paper: #1d1e20; --ink: #e9e7e2; --muted: #a9a7a0; --line: #44464a; --accent: #8fc1ee; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 Charter, Georgia, "Times New Roman", serif; }
main { max-width: 860px; margin: 0 auto; padding: 40px 20px 80px; overflow-wrap: anywhere; }
h1 { margin: 0 0 8px; font-size: 30px; line-height: 1.2; }
h2 { margin: 44px 0 12px; padding-bottom: 4px; border-bottom: 1px solid var(--line); font-size: 22px; line-height: 1.3; }
h3 { margin: 30px 0 6px; font-size: 17px; line-height: 1.35; }
p { margin: 0 0 8px; white-space: pre-line; }
header { margin-bottom: 28px; }
.muted { color: var(--muted); font-size: 14px; }
.strong { font-weight: 600; }
.quote { padding-inline-start: 14px; border-inline-start: 3px solid var(--line); }
.entries { margin: 12px 0 0; padding: 0; list-style: none; }
.entries > li { margin: 0 0 14px; padding: 2px 0 2px 16px; border-left: 3px solid var(--accent); }
.entries .quote { padding: 0; border: 0; }
.wide { overflow-x: auto; }
.wide:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
table { width: 100%; min-width: 620px; margin: 16px 0 24px; border-collapse: collapse; table-layout: fixed; font-size: 14.5px; }
caption { padding-bottom: 6px; color: var(--muted); text-align: start; }
th, td { padding: 8px 10px; border: 1px solid var(--line); text-align: start; vertical-align: top; }
td .quote { padding: 0; border: 0; }
@page { margin: 18mm 16mm; }
@media print {
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  h1, h2, h3 { break-after: avoid; }
  h2, h3, p, tr { orphans: 3; widows: 3; }
  table { min-width: 0; font-size: 9.5pt; }
  thead { display: table-header-group; }
}`;

/** One paragraph; it runs in the direction of its own first letter. */
function lineHtml({ text, tone }: Line): string {
  return `<p dir="auto"${tone === undefined ? '' : ` class="${tone}"`}>${escaped(text)}</p>`;
}

function partHtml(part: ReportPart): string {
  switch (part.kind) {
    case 'heading': {
      const id = part.id === undefined ? '' : ` id="${escaped(part.id)}"`;
      return `<h${part.level} dir="auto"${id}>${escaped(part.text)}</h${part.level}>`;
    }
    case 'text':
      return lineHtml(part);
    case 'entries':
      return `<ul class="entries">\n${part.entries.map((lines) => `<li>${lines.map(lineHtml).join('')}</li>`).join('\n')}\n</ul>`;
    case 'table': {
      const { caption, columns, rows } = part;
      const head = columns
        .map(({ label, share }) => `<th scope="col" style="width: ${share}%">${escaped(label)}</th>`)
        .join('');
      const body = rows.map(
        (cells) => `<tr>${cells.map((lines) => `<td>${lines.map(lineHtml).join('')}</td>`).join('')}</tr>`,
      );
      // Wider than a phone: it scrolls by itself, also with the keyboard.
      return `<div class="wide" tabindex="0" role="region" aria-label="${escaped(caption)}"><table><caption>${escaped(caption)}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body.join('\n')}
</tbody></table></div>`;
    }
  }
}

/** A report as one page that needs nothing beside itself, and runs nothing. */
export function writeHtml({ title, lines, parts }: Report): Uint8Array {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped([title, ...lines.slice(0, 1)].join(' · '))}</title>
<style>${STYLE}
</style>
</head>
<body>
<main>
<header>
<h1 dir="auto">${escaped(title)}</h1>
${lines.map((text) => lineHtml({ text, tone: 'muted' })).join('\n')}
</header>
${parts.map(partHtml).join('\n')}
</main>
</body>
</html>
`;
  return new TextEncoder().encode(html);
}
