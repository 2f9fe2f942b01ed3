import type { FlowFindings } from '../names/findings.ts';
import type { FlowColumns } from './columns.ts';
import { DistinctTexts, TextColumn } from './text-column.ts';

/** The texts that flows say about themselves, under the names of their fields and columns. */
const FIELDS = [
  'certificate', 'clientFingerprint', 'serverFingerprint', 'ja4', 'ja4s', 'userAgent', 'contentType',
] as const;

/** The columns that hold what was found in flows' packets. */
export type FindingColumnNames = 'names' | 'name' | 'nameSource' | 'resolvedName' | 'texts' | (typeof FIELDS)[number];

/** What was found in flows' packets, by flow in order of creation. */
export class FindingColumns {
  readonly #names = new DistinctTexts();
  readonly #texts = new DistinctTexts();
  readonly #name = new TextColumn(this.#names);
  readonly #resolvedName = new TextColumn(this.#names);
  readonly #fields = FIELDS.map((field) => ({ field, column: new TextColumn(this.#texts) }));
  #nameSource = new Uint8Array(1024);

  setResolvedName(flow: number, name: string): void {
    this.#resolvedName.set(flow, name);
  }

  set(flow: number, findings: FlowFindings): void {
    for (const { field, column } of this.#fields) column.set(flow, findings[field]);
    this.#name.set(flow, findings.name);
    if (findings.nameSource === 0) return;
    if (flow >= this.#nameSource.length) {
      const larger = new Uint8Array(Math.max(flow + 1, this.#nameSource.length * 2));
      larger.set(this.#nameSource);
      this.#nameSource = larger;
    }
    this.#nameSource[flow] = findings.nameSource;
  }

  /** The columns of some flows, in the order given. */
  columnsOf(flows: Uint32Array): Pick<FlowColumns, FindingColumnNames> {
    const [certificate, clientFingerprint, serverFingerprint, ja4, ja4s, userAgent, contentType] = this.#fields
      .map(({ column }) => column.numbersOf(flows));
    return {
      names: this.#names.texts,
      name: this.#name.numbersOf(flows),
      nameSource: Uint8Array.from(flows, (flow) => (flow < this.#nameSource.length ? this.#nameSource[flow] : 0)),
      resolvedName: this.#resolvedName.numbersOf(flows),
      texts: this.#texts.texts,
      certificate, clientFingerprint, serverFingerprint, ja4, ja4s, userAgent, contentType,
    };
  }
}
