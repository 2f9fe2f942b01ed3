import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Dispatch, KeyboardEvent } from 'react';
import type { Report } from '../../analysis/report.ts';
import type { RowTexts } from '../../state/row-texts.ts';
import { COLUMNS } from '../../state/view.ts';
import type { Column, View, ViewEvent } from '../../state/view.ts';
import { dateDetailOf } from '../timestamps.ts';
import type { DateDetail } from '../timestamps.ts';
import { usePrinting } from '../use-printing.ts';
import { useVirtualRows } from '../use-virtual-rows.ts';
import { COLUMN_DESCRIPTIONS } from './columns.ts';
import { GridHead } from './grid-head.tsx';
import { GridRow } from './grid-row.tsx';
import { placeAfter } from './movement.ts';
import './table.css';

const ONE_LINE = 32;
const TWO_LINES = 44;
/** Times with a date before them need this much more room. */
const DATE_WIDTHS = { time: 0, day: 32, year: 64 } as const;
/** Most IPv6 addresses fit into this. */
const LONG_ADDRESS = 220;

interface Props {
  report: Report;
  texts: RowTexts;
  rows: Uint32Array;
  view: View;
  dispatch: Dispatch<ViewEvent>;
}

/** The ranked connections: only the rows in sight are in the document. */
export function ConnectionGrid({ report, texts, rows, view, dispatch }: Props) {
  const { connections } = report;
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLTableElement>(null);
  const [cursor, setCursor] = useState({ rows, place: 0 });
  const height = texts.hasNames ? TWO_LINES : ONE_LINE;
  const dateDetail = useMemo(
    () => dateDetailOf(report.firstMs ?? 0, report.lastMs ?? 0, view.timeZone),
    [report, view.timeZone],
  );
  const printing = usePrinting();
  const { places, before, after, scrollTo } = useVirtualRows(rows.length, height, scroller, printing);
  // Another order or filter makes other rows, and starts at their top.
  const place = cursor.rows === rows ? cursor.place : 0;

  useEffect(() => {
    if (rows.length > 0) scroller.current?.scrollTo({ top: 0 });
  }, [rows]);

  const open = useCallback((at: number) => {
    setCursor({ rows, place: at });
    grid.current?.focus({ preventScroll: true });
    dispatch({ type: 'selected', group: connections.group[rows[at]] });
  }, [connections, rows, dispatch]);

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
        ref={grid} role="grid" className="connections" tabIndex={0} aria-label="Connections" aria-rowcount={rows.length + 1}
        aria-activedescendant={rows.length === 0 ? undefined : rowId(place)} onKeyDown={press}
      >
        <colgroup>
          {COLUMNS.map((column) => (
            <col key={column} style={{ width: widthOf(column, dateDetail, texts.hasLongAddresses) }} />
          ))}
        </colgroup>
        <GridHead sort={view.sort} dispatch={dispatch} />
        <tbody aria-hidden="true"><tr style={{ height: before }} /></tbody>
        <tbody>
          {places.map((at) => {
            const row = rows[at];
            return (
              <GridRow
                key={row} id={rowId(at)} place={at} row={row} table={connections} texts={texts} height={height} timeZone={view.timeZone}
                dateDetail={dateDetail} current={at === place} open={connections.group[row] === view.selected} onOpen={open}
              />
            );
          })}
        </tbody>
        <tbody aria-hidden="true"><tr style={{ height: after }} /></tbody>
      </table>
      {rows.length === 0 && <p className="empty">No connection holds “{view.filter}” in its addresses, name, port or protocol.</p>}
      {printing && places.length < rows.length && <p className="note">Printed: {places.length} of {rows.length} connections.</p>}
    </div>
  );
}

function widthOf(column: Column, dateDetail: DateDetail, longAddresses: boolean): number | undefined {
  const width = COLUMN_DESCRIPTIONS[column].width ?? undefined;
  if (width !== undefined && (column === 'first' || column === 'last')) return width + DATE_WIDTHS[dateDetail];
  return column === 'source' && longAddresses ? LONG_ADDRESS : width;
}

function rowId(place: number): string {
  return `row-${place}`;
}
