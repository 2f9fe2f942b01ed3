import { type NamedConnection, portedProtocol } from './connection.ts';

/** A Zeek script that notes every new connection between the same ends. */
export function zeekScriptOf({ source, destination, port, protocol }: NamedConnection): string {
  const ported = portedProtocol(protocol);
  const conditions = [
    `c$id$orig_h == ${address(source)}`, `c$id$resp_h == ${address(destination)}`,
    ...(ported !== null && port !== 0 ? [`c$id$resp_p == ${port}/${ported}`] : []),
  ];
  return `@load base/frameworks/notice

module Beaconscope;

export { redef enum Notice::Type += { Beacon }; }

event connection_state_remove(c: connection)
  {
  if ( ${conditions.join(' && ')} )
    NOTICE([$note=Beacon, $conn=c, $msg="a connection that Beaconscope listed", $identifier=cat(c$id$orig_h, c$id$resp_h)]);
  }
`;
}

/** Zeek writes IPv6 addresses in brackets. */
function address(text: string): string {
  return text.includes(':') ? `[${text}]` : text;
}
