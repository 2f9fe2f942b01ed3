import type { FlowColumns } from '../flows/columns.ts';
import { shownName, shownNameSource } from '../flows/shown-name.ts';

/**
 * Counts the names that groups of flows are shown under. One counter lives as long as a table is built: it holds one
 * cell a distinct name and clears only those it used.
 */
export class NameCounter {
  /**
   * Indexes into `FlowColumns.names`, without the empty name, in the order they were first seen; `distinct` of them.
   */
  readonly seen: Uint32Array;
  distinct = 0;
  private readonly flows: FlowColumns;
  private readonly counts: Uint32Array;
  private readonly sources: Uint8Array;
  /** 1 for names that a flow carries itself. */
  private readonly carried: Uint8Array;

  constructor(flows: FlowColumns) {
    this.flows = flows;
    this.seen = new Uint32Array(flows.names.length);
    this.counts = new Uint32Array(flows.names.length);
    this.sources = new Uint8Array(flows.names.length);
    this.carried = new Uint8Array(flows.names.length);
  }

  /** Counts the names of some flows anew, in the order given. */
  count(flowIndexes: Uint32Array): void {
    for (let index = 0; index < this.distinct; index++) this.counts[this.seen[index]] = 0;
    this.distinct = 0;
    for (const flow of flowIndexes) {
      const name = shownName(this.flows, flow);
      if (name === 0) continue;
      if (this.counts[name]++ === 0) {
        this.seen[this.distinct++] = name;
        this.sources[name] = shownNameSource(this.flows, flow);
        this.carried[name] = 0;
      }
      if (this.flows.name[flow] === 0 || this.carried[name] === 1) continue;
      this.carried[name] = 1;
      this.sources[name] = this.flows.nameSource[flow];
    }
  }

  /** How many of the flows counted last have a name. */
  countOf(name: number): number {
    return this.counts[name];
  }

  /**
   * Where a name came from in the first of the flows counted last that carries it itself, else in the first that has
   * it.
   */
  sourceOf(name: number): number {
    return this.sources[name];
  }

  /** The name that most flows have, the first seen of several; 0 where no flow has one. */
  mostUsed(): number {
    let best = 0;
    for (let index = 0; index < this.distinct; index++) {
      const name = this.seen[index];
      if (best === 0 || this.counts[name] > this.counts[best]) best = name;
    }
    return best;
  }
}
