import { BADGES } from '../../../analysis/triage/badge.ts';
import { useReport } from '../../context.ts';
import { formatCounted } from '../../text/format.ts';
import { BADGE_SIGNS, totalText } from '../../text/triage-words.ts';
import { Section, type SectionProps } from '../section.tsx';
import { SumTable } from '../sum-table.tsx';
import { notesOf } from '../triage-notes.ts';
import textStyles from '../../text/text.module.css';
import sumStyles from '../sum-table.module.css';

/** Why the row stands where it stands: its lines as a sum, and what is worth knowing but has no points. */
export function TriageSection({ row }: Pick<SectionProps, 'row'>) {
  const { report, texts } = useReport();
  const { triage } = report.connections;
  const { shape, word, meaning } = BADGE_SIGNS[BADGES[triage.badge[row]]];
  const total = triage.total[row];
  const lines = texts.lines(row);
  const notes = notesOf(report, texts, row);
  return (
    <Section title={`Triage: ${formatCounted(Math.abs(total), 'point').replace(/^\S+/, totalText(total))}, ${word}`}>
      <SumTable lines={lines.filter(({ points }) => points !== 0)} total={total} />
      <p className={textStyles.note}>
        <span aria-hidden="true">{shape}</span> {word}: {meaning}.
      </p>
      {notes.length > 0 && (
        <>
          <h4>Shown without points</h4>
          <ul className={sumStyles.unsummed}>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
