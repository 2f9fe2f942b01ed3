import { NAME_SOURCES } from '../../../analysis/report.ts';
import { formatCount } from '../../format.ts';
import type { CellProps } from '../row-context.ts';
import { NarrowDestination } from './narrow-destination.tsx';
import { RowButtons } from './row-buttons.tsx';

/** The destination's name above its address, or the address alone; a grouping by name may bring in more of them. */
export function DestinationCell(props: CellProps) {
  const {
    context: { report, texts, layout },
    row,
  } = props;
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
