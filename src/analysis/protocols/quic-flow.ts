import { addCryptoFrames, initialFrames, type InitialPacket, initialPackets } from './quic.ts';
import { InitialKeys, initialSecretOf } from './quic-keys.ts';
import { Reassembly } from './reassembly.ts';

/** Bytes that a client's hello takes at first; one with a post-quantum key share needs twice that. */
const USUAL_HELLO = 1024;

/** The handshake messages in the Initial packets of one QUIC connection, from both sides. */
export class QuicFlow {
  /** What the client sent, and what the server sent: TLS handshake messages without records (RFC 9001, section 4). */
  readonly client = new Reassembly(USUAL_HELLO);
  readonly server = new Reassembly(USUAL_HELLO);
  #clientKeys: InitialKeys | null = null;
  #serverKeys: InitialKeys | null = null;
  /** Direction of the client's packets. */
  #clientForward = true;

  /**
   * Takes the Initial packets of a datagram in `bytes[start, end)`. The keys come from the connection id of the first
   * packet that they open: of the client's first one, or of its first after a Retry. Returns whether more is there.
   */
  add(bytes: Uint8Array, start: number, end: number, forward: boolean): boolean {
    let grew = false;
    for (const packet of initialPackets(bytes, start, end)) {
      const frames = this.#open(bytes, packet, forward);
      if (frames !== null && addCryptoFrames(frames, forward === this.#clientForward ? this.client : this.server))
        grew = true;
    }
    return grew;
  }

  #open(bytes: Uint8Array, packet: InitialPacket, forward: boolean): Uint8Array | null {
    const known = forward === this.#clientForward ? this.#clientKeys : this.#serverKeys;
    if (known !== null) {
      const frames = initialFrames(bytes, packet, known);
      if (frames !== null || forward !== this.#clientForward) return frames;
    }
    const secret = initialSecretOf(packet.version, bytes.subarray(packet.connectionIdStart, packet.connectionIdEnd));
    const keys = new InitialKeys(packet.version, secret, 'client');
    const frames = initialFrames(bytes, packet, keys);
    if (frames === null) return null;
    this.#clientKeys = keys;
    this.#serverKeys = new InitialKeys(packet.version, secret, 'server');
    this.#clientForward = forward;
    return frames;
  }
}
