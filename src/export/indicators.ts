import { BADGES } from '../analysis/triage/badge.ts';
import { nameWords, sourceIndex } from '../analysis/flows/name-sources.ts';
import { rowFactsOf } from '../analysis/report/row-facts.ts';
import type { Report } from '../analysis/report/report.ts';
import { APPLICATIONS } from '../analysis/protocols/application-ids.ts';
import { techniquesOf, type Technique } from './attack.ts';
import { type DomainIndicator, domainIndicatorsOf, isFound } from './domain-indicators.ts';
import { type Case, NO_CASE, type Remark } from '../analysis/report/case.ts';
import { subjectOf } from '../analysis/report/case-keys.ts';
import { remarksOf } from '../analysis/report/row-remarks.ts';
import { addressWithName, counted } from './phrases.ts';
import { remarkText } from './remarks.ts';
import { namedConnections } from './paste/connection.ts';

/** What a connection that is to be read gives to look for elsewhere. */
export interface ConnectionIndicators {
  /** Its row in the report. */
  row: number;
  source: string;
  /** Where it goes: an address, and the name that its flows carry, '' for none. */
  address: string;
  name: string;
  /** Other names that its flows carry, which stand nowhere here. */
  otherNames: number;
  /** Whether it is a server of names that was only asked for that. */
  isAsked: boolean;
  /** The domain that it tunnels through, '' for none: then that is what to look for, and not the server of names. */
  tunnelDomain: string;
  port: number;
  protocol: number;
  firstMs: number;
  lastMs: number;
  flows: number;
  /** On the wire. */
  bytesSent: number;
  bytesReceived: number;
  points: number;
  /** Why, a phrase each. */
  reasons: string[];
  techniques: Technique[];
  /** What the analyst said of it. */
  remark: Remark | null;
}

/** What a report gives to look for elsewhere. */
export interface Indicators {
  connections: ConnectionIndicators[];
  domains: DomainIndicator[];
}

/** Badges of what is to be read. */
const TO_READ: ReadonlySet<string> = new Set(['first', 'next']);

/**
 * The indicators of some rows, in the order given: connections that triage says are to be read and that nobody set aside,
 * and what an analyst found. A verdict goes before triage: malicious and suspicious connections and domains are among
 * them, benign ones are not.
 */
export function indicatorsOf(
  report: Report,
  rows: { connections: Uint32Array; dns: Iterable<number> },
  remarks: Case = NO_CASE,
): Indicators {
  return {
    connections: connectionIndicatorsOf(report, rows.connections, remarks),
    domains: domainIndicatorsOf(report, rows.dns, remarks),
  };
}

function connectionIndicatorsOf(report: Report, rows: Uint32Array, remarks: Case): ConnectionIndicators[] {
  const { connections } = report;
  const { triage } = connections;
  const remarkOf = remarksOf(report, remarks);
  const connectionOf = namedConnections(report);
  const facts = rowFactsOf(report);
  return Array.from(
    rows.filter((row) => {
      const remark = remarkOf(row);
      return (remark !== null && isFound(remark)) || (remark?.verdict !== 'benign' && isToRead(triage, row));
    }),
    (row) => {
      const { source, destination, port, protocol, name, nameSource } = connectionOf(row);
      const words = nameWords(sourceIndex(nameSource), port);
      const lines = facts.lines(row).filter(({ points }) => points > 0);
      const observed = {
        application: APPLICATIONS[triage.application[row]],
        protocol,
        lines: new Set(lines.map(({ id }) => id)),
      };
      return {
        row,
        source,
        address: destination,
        name: nameSource === 'capture' || name === destination || words === 'from' ? '' : name,
        otherNames: connections.otherNames[row],
        isAsked: words === 'asked for',
        tunnelDomain: observed.lines.has('tunnel') ? facts.of(row).tunnelDomain : '',
        port,
        protocol,
        firstMs: connections.firstSeenMs[row],
        lastMs: connections.lastSeenMs[row],
        flows: connections.flows[row],
        bytesSent: connections.bytesSent[row],
        bytesReceived: connections.bytesReceived[row],
        points: triage.total[row],
        reasons: lines.map(({ phrase }) => phrase),
        techniques: techniquesOf(observed),
        remark: remarkOf(row),
      };
    },
  );
}

/** Whether any connection is to be read, or one or a domain was found malicious or suspicious. */
export function hasIndicators({ connections: { length, triage } }: Report, remarks: Case): boolean {
  for (let row = 0; row < length; row++) if (isToRead(triage, row)) return true;
  return [...remarks].some(([key, remark]) => subjectOf(key).subject !== 'host' && isFound(remark));
}

function isToRead({ badge, setAside }: Report['connections']['triage'], row: number): boolean {
  return TO_READ.has(BADGES[badge[row]]) && setAside[row] === 0;
}

/** An address or a name that no program makes a link of: "203.0.113[.]9". */
export function defanged(text: string): string {
  return text.includes(':') ? text.replaceAll(':', '[:]') : text.replaceAll('.', '[.]');
}

/** The indicators as text, defanged, each destination with its reasons and techniques. */
export function* indicatorText({ connections, domains }: Indicators): Generator<string> {
  for (const indicator of connections) {
    const { source, port, otherNames, isAsked, reasons, techniques, remark } = indicator;
    yield `${destinationText(indicator)} port ${port}, from ${source}\n`;
    yield `  ${reasons.join('; ')}\n`;
    if (otherNames > 0 && !isAsked)
      yield `  ${counted(otherNames, 'other name')} there: the connection has all of them\n`;
    yield* saidLines(techniques, remark);
  }
  for (const { client, domain, resolver, queries, signs, techniques, remark } of domains) {
    const place = domain === '' ? `${defanged(resolver)}, asked` : `${defanged(domain)}, asked for`;
    yield `${place} in DNS by ${client}, ${counted(queries, 'question')}\n`;
    if (signs !== '') yield `  like a tunnel: ${signs}\n`;
    yield* saidLines(techniques, remark);
  }
}

function destinationText({ address, name, isAsked, tunnelDomain }: ConnectionIndicators): string {
  if (tunnelDomain === '') return addressWithName(defanged(address), defanged(name), isAsked ? 'asked for' : '');
  return `${defanged(tunnelDomain)}, asked for in DNS at ${defanged(address)}`;
}

function* saidLines(techniques: readonly Technique[], remark: Remark | null): Generator<string> {
  if (remark !== null) yield `  ${remarkText(remark)}\n`;
  if (techniques.length > 0) yield `  ${techniques.map(({ id, name }) => `${id} ${name}`).join('; ')}\n`;
}
