import { type MixFlow, type MixMode, newCheckIn, newFlow } from './mix/flow.ts';
import { nextPacket } from './mix/conversation.ts';
import { MixWriter } from './mix/writer.ts';
import { seededRandom } from './random.ts';

export interface Mix {
  /** At least this many bytes of file, and at most one check-in more. */
  bytes: number;
  /**
   * `ordinary` is what an enterprise's gateway sees, about 690 bytes a packet and a flow every 10 kB: look-ups, web
   * pages whose sizes have a heavy tail, QUIC, clocks, pings. `small` is scans, look-ups and keep-alive, 78 bytes a packet.
   */
  mode?: MixMode;
  seed?: number;
  /** Seconds from the first packet to the last, about. */
  duration?: number;
  /** Seconds since 1970 of the first packet. */
  start?: number;
}

/** Bytes a packet takes in the file, about: how far apart packets are in time is worked out from it. */
const RECORD_BYTES: Record<MixMode, number> = { ordinary: 720, small: 94 };
/** Flows that are alive at any time. */
const LIVE: Record<MixMode, number> = { ordinary: 3000, small: 40_000 };
/** Hosts that check in once a minute, host by host with up to 4 s of jitter. */
const IMPLANTS = 40;
const INTERVAL_S = 60;

/**
 * A classic capture of a mix of traffic like that of real networks, in pieces of about 1 MiB: live flows are drawn at
 * random and send up to four packets at once, and among 8,000 busy clients 40 implants call home. What costs most in an
 * analysis is a new flow, and real networks have one every 5 to 20 kB: captures of few, long flows say little about speed.
 */
export function* enterpriseMix({
  bytes,
  mode = 'ordinary',
  seed = 1,
  duration = 3600,
  start = 1_700_000_000,
}: Mix): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
  const random = seededRandom(seed);
  const writer = new MixWriter(mode, random, start);
  const meanGap = (duration * RECORD_BYTES[mode]) / bytes;
  const live: MixFlow[] = Array.from({ length: LIVE[mode] }, () => newFlow(mode, random));
  const due = Float64Array.from({ length: IMPLANTS }, (_, implant) => start + implant * 1.5);
  let nextDue = start;
  while (writer.bytesWritten < bytes) {
    writer.seconds += random.exponential(meanGap);
    if (writer.seconds >= nextDue) {
      for (let implant = 0; implant < IMPLANTS; implant++) {
        if (due[implant] > writer.seconds) continue;
        const flow = newCheckIn(implant, random);
        while (!nextPacket(flow, writer, random)) writer.seconds += 0.0005;
        due[implant] += INTERVAL_S + random.uniform(-1, 1) * (implant % 5);
      }
      nextDue = Math.min(...due);
    }
    const flow = random.integer(0, live.length - 1);
    for (let burst = random.integer(1, 4); burst > 0; burst--) {
      if (nextPacket(live[flow], writer, random)) {
        live[flow] = newFlow(mode, random);
        break;
      }
      writer.seconds += 0.00002;
    }
    const piece = writer.takeFull();
    if (piece !== null) yield piece;
  }
  yield writer.takeRest();
}
