import { isRefusal } from '../net/network.ts';
import { NetworkMap } from '../net/network-map.ts';
import { Zones } from '../net/zones.ts';
import { parseIndicator } from './indicator.ts';
import type { ListProblem } from './list.ts';
import { readLines } from './plain-list.ts';

/** Networks that are inside unless the analyst says otherwise, one a line as in any list. */
export const DEFAULT_INTERNAL = `10.0.0.0/8       # private use, RFC 1918
172.16.0.0/12
192.168.0.0/16
100.64.0.0/10    # shared by carrier-grade NAT, RFC 6598
169.254.0.0/16   # link-local, RFC 3927
127.0.0.0/8      # loopback, RFC 1122
fc00::/7         # unique local, RFC 4193
fe80::/10        # link-local, RFC 4291
::1              # loopback
`;

/** Reads a list of internal networks; what is no network is a problem, and the rest holds. */
export function readInternal(text: string): { places: Zones; problems: ListProblem[] } {
  const internal = new NetworkMap<true>();
  const { entries, problems } = readLines(text, (entry) => {
    const indicator = parseIndicator(entry);
    return isRefusal(indicator) || indicator.kind === 'network' ? indicator : { reason: 'not a network' };
  });
  for (const { indicator } of entries) {
    if (indicator.kind === 'network') internal.add(indicator.network, true);
  }
  return { places: new Zones(internal), problems };
}
