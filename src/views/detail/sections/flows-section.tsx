import { useMemo } from 'react';
import { dateDetailOf } from '../../timestamps.ts';
import { deltasOf } from '../deltas.ts';
import { FlowList } from '../flow-list.tsx';
import { Section } from '../section.tsx';
import type { SectionProps } from '../sections.ts';

export function FlowsSection({ detail, timeZone }: SectionProps) {
  const deltas = useMemo(() => deltasOf(detail.startMs), [detail]);
  const dateDetail = dateDetailOf(detail.captureFirstMs, detail.captureLastMs, timeZone);
  return (
    <Section title="Flows">
      <FlowList detail={detail} deltas={deltas} timeZone={timeZone} dateDetail={dateDetail} />
    </Section>
  );
}
