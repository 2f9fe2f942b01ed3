import type { Inspected } from '../flows/inspector.ts';
import { PACKET_TEXTS, type PacketText } from '../flows/name-sources.ts';
import type { AskedHost } from '../protocols/proxy-request.ts';
import { DistinctTexts } from '../memory/distinct-texts.ts';
import type { ApplicationColumns } from './applications/flow-applications.ts';
import { TextColumn } from '../memory/text-column.ts';

/** What was found in flows' packets, by flow in order of creation. */
export class FindingColumns {
  // Packets' texts are made of their bytes.
  readonly #names = DistinctTexts.ofWhole('');
  readonly #texts = DistinctTexts.ofWhole('');
  readonly name = new TextColumn(this.#names);
  readonly resolvedName = new TextColumn(this.#names);
  /** What packets say of their flow, each under the name of its column. */
  readonly said = Object.fromEntries(PACKET_TEXTS.map((text) => [text, new TextColumn(this.#texts)])) as Record<
    PacketText,
    TextColumn
  >;
  /** By flow: whom a proxy is asked for, null where that is more than one. Most captures have none. */
  readonly asked = new Map<number, AskedHost | null>();
  #nameSource = new Uint8Array(1024);
  #signs = new Uint16Array(1024);

  /** Index into `NAME_SOURCES` of where a flow's name comes from, 0 without one. */
  nameSource(flow: number): number {
    return flow < this.#nameSource.length ? this.#nameSource[flow] : 0;
  }

  /** How often a text of a flow found no room. */
  get leftOut(): number {
    return this.#names.leftOut + this.#texts.leftOut;
  }

  setName(flow: number, name: string, source: number): void {
    this.name.set(flow, name);
    if (flow >= this.#nameSource.length) {
      const larger = new Uint8Array(Math.max(flow + 1, this.#nameSource.length * 2));
      larger.set(this.#nameSource);
      this.#nameSource = larger;
    }
    this.#nameSource[flow] = source;
  }

  /** Keeps whom a flow asks a proxy for. */
  ask(flow: number, asked: AskedHost): void {
    const known = this.asked.get(flow);
    const isOther = known !== undefined && (known?.host !== asked.host || known.port !== asked.port);
    this.asked.set(flow, isOther ? null : asked);
  }

  /** Bits of `SIGNS` of a flow so far. */
  signs(flow: number): number {
    return flow < this.#signs.length ? this.#signs[flow] : 0;
  }

  addSigns(flow: number, signs: number): void {
    if (flow >= this.#signs.length) {
      const larger = new Uint16Array(Math.max(flow + 1, this.#signs.length * 2));
      larger.set(this.#signs);
      this.#signs = larger;
    }
    this.#signs[flow] |= signs;
  }

  /** The columns of some flows, in the order given. */
  columnsOf(flows: Uint32Array): Omit<Inspected, keyof ApplicationColumns> {
    const nameSource = new Uint8Array(flows.length);
    const signs = new Uint16Array(flows.length);
    for (let index = 0; index < flows.length; index++) {
      nameSource[index] = this.nameSource(flows[index]);
      signs[index] = this.signs(flows[index]);
    }
    const said = Object.fromEntries(PACKET_TEXTS.map((text) => [text, this.said[text].numbersOf(flows)]));
    return {
      names: this.#names.texts,
      name: this.name.numbersOf(flows),
      nameSource,
      resolvedName: this.resolvedName.numbersOf(flows),
      texts: this.#texts.texts,
      ...(said as Record<PacketText, Uint32Array>),
      signs,
    };
  }
}
