import { RecentMap } from '../memory/recent-map.ts';
import type { FlowRow } from './flow-row.ts';

/** Halves that wait for the other one; of more, the first ones are taken as they are. */
const MOST_WAITING = 1 << 17;

/** What every event says of its flow. */
export type EventFlow = Pick<
  FlowRow,
  'source' | 'destination' | 'sourcePort' | 'destinationPort' | 'protocol' | 'application' | 'vlanId' | 'key'
>;

/**
 * One direction of a flow, as a netflow event has it. What all events say is kept by itself: objects that another is
 * spread into take ten times as long to make and to read.
 */
export interface Half {
  ends: EventFlow;
  firstMs: number;
  lastMs: number;
  packets: number;
  bytes: number;
  /** Place of the event in the file. */
  number: number;
}

/** Puts the two directions of flows together, which Suricata's netflow events have apart, by the id that both have. */
export class NetflowPairs {
  private readonly waiting: RecentMap<string, Half>;
  private readonly give: (first: Half, second: Half | null) => void;

  /** `give` is told the half that began, and the other one or null where none came. */
  constructor(give: (first: Half, second: Half | null) => void) {
    this.give = give;
    this.waiting = new RecentMap(MOST_WAITING, (half) => give(half, null));
  }

  add(half: Half): void {
    const { key } = half.ends;
    const other = this.waiting.get(key);
    if (other !== undefined) {
      this.waiting.delete(key);
      const isPair = isBackOf(half, other);
      // Suricata writes the half of who began first.
      this.give(other, isPair ? half : null);
      if (isPair) return;
    }
    this.waiting.set(key, half);
  }

  /** Gives the halves that no other came for. */
  end(): void {
    this.waiting.clear();
  }
}

/** Writes a flow of one or two directions into a row. */
export function takeHalves(row: FlowRow, first: Half, second: Half | null): void {
  Object.assign(row, first.ends);
  row.firstMs = Math.min(first.firstMs, second?.firstMs ?? first.firstMs);
  row.lastMs = Math.max(first.lastMs, second?.lastMs ?? first.lastMs);
  row.packetsSent = first.packets;
  row.bytesSent = row.ipBytesSent = first.bytes;
  row.packetsReceived = second?.packets ?? 0;
  row.bytesReceived = row.ipBytesReceived = second?.bytes ?? 0;
  row.failed = 0;
}

function isBackOf({ ends: half }: Half, { ends: other }: Half): boolean {
  return half.source === other.destination && half.destination === other.source;
}
