import { ritaWindow } from '../../../analysis/scores/rita.ts';
import { RitaSlices } from '../../charts/rita-slices.tsx';
import { formatValue } from '../../text/format.ts';
import { PartBars } from '../scores/part-bars.tsx';
import { ritaParts, ritaSum } from '../scores/rita-steps.ts';
import { Section, type SectionProps } from '../section.tsx';
import textStyles from '../../text/text.module.css';
import styles from '../scores/scores.module.css';

/** RITA's four parts with their arithmetic, and the histogram that two of them look at. */
export function RitaSection({ detail, width }: SectionProps) {
  const { rita } = detail;
  if (rita.score === null)
    return (
      <Section title="RITA's score: none">
        <p className={textStyles.quiet}>Not scored: {rita.reason}.</p>
      </Section>
    );
  const window = ritaWindow(detail.captureFirstMs, detail.captureLastMs);
  return (
    <Section title={`RITA's score: ${formatValue(rita.score)}`}>
      <PartBars parts={ritaParts(rita)} />
      <p className={`${styles.formula} ${styles.sum}`}>
        {ritaSum(rita)} = <strong>{formatValue(rita.score)}</strong>, to three decimals; threat level{' '}
        {formatValue(rita.threat)}.
      </p>
      <h4>
        Flows in each of 24 equal slices
        {window.first * 1000 > detail.captureFirstMs + 1000 ? ' of the last 24 hours' : ' of the capture'}
      </h4>
      <RitaSlices slices={rita.slices} fromMs={window.first * 1000} toMs={window.last * 1000} width={width} />
    </Section>
  );
}
