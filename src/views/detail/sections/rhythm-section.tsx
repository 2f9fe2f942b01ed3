import type { Rhythm } from '../../../analysis/scores/rhythm.ts';
import type { Unscored } from '../../../analysis/scores/unscored.ts';
import { useReport } from '../../context.ts';
import { shortCapture } from '../../results/short-capture.ts';
import { Facts } from '../facts.tsx';
import { flowFacts, rhythmFacts } from '../rhythm-facts.ts';
import { Section, type SectionProps } from '../section.tsx';
import textStyles from '../../text/text.module.css';

/** The rhythm in numbers, what the meter did to the flows, and what so short a capture cannot say. */
export function RhythmSection({ row, detail }: SectionProps) {
  const { report } = useReport();
  const rhythm: Rhythm | Unscored = detail.won?.rhythm ?? detail.rhythm;
  const { failedFlows, resumedFlows, continuedFlows } = report.connections;
  const short = shortCapture(
    detail.captureLastMs - detail.captureFirstMs,
    rhythm.score === null ? null : rhythm.intervalS * 1000,
    report.range !== null,
  );
  const counts = {
    flows: detail.length,
    failed: failedFlows[row],
    resumed: resumedFlows[row],
    continued: continuedFlows[row],
  };
  return (
    <Section title="Rhythm">
      <Facts facts={[...(rhythm.score === null ? [] : rhythmFacts(rhythm)), ...flowFacts(counts)]} />
      {rhythm.score === null && <p className={textStyles.quiet}>Not scored: {rhythm.reason}.</p>}
      <p className={short.warn ? textStyles.warn : textStyles.note}>
        {short.warn && '⚠ '}
        {short.sentence}
      </p>
    </Section>
  );
}
