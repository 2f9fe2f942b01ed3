import { Section } from '../section.tsx';
import type { SectionProps } from '../sections.ts';
import { SizeHistogram } from '../size-histogram.tsx';

export function SizesSection({ detail, width }: SectionProps) {
  return (
    <Section title="Bytes sent per flow">
      <SizeHistogram sizes={detail.bytesSent} width={width} />
    </Section>
  );
}
