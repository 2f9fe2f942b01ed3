import { protocolName } from '../../../analysis/net/protocol-names.ts';
import { formatCount, formatCounted } from '../../text/format.ts';
import { useTable, type CellProps } from '../row-context.ts';
import textStyles from '../../text/text.module.css';
import styles from './cells.module.css';

/** The port and protocol of most flows, and how many other ports a wider grouping brings in. */
export function PortCell({ row }: CellProps) {
  const {
    report: { connections },
  } = useTable();
  const others = connections.otherPorts[row];
  return (
    <td className={textStyles.number} title={others > 0 ? `and ${formatCounted(others, 'other port')}` : undefined}>
      {connections.destinationPort[row]}
      {others > 0 && <span className={styles.tag}> +{formatCount(others)}</span>}{' '}
      <span className={styles.protocol}>{protocolName(connections.protocol[row])}</span>
    </td>
  );
}

/** How many flows, and on hover how many of them failed, resumed or only went on. */
export function FlowsCell({ row }: CellProps) {
  const {
    report: { connections },
  } = useTable();
  const parts = [
    [connections.failedFlows[row], 'failed'],
    [connections.resumedFlows[row], 'resumed after the idle timeout'],
    [connections.continuedFlows[row], 'only went on after the active timeout'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, what]) => `${formatCount(count)} ${what}`);
  return (
    <td className={textStyles.number} title={[formatCounted(connections.flows[row], 'flow'), ...said].join(', ')}>
      {formatCount(connections.flows[row])}
    </td>
  );
}

export function BytesCell({ row }: CellProps) {
  const {
    report: { connections },
  } = useTable();
  return (
    <td className={textStyles.number} title={`${formatCount(connections.bytesReceived[row])} bytes received`}>
      {formatCount(connections.bytesSent[row])}
    </td>
  );
}
