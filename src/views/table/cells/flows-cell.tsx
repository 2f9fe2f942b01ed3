import { formatCount, formatCounted } from '../../format.ts';
import type { CellProps } from '../row-context.ts';

/** How many flows, and on hover how many of them failed, resumed or only went on. */
export function FlowsCell({
  context: {
    report: { connections },
  },
  row,
}: CellProps) {
  const parts = [
    [connections.failedFlows[row], 'failed'],
    [connections.resumedFlows[row], 'resumed after the idle timeout'],
    [connections.continuedFlows[row], 'only went on after the active timeout'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${formatCount(count)} ${what}`);
  return (
    <td className="number" title={[formatCounted(connections.flows[row], 'flow'), ...said].join(', ')}>
      {formatCount(connections.flows[row])}
    </td>
  );
}
