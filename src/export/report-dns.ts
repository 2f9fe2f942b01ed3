import { pairNames } from '../analysis/dns/report.ts';
import { signsOf } from '../analysis/dns/signs.ts';
import type { Case } from '../analysis/report/case.ts';
import type { Report } from '../analysis/report/report.ts';
import { textsOf } from '../analysis/memory/text-pool.ts';
import { escaped } from './markup.ts';
import { dnsRemarks } from '../analysis/report/row-remarks.ts';
import { remarkText } from './remarks.ts';
import { timeText } from './value-text.ts';

const HEADINGS = [
  'Client',
  'Domain',
  'Signs of a tunnel',
  'Queries',
  'Subdomains',
  'Types',
  'First',
  'Last',
  'Verdict, tags and note',
] as const;

/** The domains that something was said of, as a table in HTML; '' without any. */
export function dnsSection({ dns }: Pick<Report, 'dns'>, remarks: Case): string {
  const remarkOf = dnsRemarks({ dns }, remarks);
  const namesOf = pairNames(dns);
  const texts = textsOf(dns.texts);
  const lines: string[] = [];
  for (let row = 0; row < dns.length; row++) {
    const remark = remarkOf(row);
    if (remark === null) continue;
    const { client, domain, resolver } = namesOf(row);
    const cells = [
      client,
      domain || `through ${resolver}`,
      dns.rules[row] === 0 ? 'none' : signsOf({ dns }, row),
      String(dns.queries[row]),
      String(dns.subdomains[row]),
      texts[dns.types[row]],
      timeText(dns.firstMs[row]),
      timeText(dns.lastMs[row]),
      remarkText(remark),
    ];
    lines.push(`<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`);
  }
  if (lines.length === 0) return '';
  return `<h2>DNS</h2>
<table><thead><tr>${HEADINGS.map((heading) => `<th>${heading}</th>`).join('')}</tr></thead>
<tbody>
${lines.join('\n')}
</tbody></table>
`;
}
