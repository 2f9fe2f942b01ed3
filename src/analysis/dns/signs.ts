import type { DnsPairs } from './report.ts';
import { RULES } from './rules.ts';

/** What of the rules for tunnels a row of the DNS list meets, in words; '' for nothing. */
export function signsOf({ dns }: { dns: DnsPairs }, row: number): string {
  const parts: string[] = [];
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  const rules = dns.rules[row];
  const unique = dns.subdomains[row];
  const queries = dns.queries[row];
  const oddShare = dns.oddShare[row];
  if ((rules & RULES.longNames) !== 0) {
    parts.push(
      `${unique} different names in ${queries} queries (${percent(dns.uniqueRatio[row])}), ${Math.round(dns.meanBefore[row])} ` +
        'bytes before the domain',
    );
  }
  if ((rules & RULES.oddTypes) !== 0) {
    parts.push(
      `${percent(oddShare)} of ${queries} queries for unusual record types, answers of ${Math.round(dns.meanAnswer[row])} bytes`,
    );
  }
  if ((rules & RULES.noDomain) !== 0) {
    parts.push(
      `${unique} different names of ${Math.round(dns.meanName[row])} bytes in ${queries} queries to one resolver, ` +
        `${percent(oddShare)} for unusual record types`,
    );
  }
  return parts.join('; ');
}
