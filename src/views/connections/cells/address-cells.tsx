import { NAME_SOURCES, nameWords } from '../../../analysis/flows/name-sources.ts';
import { NOVELTY } from '../../../analysis/triage/novelty.ts';
import { protocolName } from '../../../analysis/net/protocol-names.ts';
import { remarkKey } from '../../../analysis/report/case-keys.ts';
import { endText } from '../../../analysis/hosts/sentences.ts';
import { RemarkMark } from '../../detail/remark-mark.tsx';
import { formatCount } from '../../text/format.ts';
import { Labels } from '../../text/labels.tsx';
import { isNarrow } from '../columns.ts';
import { useTable, type CellProps } from '../row-context.ts';
import { RowButtons } from './row-buttons.tsx';
import styles from './cells.module.css';

export function SourceCell({ row }: CellProps) {
  const { texts } = useTable();
  const source = texts.source(row);
  return (
    <td className={styles.whole} title={source}>
      {source}
    </td>
  );
}

/** The destination's name above its address, or the address alone; a grouping by name may bring in more of them. */
export function DestinationCell(props: CellProps) {
  const { row } = props;
  const { report, texts, layout } = useTable();
  if (isNarrow(layout)) return <NarrowDestination {...props} />;
  const address = texts.destination(row);
  const name = texts.name(row);
  const { nameSource, otherNames, otherDestinations } = report.connections;
  const others = otherNames[row];
  const through = texts.through(row) === '' ? '' : `through ${texts.through(row)}`;
  const addresses = otherDestinations[row] === 0 ? address : `${address} +${formatCount(otherDestinations[row])}`;
  const isOthers = name !== '' && texts.destinationLabel(row) !== name;
  const isFrom = nameWords(nameSource[row], report.connections.destinationPort[row]) === 'from';
  const second = isOthers ? `${isFrom ? 'from' : 'asks for'} ${name}` : addresses;
  const below = [...(name === address ? [] : [second]), ...(through === '' ? [] : [through])].join(' ');
  if (name === '') {
    return (
      <td className={`${styles.text} ${styles.destination}`} title={address}>
        <span className={styles.nameLine}>
          <span className={styles.nameText}>{addresses}</span>
          <Remarked row={row} />
          <RowButtons {...props} />
        </span>
        {through !== '' && <span className={styles.address}>{through}</span>}
      </td>
    );
  }
  const tags = (
    <>
      <span className={styles.tag}>{NAME_SOURCES[nameSource[row]]}</span>{' '}
      {others > 0 && (
        <span className={styles.tag} title={`and ${formatCount(others)} other names`}>
          +{formatCount(others)}
        </span>
      )}
    </>
  );
  return (
    <td
      className={`${styles.text} ${styles.destination}`}
      title={name === address ? 'The flows name the address itself' : `${name}\n${address}`}
    >
      <span className={styles.nameLine}>
        <span className={name === address || isOthers ? `${styles.name} ${styles.nameText}` : styles.name}>
          {isOthers ? addresses : <Labels name={name} />}
        </span>
        {below === '' && <span className={styles.beside}>{tags}</span>}
        <Remarked row={row} />
        <RowButtons {...props} />
      </span>
      {below !== '' && (
        <span className={styles.address}>
          {below} {tags}
        </span>
      )}
    </td>
  );
}

/** Where there is no room for columns of their own: the destination with its port, and who calls under it. */
function NarrowDestination(props: CellProps) {
  const { row } = props;
  const { report, texts, layout } = useTable();
  const label = texts.destinationLabel(row);
  const destination =
    report.connections.otherPorts[row] > 0 ? label : endText(label, report.connections.destinationPort[row]);
  // A line ends before the port rather than in a number.
  const portAt = destination === label ? destination.length : destination.lastIndexOf(':');
  const protocol = layout === 'tiny' ? '' : `, ${protocolName(report.connections.protocol[row])}`;
  const through = texts.through(row) === '' ? '' : ` through ${texts.through(row)}`;
  const source = `from ${texts.source(row)}${protocol}${through}`;
  return (
    <td
      className={`${styles.text} ${styles.destination}`}
      title={`${destination}\n${texts.destination(row)}\nfrom ${texts.source(row)}`}
    >
      <span className={styles.nameLine}>
        <span className={`${styles.name} ${styles.narrowName}`}>
          <Labels name={destination.slice(0, portAt)} />
          <wbr />
          {destination.slice(portAt)}
        </span>
        <Remarked row={row} />
        <RowButtons {...props} />
      </span>
      <span className={styles.address}>{source}</span>
    </td>
  );
}

/** Whether the baseline does not know where a row goes; and what the analyst said of it. */
function Remarked({ row }: { row: number }) {
  const { report, texts } = useTable();
  const { novelty } = report.connections.triage;
  return (
    <>
      {(novelty[row] & NOVELTY.destination) !== 0 && (
        <span className={styles.tag} title="The baseline does not know where it goes">
          new
        </span>
      )}
      <RemarkMark keyOf={() => remarkKey(report, texts, row)} />
    </>
  );
}
