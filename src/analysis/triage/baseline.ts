import { firstMsOf, type FlowColumns, lastMsOf } from '../flows/columns.ts';
import { shownName } from '../flows/shown-name.ts';
import { comparableName } from '../lists/name-text.ts';
import { ZONES } from '../net/zones.ts';

/** What a baseline remembers; the index is what it stores. Fingerprints are those of clients: JA3, JA4, HASSH. */
export const BASELINE_KINDS = ['address', 'name', 'fingerprint'] as const;
export type BaselineKind = (typeof BASELINE_KINDS)[number];

/** Where the hosts of a network went in some time: destinations, their names, and what software called. No payload. */
export interface Baseline {
  /** When the flows began and ended that it was made of, in milliseconds since 1970. */
  fromMs: number;
  toMs: number;
  /** Addresses of all internal sources. */
  hosts: string[];
  /** One value for each thing remembered; the kind is an index into `BASELINE_KINDS`. */
  kind: Uint8Array;
  text: string[];
  firstMs: Float64Array;
  lastMs: Float64Array;
  /** Hosts of thing `n`, as indexes into `hosts`: `host[offsets[n]]` up to `host[offsets[n + 1]]`. */
  offsets: Uint32Array;
  host: Uint32Array;
  /** Things that there was no room for. */
  leftOut: number;
}

/** What a report says of the baseline it is compared with. */
export type BaselineSummary = Pick<Baseline, 'fromMs' | 'toMs' | 'leftOut'> & { hosts: number; things: number };

/** Things that are remembered at most, and hosts of them all together. */
export const BASELINE_ROOM = { things: 1 << 20, pairs: 1 << 23 };
const INTERNAL = ZONES.indexOf('internal');
const GROUP = ZONES.indexOf('multicast');

interface Thing {
  kind: number;
  text: string;
  firstMs: number;
  lastMs: number;
  hosts: Set<number>;
}

/** Gathers what is remembered. */
class BaselineBuilder {
  private fromMs = Number.POSITIVE_INFINITY;
  private toMs = Number.NEGATIVE_INFINITY;
  private readonly hosts = new Map<string, number>();
  private readonly things = new Map<string, Thing>();
  private pairs = 0;
  private leftOut = 0;
  private readonly room: typeof BASELINE_ROOM;

  constructor(room: typeof BASELINE_ROOM) {
    this.room = room;
  }

  span(fromMs: number, toMs: number): void {
    this.fromMs = Math.min(this.fromMs, fromMs);
    this.toMs = Math.max(this.toMs, toMs);
  }

  host(text: string): number {
    const known = this.hosts.get(text);
    if (known === undefined) this.hosts.set(text, this.hosts.size);
    return known ?? this.hosts.size - 1;
  }

  add(kind: number, text: string, host: number, firstMs: number, lastMs: number): void {
    const key = thingKey(BASELINE_KINDS[kind], text);
    let thing = this.things.get(key);
    if (thing === undefined) {
      if (this.things.size >= this.room.things) {
        this.leftOut++;
        return;
      }
      thing = { kind, text, firstMs, lastMs, hosts: new Set() };
      this.things.set(key, thing);
    }
    thing.firstMs = Math.min(thing.firstMs, firstMs);
    thing.lastMs = Math.max(thing.lastMs, lastMs);
    if (thing.hosts.has(host)) return;
    if (this.pairs >= this.room.pairs) this.leftOut++;
    else this.pairs += thing.hosts.add(host).size > 0 ? 1 : 0;
  }

  finish(): Baseline {
    const all = [...this.things.values()];
    const offsets = new Uint32Array(all.length + 1);
    const host = new Uint32Array(this.pairs);
    for (const [at, thing] of all.entries()) {
      host.set([...thing.hosts], offsets[at]);
      offsets[at + 1] = offsets[at] + thing.hosts.size;
    }
    const isEmpty = this.fromMs > this.toMs;
    return {
      fromMs: isEmpty ? 0 : this.fromMs,
      toMs: isEmpty ? 0 : this.toMs,
      hosts: [...this.hosts.keys()],
      kind: Uint8Array.from(all, ({ kind }) => kind),
      text: all.map(({ text }) => text),
      firstMs: Float64Array.from(all, ({ firstMs }) => firstMs),
      lastMs: Float64Array.from(all, ({ lastMs }) => lastMs),
      offsets,
      host,
      leftOut: this.leftOut,
    };
  }
}

/** One key for a thing of a kind. */
export function thingKey(kind: BaselineKind, text: string): string {
  return `${kind} ${text}`;
}

/** What flows of internal hosts would have a later capture compared with. `places` has the zone of each address. */
export function baselineOf(flows: FlowColumns, places: Uint8Array, room = BASELINE_ROOM): Baseline {
  const builder = new BaselineBuilder(room);
  const [address, name, fingerprint] = BASELINE_KINDS.keys();
  for (let flow = 0; flow < flows.length; flow++) {
    const [firstMs, lastMs] = [firstMsOf(flows, flow), lastMsOf(flows, flow)];
    builder.span(firstMs, lastMs);
    if (places[flows.source[flow]] !== INTERNAL || places[flows.destination[flow]] === GROUP) continue;
    const host = builder.host(flows.addresses.text(flows.source[flow]));
    const add = (kind: number, text: string): void => builder.add(kind, text, host, firstMs, lastMs);
    add(address, flows.addresses.text(flows.destination[flow]));
    const called = shownName(flows, flow);
    if (called !== 0) add(name, comparableName(flows.names[called]));
    for (const text of [flows.clientFingerprint[flow], flows.ja4[flow]]) {
      if (text !== 0) add(fingerprint, flows.texts[text]);
    }
  }
  return builder.finish();
}

/** Several baselines as one; what any of them remembers is remembered. */
export function mergedBaselines(baselines: readonly Baseline[], room = BASELINE_ROOM): Baseline {
  const builder = new BaselineBuilder(room);
  let leftOut = 0;
  for (const { fromMs, toMs, hosts, kind, text, firstMs, lastMs, offsets, host, leftOut: without } of baselines) {
    leftOut += without;
    if (text.length > 0 || toMs > 0) builder.span(fromMs, toMs);
    const numbers = hosts.map((own) => builder.host(own));
    for (let thing = 0; thing < text.length; thing++) {
      for (let place = offsets[thing]; place < offsets[thing + 1]; place++)
        builder.add(kind[thing], text[thing], numbers[host[place]], firstMs[thing], lastMs[thing]);
    }
  }
  const merged = builder.finish();
  return { ...merged, leftOut: merged.leftOut + leftOut };
}
