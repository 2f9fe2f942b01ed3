import { displayFilterOf } from '../display-filter.ts';
import { PasteLine } from '../paste-line.tsx';
import { Section } from '../section.tsx';
import type { SectionProps } from '../sections.ts';

export function FilterSection({ report: { connections }, texts, row }: SectionProps) {
  const filter = displayFilterOf(texts.source(row), texts.destination(row), connections.destinationPort[row], connections.protocol[row]);
  return <Section title="Wireshark filter"><PasteLine text={filter} /></Section>;
}
