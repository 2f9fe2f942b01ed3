import type { ConnectionDetail } from '../../../analysis/connections/connection-detail.ts';
import { formatCount } from '../../text/format.ts';
import { Section, type SectionProps } from '../section.tsx';

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
      <table className="plain-table">
        <thead>
          <tr>
            <th>Subject</th>
            <th>Issuer</th>
            <th className="number">Flows</th>
          </tr>
        </thead>
        <tbody>
          {certificates.slice(0, LISTED).map(({ subject, issuer, alternativeName, flows }) => (
            <tr key={`${subject} ${issuer} ${alternativeName}`}>
              <td className="breakable">
                {subject}
                {alternativeName !== '' && alternativeName !== subject && `, ${alternativeName}`}
              </td>
              <td className="breakable">{issuer}</td>
              <td className="number">{formatCount(flows)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {certificates.length > LISTED && (
        <p className="note">
          These are {LISTED} of {formatCount(certificates.length)}.
        </p>
      )}
      <p className="note">As the servers sent them in the clear; their signatures are not checked.</p>
    </>
  );
}
