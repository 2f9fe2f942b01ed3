import { plainDuration } from '../analysis/durations.ts';
import { tunnelCount } from '../analysis/dns/report.ts';
import type { Report } from '../analysis/report/report.ts';
import { LISTED_POINTS } from '../analysis/triage/worth.ts';
import { textsOf } from '../analysis/memory/text-pool.ts';
import { signsOf } from '../analysis/dns/signs.ts';
import { type LeftOut, leftOutOf } from '../export/left-out.ts';
import { counted } from '../export/phrases.ts';
import { printable } from '../export/printable.ts';
import { stateWords } from '../analysis/sessions/long.ts';
import type { AnalyzeCommand } from './arguments.ts';
import type { ListedRows } from './listed-rows.ts';

/** Where the lists go that the table does not hold; null for one that is not written. */
export type WrittenLists = Pick<AnalyzeCommand, 'long' | 'dns'>;
const NONE_WRITTEN: WrittenLists = { long: null, dns: null };

/** What lists have no room for: of one that is not written nobody has to know. */
export function leftOutOfWritten(report: Report, written: WrittenLists): LeftOut[] {
  return leftOutOf(report).filter(({ list }) => (list !== 'long' && list !== 'dns') || written[list] !== null);
}

/**
 * A line for each list beside the connections that has something to say: how much it holds, and the most important of
 * it; and what lists have no room for.
 */
export function listLines(
  report: Report,
  { long, dns }: Pick<ListedRows, 'long' | 'dns'>,
  written: WrittenLists = NONE_WRITTEN,
): string[] {
  return [
    insideLine(report),
    pointsLine(report),
    longLine(report, long.toSorted()),
    dnsLine(report, dns.toSorted()),
    ...leftOutOfWritten(report, written).map(({ words }) => words),
  ]
    .filter((line) => line !== '')
    .map((line) => `${line}\n`);
}

function insideLine({ insideOnly, settings }: Report): string {
  if (insideOnly === 0) return '';
  return (
    `${counted(insideOnly, 'connection')} with ${settings.minFlows} flows or fewer listed for messages inside a ` +
    'session'
  );
}

function pointsLine({ pointsOnly, settings }: Report): string {
  if (pointsOnly === 0) return '';
  return `${counted(pointsOnly, 'connection')} with ${settings.minFlows} flows or fewer listed for ${LISTED_POINTS} points or more`;
}

function longLine({ long }: Report, rows: Uint32Array): string {
  const count = rows.filter((row) => long.level[row] > 0).length;
  if (count === 0) return '';
  const addresses = textsOf(long.addresses);
  const [row] = rows;
  const facts = [
    plainDuration(long.durationMs[row]),
    ...stateWords(long, row).filter((state) => state !== 'closed'),
    ...(Number.isNaN(long.idleShare[row]) ? [] : [`idle ${Math.floor(long.idleShare[row] * 100)}% of the time`]),
  ];
  return (
    `${counted(count, 'session')} open for an hour or more (--long); the longest: ` +
    `${addresses[long.client[row]]} to ${addresses[long.server[row]]} port ${long.serverPort[row]}, ${facts.join(', ')}`
  );
}

function dnsLine(report: Report, rows: Uint32Array): string {
  const { dns } = report;
  const found = rows.filter((row) => dns.rules[row] !== 0);
  if (found.length === 0) return '';
  const [first] = found;
  const addresses = textsOf(dns.addresses);
  const domain = textsOf(dns.texts)[dns.domain[first]];
  const through = domain === '' ? `resolver ${addresses[dns.resolver[first] - 1]}` : printable(domain);
  const tunnels = tunnelCount(dns, found);
  const looks = tunnels === 1 ? 'looks' : 'look';
  return (
    `${counted(tunnels, 'domain')} that ${looks} like a DNS tunnel (--dns); first ` +
    `${addresses[dns.client[first]]} through ${through}: ` +
    signsOf(report, first)
  );
}
