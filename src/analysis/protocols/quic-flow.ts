import { addCryptoFrames, initialFrames, type InitialPacket, initialPackets } from './quic.ts';
import { InitialKeys, initialSecretOf } from './quic-keys.ts';
import { Reassembly } from './reassembly.ts';

/** Bytes that a client's hello takes at first; one with a post-quantum key share needs twice that. */
const USUAL_HELLO = 1024;

/** Bytes that a datagram with a client's Initial packet has at least: servers drop smaller ones (RFC 9000, 14.1). */
const LEAST_DATAGRAM = 1200;
/** Packets of one connection that are tried in vain, with keys that are known or made for them. */
const MOST_FAILURES = 8;
/** Datagrams of all connections that are too small for servers, and that keys are made for all the same. */
const MOST_SMALL = 256;

/**
 * Whether keys are made for a datagram, which takes a tenth of a millisecond: what no server answers may be made by the
 * million to take time.
 */
export class KeyAttempts {
  /** Keys that were made. */
  made = 0;
  private small = 0;

  /** Takes a datagram, and says whether keys are made for it. */
  take(datagramBytes: number): boolean {
    if (datagramBytes < LEAST_DATAGRAM && this.small++ >= MOST_SMALL) return false;
    this.made++;
    return true;
  }
}

/** The handshake messages in the Initial packets of one QUIC connection, from both sides. */
export class QuicFlow {
  /**
   * What the client sent, and what the server sent: TLS handshake messages without records (RFC 9001, section 4), or
   * Google's own.
   */
  readonly client = new Reassembly(USUAL_HELLO);
  readonly server = new Reassembly(USUAL_HELLO);
  #clientKeys: InitialKeys | null = null;
  #serverKeys: InitialKeys | null = null;
  #secret: Uint8Array = new Uint8Array(0);
  /** Direction of the client's packets. */
  #clientForward = true;
  /** Packets that no keys opened. */
  #failures = 0;
  readonly #attempts: KeyAttempts;

  /** @param attempts those of all connections */
  constructor(attempts = new KeyAttempts()) {
    this.#attempts = attempts;
  }

  /**
   * Takes the Initial packets of a datagram in `bytes[start, end)`. The keys come from the connection id of the first
   * packet that they open: of the client's first one, or of its first after a Retry. Returns whether more is there.
   */
  add(bytes: Uint8Array, start: number, end: number, forward: boolean): boolean {
    let grew = false;
    let made: InitialKeys | null = null;
    for (const packet of initialPackets(bytes, start, end)) {
      if (this.#failures >= MOST_FAILURES) break;
      let frames = this.#openKnown(bytes, packet, forward);
      if (frames === null && (made !== null || this.#mayBegin(end - start, forward))) {
        // What shares a datagram shares its connection id (RFC 9000, section 12.2).
        made ??= this.#keysOf(bytes, packet);
        frames = this.#begin(bytes, packet, made, forward);
      }
      if (frames === null) {
        this.#failures++;
        continue;
      }
      const stream = forward === this.#clientForward ? this.client : this.server;
      if (addCryptoFrames(frames, packet.version.cryptoFrame, stream)) grew = true;
    }
    return grew;
  }

  /** Whether a datagram of this many bytes may be the first of a client. */
  #mayBegin(length: number, forward: boolean): boolean {
    const isAnswer = this.#clientKeys !== null && forward !== this.#clientForward;
    return !isAnswer && this.#attempts.take(length);
  }

  #openKnown(bytes: Uint8Array, packet: InitialPacket, forward: boolean): Uint8Array | null {
    const known = forward === this.#clientForward ? this.#clientKeys : this.#serverKeys;
    return known === null ? null : initialFrames(bytes, packet, known);
  }

  #keysOf(bytes: Uint8Array, { version, connectionIdStart, connectionIdEnd }: InitialPacket): InitialKeys {
    const secret = initialSecretOf(version, bytes.subarray(connectionIdStart, connectionIdEnd));
    this.#secret = secret;
    return new InitialKeys(version, secret, 'client');
  }

  /** Opens a client's packet with keys of its own, which then are those of the connection. */
  #begin(bytes: Uint8Array, packet: InitialPacket, keys: InitialKeys, forward: boolean): Uint8Array | null {
    const frames = initialFrames(bytes, packet, keys);
    if (frames === null) return null;
    this.#clientKeys = keys;
    this.#serverKeys = new InitialKeys(packet.version, this.#secret, 'server');
    this.#clientForward = forward;
    return frames;
  }
}
