import { etherTypeName } from './link/ether-type-names.ts';
import { linkTypeName } from './link/names.ts';
import { FragmentHeads } from './network/fragments.ts';
import { countText, packetsText, type Warnings } from './warnings.ts';

/** Reasons that need no more than their count. */
export type CountedReason = 'encrypted-wifi' | 'damaged-ip' | 'pseudowire' | 'encrypted-ip' | 'agreed-tunnel';

/** Of what is counted by number, so many are named in a warning, the most frequent first. */
const MOST_NAMED = 6;

/** What is said of packets of each such reason, behind their count. */
const WORDS: Record<CountedReason, string> = {
  'encrypted-wifi':
    'of encrypted Wi-Fi data left out: decrypt the capture first (with "airdecap-ng", or by capturing ' +
    'behind the access point)',
  'damaged-ip': 'with an IP header that is cut off or damaged left out',
  'encrypted-ip':
    "of encrypted IPsec (ESP): what is inside is not known, and counted as the tunnel's own (capture " +
    'behind its end to see it)',
  'agreed-tunnel':
    'of L2TP version 3: only its ends know what follows its header, and it is counted as the ' +
    "tunnel's own (capture behind its end to see it)",
  pseudowire: 'with something other than IP behind MPLS labels left out',
};

/**
 * Counts what deserves a word when all packets are there: what was left out and why, what was read by other means than
 * its header's. One warning a reason, so that nothing is lost silently and nothing said twice.
 */
export class Remarks {
  /** Null where nothing was counted, as in most captures, of which there may be thousands. */
  private counts: Map<CountedReason, number> | null = null;
  private etherTypes: Map<number, number> | null = null;
  private pppProtocols: Map<number, number> | null = null;
  private linkTypes: Map<number, number> | null = null;
  private closedTunnels: Map<string, number> | null = null;
  private readonly fragments = new FragmentHeads();
  private offloaded = 0;
  /** Above 0 while what is inside a packet is looked at that counts as a whole already. */
  private silent = 0;

  /** Counts nothing while `decode` runs: a packet that carries another is not left out where the inner one is. */
  silently(decode: () => void): void {
    this.silent++;
    decode();
    this.silent--;
  }

  count(reason: CountedReason): void {
    if (this.silent === 0) increment((this.counts ??= new Map()), reason);
  }

  etherType(etherType: number): void {
    if (this.silent === 0) increment((this.etherTypes ??= new Map()), etherType);
  }

  pppProtocol(protocol: number): void {
    if (this.silent === 0) increment((this.pppProtocols ??= new Map()), protocol);
  }

  /** A packet of a link type that has no decoder. */
  linkType(linkType: number): void {
    increment((this.linkTypes ??= new Map()), linkType);
  }

  /** A packet that stays in its tunnel of this name. */
  closedTunnel(name: string): void {
    if (this.silent === 0) increment((this.closedTunnels ??= new Map()), name);
  }

  /**
   * A fragment, by `length` bytes of its addresses at `at` and a number that tells its packet from others between them.
   */
  fragment(bytes: Uint8Array, at: number, length: number, number: number, later: boolean): void {
    if (this.silent === 0) this.fragments.add(bytes, at, length, number, later);
  }

  /** A packet that was taken to be as long as its frame. */
  offload(): void {
    this.offloaded++;
  }

  /** Says what was counted. */
  settle(warnings: Warnings): void {
    for (const [linkType, count] of this.linkTypes ?? []) {
      const message = `link type ${linkTypeName(linkType)} is not decoded: ${packetsText(count)} left out`;
      warnings.add('undecoded-link-type', null, message);
    }
    if (this.etherTypes !== null) {
      const message = `EtherTypes that are not decoded: ${named(this.etherTypes, etherTypeName)} left out`;
      warnings.add('undecoded-ether-type', null, message);
    }
    if (this.pppProtocols !== null) {
      const message = `PPP protocols that are not decoded: ${named(this.pppProtocols, (protocol) => hex(protocol))} left out`;
      warnings.add('undecoded-ppp', null, message);
    }
    for (const [reason, count] of this.counts ?? [])
      warnings.add(reason, null, `${packetsText(count)} ${WORDS[reason]}`);
    if (this.closedTunnels !== null) {
      const message = `tunnels that stay closed: ${named(this.closedTunnels, (name) => name)}, counted as the tunnel's own`;
      warnings.add('closed-tunnels', null, message);
    }
    this.fragments.settle(warnings);
    if (this.offloaded > 0) {
      const message =
        `${packetsText(this.offloaded)} whose IP length is 0, as network cards that cut packets themselves leave it: ` +
        `counted by the frame's length`;
      warnings.add('offloaded', null, message);
    }
  }
}

function increment<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** "0x88e5 (MACsec) 30 packets, 0x1234 1 packet and 2 others 7 packets". */
function named<Key>(counts: ReadonlyMap<Key, number>, name: (key: Key) => string): string {
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  const shown = sorted.slice(0, MOST_NAMED).map(([key, count]) => `${name(key)} in ${packetsText(count)}`);
  const rest = sorted.slice(MOST_NAMED);
  if (rest.length > 0)
    shown.push(`${countText(rest.length)} others in ${packetsText(rest.reduce((sum, [, count]) => sum + count, 0))}`);
  return shown.join(', ');
}

function hex(number: number): string {
  return `0x${number.toString(16).padStart(4, '0')}`;
}
