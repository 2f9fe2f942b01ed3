import { memo } from 'react';
import { NAME_SOURCES, ROW_BINS } from '../../analysis/report.ts';
import type { ConnectionTable } from '../../analysis/report.ts';
import { protocolName } from '../../state/protocols.ts';
import type { RowTexts } from '../../state/row-texts.ts';
import type { TimeZone } from '../../state/view.ts';
import { exactDuration, formatCount, formatDuration, formatScore } from '../format.ts';
import { skylinePath } from '../shapes.ts';
import { exactTime, formatTime } from '../timestamps.ts';
import type { DateDetail } from '../timestamps.ts';
import { BIN_WIDTH, DELTA_MARKS, SHAPE_HEIGHT, SHAPE_WIDTH } from './delta-axis.ts';

const MARKS_PATH = DELTA_MARKS.slice(1).map(({ x }) => `M${Math.round(x) + 0.5} 0v${SHAPE_HEIGHT}`).join('');

interface Props {
  id: string;
  /** Place of the row in the shown order, from 0. */
  place: number;
  row: number;
  table: ConnectionTable;
  texts: RowTexts;
  height: number;
  timeZone: TimeZone;
  dateDetail: DateDetail;
  current: boolean;
  open: boolean;
  onOpen: (place: number) => void;
}

/** One connection of the table. */
export const GridRow = memo(function GridRow(props: Props) {
  const { id, place, row, table, texts, height, timeZone, dateDetail, current, open, onOpen } = props;
  const score = table.notebook.Score[row];
  const median = table.medianDeltaMs[row];
  const source = texts.source(row);
  const first = table.firstSeenMs[row];
  const last = table.lastSeenMs[row];
  return (
    <tr
      id={id} aria-rowindex={place + 2} aria-selected={open} className={current ? 'current' : undefined} style={{ height }}
      onClick={() => onOpen(place)}
    >
      <td className="number score" title={Number.isNaN(score) ? 'Too few flows for a score' : String(score)}>
        <span className={score > 1 ? 'bar bar-past' : 'bar'}><span style={{ width: `${barWidth(score)}%` }} /></span>
        {formatScore(score)}
      </td>
      <td><DeltaShape table={table} row={row} /></td>
      <td className="text" title={source}>{source}</td>
      <Destination table={table} texts={texts} row={row} />
      <td className="number">{table.destinationPort[row]} <span className="protocol">{protocolName(table.protocol[row])}</span></td>
      <td className="number">{formatCount(table.flows[row])}</td>
      <td className="number" title={exactDuration(median)}>{formatDuration(median)}</td>
      <td className="number">{formatCount(table.bytesSent[row])}</td>
      <td className="number" title={exactTime(first, timeZone)}>{formatTime(first, timeZone, dateDetail)}</td>
      <td className="number" title={exactTime(last, timeZone)}>{formatTime(last, timeZone, dateDetail)}</td>
    </tr>
  );
});

function DeltaShape({ table, row }: { table: ConnectionTable; row: number }) {
  const from = row * ROW_BINS;
  return (
    <svg className="delta-shape" width={SHAPE_WIDTH} height={SHAPE_HEIGHT} aria-hidden="true">
      <path className="delta-grid" d={MARKS_PATH} />
      <path d={skylinePath(table.deltaHistogram, from, from + ROW_BINS, BIN_WIDTH, SHAPE_HEIGHT)} />
    </svg>
  );
}

function Destination({ table, texts, row }: { table: ConnectionTable; texts: RowTexts; row: number }) {
  const address = texts.destination(row);
  const name = texts.name(row);
  if (name === '') return <td className="text" title={address}>{address}</td>;
  const label = name === address ? 'The flows name the address itself' : `${name}\n${address}`;
  const others = table.otherNames[row];
  return (
    <td className="text destination" title={label}>
      <span className="name-line">
        <span className="name">{name}</span>
        <span className="tag">{NAME_SOURCES[table.nameSource[row]]}</span>
        {others > 0 && <span className="tag" title={`and ${formatCount(others)} other names`}>+{formatCount(others)}</span>}
      </span>
      {name !== address && <span className="address">{address}</span>}
    </td>
  );
}

function barWidth(score: number): number {
  return Number.isNaN(score) ? 0 : Math.min(1, Math.max(0, score)) * 100;
}
