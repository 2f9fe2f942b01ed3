import type { ConnectionDetail } from '../../analysis/report.ts';
import { formatCount, formatCounted } from '../format.ts';

/** More than these are counted, not listed. */
const LISTED = 50;

interface Props {
  names: ConnectionDetail['names'];
  flows: number;
}

/** The host names the flows carry, where each was read, and how many flows carry it. */
export function NameList({ names, flows }: Props) {
  const named = names.reduce((sum, name) => sum + name.flows, 0);
  if (names.length === 0) return <p className="quiet">No flow carries a name.</p>;
  return (
    <>
      <table className="plain-table">
        <thead><tr><th>Name</th><th>Read from</th><th className="number">Flows</th></tr></thead>
        <tbody>
          {names.slice(0, LISTED).map(({ name, source, flows: count }) => (
            <tr key={`${source} ${name}`}>
              <td className="breakable">{name}</td>
              <td>{source}</td>
              <td className="number">{source === 'capture' ? "the capture's names" : formatCount(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {names.length > LISTED && <p className="note">These are the {LISTED} most used of {formatCount(names.length)} names.</p>}
      {named < flows && <p className="note">{formatCounted(flows - named, 'flow carries', 'flows carry')} no name.</p>}
    </>
  );
}
