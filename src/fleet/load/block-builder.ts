import { FlowBuilder } from '../../analysis/flow-logs/flow-builder.ts';
import type { FlowRow, SiblingRow } from '../../analysis/flow-logs/flow-row.ts';
import type { LocalRows } from '../../analysis/flow-logs/local-ends.ts';
import type { FlowColumns } from '../../analysis/flows/columns.ts';

/** Flows, and what their rows say of which addresses are local. */
export interface Block {
  flows: FlowColumns;
  localRows: LocalRows[];
}

/** Flows that go into the engine at a time. */
export const BLOCK_FLOWS = 100_000;

/** Gathers the flows of a log, and hands them over whenever there are enough for a block. */
export class BlockBuilder extends FlowBuilder {
  private readonly onBlock: (block: Block) => void;
  private readonly blockFlows: number;
  /** While names are gathered, flows are passed over: they come in a second reading. */
  private takesFlows = false;
  /** Bits of `OBSERVED` that no flow of the log being read could show after all. */
  forgotten = 0;

  constructor(onBlock: (block: Block) => void, blockFlows = BLOCK_FLOWS) {
    super();
    this.onBlock = onBlock;
    this.blockFlows = blockFlows;
  }

  /** From here on flows are taken, and names are not: all of them are known. */
  beginFlows(): void {
    this.takesFlows = true;
  }

  override add(row: FlowRow): string | null {
    if (!this.takesFlows) return null;
    const fault = super.add(row);
    if (this.length >= this.blockFlows) this.handOver();
    return fault;
  }

  override addSibling(row: SiblingRow): void {
    if (!this.takesFlows) super.addSibling(row);
  }

  /** What a log turned out not to say is told of the file as a whole: most of its flows are handed over by then. */
  override forget(_: number, bits: number): void {
    this.forgotten |= bits;
  }

  /** Room is made for a block, never for a whole log. */
  override expect(): void {}

  /** Hands over what there is for the last block. */
  handOver(): void {
    if (this.length === 0) return;
    const flows = this.finish();
    this.onBlock({ flows, localRows: this.localRows });
  }
}
