import type { Packet } from 'pcap-ts-parser';
import {
  AWAITS_FIRST,
  CUT_EARLY,
  CUT_RECEIVED,
  CUT_SENT,
  FLAGS,
  type FlowStore,
  PACKETS_RECEIVED,
  PACKETS_SENT,
  RECEIVED_READ,
  RECOGNISED,
  SENT_READ,
  SPOKE,
} from './flow-store.ts';
import { CUT_OFF, DONE, DONE_CUT_OFF, type FlowInspector, TOLD } from './inspector.ts';

/**
 * Packets of either end of a flow that are looked into for names and what else they say: of each by itself, so that halves
 * in captures of their own show what a whole flow does.
 */
const INSPECTED_PACKETS = 20;
/** Bytes of payload that tell what it is of, where the capture has cut it. */
const TELLING_BYTES = 64;

/** Looks into one of the first packets of a flow, for what is not known yet. */
export function lookInto(
  store: FlowStore,
  inspector: FlowInspector,
  flow: number,
  packet: Packet,
  forward: boolean,
  nowMs: number,
): void {
  const records = store.records.chunk(flow);
  const at = store.records.place(flow);
  const read = forward ? SENT_READ : RECEIVED_READ;
  let flags = records[at + FLAGS];
  if (records[at + (forward ? PACKETS_SENT : PACKETS_RECEIVED)] > INSPECTED_PACKETS) {
    records[at + FLAGS] = flags | RECOGNISED | read;
    return;
  }
  const tells = packet.payloadLength >= TELLING_BYTES || packet.payloadLength === packet.wirePayloadLength;
  if (tells && (flags & CUT_EARLY) === 0) flags |= SPOKE;
  if ((flags & RECOGNISED) === 0 && inspector.recognise(flow, packet, forward)) flags |= RECOGNISED;
  if ((flags & read) === 0) {
    let missing = 0;
    if (forward && (flags & AWAITS_FIRST) !== 0) {
      missing = (packet.tcpSequence - store.firstSequence[flow]) | 0;
      if (missing <= 0) flags &= ~AWAITS_FIRST;
      // What tells the protocol was lost, or comes late.
      else flags |= CUT_EARLY;
    }
    const progress = inspector.observe(flow, packet, forward, missing, nowMs);
    if (progress === DONE || progress === DONE_CUT_OFF) flags |= SENT_READ | RECEIVED_READ;
    else if (progress === TOLD && missing <= 0) flags |= read;
    if (progress === CUT_OFF || progress === DONE_CUT_OFF) flags |= forward ? CUT_SENT : CUT_RECEIVED;
  }
  records[at + FLAGS] = flags;
}

/** Notes that the capture holds too little of a packet's payload, or none of it, to tell what it is of. */
export function noteCut({ records }: FlowStore, flow: number, { payloadLength }: Packet): void {
  if (records.get(flow, PACKETS_SENT) + records.get(flow, PACKETS_RECEIVED) > INSPECTED_PACKETS) return;
  const flags = records.get(flow, FLAGS);
  if (payloadLength < TELLING_BYTES && (flags & SPOKE) === 0) records.set(flow, FLAGS, flags | CUT_EARLY);
}
