import { columnOf } from '../memory/columns.ts';
import { CONTINUED, firstMsOf, type FlowColumns } from '../flows/columns.ts';
import { isUnderWay } from '../flows/observed.ts';
import type { ListSettings } from '../settings.ts';
import { scoreNotebookCorrected } from '../scores/notebook-corrected.ts';
import { type NotebookColumns, scoreNotebook } from '../scores/notebook.ts';
import { createRhythmScratch } from '../scores/rhythm-scratch.ts';
import { type Rhythm, scoreRhythm } from '../scores/rhythm.ts';
import { type Rita, type RitaWindow, ritaWindow, scoreRita } from '../scores/rita.ts';
import type { Unscored } from '../scores/unscored.ts';
import type { MergedFlows } from './merged-flows.ts';

/** Notebook columns of which row `row` is the connection's, and why each is empty where it is. */
export interface NotebookRow {
  notebook: NotebookColumns;
  corrected: NotebookColumns;
  row: number;
}

const TOO_FEW_FLOWS: Unscored = { score: null, reason: 'fewer than two flows' };
const BELOW_LIMIT: Unscored = { score: null, reason: 'too few flows for the notebook' };
const OTHER_GROUPING: Unscored = { score: null, reason: 'the notebook groups by source, destination and port' };

/**
 * Gives every score to one connection after another, in memory as large as the largest of them. What a score looks at
 * is set by `take`; times are milliseconds since 1970, ascending.
 */
export class Scorer {
  /** Starts of all flows: the notebook's input. */
  starts: Float64Array = new Float64Array(0);
  /** Starts seen through the flow meter, and the IP bytes that each sent: RITA's. */
  checkIns: Float64Array = new Float64Array(0);
  checkInBytes: Float64Array = new Float64Array(0);
  /**
   * The same starts without those that the capture does not hold: when what goes on from before it began nobody knows.
   * Rhythm's.
   */
  seenStarts: Float64Array = new Float64Array(0);
  /** The connection's flows in order of start. */
  ordered: Uint32Array = new Uint32Array(0);
  private readonly through: MergedFlows;
  private readonly flows: FlowColumns;
  private readonly list: ListSettings;
  private readonly window: RitaWindow;
  private readonly space: Record<'starts' | 'sizes' | 'checkIns' | 'checkInBytes' | 'work', Float64Array>;
  private readonly order: Uint32Array;
  private readonly rhythmScratch = createRhythmScratch();

  /**
   * @param capture what all packets of flows span, in milliseconds since 1970
   * @param longest flows of the largest connection that will come
   */
  constructor(through: MergedFlows, capture: { firstMs: number; lastMs: number }, list: ListSettings, longest: number) {
    this.through = through;
    this.flows = through.flows;
    this.list = list;
    this.window = ritaWindow(capture.firstMs, capture.lastMs);
    this.order = new Uint32Array(longest);
    const numbers = (): Float64Array => new Float64Array(longest);
    this.space = { starts: numbers(), sizes: numbers(), checkIns: numbers(), checkInBytes: numbers(), work: numbers() };
  }

  /** Turns to a connection, given by its flows. */
  take(members: Uint32Array): void {
    const { flows, space } = this;
    const count = members.length;
    const ordered = this.order.subarray(0, count);
    this.through.inOrder(members, ordered, space.work);
    let seen = 0;
    for (let index = 0; index < count; index++) {
      const flow = ordered[index];
      const startMs = firstMsOf(flows, flow);
      space.starts[index] = startMs;
      space.sizes[index] = flows.bytesSent[flow];
      if (flows.begin[flow] === CONTINUED) continue;
      space.checkIns[seen] = startMs;
      space.checkInBytes[seen++] = this.through.bytesSent[flow];
    }
    this.ordered = ordered;
    this.starts = space.starts.subarray(0, count);
    this.checkIns = space.checkIns.subarray(0, seen);
    this.checkInBytes = space.checkInBytes.subarray(0, seen);
    this.seenStarts = this.startsSeen();
  }

  private startsSeen(): Float64Array {
    const { flows, ordered } = this;
    if (!ordered.some((flow) => isUnderWay(flows, flow))) return this.checkIns;
    const seen = ordered.filter((flow) => flows.begin[flow] !== CONTINUED && !isUnderWay(flows, flow));
    return columnOf(Float64Array, seen, (flow) => firstMsOf(flows, flow));
  }

  /** Writes both of the notebook's frames; gives null, or why there is no value, for each. */
  notebook({ notebook, corrected, row }: NotebookRow): { notebook: Unscored | null; corrected: Unscored | null } {
    const refusal = this.notebookRefusal();
    if (refusal !== null) return { notebook: refusal, corrected: refusal };
    const { starts, space } = this;
    const sizes = space.sizes.subarray(0, starts.length);
    scoreNotebook(starts, sizes, notebook, row, space.work);
    return { notebook: null, corrected: scoreNotebookCorrected(starts, sizes, corrected, row, space.work) };
  }

  rita(): Rita | Unscored {
    return scoreRita(this.checkIns, this.checkInBytes, this.window, this.space.work);
  }

  rhythm(): Rhythm | Unscored {
    return scoreRhythm(this.seenStarts, this.rhythmScratch);
  }

  /** The notebook knows one grouping, and both of its variants are for connections of more flows than its limit. */
  private notebookRefusal(): Unscored | null {
    const { grouping, notebookMinFlows } = this.list;
    if (grouping !== 'src,dst,port') return OTHER_GROUPING;
    if (this.starts.length <= notebookMinFlows) return BELOW_LIMIT;
    return this.starts.length < 2 ? TOO_FEW_FLOWS : null;
  }
}
