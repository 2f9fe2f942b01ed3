import type { Packet } from 'pcap-ts-parser';
import { mix } from '../flows/hash.ts';
import { DNS_PORT, LLMNR_PORT, MDNS_PORT } from './dns.ts';
import { readAnswers } from './dns-answers.ts';

/** Names kept at the same time, the oldest are let go of first: bounds their memory whatever a capture holds. */
const MOST_RESOLUTIONS = 200_000;

/** A power of two. */
const TOLD_HASHES = 1 << 16;

/** Stands for every client: who hears a multicast answer is not known. */
const EVERYONE = '';

interface Resolution {
  name: string;
  atMs: number;
}

/**
 * What clients were told about addresses: by DNS over UDP and TCP, multicast DNS and LLMNR. A client that then talks to
 * an address most likely means the name it resolved last.
 */
export class Resolutions {
  /** By client and address, as texts of their bytes. */
  readonly #names = new Map<string, Resolution>();
  #heardMulticast = false;
  /** 1 for hashes of addresses that anyone was told about: most that are not need no look-up. */
  readonly #toldHashes = new Uint8Array(TOLD_HASHES);

  /** Whether a packet comes from a port that names are asked of. */
  static isAnswer({ sourcePort }: Packet): boolean {
    return sourcePort === DNS_PORT || sourcePort === MDNS_PORT || sourcePort === LLMNR_PORT;
  }

  /** Learns from one response in `bytes[start, end)`, which `packet` carried, or ended, at `nowMs`. */
  learn(bytes: Uint8Array, start: number, end: number, packet: Packet, nowMs: number): void {
    const multicast = isMulticast(packet);
    const client = multicast ? EVERYONE : addressKey(packet.bytes, packet.destination, lengthOf(packet));
    this.#heardMulticast ||= multicast;
    readAnswers(bytes, start, end, packet.sourcePort === MDNS_PORT, (name, answer, at, length) => {
      if (name === '') return;
      this.#toldHashes[addressHash(answer, at, length)] = 1;
      this.#keep(client + addressKey(answer, at, length), name, nowMs);
    });
  }

  /** Learns from the responses that begin one after another in `bytes[start, end)`, each behind its length, as over TCP. */
  learnStream(bytes: Uint8Array, start: number, end: number, packet: Packet, nowMs: number): void {
    let at = start;
    while (at + 2 <= end) {
      const message = at + 2;
      at = message + bytes[at] * 256 + bytes[at + 1];
      if (at <= end) this.learn(bytes, message, at, packet, nowMs);
    }
  }

  /** The name that the packet's sender was last told for its destination until `nowMs`, '' for none. */
  nameFor(packet: Packet, nowMs: number): string {
    if (this.#names.size === 0) return '';
    const { bytes, source, destination } = packet;
    const length = lengthOf(packet);
    if (this.#toldHashes[addressHash(bytes, destination, length)] === 0) return '';
    let told = this.#names.get(pairKey(bytes, source, destination, length));
    if (told === undefined && this.#heardMulticast) told = this.#names.get(EVERYONE + addressKey(bytes, destination, length));
    return told === undefined || told.atMs > nowMs ? '' : told.name;
  }

  #keep(key: string, name: string, atMs: number): void {
    const known = this.#names.get(key);
    if (known?.name === name) {
      // What clients are told again and again stays as it is, unless an older capture comes behind a newer one.
      known.atMs = Math.min(known.atMs, atMs);
      return;
    }
    // Taken out first, so that the order of entries is that of their last change.
    if (known !== undefined) this.#names.delete(key);
    if (this.#names.size >= MOST_RESOLUTIONS) {
      for (const oldest of this.#names.keys()) {
        this.#names.delete(oldest);
        break;
      }
    }
    this.#names.set(key, { name, atMs });
  }
}

function lengthOf(packet: Packet): number {
  return packet.ipVersion === 6 ? 16 : 4;
}

/** IPv4 multicast is 224.0.0.0/4 (RFC 1112), IPv6 multicast ff00::/8 (RFC 4291). */
function isMulticast({ bytes, destination, ipVersion }: Packet): boolean {
  return ipVersion === 6 ? bytes[destination] === 0xff : bytes[destination] >> 4 === 0xe;
}

/** Of the last four bytes, in which addresses differ most. */
function addressHash(bytes: Uint8Array, at: number, length: number): number {
  const last = at + length - 4;
  const word = (bytes[last] << 24) | (bytes[last + 1] << 16) | (bytes[last + 2] << 8) | bytes[last + 3];
  return mix(length, word) & (TOLD_HASHES - 1);
}

/** The texts of a client and an address in one; those of IPv4 are made at once. */
function pairKey(bytes: Uint8Array, client: number, address: number, length: number): string {
  if (length !== 4) return addressKey(bytes, client, length) + addressKey(bytes, address, length);
  return String.fromCharCode(
    (bytes[client] << 8) | bytes[client + 1], (bytes[client + 2] << 8) | bytes[client + 3],
    (bytes[address] << 8) | bytes[address + 1], (bytes[address + 2] << 8) | bytes[address + 3],
  );
}

/** Bytes of an address as text. Two addresses of one version have the same length, so that pairs of them do not mix up. */
function addressKey(bytes: Uint8Array, at: number, length: number): string {
  if (length === 4) return String.fromCharCode((bytes[at] << 8) | bytes[at + 1], (bytes[at + 2] << 8) | bytes[at + 3]);
  let key = '';
  for (let index = 0; index < length; index += 2) key += String.fromCharCode((bytes[at + index] << 8) | bytes[at + index + 1]);
  return key;
}
