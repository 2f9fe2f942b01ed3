import type { NotebookValues } from '../../../analysis/connections/connection-detail.ts';
import type { Unscored } from '../../../analysis/scores/unscored.ts';
import { formatScore } from '../../text/format.ts';
import { CalculationTable } from '../scores/calculation-table.tsx';
import { notebookSteps, type NotebookVariant } from '../scores/notebook-steps.ts';
import { rhythmSteps } from '../scores/rhythm-steps.ts';
import { Section, ScoreBreakdown, type SectionProps } from '../section.tsx';
import textStyles from '../../text/text.module.css';

/** Rhythm's score, step by step. */
export function RhythmScoreSection({ detail: { rhythm } }: SectionProps) {
  return (
    <Section title={`Rhythm's score: ${rhythm.score === null ? 'none' : formatScore(rhythm.score)}`}>
      {rhythm.score === null ? (
        <p className={textStyles.quiet}>Not scored: {rhythm.reason}.</p>
      ) : (
        <ScoreBreakdown summary="Step by step">
          <CalculationTable label="Rhythm, step by step" groups={rhythmSteps(rhythm)} />
        </ScoreBreakdown>
      )}
    </Section>
  );
}

/** The notebook's score, to the letter and with its known faults put right, step by step. */
export function NotebookSection({ detail }: SectionProps) {
  return (
    <>
      <Variant variant="notebook" title="The notebook's score" values={detail.notebook} flows={detail.length} />
      <Variant
        variant="corrected"
        title="The notebook's score, corrected"
        values={detail.corrected}
        flows={detail.length}
      />
    </>
  );
}

function Variant({
  variant,
  title,
  values,
  flows,
}: {
  variant: NotebookVariant;
  title: string;
  values: NotebookValues | Unscored;
  flows: number;
}) {
  if (values.score === null)
    return (
      <Section title={`${title}: none`}>
        <p className={textStyles.quiet}>Not scored: {values.reason}.</p>
      </Section>
    );
  const groups = notebookSteps(variant, (column) => (column === 'ConnectionCount' ? flows : values[column]));
  return (
    <Section title={`${title}: ${formatScore(values.score)}`}>
      {variant === 'notebook' && (
        <p className={textStyles.note}>
          Known to be wrong: erratic sizes raise it past 1, bursts look perfect, whole days are dropped, slow sleepers
          lose.
        </p>
      )}
      <ScoreBreakdown summary="Step by step">
        <CalculationTable label={`${title}, step by step`} groups={groups} />
      </ScoreBreakdown>
    </Section>
  );
}
