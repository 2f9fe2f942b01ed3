/** The table's columns, in their order on the page. */
export const COLUMNS = [
  'score', 'deltas', 'source', 'destination', 'port', 'flows', 'median', 'bytes', 'first', 'last',
] as const;
export type Column = (typeof COLUMNS)[number];

export const TIME_ZONES = ['utc', 'local'] as const;
export type TimeZone = (typeof TIME_ZONES)[number];

export interface Sort {
  column: Column;
  descending: boolean;
}

/** How the analyst looks at a report. */
export interface View {
  sort: Sort;
  filter: string;
  /** `ConnectionTable.group` of the open connection: it stays the same when the limit changes. */
  selected: number | null;
  timeZone: TimeZone;
}

export type ViewEvent =
  | { type: 'sorted'; column: Column }
  | { type: 'filtered'; filter: string }
  | { type: 'selected'; group: number | null }
  | { type: 'zoned'; timeZone: TimeZone }
  | { type: 'linked'; sort: Sort; timeZone: TimeZone }
  | { type: 'reopened' };

export const DEFAULT_VIEW: View = {
  sort: { column: 'score', descending: true },
  filter: '',
  selected: null,
  timeZone: 'utc',
};

const DESCENDING_FIRST: ReadonlySet<Column> = new Set(['score', 'deltas', 'flows', 'bytes', 'last']);

/** The view after an event: a second click on a sorted column turns its direction round. */
export function viewAfter(view: View, event: ViewEvent): View {
  switch (event.type) {
    case 'sorted': {
      const descending = view.sort.column === event.column ? !view.sort.descending : DESCENDING_FIRST.has(event.column);
      return { ...view, sort: { column: event.column, descending } };
    }
    case 'filtered':
      return { ...view, filter: event.filter };
    case 'selected':
      return { ...view, selected: event.group };
    case 'zoned':
      return { ...view, timeZone: event.timeZone };
    case 'linked':
      return { ...view, sort: event.sort, timeZone: event.timeZone };
    case 'reopened':
      return { ...view, filter: '', selected: null };
  }
}
