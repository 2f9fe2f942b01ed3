import type { NameSource, Report } from '../../analysis/report.ts';
import { NAME_SOURCES, textsOf } from '../../analysis/report.ts';

/** A connection as other tools are told of it. */
export interface NamedConnection {
  source: string;
  destination: string;
  port: number;
  /** IP protocol number. */
  protocol: number;
  /** '' without one. */
  name: string;
  nameSource: NameSource;
}

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
  });
}
