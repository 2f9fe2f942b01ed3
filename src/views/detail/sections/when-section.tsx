import { LEAST_STEADY_SCORE } from '../../../analysis/scores/rhythm-sentence.ts';
import { formatCount } from '../../format.ts';
import { EventStrip } from '../event-strip.tsx';
import { Section } from '../section.tsx';
import type { SectionProps } from '../sections.ts';
import { Timeline } from '../timeline.tsx';

/** The whole capture as a strip: with a rhythm each check-in, silence and extra connection, without one every flow. */
export function WhenSection({ detail, timeZone, width }: SectionProps) {
  const { events, rhythm, captureFirstMs: fromMs, captureLastMs: toMs } = detail;
  const steady = rhythm.score !== null && rhythm.score >= LEAST_STEADY_SCORE;
  if (events === null || !steady) {
    return (
      <Section title="Flows over the whole capture">
        <Timeline starts={detail.startMs} fromMs={fromMs} toMs={toMs} timeZone={timeZone} width={width} />
      </Section>
    );
  }
  return (
    <Section title="Check-ins over the whole capture">
      <EventStrip events={events} fromMs={fromMs} toMs={toMs} timeZone={timeZone} width={width} />
      {rhythm.events < detail.checkInsMs.length && (
        <p className="note">
          Rhythm looks at the first {formatCount(rhythm.events)} of {formatCount(detail.checkInsMs.length)} starts; the
          strip ends with them.
        </p>
      )}
    </Section>
  );
}
