import { type NamedConnection, portedProtocol } from './connection.ts';

/** A capture filter for tcpdump and libpcap: all packets of a connection, both ways. */
export function captureFilterOf({ source, destination, port, protocol }: NamedConnection): string {
  const hosts = `host ${source} and host ${destination}`;
  const ported = portedProtocol(protocol);
  // Port 0 also stands for ports that the capture cut off.
  if (ported !== null) return `${hosts} and ${ported}${port === 0 ? '' : ` port ${port}`}`;
  return `${hosts} and ${source.includes(':') ? 'ip6' : 'ip'} proto ${protocol}`;
}
