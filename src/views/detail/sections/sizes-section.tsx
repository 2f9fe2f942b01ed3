import { SizeHistogram } from '../../charts/size-histogram.tsx';
import { Section, type SectionProps } from '../section.tsx';

export function SizesSection({ detail, width }: SectionProps) {
  return (
    <Section title="Bytes sent per flow">
      <SizeHistogram sizes={detail.bytesSent} width={width} />
    </Section>
  );
}
