import { Section } from '../section.tsx';
import type { SectionProps } from '../sections.ts';
import { SoftwareList } from '../software-list.tsx';

export function SoftwareSection({ detail }: SectionProps) {
  return (
    <Section title="Software">
      <SoftwareList applications={detail.applications} traces={detail.traces} />
    </Section>
  );
}
