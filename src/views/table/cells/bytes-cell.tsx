import { formatCount } from '../../format.ts';
import type { CellProps } from '../row-context.ts';

export function BytesCell({
  context: {
    report: { connections },
  },
  row,
}: CellProps) {
  return (
    <td className="number" title={`${formatCount(connections.bytesReceived[row])} bytes received`}>
      {formatCount(connections.bytesSent[row])}
    </td>
  );
}
