import type { Packet } from 'pcap-ts-parser';
import type { FlowColumns } from '../flows/columns.ts';
import { couldShow, NOTED } from '../flows/observed.ts';
import type { AskedHost } from '../protocols/proxy-request.ts';
import { SIGNS } from '../protocols/signs.ts';
import type { FlowInspector, Inspected, Progress } from '../flows/inspector.ts';
import { FlowApplications } from './applications/flow-applications.ts';
import { FindingColumns } from './finding-columns.ts';
import { FlowObserver } from './names/flow-observer.ts';
import { DnsCache } from './names/dns-cache.ts';

/** All that is read of payloads: names, certificates, fingerprints, headers and applications. */
export class PayloadInspector implements FlowInspector {
  readonly #findings = new FindingColumns();
  readonly #observer = new FlowObserver(this.#findings);
  readonly #applications = new FlowApplications();

  /** Whom flows ask a proxy for, by their place among those that `columnsOf` was given last; null for several. */
  asked: ReadonlyMap<number, AskedHost | null> = new Map();

  /** Names and other texts of flows that found no room. */
  get textsLeftOut(): number {
    return this.#findings.leftOut;
  }

  /** Answers of DNS that were forgotten for later ones. */
  get answersForgotten(): number {
    return this.#observer.resolutions.forgotten;
  }

  begin(flow: number, packet: Packet, nowMs: number): void {
    this.#findings.resolvedName.set(flow, this.#observer.resolutions.nameFor(packet, nowMs));
  }

  learn(packet: Packet, nowMs: number): void {
    if (DnsCache.isAnswer(packet)) this.#observer.learn(packet, nowMs);
  }

  recognise(flow: number, packet: Packet, forward: boolean): boolean {
    return this.#applications.observe(flow, packet, forward);
  }

  observe(flow: number, packet: Packet, forward: boolean, missing: number, nowMs: number): Progress {
    return this.#observer.observe(flow, packet, forward, missing, nowMs);
  }

  end(flow: number): void {
    this.#observer.end(flow);
  }

  columnsOf(flows: Uint32Array, keys: FlowColumns): Inspected {
    const found = this.#findings.columnsOf(flows);
    const asked = new Map<number, AskedHost | null>();
    for (let index = 0; index < flows.length; index++) {
      const isWhole = couldShow(keys.observed[index], 'begin') && (keys.observed[index] & NOTED.cutEarly) === 0;
      if (isWhole && this.#applications.isUnrecognised(flows[index])) found.signs[index] |= SIGNS.unrecognised;
      const host = this.#findings.asked.size > 0 ? this.#findings.asked.get(flows[index]) : undefined;
      if (host !== undefined) asked.set(index, host);
    }
    this.asked = asked;
    return { ...this.#applications.columnsOf(flows, keys), ...found };
  }
}
