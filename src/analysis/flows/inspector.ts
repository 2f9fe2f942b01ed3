import type { Packet } from 'pcap-ts-parser';
import type { FlowColumns } from './columns.ts';
import type { InspectedColumn } from './schema.ts';

/**
 * What a look into a packet came to. MORE: its bytes end before anything is decided. READ: the flow may say more. TOLD:
 * its sender says nothing more. DONE: nothing more can be learned from the flow. CUT_OFF: the capture has cut what would
 * have told more; DONE_CUT_OFF: that, and nothing more can be learned.
 */
export const MORE = 0;
export const READ = 1;
export const TOLD = 2;
export const DONE = 3;
export const CUT_OFF = 4;
export const DONE_CUT_OFF = 5;
export type Progress = typeof MORE | typeof READ | typeof TOLD | typeof DONE | typeof CUT_OFF | typeof DONE_CUT_OFF;

/** What an inspector knows of flows: its columns, and the texts that they number. */
export type Inspected = Pick<FlowColumns, InspectedColumn | 'names' | 'texts'>;

/**
 * Reads what payloads say of flows, for a meter that knows packets alone (see `inspect/flow-inspector.ts`). Flows are
 * numbered as they are created, `forward` says that a packet goes from its flow's source to its destination, and
 * `nowMs` is the time on the packets' clock.
 */
export interface FlowInspector {
  /** A flow begins with this packet. */
  begin(flow: number, packet: Packet, nowMs: number): void;
  /** Takes what any packet with payload tells of addresses, also behind the first packets of its flow. */
  learn(packet: Packet, nowMs: number): void;
  /** Looks for the application in a packet with payload. Returns true when nothing more is looked for in this flow. */
  recognise(flow: number, packet: Packet, forward: boolean): boolean;
  /**
   * Looks for names and what else a packet with payload says. `missing` is how many bytes of its stream's beginning have
   * not come before it, 0 where that is not known.
   */
  observe(flow: number, packet: Packet, forward: boolean, missing: number, nowMs: number): Progress;
  /** A flow has ended: what was kept for it is read as far as it goes and freed. */
  end(flow: number): void;
  /** What was found of some flows, in the order given, which is that of their keys. */
  columnsOf(flows: Uint32Array, keys: FlowColumns): Inspected;
}
