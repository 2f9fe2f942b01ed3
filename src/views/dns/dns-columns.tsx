import { formatDuration } from '../../analysis/durations.ts';
import { type PairNames, pairNames } from '../../analysis/dns/report.ts';
import { signsOf } from '../../analysis/dns/signs.ts';
import { textsOf } from '../../analysis/memory/text-pool.ts';
import type { Report } from '../../analysis/report/report.ts';
import { WEAK_RHYTHM } from '../../analysis/scores/rhythm-levels.ts';
import type { ListColumn } from '../controls/list-table.tsx';
import { formatBytes, formatCount, formatScore } from '../text/format.ts';
import { Labels } from '../text/labels.tsx';
import styles from './dns-pairs.module.css';

/** Subdomains from which RITA counts a domain's level up. */
const LEVELS = ['', '100 or more', '500 or more', '800 or more', '1,000 or more'] as const;

/** Where a client's questions went: "example.org", "through 192.0.2.1". */
function placeOf({ domain, resolver }: PairNames): string {
  return domain || `through ${resolver}`;
}

/** What a row of the list is: "example.org, asked for by 10.0.0.5". */
export function titleOf(names: PairNames): string {
  return `${placeOf(names)}, asked for by ${names.client}`;
}

/** What the list of domains says of each, the domain first. */
export function dnsColumns(report: Report): ListColumn[] {
  const { dns } = report;
  const namesOf = pairNames(dns);
  const texts = textsOf(dns.texts);
  const percent = (share: number): string => (Number.isNaN(share) ? '–' : `${Math.round(100 * share)} %`);
  const signs: ListColumn = {
    label: 'Signs',
    from: 860,
    key: (row) => (dns.rules[row] === 0 ? NaN : dns.rules[row]),
    prose: true,
    meaning: 'What of the rules for tunnels it meets',
    cell: (row) => (dns.rules[row] === 0 ? '' : signsOf(report, row)),
  };
  return [
    {
      label: 'Domain',
      key: (row) => namesOf(row).domain || namesOf(row).resolver,
      words: true,
      meaning: 'Registrable domain by the public suffix list; or the resolver, where a tunnel has no domain',
      cell: (row) => (
        <>
          {dns.rules[row] !== 0 && <span className={styles.tunnelMark}>◆ like a tunnel </span>}
          <strong>
            <Labels name={placeOf(namesOf(row))} />
          </strong>
        </>
      ),
    },
    {
      label: 'Client',
      key: (row) => namesOf(row).client,
      meaning: 'Who asked',
      cell: (row) => namesOf(row).client,
    },
    // What is odd about none of them takes no room.
    ...(dns.rules.some((rules) => rules !== 0) ? [signs] : []),
    {
      label: 'Queries',
      key: (row) => dns.queries[row],
      meaning: 'Queries, or answers where only those were captured',
      number: true,
      cell: (row) => formatCount(dns.queries[row]),
    },
    {
      label: 'Subdomains',
      from: 560,
      key: (row) => dns.subdomains[row],
      meaning: "Different names under the domain; RITA's levels are 100, 500, 800 and 1,000",
      number: true,
      cell: (row) => formatCount(dns.subdomains[row]),
      exact: (row) => LEVELS[dns.level[row]],
    },
    {
      label: 'New',
      from: 1200,
      key: (row) => dns.uniqueRatio[row],
      meaning: 'Share of the queries that asked for a name not asked for before',
      number: true,
      cell: (row) => percent(dns.uniqueRatio[row]),
    },
    {
      label: 'Types',
      from: 1200,
      key: (row) => texts[dns.types[row]],
      words: true,
      meaning: 'Record types that were asked for, and how often',
      cell: (row) => texts[dns.types[row]],
    },
    {
      label: 'Samples',
      from: 860,
      key: (row) => texts[dns.samples[row]],
      prose: true,
      meaning: 'The first names that were asked for, as they were sent',
      cell: (row) => {
        const samples = texts[dns.samples[row]].split(' ').filter((sample) => sample !== '');
        if (samples.length === 0) return '';
        return (
          <details className={styles.samples}>
            <summary>
              <Labels name={samples[0]} />
            </summary>
            <ul>
              {samples.slice(1).map((sample) => (
                <li key={sample}>
                  <Labels name={sample} />
                </li>
              ))}
            </ul>
          </details>
        );
      },
    },
    {
      label: 'Rhythm',
      from: 1200,
      key: (row) => (dns.rhythmScore[row] >= WEAK_RHYTHM ? dns.intervalS[row] : NaN),
      meaning: 'How regularly it was asked for: this finds lookups of malware, it does not tell tunnels apart',
      number: true,
      cell: (row) =>
        dns.rhythmScore[row] >= WEAK_RHYTHM
          ? `${formatDuration(1000 * dns.intervalS[row])} (${formatScore(dns.rhythmScore[row])})`
          : 'none',
    },
    {
      label: 'Sent',
      from: 1200,
      key: (row) => dns.bytesSent[row],
      meaning: 'Bytes of the queries',
      number: true,
      cell: (row) => formatBytes(dns.bytesSent[row]),
    },
    {
      label: 'Received',
      from: 1200,
      key: (row) => dns.bytesReceived[row],
      meaning: 'Bytes of the answers',
      number: true,
      cell: (row) => formatBytes(dns.bytesReceived[row]),
    },
  ];
}
