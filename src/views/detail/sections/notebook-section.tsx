import type { NotebookValues } from '../../../analysis/report.ts';
import type { Unscored } from '../../../analysis/scores/unscored.ts';
import { formatScore } from '../../format.ts';
import { CalculationTable } from '../calculation-table.tsx';
import { notebookSteps } from '../notebook-steps.ts';
import type { NotebookVariant } from '../notebook-steps.ts';
import { Section } from '../section.tsx';
import type { SectionProps } from '../sections.ts';
import { TakenApart } from '../taken-apart.tsx';

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
        <p className="quiet">Not scored: {values.reason}.</p>
      </Section>
    );
  const groups = notebookSteps(variant, (column) => (column === 'ConnectionCount' ? flows : values[column]));
  return (
    <Section title={`${title}: ${formatScore(values.score)}`}>
      {variant === 'notebook' && (
        <p className="note">
          Known to be wrong: erratic sizes raise it past 1, bursts look perfect, whole days are dropped, slow sleepers
          lose.
        </p>
      )}
      <TakenApart summary="Step by step">
        <CalculationTable label={`${title}, step by step`} groups={groups} />
      </TakenApart>
    </Section>
  );
}
