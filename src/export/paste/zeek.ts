import { textNumber } from './ends.ts';
import { type PastedConnection, portedProtocol, type ProtocolPorts } from './connection.ts';

/** Zeek's names (`transport_proto`) for the protocols without ports that it follows. */
const PORTLESS: ReadonlyMap<number, string> = new Map([
  [1, 'icmp'],
  [58, 'icmp'],
]);

/**
 * A Zeek script that notes every new connection between the same ends. The notice has a name of its own: scripts for
 * several connections are loaded together, and a name can be added to an enum once.
 */
export function zeekScriptOf({ source, destinations, protocols }: PastedConnection): string {
  const conditions = [
    `c$id$orig_h == ${address(source)}`,
    destinations.length === 0 ? '' : among('c$id$resp_h', destinations.map(address)),
    portCondition(protocols),
  ].filter((condition) => condition !== '');
  const notice = `Beacon_${textNumber(conditions.join(' ')).toString(16).padStart(8, '0')}`;
  return `@load base/frameworks/notice

module Beaconscope;

export { redef enum Notice::Type += { ${notice} }; }

event connection_state_remove(c: connection)
  {
  if ( ${conditions.join(' && ')} )
    NOTICE([$note=${notice}, $conn=c, $msg="a connection that Beaconscope listed", $identifier=cat(c$id$orig_h, c$id$resp_h)]);
  }
`;
}

/** Which ports and protocols; '' for all of them, also where a protocol is none that Zeek has a name for. */
function portCondition(protocols: readonly ProtocolPorts[]): string {
  const ports: string[] = [];
  const whole: string[] = [];
  for (const { protocol, ports: own } of protocols) {
    const name = portedProtocol(protocol) ?? PORTLESS.get(protocol);
    if (name === undefined) return '';
    ports.push(...own.map((port) => `${port}/${name}`));
    if (own.length === 0) whole.push(`get_port_transport_proto(c$id$resp_p) == ${name}`);
  }
  const conditions = [...(ports.length === 0 ? [] : [among('c$id$resp_p', ports)]), ...whole];
  return conditions.length > 1 ? `( ${conditions.join(' || ')} )` : conditions.join('');
}

function among(field: string, values: readonly string[]): string {
  return values.length === 1 ? `${field} == ${values[0]}` : `${field} in set(${values.join(', ')})`;
}

/** Zeek writes IPv6 addresses in brackets. */
function address(text: string): string {
  return text.includes(':') ? `[${text}]` : text;
}
