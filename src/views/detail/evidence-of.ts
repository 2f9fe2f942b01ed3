import type { ConnectionDetail } from '../../analysis/connections/connection-detail.ts';
import type { FlowEnds } from '../../evidence/evidence.ts';

/** The places that a connection goes to, as its packets are looked for. */
export function endsOf(source: string, { ends }: Pick<ConnectionDetail, 'ends'>): FlowEnds[] {
  return ends.map(({ address, protocol, port }) => ({
    source,
    destination: address,
    port,
    sourcePort: null,
    protocol,
    spanMs: null,
  }));
}

/** One flow of a connection, once for each address that it may go to. */
export function flowEndsOf(source: string, detail: ConnectionDetail, flow: number): FlowEnds[] {
  const port = detail.destinationPort[flow];
  const sourcePort = detail.sourcePort[flow];
  const protocol = detail.protocol[flow];
  const spanMs = { from: detail.startMs[flow], to: detail.endMs[flow] };
  const destinations = new Set(
    detail.ends.filter((end) => end.port === port && end.protocol === protocol).map(({ address }) => address),
  );
  return [...destinations].map((destination) => ({ source, destination, port, sourcePort, protocol, spanMs }));
}
