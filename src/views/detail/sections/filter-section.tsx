import { useState } from 'react';
import { namedConnections, pastedConnection } from '../../../export/paste/connection.ts';
import { leftOutOfLines, pasteLines } from '../../../export/paste/lines.ts';
import { useReport } from '../../context.ts';
import { Choice } from '../../controls/choice.tsx';
import { PasteLine } from '../paste-line.tsx';
import { Section, type SectionProps } from '../section.tsx';
import textStyles from '../../text/text.module.css';

const WIRESHARK = 'Wireshark';

/** The connection as a line for other tools, with every address and port that its flows go to. */
export function FilterSection({ row, detail }: SectionProps) {
  const { report } = useReport();
  const [wanted, setWanted] = useState(WIRESHARK);
  const lines = pasteLines(pastedConnection(namedConnections(report)(row), detail));
  const shown = lines.find(({ tool }) => tool === wanted) ?? lines[0];
  const leftOut = leftOutOfLines(detail);
  return (
    <Section title="Find it in other tools">
      <Choice legend="Tool" options={lines.map(({ tool }) => tool)} value={shown.tool} onChange={setWanted} />
      <PasteLine
        key={shown.tool}
        text={shown.text.trimEnd()}
        label={shown.tool === WIRESHARK ? 'Wireshark display filter' : shown.tool}
      />
      {leftOut !== '' && <p className={textStyles.note}>{leftOut}</p>}
    </Section>
  );
}
