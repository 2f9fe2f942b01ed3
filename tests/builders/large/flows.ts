import type { Random } from '../random.ts';
import type { Template } from './templates.ts';
import {
  FIRST_SERVER,
  KIND_LOOKUP,
  KIND_STREAM,
  KIND_TLS,
  LOOKUP_PACKETS,
  SERVER_PORTS,
  SERVERS,
} from './templates.ts';

/** Shares of flows by kind. */
export const LOOKUP_SHARE = 0.3;
const STREAM_SHARE = 0.15;
export const TLS_SHARE = 1 - LOOKUP_SHARE - STREAM_SHARE;

/**
 * Flows that are going on at any time: in the capture that is built when nothing is asked for, each does for about half
 * a minute.
 */
export const CONCURRENT = 128;
/**
 * Of these, how many send at the same time, and packets of both directions that one sends, on average, before it
 * pauses.
 */
const BUSY = 8;
const TRAIN = 20;
const CLIENTS = 1000;
const FIRST_CLIENT = 0x0a000001;
/** Servers that all clients ask for names. */
const RESOLVERS = 2;
const FIRST_RESOLVER = 0x0a00ff01;

/** Offsets in an untagged frame with an IPv4 header without options. */
const ADDRESSES = 14 + 12;
const PORTS = 14 + 20;
const SEQUENCE = PORTS + 4;

/** The flows that are going on, in columns; a finished one's place is taken by a new one. */
export class LiveFlows {
  readonly kinds = new Uint8Array(CONCURRENT);
  /** Packets so far. */
  readonly packets = new Uint32Array(CONCURRENT);
  /** Number of the server that it talks to, or asks the name of. */
  readonly servers = new Uint8Array(CONCURRENT);
  readonly #clients = new Uint32Array(CONCURRENT);
  readonly #serverAddresses = new Uint32Array(CONCURRENT);
  readonly #clientPorts = new Uint16Array(CONCURRENT);
  readonly #clientSequences = new Uint32Array(CONCURRENT);
  readonly #serverSequences = new Uint32Array(CONCURRENT);
  /** The flows that send. */
  readonly #busy = new Uint16Array(BUSY);
  readonly #random: Random;
  #started = 0;

  constructor(random: Random) {
    this.#random = random;
    for (let flow = 0; flow < CONCURRENT; flow += 1) this.#begin(flow);
    for (let place = 0; place < BUSY; place += 1) this.#busy[place] = random.integer(0, CONCURRENT - 1);
  }

  /**
   * The flow that sends next. A new one takes the place of a look-up that was answered, and with this probability of
   * another. Flows send in trains and pause in between, as requests and their answers do: were each packet any flow's,
   * nearly every one would come seconds after the one before.
   */
  next(newFlow: number): number {
    const random = this.#random;
    const place = random.integer(0, BUSY - 1);
    if (random.chance(1 / TRAIN)) this.#busy[place] = random.integer(0, CONCURRENT - 1);
    const flow = this.#busy[place];
    const answered = this.kinds[flow] === KIND_LOOKUP && this.packets[flow] === LOOKUP_PACKETS;
    if (answered || (this.kinds[flow] !== KIND_LOOKUP && random.chance(newFlow))) this.#begin(flow);
    return flow;
  }

  /** Writes the flow's addresses, ports and sequence number over the frame at `at`, and counts the packet. */
  patch(flow: number, template: Template, bytes: Uint8Array, at: number): void {
    const client = this.#clients[flow];
    const server = this.#serverAddresses[flow];
    const clientPort = this.#clientPorts[flow];
    const serverPort = SERVER_PORTS[this.kinds[flow]];
    const sequences = template.reverse ? this.#serverSequences : this.#clientSequences;
    putU32(bytes, at + ADDRESSES, template.reverse ? server : client);
    putU32(bytes, at + ADDRESSES + 4, template.reverse ? client : server);
    putU16(bytes, at + PORTS, template.reverse ? serverPort : clientPort);
    putU16(bytes, at + PORTS + 2, template.reverse ? clientPort : serverPort);
    if (template.tcp) {
      putU32(bytes, at + SEQUENCE, sequences[flow]);
      sequences[flow] = sequences[flow] + template.sequenceLength;
    }
    this.packets[flow] = this.packets[flow] + 1;
  }

  /** A new flow between a client and one of the servers, some far more popular, from the next port in turn. */
  #begin(flow: number): void {
    const random = this.#random;
    const kind = random.uniform();
    this.kinds[flow] = kind < LOOKUP_SHARE ? KIND_LOOKUP : kind < LOOKUP_SHARE + STREAM_SHARE ? KIND_STREAM : KIND_TLS;
    this.packets[flow] = 0;
    this.#clients[flow] = FIRST_CLIENT + random.integer(0, CLIENTS - 1);
    this.servers[flow] = Math.floor(SERVERS * random.uniform() * random.uniform());
    this.#serverAddresses[flow] =
      this.kinds[flow] === KIND_LOOKUP
        ? FIRST_RESOLVER + random.integer(0, RESOLVERS - 1)
        : FIRST_SERVER + this.servers[flow];
    this.#clientPorts[flow] = 49_152 + (this.#started % 16_384);
    this.#clientSequences[flow] = random.integer(0, 0xffff_ffff);
    this.#serverSequences[flow] = random.integer(0, 0xffff_ffff);
    this.#started += 1;
  }
}

function putU16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value;
}

function putU32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}
