import type { ConnectionDetail } from '../analysis/connections/connection-detail.ts';
import type { TraceKind } from '../analysis/flows/name-sources.ts';
import { escaped } from './markup.ts';

const LABELS: Readonly<Record<TraceKind, string>> = {
  clientFingerprint: 'Client (JA3, HASSH, DHCP options)',
  serverFingerprint: 'Server (JA3S, HASSH)',
  ja4: 'Client (JA4)',
  ja4s: 'Server (JA4S)',
  userAgent: 'User agent',
  contentType: 'Content type',
  request: 'Request',
};

/** What the fingerprints of these are; those of all else are of TLS. */
const FINGERPRINTS: ReadonlyMap<string, string> = new Map([
  ['SSH', 'HASSH'],
  ['DHCP', 'DHCP options'],
]);

/**
 * What tells which software talked, as people call it: by what the connection speaks, and by all that it may be where that
 * is several things or not known.
 */
export function traceLabel(kind: TraceKind, applications: ConnectionDetail['applications']): string {
  if (kind !== 'clientFingerprint' && kind !== 'serverFingerprint') return LABELS[kind];
  const ofTls = kind === 'clientFingerprint' ? 'JA3' : 'JA3S';
  const [what, ...others] = new Set(applications.map(({ name }) => FINGERPRINTS.get(name) ?? ofTls));
  if (what === undefined || others.length > 0) return LABELS[kind];
  return `${kind === 'clientFingerprint' ? 'Client' : 'Server'} (${what})`;
}

/** Rows of each table; what is beyond is counted. */
const MOST_ROWS = 50;

/** Names, certificates and the software of a connection, a table each, with the flows that carry it. */
export function softwareTables({ names, certificates, applications, traces }: ConnectionDetail): string {
  const tables = [
    table(['Name', 'Found in', 'Flows'], names, ({ name, source, flows }) => [name, source, flows]),
    table(
      ['Certificate, not checked', 'Alternative name', 'Issuer', 'Flows'],
      certificates,
      ({ subject, alternativeName, issuer, flows }) => [subject, alternativeName, issuer, flows],
    ),
    table(['Application', 'Told by', 'Flows'], applications, ({ name, guessed, flows }) => {
      return [name, guessed ? 'its port' : 'its content', flows];
    }),
    table(['Software', 'Value', 'Flows'], traces, ({ kind, text, flows }) => [
      traceLabel(kind, applications),
      text,
      flows,
    ]),
  ];
  return tables.filter((text) => text !== '').join('\n');
}

function table<Row>(
  headings: readonly string[],
  rows: readonly Row[],
  cellsOf: (row: Row) => readonly (string | number)[],
): string {
  if (rows.length === 0) return '';
  const lines = rows.slice(0, MOST_ROWS).map(
    (row) =>
      `<tr>${cellsOf(row)
        .map((cell) => `<td>${escaped(String(cell))}</td>`)
        .join('')}</tr>`,
  );
  const left = rows.length - lines.length;
  const more = left === 0 ? '' : `<p>And ${left} more.</p>`;
  const head = headings.map((heading) => `<th>${escaped(heading)}</th>`).join('');
  return `<table><thead><tr>${head}</tr></thead><tbody>${lines.join('')}</tbody></table>${more}`;
}
