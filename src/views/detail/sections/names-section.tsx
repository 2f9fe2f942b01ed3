import type { ConnectionDetail } from '../../../analysis/connections/connection-detail.ts';
import type { NameSource } from '../../../analysis/flows/name-sources.ts';
import { formatCount, formatCounted } from '../../text/format.ts';
import { Section, type SectionProps } from '../section.tsx';
import textStyles from '../../text/text.module.css';
import styles from '../plain-table.module.css';

export function NamesSection({ detail }: SectionProps) {
  return (
    <Section title="Names">
      <NameList names={detail.names} flows={detail.length} />
    </Section>
  );
}

/** More than these are counted, not listed. */
const LISTED = 50;

interface Props {
  names: ConnectionDetail['names'];
  flows: number;
}

/** The host names the flows carry, where each was read, and how many flows carry it. */
function NameList({ names, flows }: Props) {
  const carried = names.reduce((sum, { source, flows: count }) => sum + (source === 'from dns' ? 0 : count), 0);
  if (names.length === 0) return <p className={textStyles.quiet}>No flow carries a name.</p>;
  return (
    <>
      <table className={styles.plainTable}>
        <thead>
          <tr>
            <th>Name</th>
            <th>Read from</th>
            <th className={textStyles.number}>Flows</th>
          </tr>
        </thead>
        <tbody>
          {names.slice(0, LISTED).map(({ name, source, flows: count }) => (
            <tr key={`${source} ${name}`}>
              <td className={textStyles.breakable}>{name}</td>
              <td>{readFrom(source)}</td>
              <td className={textStyles.number}>{source === 'capture' ? "the capture's names" : formatCount(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {names.length > LISTED && (
        <p className={textStyles.note}>
          These are the {LISTED} most used of {formatCount(names.length)} names.
        </p>
      )}
      {carried < flows && (
        <p className={textStyles.note}>
          {formatCounted(flows - carried, 'flow carries', 'flows carry')} no name itself.
        </p>
      )}
    </>
  );
}

/** A name from DNS was not in the flow: it is what its source had last been told about the address. */
function readFrom(source: NameSource): string {
  return source === 'from dns' ? 'what the source asked DNS before' : source;
}
