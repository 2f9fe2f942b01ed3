import { WEAK_RHYTHM } from '../../../analysis/scores/rhythm-levels.ts';
import { EventStrip } from '../../charts/event-strip.tsx';
import { Timeline } from '../../charts/timeline.tsx';
import { formatCount } from '../../text/format.ts';
import { Section, type SectionProps } from '../section.tsx';
import textStyles from '../../text/text.module.css';

/** The whole capture as a strip: with a rhythm each check-in, silence and extra connection, without one every flow. */
export function WhenSection({ detail, width }: SectionProps) {
  const { events, rhythm, captureFirstMs: fromMs, captureLastMs: toMs } = detail;
  const steady = rhythm.score !== null && rhythm.score >= WEAK_RHYTHM;
  if (events === null || !steady) {
    return (
      <Section title="Flows over the whole capture">
        <Timeline starts={detail.startMs} fromMs={fromMs} toMs={toMs} width={width} />
      </Section>
    );
  }
  return (
    <Section title="Check-ins over the whole capture">
      <EventStrip events={events} fromMs={fromMs} toMs={toMs} width={width} />
      {rhythm.events < detail.checkInsMs.length && (
        <p className={textStyles.note}>
          Rhythm looks at the first {formatCount(rhythm.events)} of {formatCount(detail.checkInsMs.length)} starts; the
          strip ends with them.
        </p>
      )}
    </Section>
  );
}
