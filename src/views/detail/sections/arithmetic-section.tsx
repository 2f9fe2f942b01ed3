import { formatScore } from '../../text/format.ts';
import { Section, type SectionProps, ScoreBreakdown } from '../section.tsx';
import { RitaSection } from './rita-section.tsx';
import { NotebookSection, RhythmScoreSection } from './score-sections.tsx';
import textStyles from '../../text/text.module.css';

/** How every score came about, folded away: who doubts one opens it. */
export function ArithmeticSection(props: SectionProps) {
  const { rhythm, rita, notebook, corrected, won } = props.detail;
  // The row's score may be that of another series, told above.
  const ofFlows = won === null || won.level === 'flow' ? 'rhythm' : 'rhythm between flows';
  const scores = [
    [ofFlows, rhythm.score],
    ['RITA', rita.score],
    ['notebook', notebook.score],
    ['corrected', corrected.score],
  ] as const;
  return (
    <Section title="How the scores came about">
      <p className={textStyles.quiet}>
        {scores.map(([name, score]) => `${name} ${score === null ? 'none' : formatScore(score)}`).join(', ')}
      </p>
      <ScoreBreakdown summary="The arithmetic of all scores">
        <RhythmScoreSection {...props} />
        <RitaSection {...props} />
        <NotebookSection {...props} />
      </ScoreBreakdown>
    </Section>
  );
}
