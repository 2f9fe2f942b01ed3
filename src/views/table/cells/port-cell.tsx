import { protocolName } from '../../../state/protocols.ts';
import { formatCount, formatCounted } from '../../format.ts';
import type { CellProps } from '../row-context.ts';

/** The port and protocol of most flows, and how many other ports a wider grouping brings in. */
export function PortCell({
  context: {
    report: { connections },
  },
  row,
}: CellProps) {
  const others = connections.otherPorts[row];
  return (
    <td className="number" title={others > 0 ? `and ${formatCounted(others, 'other port')}` : undefined}>
      {connections.destinationPort[row]}
      {others > 0 && <span className="tag"> +{formatCount(others)}</span>}{' '}
      <span className="protocol">{protocolName(connections.protocol[row])}</span>
    </td>
  );
}
