import type { Report } from '../../analysis/report/report.ts';
import type { ConnectionDetail } from '../../analysis/connections/connection-detail.ts';
import type { NameSource } from '../../analysis/flows/name-sources.ts';
import { NAME_SOURCES } from '../../analysis/flows/name-sources.ts';
import { parseAddress } from '../../analysis/net/address.ts';
import { textsOf } from '../../analysis/memory/text-pool.ts';

/** A connection by the end that most of its flows go to. */
export interface NamedConnection {
  source: string;
  destination: string;
  port: number;
  /** IP protocol number. */
  protocol: number;
  /** '' without one. */
  name: string;
  nameSource: NameSource;
  /** How many other names its flows have. */
  otherNames: number;
}

/** Ports that flows of one protocol go to; none stands for any. */
export interface ProtocolPorts {
  protocol: number;
  ports: number[];
}

/** A connection as other tools are told of it: every address that its flows go to, and every port there. */
export interface PastedConnection extends Pick<NamedConnection, 'source' | 'name' | 'nameSource' | 'otherNames'> {
  /** None stands for any. */
  destinations: string[];
  /** None stands for every protocol. */
  protocols: ProtocolPorts[];
  inVlans: boolean;
  /** What its TLS clients are known by, most used first. */
  fingerprints: { ja3: string[]; ja4: string[] };
}

/** A log may say anything in the place of a fingerprint. */
const FINGERPRINT = /^[\da-z_]{1,64}$/;

export const TCP = 6;
export const UDP = 17;

/** The protocol's name where it has ports, else null. */
export function portedProtocol(protocol: number): 'tcp' | 'udp' | null {
  return protocol === TCP ? 'tcp' : protocol === UDP ? 'udp' : null;
}

/** Gives the connections of a report's rows. */
export function namedConnections(report: Report): (row: number) => NamedConnection {
  const { connections } = report;
  const addresses = textsOf(report.addresses);
  const names = textsOf(report.names);
  return (row) => ({
    source: addresses[connections.source[row]],
    destination: addresses[connections.destination[row]],
    port: connections.destinationPort[row],
    protocol: connections.protocol[row],
    name: names[connections.name[row]],
    nameSource: NAME_SOURCES[connections.nameSource[row]],
    otherNames: connections.otherNames[row],
  });
}

/** A connection with all ends that its flows go to, as far as they are known. */
export function pastedConnection(
  { source, name, nameSource, otherNames }: NamedConnection,
  { ends, inVlans, traces }: Pick<ConnectionDetail, 'ends' | 'inVlans' | 'traces'>,
): PastedConnection {
  const texts = (wanted: string): string[] =>
    traces.flatMap(({ kind, text }) => (kind === wanted && FINGERPRINT.test(text) ? [text] : []));
  // A host that a proxy was asked for has a name in place of an address, which may be any text, and its packets go to
  // the proxy: what such flows have in common is their source and their name.
  const addressed = ends.every(({ address }) => parseAddress(address) !== null);
  return {
    source,
    name,
    nameSource,
    otherNames,
    destinations: addressed ? destinationsOf(ends) : [],
    protocols: addressed ? protocolsOf(ends) : [],
    inVlans,
    // Those of SSH and DHCP are no JA3; only TLS has JA4 beside it.
    fingerprints: { ja3: texts('ja4').length > 0 ? texts('clientFingerprint') : [], ja4: texts('ja4') },
  };
}

/** The addresses that a connection's flows go to, each once. */
export function destinationsOf(ends: ConnectionDetail['ends']): string[] {
  return [...new Set(ends.map(({ address }) => address))];
}

/**
 * What one of some filters lets through, '' for none of them: in parentheses, since in capture filters `and` and `or`
 * bind alike.
 */
export function anyOf(filters: readonly string[], or: 'or' | '||'): string {
  return filters.length > 1 ? `(${filters.join(` ${or} `)})` : filters.join('');
}

function protocolsOf(ends: ConnectionDetail['ends']): ProtocolPorts[] {
  const portsOf = new Map<number, Set<number>>();
  for (const { protocol, port } of ends) portsOf.set(protocol, (portsOf.get(protocol) ?? new Set()).add(port));
  // Protocol 0 is that of logs which do not say it.
  if (portsOf.has(0)) return [];
  // Port 0 also stands for ports that the capture cut off.
  return Array.from(portsOf, ([protocol, ports]) => ({
    protocol,
    ports: portedProtocol(protocol) === null || ports.has(0) ? [] : [...ports].sort((a, b) => a - b),
  }));
}
