import { useState } from 'react';
import { namedConnections } from '../../../export/paste/connection.ts';
import { pasteLines } from '../../../export/paste/lines.ts';
import { displayFilterOf } from '../../../export/paste/wireshark.ts';
import { Choice } from '../../choice.tsx';
import { PasteLine } from '../paste-line.tsx';
import { Section } from '../section.tsx';
import type { SectionProps } from '../sections.ts';

const WIRESHARK = 'Wireshark';

/**
 * The connection as a line for other tools. One that goes to several ports or over several protocols has only a Wireshark
 * filter: the other tools' lines hold one port.
 */
export function FilterSection({ report, row }: SectionProps) {
  const [wanted, setWanted] = useState(WIRESHARK);
  const { connections } = report;
  const connection = namedConnections(report)(row);
  const several = connections.otherPorts[row] > 0 || connections.otherProtocols[row] > 0;
  const lines = several
    ? [{ tool: WIRESHARK, text: displayFilterOf(connection.source, connection.destination, null) }]
    : pasteLines(connection);
  const shown = lines.find(({ tool }) => tool === wanted) ?? lines[0];
  return (
    <Section title="Find it in other tools">
      <Choice
        legend="Tool" options={lines.map(({ tool }) => tool)} value={shown.tool} onChange={setWanted}
      />
      <PasteLine key={shown.tool} text={shown.text.trimEnd()} label={shown.tool === WIRESHARK ? 'Wireshark display filter' : shown.tool} />
      {connections.otherDestinations[row] > 0 && <p className="note">It finds the flows to one of the destinations, the one that most go to.</p>}
    </Section>
  );
}
