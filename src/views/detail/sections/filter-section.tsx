import { displayFilterOf } from '../../../export/paste/wireshark.ts';
import { PasteLine } from '../paste-line.tsx';
import { Section } from '../section.tsx';
import type { SectionProps } from '../sections.ts';

/** The connection as a Wireshark display filter; a grouping by less than the port takes the port out of it. */
export function FilterSection({ report: { connections }, texts, row }: SectionProps) {
  const end = connections.otherPorts[row] > 0 || connections.otherProtocols[row] > 0
    ? null
    : { port: connections.destinationPort[row], protocol: connections.protocol[row] };
  return (
    <Section title="Wireshark filter">
      <PasteLine text={displayFilterOf(texts.source(row), texts.destination(row), end)} />
      {connections.otherDestinations[row] > 0 && <p className="note">It finds the flows to one of the destinations, the one that most go to.</p>}
    </Section>
  );
}
