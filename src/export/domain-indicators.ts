import { PROTOCOL_UDP } from 'pcap-ts-parser';
import { pairNames } from '../analysis/dns/report.ts';
import { signsOf } from '../analysis/dns/signs.ts';
import type { Case, Remark } from '../analysis/report/case.ts';
import type { Report } from '../analysis/report/report.ts';
import { dnsRemarks } from '../analysis/report/row-remarks.ts';
import { techniquesOf, type Technique } from './attack.ts';

/** A domain that an analyst found malicious or suspicious, as one client asked for it. */
export interface DomainIndicator {
  client: string;
  /** The registrable domain; '' for questions without one, which are known by their resolver. */
  domain: string;
  resolver: string;
  firstMs: number;
  lastMs: number;
  queries: number;
  /** What of the signs of a tunnel it has, in words; '' for nothing. */
  signs: string;
  techniques: Technique[];
  remark: Remark;
}

/** Whether a verdict makes an indicator of what it is about. */
export function isFound({ verdict }: Remark): boolean {
  return verdict === 'malicious' || verdict === 'suspicious';
}

/** Those of some rows of the list of domains that were found malicious or suspicious, in the order given. */
export function domainIndicatorsOf(
  { dns }: Pick<Report, 'dns'>,
  rows: Iterable<number>,
  remarks: Case,
): DomainIndicator[] {
  const remarkOf = dnsRemarks({ dns }, remarks);
  const namesOf = pairNames(dns);
  return Array.from(rows).flatMap((row) => {
    const remark = remarkOf(row);
    if (remark === null || !isFound(remark)) return [];
    const lines = new Set(dns.rules[row] === 0 ? [] : ['tunnel']);
    return [
      {
        ...namesOf(row),
        firstMs: dns.firstMs[row],
        lastMs: dns.lastMs[row],
        queries: dns.queries[row],
        signs: signsOf({ dns }, row),
        techniques: techniquesOf({ application: 'DNS', protocol: PROTOCOL_UDP, lines }),
        remark,
      },
    ];
  });
}
