import { signsOf } from '../../analysis/dns/signs.ts';
import { textsOf } from '../../analysis/memory/text-pool.ts';
import { type Case, NO_CASE } from '../../analysis/report/case.ts';
import type { Report } from '../../analysis/report/report.ts';
import { dnsRemarks } from '../../analysis/report/row-remarks.ts';
import { type FilteredList, numbers, texts } from '../list.ts';
import { remarkFields, remarkWords } from './remarks.ts';
import { memoized, withPort } from './texts.ts';

const DNS_APPLICATION = ['DNS'] as const;
const NO_TEXTS: readonly string[] = [];

/** What clients asked resolvers for as a filter sees it: a row's name is its domain, its server the resolver. */
export function dnsList({ dns }: Pick<Report, 'dns'>, remarks: Case = NO_CASE): FilteredList {
  const pool = textsOf(dns.addresses);
  const strings = textsOf(dns.texts);
  const client = (row: number): string => pool[dns.client[row]];
  const domain = (row: number): string => strings[dns.domain[row]];
  const resolver = (row: number): readonly string[] => {
    return dns.resolver[row] === 0 ? NO_TEXTS : [pool[dns.resolver[row] - 1]];
  };
  const samples = (row: number): readonly string[] => strings[dns.samples[row]].split(' ').filter(isText);
  const addresses = (row: number): readonly string[] => [client(row), ...resolver(row)];
  const remarkOf = dnsRemarks({ dns }, remarks);
  const sign = (row: number): string => signsOf({ dns }, row);
  return {
    kind: 'dns',
    length: dns.length,
    fields: {
      src: texts((row) => [client(row)]),
      dst: texts((row) => [...resolver(row), domain(row)]),
      host: texts((row) => [...addresses(row), domain(row)]),
      addr: texts(addresses),
      name: texts((row) => [domain(row)]),
      app: texts(() => DNS_APPLICATION),
      bytes: numbers((row) => dns.bytesSent[row] + dns.bytesReceived[row]),
      sent: numbers((row) => dns.bytesSent[row]),
      received: numbers((row) => dns.bytesReceived[row]),
      score: numbers((row) => dns.rhythmScore[row]),
      interval: numbers((row) => dns.intervalS[row]),
      duration: numbers((row) => (dns.lastMs[row] - dns.firstMs[row]) / 1000),
      first: numbers((row) => dns.firstMs[row]),
      last: numbers((row) => dns.lastMs[row]),
      ...remarkFields(remarkOf),
      query: texts((row) => [domain(row), ...samples(row)]),
      domain: texts((row) => [domain(row)]),
      resolver: texts(resolver),
      queries: numbers((row) => dns.queries[row]),
      subdomains: numbers((row) => dns.subdomains[row]),
      rtype: texts((row) => strings[dns.types[row]].split(', ').map((counted) => counted.split(' ')[0])),
      sign: texts((row) => [sign(row)]),
    },
    shown: memoized(dns.length, (row) => {
      const found = [client(row), domain(row), ...resolver(row), strings[dns.types[row]], strings[dns.samples[row]]];
      return `${found.join(' ')} ${sign(row)} ${remarkWords(remarkOf, row)}`.toLowerCase();
    }),
    names: (row) => [domain(row), ...samples(row)].filter(isText).map((text) => text.toLowerCase()),
    addresses,
    ends: (row) => withPort(resolver(row), 53),
  };
}

function isText(text: string): boolean {
  return text !== '';
}
