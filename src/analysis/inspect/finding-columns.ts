import type { FlowColumns } from '../flows/columns.ts';
import { PACKET_TEXTS } from '../flows/name-sources.ts';
import { DistinctTexts } from '../memory/distinct-texts.ts';
import { TextColumn } from '../memory/text-column.ts';

/** The columns that hold what was found in flows' packets. */
export type FindingColumnNames =
  | 'names'
  | 'name'
  | 'nameSource'
  | 'resolvedName'
  | 'texts'
  | 'signs'
  | (typeof PACKET_TEXTS)[number];

/** What was found in flows' packets, by flow in order of creation. */
export class FindingColumns {
  readonly #names = new DistinctTexts('');
  readonly #texts = new DistinctTexts('');
  readonly name = new TextColumn(this.#names);
  readonly resolvedName = new TextColumn(this.#names);
  readonly certificate = new TextColumn(this.#texts);
  readonly clientFingerprint = new TextColumn(this.#texts);
  readonly serverFingerprint = new TextColumn(this.#texts);
  readonly ja4 = new TextColumn(this.#texts);
  readonly ja4s = new TextColumn(this.#texts);
  readonly userAgent = new TextColumn(this.#texts);
  readonly contentType = new TextColumn(this.#texts);
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
  columnsOf(flows: Uint32Array): Pick<FlowColumns, FindingColumnNames> {
    const [certificate, clientFingerprint, serverFingerprint, ja4, ja4s, userAgent, contentType] = PACKET_TEXTS.map(
      (text) => this[text].numbersOf(flows),
    );
    const nameSource = new Uint8Array(flows.length);
    const signs = new Uint16Array(flows.length);
    for (let index = 0; index < flows.length; index++) {
      nameSource[index] = this.nameSource(flows[index]);
      signs[index] = this.signs(flows[index]);
    }
    return {
      names: this.#names.texts,
      name: this.name.numbersOf(flows),
      nameSource,
      resolvedName: this.resolvedName.numbersOf(flows),
      texts: this.#texts.texts,
      certificate,
      clientFingerprint,
      serverFingerprint,
      ja4,
      ja4s,
      userAgent,
      contentType,
      signs,
    };
  }
}
