import { isQuicLongHeader } from '../analysis/protocols/quic.ts';
import { QuicFlow } from '../analysis/protocols/quic-flow.ts';
import type { Reassembly } from '../analysis/protocols/reassembly.ts';
import { messageEnd } from '../analysis/protocols/tls.ts';
import { CLIENT, type Side, type TlsHandshake } from './evidence.ts';
import { Handshake } from './tls-exchanges.ts';

const MESSAGE_HEADER = 4;
/** Datagrams of a connection that are looked into: a hello takes a few, some of which are sent again. */
const MOST_DATAGRAMS = 64;

/** The hellos of one connection of QUIC, which are all that can be read of it (RFC 9001, section 5.2). */
export class QuicExchange {
  private readonly quic = new QuicFlow();
  private readonly handshake: Handshake;
  private left = MOST_DATAGRAMS;
  private firstMs: number | null = null;

  constructor(clientPort: number, begin: (exchange: TlsHandshake) => boolean) {
    this.handshake = new Handshake(clientPort, 'quic', begin);
  }

  /** Takes a datagram in `bytes[start, end)`; what is no long header of QUIC is passed over. */
  add(bytes: Uint8Array, start: number, end: number, side: Side, atMs: number): void {
    if (this.left === 0 || !isQuicLongHeader(bytes, start, end)) return;
    this.left--;
    this.firstMs ??= atMs;
    if (this.quic.add(bytes, start, end, side === CLIENT)) this.read(false);
  }

  /** Reads what there is of hellos that were cut. */
  finish(): void {
    this.read(true);
  }

  private read(isLast: boolean): void {
    const { client, server } = this.quic;
    const sent = firstMessage(client, isLast);
    if (sent !== null) this.handshake.sent(client.bytes[0], sent, this.firstMs ?? 0);
    const received = firstMessage(server, isLast);
    if (received !== null) this.handshake.received(server.bytes[0], received);
  }
}

/** The body of the first message of a side; null until all of it is there, or as much as ever will. */
function firstMessage({ bytes, length }: Reassembly, isLast: boolean): Uint8Array | null {
  if (length < MESSAGE_HEADER) return null;
  const end = messageEnd(bytes, 0);
  return end > length && !isLast ? null : bytes.subarray(MESSAGE_HEADER, Math.min(end, length));
}
