import { formatScore } from '../../format.ts';
import { CalculationTable } from '../calculation-table.tsx';
import { rhythmSteps } from '../rhythm-steps.ts';
import { Section } from '../section.tsx';
import type { SectionProps } from '../sections.ts';
import { TakenApart } from '../taken-apart.tsx';

/** Rhythm's score, step by step. */
export function RhythmScoreSection({ detail: { rhythm } }: SectionProps) {
  return (
    <Section title={`Rhythm's score: ${rhythm.score === null ? 'none' : formatScore(rhythm.score)}`}>
      {rhythm.score === null ? (
        <p className="quiet">Not scored: {rhythm.reason}.</p>
      ) : (
        <TakenApart summary="Step by step">
          <CalculationTable label="Rhythm, step by step" groups={rhythmSteps(rhythm)} />
        </TakenApart>
      )}
    </Section>
  );
}
