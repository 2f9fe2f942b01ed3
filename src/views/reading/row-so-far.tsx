import { useReport } from '../context.ts';
import { CloseButton } from '../controls/close-button.tsx';
import { TriageSection } from '../detail/sections/triage-section.tsx';
import { leadOf } from '../detail/sentences.ts';
import { connectionName } from '../results/headline.ts';
import detailStyles from '../detail/detail.module.css';
import textStyles from '../text/text.module.css';

interface Props {
  row: number;
  onClose: () => void;
}

/** The open connection while reading goes on: what its row says. */
export function RowSoFar({ row, onClose }: Props) {
  const { report, texts } = useReport();
  const name = connectionName(report, texts, row);
  return (
    <aside className={detailStyles.detail} aria-label={`Connection ${name}`} aria-busy="true">
      <header>
        <h2>{name}</h2>
        <CloseButton label="Close the detail" onClose={onClose} />
      </header>
      <p className={detailStyles.leadSentence}>{leadOf(report, row)}</p>
      <TriageSection row={row} />
      <p className={textStyles.note}>So far. Its flows, names and packets follow once all is read.</p>
    </aside>
  );
}
