import { tunnelCount } from '../analysis/dns/report.ts';
import type { Report } from '../analysis/report/report.ts';
import { textsOf } from '../analysis/memory/text-pool.ts';
import { signsOf } from '../export/lists.ts';
import { duration } from '../export/duration.ts';
import { printable } from '../export/printable.ts';

/** A line for each list beside the connections that has something to say: how much it holds, and the most important of it. */
export function listLines(report: Report): string[] {
  return [insideLine(report), lostLine(report), longLine(report), dnsLine(report)]
    .filter((line) => line !== '')
    .map((line) => `${line}\n`);
}

function insideLine({ insideOnly, settings }: Report): string {
  if (insideOnly === 0) return '';
  return `${counted(insideOnly, 'connection')} with ${settings.minFlows} flows or fewer listed for messages inside a session`;
}

function lostLine({ lostMessages }: Report): string {
  if (lostMessages === 0) return '';
  return `${counted(lostMessages, 'message')} inside sessions found no room in memory and counted for nothing`;
}

function longLine({ long }: Report): string {
  const count = long.level.filter((level) => level > 0).length;
  if (count === 0) return '';
  const addresses = textsOf(long.addresses);
  const facts = [
    duration(long.durationMs[0]),
    ...(long.open[0] === 1 ? ['still open'] : []),
    ...(long.cutAtStart[0] === 1 ? ['begun before the capture'] : []),
    `idle ${Math.floor(long.idleShare[0] * 100)}% of the time`,
  ];
  return (
    `${counted(count, 'session')} open for an hour or more (--long); the longest: ` +
    `${addresses[long.client[0]]} to ${addresses[long.server[0]]} port ${long.serverPort[0]}, ${facts.join(', ')}`
  );
}

function dnsLine(report: Report): string {
  const { dns } = report;
  if (dns.tunnels === 0) return '';
  const addresses = textsOf(dns.addresses);
  const domain = textsOf(dns.texts)[dns.domain[0]];
  const through = domain === '' ? `resolver ${addresses[dns.resolver[0] - 1]}` : printable(domain);
  const tunnels = tunnelCount(dns);
  const looks = tunnels === 1 ? 'looks' : 'look';
  return (
    `${counted(tunnels, 'domain')} that ${looks} like a DNS tunnel (--dns); first ${addresses[dns.client[0]]} through ${through}: ` +
    signsOf(report, 0)
  );
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
