import { NameList } from '../name-list.tsx';
import { Section } from '../section.tsx';
import type { SectionProps } from '../sections.ts';

export function NamesSection({ detail }: SectionProps) {
  return (
    <Section title="Names">
      <NameList names={detail.names} flows={detail.length} />
    </Section>
  );
}
