import { FRESH, type FlowColumns } from '../flows/columns.ts';
import { couldShow } from '../flows/observed.ts';

/** Works a number out of some flows, at least one. */
type MeasureOf = (flows: FlowColumns, members: Uint32Array) => number;

/**
 * Numbers of a connection's flows that rules ask for. A new one is an entry here and a rule that asks for it: the column that
 * keeps it, and the facts that hold it, follow from this list.
 */
export const MEASURES = {
  /**
   * Bytes of payload each way, by the headers: those of the frames would count what lies around IP, too. Of what began
   * before the capture a part is not known: that which is counts for nothing.
   */
  payloadSent: (flows, members) => sumOfWhole(flows, flows.payloadSent, members),
  payloadReceived: (flows, members) => sumOfWhole(flows, flows.payloadReceived, members),
  /** Flows that anything came back to, and be it a reset. */
  repliedFlows: ({ packetsReceived }, members) => {
    let count = 0;
    for (const flow of members) if (packetsReceived[flow] > 0) count++;
    return count;
  },
} as const satisfies Record<string, MeasureOf>;

export type MeasureName = keyof typeof MEASURES;
export type Measures = Record<MeasureName, number>;

const NAMES = Object.keys(MEASURES) as MeasureName[];

/** The measures as columns, one value a connection. */
export type MeasureColumns = Record<MeasureName, Float64Array>;

/** Columns for `length` connections of which nothing is known. */
export function createMeasureColumns(length: number): MeasureColumns {
  return Object.fromEntries(NAMES.map((name) => [name, new Float64Array(length)])) as MeasureColumns;
}

/** Writes what some flows measure into row `row`. */
export function writeMeasures(flows: FlowColumns, members: Uint32Array, columns: MeasureColumns, row: number): void {
  for (const name of NAMES) columns[name][row] = MEASURES[name](flows, members);
}

/** The measures of row `row`. */
export function measuresOfRow(columns: MeasureColumns, row: number): Measures {
  const measures: Partial<Measures> = {};
  for (const name of NAMES) measures[name] = columns[name][row];
  return measures as Measures;
}

/** Adds up the flows that began where they could be seen, with what timeouts cut off them. */
function sumOfWhole(flows: FlowColumns, column: ArrayLike<number>, members: Uint32Array): number {
  const { begin, observed } = flows;
  let arePieces: boolean | null = null;
  let begunBefore: Set<string> | null = null;
  let sum = 0;
  for (const flow of members) {
    if (begin[flow] === FRESH) {
      if (!couldShow(observed[flow], 'begin')) {
        // Of whole flows alone nobody asks for their ends.
        arePieces ??= members.some((other) => begin[other] !== FRESH);
        if (arePieces) (begunBefore ??= new Set()).add(endsOf(flows, flow));
        continue;
      }
      begunBefore?.delete(endsOf(flows, flow));
    }
    if (begunBefore === null || !begunBefore.has(endsOf(flows, flow))) sum += column[flow];
  }
  return sum;
}

/** What the pieces of one conversation of a group have in common, wherever its flows come from. */
export function endsOf(flows: FlowColumns, flow: number): string {
  const { destination, sourcePort, destinationPort, vlanId, tunnelId } = flows;
  return `${destination[flow]} ${sourcePort[flow]} ${destinationPort[flow]} ${vlanId[flow]} ${tunnelId[flow]}`;
}
