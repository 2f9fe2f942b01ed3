import type { FlowColumns } from '../flows/columns.ts';

/** Index into `FlowColumns.names` of what a flow's destination is called, by the flow itself or by the capture; 0 for nothing. */
export function flowName(flows: FlowColumns, flow: number): number {
  return flows.name[flow] || flows.hostName[flows.destination[flow]];
}

/**
 * Counts the names that groups of flows carry. One counter lives as long as a table is built: it holds one cell a
 * distinct name and clears only those it used.
 */
export class NameCounter {
  /** Indexes into `FlowColumns.names`, without the empty name, in the order they were first seen; `distinct` of them. */
  readonly seen: Uint32Array;
  distinct = 0;
  private readonly flows: FlowColumns;
  private readonly counts: Uint32Array;
  private readonly sources: Uint8Array;

  constructor(flows: FlowColumns) {
    this.flows = flows;
    this.seen = new Uint32Array(flows.names.length);
    this.counts = new Uint32Array(flows.names.length);
    this.sources = new Uint8Array(flows.names.length);
  }

  /** Counts the names of some flows anew, in the order given. */
  count(flowIndexes: Uint32Array): void {
    for (let index = 0; index < this.distinct; index++) this.counts[this.seen[index]] = 0;
    this.distinct = 0;
    for (const flow of flowIndexes) {
      const name = this.flows.name[flow];
      if (name === 0) continue;
      if (this.counts[name]++ === 0) {
        this.seen[this.distinct++] = name;
        this.sources[name] = this.flows.nameSource[flow];
      }
    }
  }

  /** How many of the flows counted last carry a name. */
  countOf(name: number): number {
    return this.counts[name];
  }

  /** Where a name came from in the first of the flows counted last that carries it. */
  sourceOf(name: number): number {
    return this.sources[name];
  }

  /** The name that most flows carry, the first seen of several; 0 where no flow carries one. */
  mostUsed(): number {
    let best = 0;
    for (let index = 0; index < this.distinct; index++) {
      const name = this.seen[index];
      if (best === 0 || this.counts[name] > this.counts[best]) best = name;
    }
    return best;
  }
}
