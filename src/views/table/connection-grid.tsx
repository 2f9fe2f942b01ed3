import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Dispatch, KeyboardEvent } from 'react';
import type { Report } from '../../analysis/report.ts';
import type { RowTexts } from '../../state/row-texts.ts';
import type { View, ViewEvent } from '../../state/view.ts';
import { usePrinting } from '../use-printing.ts';
import { useVirtualRows } from '../use-virtual-rows.ts';
import { useWidth } from '../use-width.ts';
import { columnWidth, columnsIn, layoutFor } from './columns.ts';
import { GridHead } from './grid-head.tsx';
import { GridRow } from './grid-row.tsx';
import { placeAfter } from './movement.ts';
import type { RowContext } from './row-context.ts';
import './table.css';

const ONE_LINE = 32;
const TWO_LINES = 44;

interface Props {
  report: Report;
  texts: RowTexts;
  rows: Uint32Array;
  view: View;
  dispatch: Dispatch<ViewEvent>;
  onOpen: (group: number) => void;
}

/** The ranked connections: only the rows in sight are in the document. */
export function ConnectionGrid({ report, texts, rows, view, dispatch, onOpen }: Props) {
  const { connections } = report;
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLTableElement>(null);
  const [cursor, setCursor] = useState({ rows, place: 0 });
  const printing = usePrinting();
  const width = useWidth(scroller);
  const layout = printing ? 'wide' : layoutFor(width);
  const columns = useMemo(() => columnsIn(layout), [layout]);
  const twoLines = texts.hasNames || layout === 'narrow';
  const height = twoLines ? TWO_LINES : ONE_LINE;
  const context = useMemo(
    (): RowContext => ({ report, texts, ranking: view.ranking, timeZone: view.timeZone, layout, twoLines }),
    [report, texts, view.ranking, view.timeZone, layout, twoLines],
  );
  const { places, before, after, scrollTo } = useVirtualRows(rows.length, height, scroller, printing);
  // Another order or filter makes other rows, and starts at their top.
  const place = cursor.rows === rows ? cursor.place : 0;

  useEffect(() => {
    if (rows.length > 0) scroller.current?.scrollTo({ top: 0 });
  }, [rows]);

  const open = useCallback((at: number) => {
    setCursor({ rows, place: at });
    grid.current?.focus({ preventScroll: true });
    onOpen(connections.group[rows[at]]);
  }, [connections, rows, onOpen]);

  const press = (event: KeyboardEvent) => {
    if (event.target !== grid.current || event.ctrlKey || event.metaKey || event.altKey || rows.length === 0) return;
    if (event.key === 'Enter' || event.key === ' ') open(place);
    else {
      const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? height) / height) - 2);
      const next = placeAfter(event.key, place, rows.length, page);
      if (next === null) return;
      setCursor({ rows, place: next });
      scrollTo(next);
    }
    event.preventDefault();
  };

  return (
    <div className="table-scroller" ref={scroller}>
      <table
        ref={grid} role="grid" className={`connections connections-${layout}`} tabIndex={0} aria-label="Connections" aria-rowcount={rows.length + 1}
        aria-activedescendant={rows.length === 0 ? undefined : rowId(place)} onKeyDown={press}
      >
        <colgroup>
          {columns.map((column) => <col key={column} style={{ width: columnWidth(column, layout, texts.hasLongAddresses) }} />)}
        </colgroup>
        <GridHead columns={columns} sort={view.sort} dispatch={dispatch} />
        <tbody aria-hidden="true"><tr style={{ height: before }} /></tbody>
        <tbody>
          {places.map((at) => {
            const row = rows[at];
            return (
              <GridRow
                key={row} id={rowId(at)} place={at} row={row} columns={columns} context={context} height={height}
                current={at === place} open={connections.group[row] === view.selected} onOpen={open}
              />
            );
          })}
        </tbody>
        <tbody aria-hidden="true"><tr style={{ height: after }} /></tbody>
      </table>
      {rows.length === 0 && <p className="empty">{emptyBecause(view)}</p>}
      {printing && places.length < rows.length && <p className="note">Printed: {places.length} of {rows.length} connections.</p>}
    </div>
  );
}

function emptyBecause({ filter, hidden }: View): string {
  if (filter.trim() === '') return 'Every connection is of a sort that is hidden.';
  const what = hidden === 0 ? 'No connection' : 'No connection that is not hidden';
  return `${what} holds “${filter}” in its addresses, name, port or protocol.`;
}

function rowId(place: number): string {
  return `row-${place}`;
}
