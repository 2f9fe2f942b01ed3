import { NAME_SOURCES } from '../../../analysis/flows/name-sources.ts';
import { protocolName } from '../../../analysis/net/protocol-names.ts';
import { endOf } from '../../results/headline.ts';
import { formatCount } from '../../text/format.ts';
import { useTable, type CellProps } from '../row-context.ts';
import { RowButtons } from './row-buttons.tsx';

export function SourceCell({ row }: CellProps) {
  const { texts } = useTable();
  const source = texts.source(row);
  return (
    <td className="text" title={source}>
      {source}
    </td>
  );
}

/** The destination's name above its address, or the address alone; a grouping by name may bring in more of them. */
export function DestinationCell(props: CellProps) {
  const { row } = props;
  const { report, texts, layout } = useTable();
  if (layout === 'narrow') return <NarrowDestination {...props} />;
  const address = texts.destination(row);
  const name = texts.name(row);
  const { nameSource, otherNames, otherDestinations } = report.connections;
  const addresses = otherDestinations[row] === 0 ? address : `${address} +${formatCount(otherDestinations[row])}`;
  if (name === '') {
    return (
      <td className="text destination" title={address}>
        <span className="name-line">
          <span className="name-text">{addresses}</span>
          <RowButtons {...props} />
        </span>
      </td>
    );
  }
  const others = otherNames[row];
  return (
    <td
      className="text destination"
      title={name === address ? 'The flows name the address itself' : `${name}\n${address}`}
    >
      <span className="name-line">
        <span className="name">{name}</span>
        <span className="tag">{NAME_SOURCES[nameSource[row]]}</span>
        {others > 0 && (
          <span className="tag" title={`and ${formatCount(others)} other names`}>
            +{formatCount(others)}
          </span>
        )}
        <RowButtons {...props} />
      </span>
      {name !== address && <span className="address">{addresses}</span>}
    </td>
  );
}

/** Where there is no room for columns of their own: the destination with its port, and who calls under it. */
function NarrowDestination(props: CellProps) {
  const { row } = props;
  const { report, texts } = useTable();
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
