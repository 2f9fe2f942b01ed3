import type { Sort } from '../analysis/connections/sorts.ts';

/** Sorts of connections that can be hidden, in the order they are offered. */
export const SORT_WORDS: Readonly<Record<Sort, { label: string; meaning: string }>> = {
  multicast: { label: 'multicast or broadcast', meaning: 'Connections to a multicast or broadcast address' },
  inside: {
    label: 'inside to inside',
    meaning: 'Connections whose ends are both inside: private, link-local or loopback addresses',
  },
  clock: {
    label: 'well-known clocks',
    meaning: 'Services that keep time by design: NTP, mDNS, SSDP, DHCP, NetBIOS, LLMNR',
  },
  failed: {
    label: 'failed only',
    meaning: 'Connections whose every flow failed: a TCP call without an answer, or refused at once',
  },
};
