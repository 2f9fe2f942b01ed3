import { useMemo, useState } from 'react';
import { bandMarks, BandLegend } from '../../charts/bands.tsx';
import { DeltaHistogram } from '../../charts/delta-histogram.tsx';
import { deltasOf, DELTA_SCALE_LABELS, DELTA_SCALES, scaleFor } from '../../charts/deltas.ts';
import { Choice } from '../../controls/choice.tsx';
import { Section, type SectionProps } from '../section.tsx';

/** The times between check-ins, with the band of the rhythm and its multiples. */
export function DeltasSection({ detail, width }: SectionProps) {
  const { rhythm, checkInsMs } = detail;
  const deltas = useMemo(() => deltasOf(checkInsMs), [checkInsMs]);
  const bands = useMemo(() => bandMarks(rhythm), [rhythm]);
  const [scale, setScale] = useState(() => scaleFor(deltas));
  if (deltas.length === 0) return null;
  return (
    <Section
      title={bands.length > 0 ? 'Time between check-ins' : 'Time between flows'}
      end={
        <Choice legend="Bins" options={DELTA_SCALES} labels={DELTA_SCALE_LABELS} value={scale} onChange={setScale} />
      }
    >
      <DeltaHistogram deltas={deltas} bands={bands} scale={scale} width={width} />
      {bands.length > 0 && <BandLegend bands={bands} />}
    </Section>
  );
}
