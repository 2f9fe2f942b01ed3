import { PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { couldShow } from '../flows/observed.ts';
import type { FlowColumn } from '../flows/schema.ts';
import type { GrowingColumn } from '../memory/growing-column.ts';
import { UNKNOWN } from '../protocols/application-ids.ts';

type Columns = Readonly<Record<FlowColumn, GrowingColumn>>;

/** Sensors of some versions do not know QUIC, which is spoken there. */
const QUIC_PORT = 443;

/**
 * Takes back that flows could show something, or did.
 *
 * @param range places of the first of them, and behind the last
 * @param bits of `OBSERVED`, and those of `SIGNS`
 */
export function takeBack(
  { observed, signs }: Columns,
  [start, end]: readonly [number, number],
  bits: { observed: number; signs: number },
  room: number,
): void {
  for (let flow = start; flow < end; flow++) {
    observed.replace(flow, observed.get(flow) & ~bits.observed, room);
    if (bits.signs !== 0) signs.replace(flow, signs.get(flow) & ~bits.signs, room);
  }
}

/**
 * Whether a flow of a log carries no name, for a sensor that tells names looked at it from its beginning and recognised
 * nothing that has any.
 */
export function carriesNoName(columns: Columns, flow: number): boolean {
  const { protocol, destinationPort, observed, application, applicationGuessed } = columns;
  const isLooked = couldShow(observed.get(flow), 'begin') && couldShow(observed.get(flow), 'application');
  if (!isLooked || (application.get(flow) !== UNKNOWN && applicationGuessed.get(flow) === 0)) return false;
  const isQuic = protocol.get(flow) === PROTOCOL_UDP && destinationPort.get(flow) === QUIC_PORT;
  return protocol.get(flow) === PROTOCOL_TCP || (protocol.get(flow) === PROTOCOL_UDP && !isQuic);
}
