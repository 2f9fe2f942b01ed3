import type { ConnectionDetail } from '../../../analysis/connections/connection-detail.ts';
import { traceLabel } from '../../../export/report-software.ts';
import { formatCount } from '../../text/format.ts';
import { Section, type SectionProps } from '../section.tsx';
import textStyles from '../../text/text.module.css';
import styles from '../plain-table.module.css';

export function SoftwareSection({ detail }: SectionProps) {
  return (
    <Section title="Software">
      <SoftwareList applications={detail.applications} traces={detail.traces} />
    </Section>
  );
}

/** More than these are counted, not listed. */
const LISTED = 50;

/** Protocols, fingerprints and headers that tell which software talked, and how many flows carry each. */
function SoftwareList({ applications, traces }: Pick<ConnectionDetail, 'applications' | 'traces'>) {
  return (
    <>
      <table className={styles.plainTable}>
        <thead>
          <tr>
            <th>What</th>
            <th>Value</th>
            <th className={textStyles.number}>Flows</th>
          </tr>
        </thead>
        <tbody>
          {applications.map(({ name, guessed, flows }) => (
            <tr key={`${name} ${guessed}`}>
              <td>Application</td>
              <td>
                {name}
                {guessed && ' by its port alone'}
              </td>
              <td className={textStyles.number}>{formatCount(flows)}</td>
            </tr>
          ))}
          {traces.slice(0, LISTED).map(({ kind, text, flows }) => (
            <tr key={`${kind} ${text}`}>
              <td>{traceLabel(kind, applications)}</td>
              <td className={textStyles.breakable}>{text}</td>
              <td className={textStyles.number}>{formatCount(flows)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {traces.length > LISTED && (
        <p className={textStyles.note}>
          These are {LISTED} of {formatCount(traces.length)}.
        </p>
      )}
    </>
  );
}
