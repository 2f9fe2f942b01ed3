import type { ConnectionDetail } from '../../../analysis/connections/connection-detail.ts';
import { formatCount } from '../../text/format.ts';
import { Section, type SectionProps } from '../section.tsx';
import textStyles from '../../text/text.module.css';
import styles from '../plain-table.module.css';

export function CertificatesSection({ detail }: SectionProps) {
  if (detail.certificates.length === 0) return null;
  return (
    <Section title="Certificates">
      <CertificateList certificates={detail.certificates} />
    </Section>
  );
}

/** More than these are counted, not listed. */
const LISTED = 20;

/** What the servers' certificates say: nobody has checked them, and a forger writes what he likes. */
function CertificateList({ certificates }: Pick<ConnectionDetail, 'certificates'>) {
  return (
    <>
      <table className={styles.plainTable}>
        <thead>
          <tr>
            <th>Subject</th>
            <th>Issuer</th>
            <th className={textStyles.number}>Flows</th>
          </tr>
        </thead>
        <tbody>
          {certificates.slice(0, LISTED).map(({ subject, issuer, alternativeName, flows }) => (
            <tr key={`${subject} ${issuer} ${alternativeName}`}>
              <td className={textStyles.breakable}>
                {subject}
                {alternativeName !== '' && alternativeName !== subject && `, ${alternativeName}`}
              </td>
              <td className={textStyles.breakable}>{issuer}</td>
              <td className={textStyles.number}>{formatCount(flows)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {certificates.length > LISTED && (
        <p className={textStyles.note}>
          These are {LISTED} of {formatCount(certificates.length)}.
        </p>
      )}
      <p className={textStyles.note}>As the servers sent them in the clear; their signatures are not checked.</p>
    </>
  );
}
