import { useMemo } from 'react';
import { formatDuration } from '../../analysis/durations.ts';
import { signsOf } from '../../analysis/dns/signs.ts';
import { textsOf } from '../../analysis/memory/text-pool.ts';
import type { Report } from '../../analysis/report/report.ts';
import { WEAK_RHYTHM } from '../../analysis/scores/rhythm-levels.ts';
import { useLook, useReport } from '../context.ts';
import { type ListColumn, ListTable } from '../controls/list-table.tsx';
import { formatBytes, formatCount, formatScore } from '../text/format.ts';
import listTableStyles from '../controls/list-table.module.css';
import textStyles from '../text/text.module.css';
import styles from './dns-pairs.module.css';

/** Subdomains from which RITA counts a domain's level up. */
const LEVELS = ['', '100 or more', '500 or more', '800 or more', '1,000 or more'] as const;

/** What clients asked resolvers for, by registrable domain: those with signs of a tunnel first. */
export function DnsPairList({ rows }: { rows: readonly number[] }) {
  const { report } = useReport();
  const { dispatch } = useLook();
  const { dns } = report;
  const addresses = useMemo(() => textsOf(dns.addresses), [dns]);
  const texts = useMemo(() => textsOf(dns.texts), [dns]);
  const columns = useMemo(() => columnsOf(report), [report]);
  const openConnections = (row: number) => {
    const place = texts[dns.domain[row]] || addresses[dns.resolver[row] - 1];
    dispatch({ type: 'filtered', filter: `${addresses[dns.client[row]]} ${place}` });
    dispatch({ type: 'tabbed', tab: 'connections' });
  };
  return (
    <>
      <ListTable
        label="DNS by client and domain"
        columns={columns}
        rows={rows}
        empty="No name was asked for."
        opener={(row) => () => openConnections(row)}
      />
      {dns.total > dns.length && (
        <p className={`${textStyles.note} ${listTableStyles.listNote}`}>
          These are {formatCount(dns.length)} of {formatCount(dns.total)} pairs of client and domain: those with signs
          of a tunnel, then those with the most names.
        </p>
      )}
      {dns.lost > 0 && (
        <p className={`${textStyles.warn} ${listTableStyles.listNote}`}>
          ⚠ {formatCount(dns.lost)} messages of small and old pairs gave way to others and are not counted.
        </p>
      )}
    </>
  );
}

function columnsOf(report: Report): ListColumn[] {
  const { dns } = report;
  const addresses = textsOf(dns.addresses);
  const texts = textsOf(dns.texts);
  const percent = (share: number): string => (Number.isNaN(share) ? '–' : `${Math.round(100 * share)} %`);
  return [
    {
      label: 'Domain',
      key: (row) => texts[dns.domain[row]] || addresses[dns.resolver[row] - 1],
      meaning: 'Registrable domain by the public suffix list; or the resolver, where a tunnel has no domain',
      cell: (row) => (
        <>
          {dns.rules[row] !== 0 && <span className={styles.tunnelMark}>◆ like a tunnel </span>}
          <strong>{texts[dns.domain[row]] || `through ${addresses[dns.resolver[row] - 1]}`}</strong>
        </>
      ),
    },
    {
      label: 'Client',
      key: (row) => addresses[dns.client[row]],
      meaning: 'Who asked',
      cell: (row) => addresses[dns.client[row]],
    },
    {
      label: 'Signs',
      key: (row) => (dns.rules[row] === 0 ? NaN : dns.rules[row]),
      prose: true,
      meaning: 'What of the rules for tunnels it meets',
      cell: (row) => (dns.rules[row] === 0 ? '' : signsOf(report, row)),
    },
    {
      label: 'Queries',
      key: (row) => dns.queries[row],
      meaning: 'Queries, or answers where only those were captured',
      number: true,
      cell: (row) => formatCount(dns.queries[row]),
    },
    {
      label: 'Subdomains',
      key: (row) => dns.subdomains[row],
      meaning: "Different names under the domain; RITA's levels are 100, 500, 800 and 1,000",
      number: true,
      cell: (row) => formatCount(dns.subdomains[row]),
      exact: (row) => LEVELS[dns.level[row]],
    },
    {
      label: 'New',
      key: (row) => dns.uniqueRatio[row],
      meaning: 'Share of the queries that asked for a name not asked for before',
      number: true,
      cell: (row) => percent(dns.uniqueRatio[row]),
    },
    {
      label: 'Types',
      key: (row) => texts[dns.types[row]],
      meaning: 'Record types that were asked for, and how often',
      cell: (row) => texts[dns.types[row]],
    },
    {
      label: 'Samples',
      key: (row) => texts[dns.samples[row]],
      prose: true,
      meaning: 'The first names that were asked for, as they were sent',
      cell: (row) => {
        const samples = texts[dns.samples[row]].split(' ').filter((sample) => sample !== '');
        if (samples.length === 0) return '';
        return (
          <details className={styles.samples}>
            <summary>{samples[0]}</summary>
            <ul>
              {samples.slice(1).map((sample) => (
                <li key={sample}>{sample}</li>
              ))}
            </ul>
          </details>
        );
      },
    },
    {
      label: 'Rhythm',
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
      key: (row) => dns.bytesSent[row],
      meaning: 'Bytes of the queries',
      number: true,
      cell: (row) => formatBytes(dns.bytesSent[row]),
    },
    {
      label: 'Received',
      key: (row) => dns.bytesReceived[row],
      meaning: 'Bytes of the answers',
      number: true,
      cell: (row) => formatBytes(dns.bytesReceived[row]),
    },
  ];
}
