import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent } from 'react';
import type { ConnectionTable, Report } from '../../analysis/report/report.ts';
import type { TwinCounts } from '../../state/fold.ts';
import { chosenBetween, chosenWith } from '../../state/chosen.ts';
import { asideChoices } from '../../state/set-aside.ts';
import { sameGroups } from '../../state/shown-rows.ts';
import type { View } from '../../state/view.ts';
import { useIsSoFar, useLook, useReport } from '../context.ts';
import { usePrinting, useVirtualRows, useWidth } from '../controls/layout.ts';
import { AsideMenu } from './aside-menu.tsx';
import { columnWidth, columnsIn, isNarrow, layoutFor } from './columns.ts';
import { GridHead } from './grid-head.tsx';
import { GridRow } from './grid-row.tsx';
import { placeAfter } from './movement.ts';
import { TableContext, type TableLook } from './row-context.ts';
import type { SetAside } from './use-set-aside.ts';
import textStyles from '../text/text.module.css';
import styles from './grid.module.css';

/** Heights of a row, CSS pixels: on a very narrow window a destination takes several lines. */
const ROW_HEIGHT = 44;
const TINY_ROW_HEIGHT = 62;

interface Props {
  rows: Uint32Array;
  twins: TwinCounts;
  /** The shown rows that are chosen together. */
  chosen: readonly number[];
  aside: SetAside;
  onOpen: (group: number) => void;
}

/** The ranked connections: only the rows in sight are in the document. */
export function ConnectionGrid({ rows, twins, chosen, aside, onOpen }: Props) {
  const shown = useReport();
  const { report, texts } = shown;
  const isSoFar = useIsSoFar();
  const { view, dispatch } = useLook();
  const { connections } = report;
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLTableElement>(null);
  const scope = scopeOf(view, report);
  const [cursor, setCursor] = useState({ scope, place: 0, anchor: 0 });
  const [listed, setListed] = useState({ shown, rows, isSoFar });
  if (listed.rows !== rows) {
    setListed({ shown, rows, isSoFar });
    // Rows of what was read so far move: the cursor goes with its own, but stays at the top.
    if (listed.isSoFar && listed.shown !== shown && cursor.place > 0) {
      const group = listed.shown.report.connections.group[listed.rows[cursor.place]];
      const same = sameGroups(listed.shown, [group], shown).get(group);
      const at = rows.findIndex((row) => connections.group[row] === same);
      if (at >= 0) setCursor({ scope: cursor.scope, place: at, anchor: at });
    }
  }
  const shownScope = useRef(scope);
  const [menu, setMenu] = useState<{ rows: readonly number[]; at: DOMRect } | null>(null);
  const printing = usePrinting();
  const width = useWidth(scroller);
  const layout = printing ? 'wide' : layoutFor(width);
  const columns = useMemo(() => columnsIn(layout), [layout]);
  const rowHeight = layout === 'tiny' ? TINY_ROW_HEIGHT : ROW_HEIGHT;
  const unfold = useCallback((group: number, open: boolean) => dispatch({ type: 'unfolded', group, open }), [dispatch]);
  const askAside = useCallback(
    (asked: readonly number[], at: Element) => setMenu({ rows: asked, at: at.getBoundingClientRect() }),
    [],
  );
  const closeMenu = useCallback(() => {
    setMenu(null);
    grid.current?.focus({ preventScroll: true });
  }, []);
  const table = useMemo(
    (): TableLook => ({
      report,
      texts,
      ranking: view.ranking,
      timeZone: view.timeZone,
      layout,
      twins,
      unfolded: view.unfolded,
      onUnfold: unfold,
      onAside: askAside,
    }),
    [report, texts, view.ranking, view.timeZone, layout, twins, view.unfolded, unfold, askAside],
  );
  const { places, before, after, scrollTo } = useVirtualRows(rows.length, rowHeight, scroller, printing);
  // Another order or filter starts at its top; a row that is set aside or unfolded leaves the cursor where it is.
  const place = cursor.scope === scope ? Math.min(cursor.place, Math.max(0, rows.length - 1)) : 0;

  // What had the focus before there were results is gone with it; the keys of the list work at once.
  useEffect(() => {
    if (document.activeElement === document.body) grid.current?.focus({ preventScroll: true });
  }, []);

  useEffect(() => {
    if (shownScope.current === scope) return;
    shownScope.current = scope;
    scroller.current?.scrollTo({ top: 0 });
  }, [scope]);

  const wanted = useMemo(() => new Set(chosen.map((row) => connections.group[row])), [chosen, connections]);
  const choose = useCallback((groups: readonly number[]) => dispatch({ type: 'chose', groups }), [dispatch]);
  const open = useCallback(
    (at: number) => {
      setCursor({ scope, place: at, anchor: at });
      grid.current?.focus({ preventScroll: true });
      choose([]);
      onOpen(connections.group[rows[at]]);
    },
    [connections, rows, scope, onOpen, choose],
  );
  const toggle = useCallback(
    (at: number) => {
      setCursor({ scope, place: at, anchor: at });
      choose(chosenWith(view.chosen, connections.group[rows[at]]));
    },
    [connections, rows, scope, view.chosen, choose],
  );
  const anchor = cursor.scope === scope ? Math.min(cursor.anchor, Math.max(0, rows.length - 1)) : 0;
  const extend = useCallback(
    (at: number) => {
      setCursor({ scope, place: at, anchor });
      choose(chosenBetween(rows, (row) => connections.group[row], anchor, at));
    },
    [connections, rows, scope, anchor, choose],
  );
  const pressRow = useCallback(
    (at: number, event: MouseEvent) => {
      grid.current?.focus({ preventScroll: true });
      if (event.shiftKey) extend(at);
      else if (event.ctrlKey || event.metaKey) toggle(at);
      else open(at);
    },
    [extend, toggle, open],
  );

  const press = (event: KeyboardEvent) => {
    if (event.target !== grid.current || event.ctrlKey || event.metaKey || event.altKey || rows.length === 0) return;
    const row = rows[place];
    const unfolds = twins[row] > 0 && view.unfolded.includes(connections.group[row]) !== (event.key === 'ArrowRight');
    if (event.key === 'Enter') open(place);
    else if (event.key === ' ') toggle(place);
    else if (event.key === 'a') {
      const asked = (chosen.length > 0 ? chosen : [row]).filter((one) => connections.triage.setAside[one] === 0);
      if (asked.length > 0 && !isSoFar) askAside(asked, document.getElementById(rowId(place)) ?? grid.current);
    } else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      if (!unfolds) return;
      unfold(connections.group[row], event.key === 'ArrowRight');
    } else {
      const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 2);
      const next = placeAfter(event.key, place, rows.length, page);
      if (next === null) return;
      if (event.shiftKey) extend(next);
      else setCursor({ scope, place: next, anchor: next });
      scrollTo(next);
    }
    event.preventDefault();
  };

  return (
    <div className={styles.tableScroller} ref={scroller} data-scroller>
      <table
        ref={grid}
        role="grid"
        className={isNarrow(layout) ? `${styles.grid} ${styles.narrow}` : styles.grid}
        data-layout={layout}
        tabIndex={0}
        aria-label="Connections"
        aria-multiselectable="true"
        aria-rowcount={rows.length + 1}
        aria-activedescendant={rows.length === 0 ? undefined : rowId(place)}
        onKeyDown={press}
      >
        <colgroup>
          {columns.map((column) => (
            <col key={column} style={{ width: columnWidth(column, layout, texts.longestAddress) }} />
          ))}
        </colgroup>
        <GridHead columns={columns} />
        <tbody aria-hidden="true">
          <tr style={{ height: before }} />
        </tbody>
        <TableContext value={table}>
          <tbody>
            {places.map((at) => {
              const row = rows[at];
              return (
                <GridRow
                  key={row}
                  id={rowId(at)}
                  place={at}
                  row={row}
                  columns={columns}
                  height={rowHeight}
                  kind={kindOf(connections, rows, at, twins)}
                  current={at === place}
                  open={connections.group[row] === view.selected}
                  selected={
                    wanted.size > 0 ? wanted.has(connections.group[row]) : connections.group[row] === view.selected
                  }
                  onPress={pressRow}
                />
              );
            })}
          </tbody>
        </TableContext>
        <tbody aria-hidden="true">
          <tr style={{ height: after }} />
        </tbody>
      </table>
      {menu !== null && (
        <AsideMenu
          choices={asideChoices(menu.rows.map((row) => texts.ends(row)))}
          at={menu.at}
          aside={aside}
          onClose={closeMenu}
        />
      )}
      {rows.length === 0 && <p className={textStyles.empty}>{emptyBecause(view)}</p>}
      {printing && places.length < rows.length && (
        <p className={textStyles.note}>
          Printed: {places.length} of {rows.length} connections.
        </p>
      )}
    </div>
  );
}

/** What decides which row comes first: as long as it stays, so does the place of the cursor. */
function scopeOf({ ranking, sort, hidden, grouping, filter }: View, { range }: Report): string {
  return JSON.stringify([ranking, sort, hidden, grouping, filter, range]);
}

function kindOf(
  { triage }: ConnectionTable,
  rows: Uint32Array,
  place: number,
  twins: TwinCounts,
): '' | 'twin' | 'first-aside' | 'aside' {
  const row = rows[place];
  if (triage.setAside[row] === 1)
    return place === 0 || triage.setAside[rows[place - 1]] === 0 ? 'first-aside' : 'aside';
  return triage.head[row] !== row && twins[triage.head[row]] > 0 ? 'twin' : '';
}

function emptyBecause({ filter, hidden }: View): string {
  if (filter.trim() === '') return 'Every connection is of a sort that is hidden.';
  const what = hidden === 0 ? 'No connection' : 'No connection that is not hidden';
  return `${what} meets the filter “${filter}”.`;
}

function rowId(place: number): string {
  return `row-${place}`;
}
