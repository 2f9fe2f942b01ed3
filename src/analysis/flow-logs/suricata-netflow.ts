import { RecentMap } from '../memory/recent-map.ts';
import type { FlowRow } from './flow-row.ts';

/** Halves that wait for the other one; of more, the first ones are taken as they are. */
const MOST_WAITING = 1 << 17;

/** One direction of a flow, as a netflow event has it. */
export interface Half {
  source: string;
  destination: string;
  sourcePort: number;
  destinationPort: number;
  protocol: number;
  firstMs: number;
  lastMs: number;
  packets: number;
  bytes: number;
  vlanId: number;
  application: number;
  key: string;
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
    const other = this.waiting.get(half.key);
    if (other !== undefined) {
      this.waiting.delete(half.key);
      const isPair = isBackOf(half, other);
      // Suricata writes the half of who began first.
      this.give(other, isPair ? half : null);
      if (isPair) return;
    }
    this.waiting.set(half.key, half);
  }

  /** Gives the halves that no other came for. */
  end(): void {
    this.waiting.clear();
  }
}

/** Writes a flow of one or two directions into a row. */
export function takeHalves(row: FlowRow, first: Half, second: Half | null): void {
  row.source = first.source;
  row.destination = first.destination;
  row.sourcePort = first.sourcePort;
  row.destinationPort = first.destinationPort;
  row.protocol = first.protocol;
  row.firstMs = Math.min(first.firstMs, second?.firstMs ?? first.firstMs);
  row.lastMs = Math.max(first.lastMs, second?.lastMs ?? first.lastMs);
  row.packetsSent = first.packets;
  row.bytesSent = row.ipBytesSent = first.bytes;
  row.packetsReceived = second?.packets ?? 0;
  row.bytesReceived = row.ipBytesReceived = second?.bytes ?? 0;
  row.application = first.application;
  row.vlanId = first.vlanId;
  row.key = first.key;
  row.failed = 0;
}

function isBackOf(half: Half, other: Half): boolean {
  return half.source === other.destination && half.destination === other.source;
}
