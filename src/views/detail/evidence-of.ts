import type { ConnectionDetail } from '../../analysis/connections/connection-detail.ts';
import type { FlowEnds } from '../../evidence/evidence.ts';

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
