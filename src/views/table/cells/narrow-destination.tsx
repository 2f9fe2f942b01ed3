import { protocolName } from '../../../state/protocols.ts';
import { endOf } from '../../headline.ts';
import type { CellProps } from '../row-context.ts';
import { RowButtons } from './row-buttons.tsx';

/** Where there is no room for columns of their own: the destination with its port, and who calls under it. */
export function NarrowDestination(props: CellProps) {
  const {
    context: { report, texts },
    row,
  } = props;
  const label = texts.destinationLabel(row);
  const destination =
    report.connections.otherPorts[row] > 0 ? label : endOf(label, report.connections.destinationPort[row]);
  const source = `from ${texts.source(row)}, ${protocolName(report.connections.protocol[row])}`;
  return (
    <td className="text destination" title={`${destination}\n${texts.destination(row)}\nfrom ${texts.source(row)}`}>
      <span className="name-line">
        <span className="name">{destination}</span>
        <RowButtons {...props} />
      </span>
      <span className="address">{source}</span>
    </td>
  );
}
