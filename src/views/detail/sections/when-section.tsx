import type { WonSeries } from '../../../analysis/connections/won-series.ts';
import { WEAK_RHYTHM } from '../../../analysis/scores/rhythm-levels.ts';
import { EventStrip } from '../../charts/event-strip.tsx';
import { Timeline } from '../../charts/timeline.tsx';
import { formatCount } from '../../text/format.ts';
import { Section, type SectionProps } from '../section.tsx';
import textStyles from '../../text/text.module.css';

const TITLES: Readonly<Record<WonSeries['level'], string>> = {
  flow: 'Check-ins over the whole capture',
  inside: 'Messages of one connection over the whole capture',
  pooled: 'Session starts and messages over the whole capture',
};

/**
 * The whole capture as a strip: with a rhythm each check-in of the series that counts, silence and extra connection,
 * without one every flow.
 */
export function WhenSection({ detail, width }: SectionProps) {
  const { won, captureFirstMs: fromMs, captureLastMs: toMs } = detail;
  if (won === null || won.rhythm.score < WEAK_RHYTHM) {
    return (
      <Section title="Flows over the whole capture">
        <Timeline starts={detail.startMs} fromMs={fromMs} toMs={toMs} width={width} />
      </Section>
    );
  }
  return (
    <Section title={TITLES[won.level]}>
      <EventStrip events={won.events} level={won.level} fromMs={fromMs} toMs={toMs} width={width} />
      {won.rhythm.events < won.timesMs.length && (
        <p className={textStyles.note}>
          Rhythm looks at the first {formatCount(won.rhythm.events)} of {formatCount(won.timesMs.length)}; the strip
          ends with them.
        </p>
      )}
    </Section>
  );
}
