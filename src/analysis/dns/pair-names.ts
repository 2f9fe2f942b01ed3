import { textsOf } from '../memory/text-pool.ts';
import type { DnsPairs } from './report.ts';

/** Who asked, and for which domain; where a tunnel has none ('') through which resolver, else '' too. */
export interface PairNames {
  client: string;
  domain: string;
  resolver: string;
}

/** Gives the names of the rows of a list of domains. */
export function pairNames(dns: DnsPairs): (row: number) => PairNames {
  const addresses = textsOf(dns.addresses);
  const texts = textsOf(dns.texts);
  return (row) => ({
    client: addresses[dns.client[row]],
    domain: texts[dns.domain[row]],
    resolver: dns.resolver[row] === 0 ? '' : addresses[dns.resolver[row] - 1],
  });
}
