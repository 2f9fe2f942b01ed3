import { CertificateList } from '../certificate-list.tsx';
import { Section } from '../section.tsx';
import type { SectionProps } from '../sections.ts';

export function CertificatesSection({ detail }: SectionProps) {
  if (detail.certificates.length === 0) return null;
  return (
    <Section title="Certificates">
      <CertificateList certificates={detail.certificates} />
    </Section>
  );
}
