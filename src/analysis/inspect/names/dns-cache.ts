import type { Packet } from 'pcap-ts-parser';
import { DNS_PORT, LLMNR_PORT, MDNS_PORT } from '../../protocols/dns.ts';
import { readAnswers } from '../../protocols/dns-answers.ts';
import { PairKey, ToldNames } from './told-names.ts';

/** Names that one table holds: with the one before it, it bounds their memory whatever a capture holds. */
const MOST_RESOLUTIONS = 200_000;

/**
 * What clients were told about addresses: by DNS over UDP and TCP, multicast DNS and LLMNR. A client that then talks to
 * an address most likely means the name it resolved last.
 */
export class DnsCache {
  /** Answers that gave way to others: those told longest before. */
  forgotten = 0;
  #names = new ToldNames();
  /** The table before, which was full. */
  #earlier = new ToldNames();
  #heardMulticast = false;
  readonly #key = new PairKey();
  /** Where the key is in the table that `#tableWith` gave. */
  #entry = 0;
  /** The message that is learned from: when, and whose client's addresses have this length (0 for everyone's). */
  #nowMs = 0;
  #clientLength = 0;

  /** Whether a packet comes from a port that names are asked of. */
  static isAnswer({ sourcePort }: Packet): boolean {
    return sourcePort === DNS_PORT || sourcePort === MDNS_PORT || sourcePort === LLMNR_PORT;
  }

  /** Learns from one response in `bytes[start, end)`, which `packet` carried, or ended, at `nowMs`. */
  learn(bytes: Uint8Array, start: number, end: number, packet: Packet, nowMs: number): void {
    this.#nowMs = nowMs;
    this.#clientLength = isMulticast(packet) ? 0 : lengthOf(packet);
    if (this.#clientLength === 0) this.#heardMulticast = true;
    else this.#key.setClient(packet.bytes, packet.destination, this.#clientLength);
    readAnswers(bytes, start, end, packet.sourcePort === MDNS_PORT, this.#take);
  }

  /**
   * Learns from the responses that begin one after another in `bytes[start, end)`, each behind its length, as over
   * TCP; of one that is not whole only with `cut`, as far as it goes: what may be none would be taken for one.
   */
  learnStream(bytes: Uint8Array, start: number, end: number, packet: Packet, nowMs: number, cut = false): void {
    let at = start;
    while (at + 2 <= end) {
      const message = at + 2;
      at = message + bytes[at] * 256 + bytes[at + 1];
      if (at <= end || cut) this.learn(bytes, message, Math.min(at, end), packet, nowMs);
    }
  }

  /** The name that the packet's sender was last told for its destination until `nowMs`, '' for none. */
  nameFor(packet: Packet, nowMs: number): string {
    if (this.#names.count === 0) return '';
    const { bytes, source, destination } = packet;
    const length = lengthOf(packet);
    const key = this.#key;
    key.setClient(bytes, source, length);
    key.setAddress(bytes, destination, length);
    let table = this.#tableWith();
    if (table === null && this.#heardMulticast) {
      key.setEveryone(length === 16);
      table = this.#tableWith();
    }
    return table === null || table.atMs(this.#entry) > nowMs ? '' : table.names[this.#entry];
  }

  /** Keeps one answer. Clients do not talk to addresses of the other IP version. */
  readonly #take = (name: string, bytes: Uint8Array, at: number, length: number): void => {
    if (name === '' || (this.#clientLength !== 0 && this.#clientLength !== length)) return;
    if (this.#clientLength === 0) this.#key.setEveryone(length === 16);
    this.#key.setAddress(bytes, at, length);
    this.#keep(name, this.#nowMs);
  };

  #keep(name: string, atMs: number): void {
    const table = this.#tableWith();
    if (table !== null && table.names[this.#entry] === name) {
      // What clients are told again and again stays as it is, unless an older capture comes behind a newer one.
      table.set(this.#entry, name, Math.min(table.atMs(this.#entry), atMs));
    } else if (table === this.#names) {
      table.set(this.#entry, name, atMs);
    } else {
      if (this.#names.count >= MOST_RESOLUTIONS) {
        this.forgotten += this.#earlier.count;
        this.#earlier = this.#names;
        this.#names = new ToldNames();
      }
      this.#names.add(this.#key, name, atMs);
    }
  }

  /** The table that holds the key, the later of the two; null for neither. */
  #tableWith(): ToldNames | null {
    this.#entry = this.#names.find(this.#key);
    if (this.#entry >= 0) return this.#names;
    if (this.#earlier.count === 0) return null;
    this.#entry = this.#earlier.find(this.#key);
    return this.#entry >= 0 ? this.#earlier : null;
  }
}

function lengthOf(packet: Packet): number {
  return packet.ipVersion === 6 ? 16 : 4;
}

/** IPv4 multicast is 224.0.0.0/4 (RFC 1112), IPv6 multicast ff00::/8 (RFC 4291). */
function isMulticast({ bytes, destination, ipVersion }: Packet): boolean {
  return ipVersion === 6 ? bytes[destination] === 0xff : bytes[destination] >> 4 === 0xe;
}
