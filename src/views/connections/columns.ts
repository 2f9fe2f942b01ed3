import { COLUMNS, type Column } from '../../state/view.ts';

/** How much room the table has: that of a phone or of a window at twice its size, that beside an open detail in a small or a large window, or a window's. */
export const LAYOUTS = ['tiny', 'narrow', 'compact', 'medium', 'wide'] as const;
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
    width: { tiny: 92, narrow: 100, compact: 98 },
    number: true,
    from: 'tiny',
  },
  rhythm: {
    label: 'Rhythm',
    meaning:
      'How often it checks in and how much that varies, and how many of the expected check-ins are there. Sorts by the interval',
    width: { tiny: 80, narrow: 84, compact: 138 },
    number: false,
    from: 'tiny',
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
    width: {},
    number: false,
    from: 'compact',
  },
  destination: {
    label: 'Destination',
    meaning: 'The name most flows carry, where it was read from, how many other names there were, and the address',
    width: null,
    number: false,
    from: 'tiny',
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
const NARROW_FROM = 380;
const COMPACT_FROM = 720;
const MEDIUM_FROM = 840;
const WIDE_FROM = 1120;

/** Width of a digit, of the padding of a cell, and the longest address that is written in one line everywhere: IPv4. */
const DIGIT = 8.2;
const PADDING = 20;
const SHORT_ADDRESS = 15;

/** The layout that fits a width. */
export function layoutFor(width: number): Layout {
  if (width < NARROW_FROM) return 'tiny';
  if (width < COMPACT_FROM) return 'narrow';
  if (width < MEDIUM_FROM) return 'compact';
  return width < WIDE_FROM ? 'medium' : 'wide';
}

/** Whether source and port share the destination's column. */
export function isNarrow(layout: Layout): boolean {
  return layout === 'tiny' || layout === 'narrow';
}

/** The columns shown in a layout, in their order. */
export function columnsIn(layout: Layout): Column[] {
  const room = LAYOUTS.indexOf(layout);
  return COLUMNS.filter((column) => LAYOUTS.indexOf(COLUMN_DESCRIPTIONS[column].from) <= room);
}

/**
 * Width of a column in a layout in CSS pixels, undefined for the one that takes the rest. Addresses are never cut: what is
 * longer than IPv4 takes two lines.
 *
 * @param longest characters of the longest address
 */
export function columnWidth(column: Column, layout: Layout, longest: number): number | undefined {
  if (column === 'source') {
    const inLine = longest > SHORT_ADDRESS ? Math.max(SHORT_ADDRESS, longest / 2 + 1) : longest;
    return Math.max(100, Math.ceil(inLine * DIGIT) + PADDING);
  }
  const { width } = COLUMN_DESCRIPTIONS[column];
  if (width === null) return undefined;
  return LAYOUTS.slice(0, LAYOUTS.indexOf(layout) + 1)
    .map((known) => width[known])
    .findLast((known) => known !== undefined);
}
