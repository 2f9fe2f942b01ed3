import { Fragment } from 'react';
import type { ConnectionTable } from '../../analysis/report.ts';
import { NOTEBOOK_MEANINGS } from '../../analysis/scores/notebook-meanings.ts';
import { formatValue } from '../format.ts';
import { FRAME_GROUPS, PARTS, formulaOf } from './formulas.ts';
import type { FrameColumn } from './formulas.ts';

/** Every intermediate of the notebook's frame with its value, how it came about and what it means. */
export function Arithmetic({ table, row }: { table: ConnectionTable; row: number }) {
  const value = (column: FrameColumn) => (column === 'ConnectionCount' ? table.flows[row] : table.notebook[column][row]);
  if (Number.isNaN(value('Score'))) return <p>A score needs at least two flows.</p>;
  return (
    <table className="arithmetic">
      <thead className="unseen"><tr><th>Column</th><th>How it came about</th><th>Value</th></tr></thead>
      {FRAME_GROUPS.map(({ title, columns }) => (
        <tbody key={title}>
          <tr><th colSpan={3} scope="rowgroup" className="group">{title}</th></tr>
          {columns.map((column) => {
            const formula = formulaOf(column, value);
            return (
              <Fragment key={column}>
                <tr className={PARTS.has(column) ? 'part' : undefined}>
                  <th scope="row">{column}</th>
                  <td className="formula">{formula !== null && `= ${formula}`}</td>
                  <td className="number" title={String(value(column))}>{formatValue(value(column))}</td>
                </tr>
                <tr className="meaning"><td colSpan={3}>{NOTEBOOK_MEANINGS[column]}</td></tr>
              </Fragment>
            );
          })}
        </tbody>
      ))}
    </table>
  );
}
