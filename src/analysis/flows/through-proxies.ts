import { columnOf } from '../memory/columns.ts';
import { DistinctTexts } from '../memory/distinct-texts.ts';
import type { AskedHost } from '../protocols/proxy-request.ts';
import { FRESH, type FlowColumns } from './columns.ts';

/**
 * The flows with whom proxies were asked for as destinations, and the proxies as what those go through. What a timeout cut
 * off a flow goes where that went. One that asks for several stays with the proxy: no one of them is true of it; so does
 * one that asks for whom it goes to.
 *
 * @param asked by flow: whom it asks a proxy for, null for several
 */
export function sentThroughProxies(flows: FlowColumns, asked: ReadonlyMap<number, AskedHost | null>): FlowColumns {
  if (asked.size === 0) return flows;
  const { conversation, begin, names, resolvedName, addresses } = flows;
  const destination = Uint32Array.from(flows.destination);
  const destinationPort = flows.destinationPort.slice();
  const through = new Uint32Array(flows.length);
  const throughPort = new Uint16Array(flows.length);
  const numbers = addresses.numbersOf(new Set(Array.from(asked.values(), (host) => host?.host ?? '')));
  const hosts = new DistinctTexts();
  /** By conversation: the flow that asked last. */
  const asking = new Map<number, number>();
  for (let flow = 0; flow < flows.length; flow++) {
    if (asked.has(flow)) asking.set(conversation[flow], flow);
    else if (begin[flow] === FRESH) asking.delete(conversation[flow]);
    const first = asking.get(conversation[flow]);
    const host = first === undefined ? null : (asked.get(first) ?? null);
    if (first === undefined || host === null || flows.destination[flow] !== flows.destination[first]) continue;
    const known = numbers.get(host.host);
    if (known === flows.destination[flow] || names[resolvedName[first]] === host.host) continue;
    through[flow] = flows.destination[flow] + 1;
    throughPort[flow] = destinationPort[flow];
    destination[flow] = known ?? addresses.length + hosts.numberOf(host.host);
    destinationPort[flow] = host.port;
  }
  return {
    ...flows,
    addresses: addresses.with(hosts.texts),
    destination,
    destinationPort,
    through,
    throughPort,
  };
}

/** The flows as their packets go: to the proxies themselves. */
export function withoutProxies(flows: FlowColumns): FlowColumns {
  const { through, throughPort, destination, destinationPort } = flows;
  if (!through.some((proxy) => proxy !== 0)) return flows;
  return {
    ...flows,
    destination: columnOf(Uint32Array, destination, (address, flow) =>
      through[flow] === 0 ? address : through[flow] - 1,
    ),
    destinationPort: destinationPort.map((port, flow) => (through[flow] === 0 ? port : throughPort[flow])),
    through: new Uint32Array(flows.length),
    throughPort: new Uint16Array(flows.length),
  };
}
