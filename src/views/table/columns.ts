import type { Column } from '../../state/view.ts';

export interface ColumnDescription {
  label: string;
  /** What the column is and how it came about. */
  meaning: string;
  /** Null takes what the others leave. */
  width: number | null;
  number: boolean;
}

/** Headings, explanations and widths (CSS pixels) of the table. */
export const COLUMN_DESCRIPTIONS: Readonly<Record<Column, ColumnDescription>> = {
  score: { label: 'Score', meaning: "The notebook's score: mean of tsScore (even distances in time) and dsScore (alike, small sizes)", width: 92, number: true },
  deltas: { label: 'Deltas', meaning: 'Times between the starts of consecutive flows, on a logarithmic axis from 1 ms to 28 h. Sorts by the share of the fullest bin', width: 140, number: false },
  source: { label: 'Source', meaning: "The flows' source address", width: 136, number: false },
  destination: { label: 'Destination', meaning: 'The name most flows carry, where it was read from, how many other names there were, and the address', width: null, number: false },
  port: { label: 'Port', meaning: 'Destination port, and the IP protocol of most flows', width: 88, number: true },
  flows: { label: 'Flows', meaning: 'Flows from this source to this destination and port', width: 72, number: true },
  median: { label: 'Median', meaning: 'Median time between the starts of consecutive flows', width: 84, number: true },
  bytes: { label: 'Bytes sent', meaning: 'Bytes on the wire from source to destination, all flows together', width: 112, number: true },
  first: { label: 'First seen', meaning: 'Start of the first flow', width: 100, number: true },
  last: { label: 'Last seen', meaning: 'End of the last flow', width: 100, number: true },
};
