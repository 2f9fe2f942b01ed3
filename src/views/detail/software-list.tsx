import type { ConnectionDetail, TraceKind } from '../../analysis/report.ts';
import { formatCount } from '../format.ts';

/** More than these are counted, not listed. */
const LISTED = 50;

const LABELS: Readonly<Record<TraceKind, string>> = {
  clientFingerprint: 'Client (JA3, HASSH, DHCP options)',
  serverFingerprint: 'Server (JA3S, HASSH)',
  ja4: 'Client (JA4)',
  ja4s: 'Server (JA4S)',
  userAgent: 'User agent',
  contentType: 'Content type',
};

/** Fingerprints and headers that tell which software talked, and how many flows carry each. */
export function SoftwareList({ traces }: Pick<ConnectionDetail, 'traces'>) {
  if (traces.length === 0) return <p className="quiet">No flow tells which software made it.</p>;
  return (
    <>
      <table className="plain-table">
        <thead><tr><th>What</th><th>Value</th><th className="number">Flows</th></tr></thead>
        <tbody>
          {traces.slice(0, LISTED).map(({ kind, text, flows }) => (
            <tr key={`${kind} ${text}`}>
              <td>{LABELS[kind]}</td>
              <td className="breakable">{text}</td>
              <td className="number">{formatCount(flows)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {traces.length > LISTED && <p className="note">These are {LISTED} of {formatCount(traces.length)}.</p>}
    </>
  );
}
