import { SORT_BITS } from '../analysis/connections/sorts.ts';
import type { Sort as HiddenSort } from '../analysis/connections/sorts.ts';
import { DEFAULT_SETTINGS } from '../analysis/settings.ts';
import type { Grouping } from '../analysis/settings.ts';
import { RANKINGS } from './rankings.ts';
import type { Ranking } from './rankings.ts';

/** The table's columns, in their order on the page. */
export const COLUMNS = [
  'score',
  'rhythm',
  'deltas',
  'source',
  'destination',
  'port',
  'flows',
  'bytes',
  'seen',
] as const;
export type Column = (typeof COLUMNS)[number];

/** The lists of one analysis, a tab each. */
export const TABS = ['hosts', 'connections', 'long', 'dns'] as const;
export type Tab = (typeof TABS)[number];

export const TIME_ZONES = ['utc', 'local'] as const;
export type TimeZone = (typeof TIME_ZONES)[number];

export interface Sort {
  column: Column;
  descending: boolean;
}

/** The part of a view that a link carries: nothing of it comes from a capture. */
export interface LinkedView {
  tab: Tab;
  /** What ranks, and which score is shown. */
  ranking: Ranking;
  sort: Sort;
  /** Bits of `SORT_BITS`: a connection of any of these sorts is not shown. */
  hidden: number;
  /** What makes flows one connection. */
  grouping: Grouping;
  timeZone: TimeZone;
}

/** How the analyst looks at a report. */
export interface View extends LinkedView {
  filter: string;
  /** A filter that a link asked for before there was a capture; null for none. */
  awaiting: string | null;
  /**
   * `ConnectionTable.group` of the open connection: it stays the same when the limit changes, not when the grouping
   * does.
   */
  selected: number | null;
  /** Groups of the connections that are chosen together. */
  chosen: readonly number[];
  /** What names the hosts or the domains that are, in the list that is shown. */
  chosenKeys: readonly string[];
  /** Address of the open host; null for none. An open connection is shown in its place. */
  host: string | null;
  /** `dnsKeys` of the open domain; null for none. */
  askedFor: string | null;
  /** Groups whose twins are shown under them. */
  unfolded: readonly number[];
}

export type ViewEvent =
  | { type: 'tabbed'; tab: Tab }
  | { type: 'sorted'; column: Column }
  | { type: 'ranked'; ranking: Ranking }
  | { type: 'toggled'; sort: HiddenSort }
  | { type: 'grouped'; grouping: Grouping }
  | { type: 'filtered'; filter: string }
  /** A link asks for a filter, also of the capture that is opened next. */
  | { type: 'asked'; filter: string }
  | { type: 'selected'; group: number | null }
  /** Chooses connections together, those and no others. */
  | { type: 'chose'; groups: readonly number[] }
  /** The same in the list of hosts or of domains. */
  | { type: 'choseKeys'; keys: readonly string[] }
  /** Opens a host in the list of hosts, or closes it. */
  | { type: 'hosted'; address: string | null }
  /** Opens a domain in the list of domains, or closes it. */
  | { type: 'asked-for'; key: string | null }
  /** Shows or folds the twins of one group. */
  | { type: 'unfolded'; group: number; open: boolean }
  | { type: 'unfoldedAll'; groups: readonly number[] }
  /** Another time is looked at, in which the open connection has this group; null where it has none. */
  | { type: 'timed'; selected: number | null }
  /** The same connections have other groups: those that are open, chosen or unfolded, by what they were. */
  | { type: 'renumbered'; groups: ReadonlyMap<number, number> }
  | { type: 'zoned'; timeZone: TimeZone }
  | { type: 'linked'; view: LinkedView }
  | { type: 'reopened' };

/** Nothing is hidden until the analyst asks for it. */
export const DEFAULT_VIEW: View = {
  tab: 'connections',
  ranking: RANKINGS[0],
  sort: { column: 'score', descending: true },
  hidden: 0,
  grouping: DEFAULT_SETTINGS.grouping,
  timeZone: 'utc',
  filter: '',
  awaiting: null,
  selected: null,
  host: null,
  askedFor: null,
  chosen: [],
  chosenKeys: [],
  unfolded: [],
};

/** Groups of another grouping, time or capture are other ones. */
const NONE: Pick<View, 'chosen' | 'unfolded'> = { chosen: [], unfolded: [] };

const DESCENDING_FIRST: ReadonlySet<Column> = new Set(['score', 'deltas', 'flows', 'bytes']);

/**
 * The view after an event: a second click on a sorted column turns its direction round; another ranking sorts by it.
 */
export function viewAfter(view: View, event: ViewEvent): View {
  switch (event.type) {
    case 'tabbed':
      return inTab(view, event.tab);
    case 'sorted': {
      const descending = view.sort.column === event.column ? !view.sort.descending : DESCENDING_FIRST.has(event.column);
      return { ...view, sort: { column: event.column, descending } };
    }
    case 'ranked':
      return { ...view, ranking: event.ranking, sort: DEFAULT_VIEW.sort };
    case 'toggled':
      return { ...view, hidden: view.hidden ^ SORT_BITS[event.sort] };
    case 'grouped':
      return withGrouping(view, event.grouping);
    case 'filtered':
      return { ...view, filter: event.filter, awaiting: null };
    case 'asked':
      return { ...view, filter: event.filter, awaiting: event.filter };
    case 'selected':
      return { ...view, selected: event.group };
    case 'chose':
      return { ...view, chosen: event.groups };
    case 'choseKeys':
      return { ...view, chosenKeys: event.keys };
    case 'hosted':
      return { ...inTab(view, event.address === null ? view.tab : 'hosts'), host: event.address, selected: null };
    case 'asked-for':
      return { ...view, askedFor: event.key, selected: null };
    case 'unfolded': {
      const others = view.unfolded.filter((group) => group !== event.group);
      return { ...view, unfolded: event.open ? [...others, event.group] : others };
    }
    case 'unfoldedAll':
      return { ...view, unfolded: event.groups };
    case 'timed':
      return { ...view, selected: event.selected, ...NONE };
    case 'renumbered': {
      const renumbered = (groups: readonly number[]): number[] => groups.flatMap((of) => event.groups.get(of) ?? []);
      const [selected = null] = renumbered(view.selected === null ? [] : [view.selected]);
      return { ...view, selected, chosen: renumbered(view.chosen), unfolded: renumbered(view.unfolded) };
    }
    case 'zoned':
      return { ...view, timeZone: event.timeZone };
    case 'linked':
      return { ...withGrouping(view, event.view.grouping), ...event.view };
    case 'reopened':
      return {
        ...view,
        filter: view.awaiting ?? '',
        awaiting: null,
        selected: null,
        host: null,
        askedFor: null,
        chosenKeys: [],
        ...NONE,
      };
  }
}

/** Another list is shown: what was chosen in the one before is chosen no more. */
function inTab(view: View, tab: Tab): View {
  return view.tab === tab ? view : { ...view, tab, chosenKeys: [] };
}

function withGrouping(view: View, grouping: Grouping): View {
  return view.grouping === grouping ? view : { ...view, grouping, selected: null, ...NONE };
}
