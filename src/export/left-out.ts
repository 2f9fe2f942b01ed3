import { counted } from './phrases.ts';
import type { Report } from '../analysis/report/report.ts';

/**
 * Rows that a list of a report has no room for; messages in sessions, which count for nothing; and what the baseline that
 * connections are compared with does not remember.
 */
export interface LeftOut {
  list: 'connections' | 'hosts' | 'long' | 'dns' | 'messages' | 'baseline';
  count: number;
  /** As a sentence without its full stop. */
  words: string;
}

/** What a report counts and does not list; nothing of a list that is whole. */
export function leftOutOf({ pointsLeftOut, rowsLeftOut, lostMessages, hosts, long, dns, triage }: Report): LeftOut[] {
  const [moreLong, moreDns] = [long.total - long.length, dns.total - dns.length];
  const forgotten = triage.baseline?.leftOut ?? 0;
  const all: LeftOut[] = [
    {
      list: 'connections',
      count: pointsLeftOut + rowsLeftOut,
      words: [
        ...didNotFit(pointsLeftOut, 'of few flows with fewer points'),
        ...didNotFit(rowsLeftOut, 'that come later by triage'),
      ].join('; '),
    },
    {
      list: 'hosts',
      count: hosts.leftOut,
      words: `${counted(hosts.leftOut, 'more host')} did not fit into the list of hosts`,
    },
    {
      list: 'long',
      count: moreLong,
      words: `The ${long.length} longest of ${long.total} sessions of a minute or more are listed`,
    },
    {
      list: 'dns',
      count: moreDns,
      words:
        `${dns.length} of ${dns.total} pairs of client and domain are listed: those with signs of a tunnel first, ` +
        'then those with the most names',
    },
    {
      list: 'messages',
      count: lostMessages,
      words: `${counted(lostMessages, 'message')} in sessions did not fit into memory and count for nothing`,
    },
    {
      list: 'baseline',
      count: forgotten,
      words: `The baseline had no room for ${counted(forgotten, 'place or host')}: not all that is called new is`,
    },
  ];
  return all.filter(({ count }) => count > 0);
}

function didNotFit(count: number, which: string): string[] {
  return count === 0 ? [] : [`${counted(count, 'more connection')} ${which} did not fit into the list`];
}
