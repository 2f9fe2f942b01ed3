import { COLUMNS, type Column } from '../../state/view.ts';

/** How much room the table has: a phone's, that beside an open detail in a small or a large window, or a window's. */
export const LAYOUTS = ['narrow', 'compact', 'medium', 'wide'] as const;
export type Layout = (typeof LAYOUTS)[number];

export interface ColumnDescription {
  label: string;
  /** What the column is and how it came about. */
  meaning: string;
  /** CSS pixels; null takes what the others leave. */
  width: Readonly<Partial<Record<Layout, number>>> | null;
  number: boolean;
  /** The least room in which the column is shown. */
  from: Layout;
}

/** Headings, explanations and widths of the table. */
export const COLUMN_DESCRIPTIONS: Readonly<Record<Column, ColumnDescription>> = {
  score: {
    label: 'Score',
    meaning: 'What is ranked by: the total of triage, or a score; under it the badge that triage gives',
    width: { narrow: 100, compact: 98 },
    number: true,
    from: 'narrow',
  },
  rhythm: {
    label: 'Rhythm',
    meaning:
      'How often it checks in and how much that varies, and how many of the expected check-ins are there. Sorts by the interval',
    width: { narrow: 84, compact: 138 },
    number: false,
    from: 'narrow',
  },
  deltas: {
    label: 'Deltas',
    meaning:
      'Times between the starts of consecutive flows, on a logarithmic axis from 1 ms to 28 h; what lies in the band of the rhythm stands out. Sorts by the share of the fullest bin',
    width: { medium: 140 },
    number: false,
    from: 'medium',
  },
  source: {
    label: 'Source',
    meaning: "The flows' source address",
    width: { compact: 116, wide: 136 },
    number: false,
    from: 'compact',
  },
  destination: {
    label: 'Destination',
    meaning: 'The name most flows carry, where it was read from, how many other names there were, and the address',
    width: null,
    number: false,
    from: 'narrow',
  },
  port: {
    label: 'Port',
    meaning: 'Destination port, and the IP protocol of most flows',
    width: { compact: 84 },
    number: true,
    from: 'compact',
  },
  flows: {
    label: 'Flows',
    meaning: 'Flows of this connection',
    width: { narrow: 64, compact: 68 },
    number: true,
    from: 'narrow',
  },
  bytes: {
    label: 'Bytes sent',
    meaning: 'Bytes on the wire from source to destination, all flows together',
    width: { wide: 104 },
    number: true,
    from: 'wide',
  },
  seen: {
    label: 'Seen',
    meaning: 'When in the capture its flows began, from the first packet to the last. Sorts by the first flow',
    width: { wide: 146 },
    number: false,
    from: 'wide',
  },
};

/** A table this wide (CSS pixels) has room for the columns of a layout. */
const COMPACT_FROM = 640;
const MEDIUM_FROM = 840;
const WIDE_FROM = 1120;

/** Most IPv6 addresses fit into this. */
const LONG_ADDRESS = 220;

/** The layout that fits a width. */
export function layoutFor(width: number): Layout {
  if (width < COMPACT_FROM) return 'narrow';
  if (width < MEDIUM_FROM) return 'compact';
  return width < WIDE_FROM ? 'medium' : 'wide';
}

/** The columns shown in a layout, in their order. */
export function columnsIn(layout: Layout): Column[] {
  const room = LAYOUTS.indexOf(layout);
  return COLUMNS.filter((column) => LAYOUTS.indexOf(COLUMN_DESCRIPTIONS[column].from) <= room);
}

/** Width of a column in a layout in CSS pixels, undefined for the one that takes the rest. */
export function columnWidth(column: Column, layout: Layout, longAddresses: boolean): number | undefined {
  if (column === 'source' && longAddresses && layout === 'wide') return LONG_ADDRESS;
  const { width } = COLUMN_DESCRIPTIONS[column];
  if (width === null) return undefined;
  return LAYOUTS.slice(0, LAYOUTS.indexOf(layout) + 1)
    .map((known) => width[known])
    .findLast((known) => known !== undefined);
}
