import { useMemo, useState } from 'react';
import { Choice } from '../../choice.tsx';
import { bandMarks } from '../bands.ts';
import { BandLegend } from '../band-legend.tsx';
import { DeltaHistogram } from '../delta-histogram.tsx';
import { deltasOf } from '../deltas.ts';
import { DELTA_SCALE_LABELS, DELTA_SCALES, scaleFor } from '../delta-scale.ts';
import { Section } from '../section.tsx';
import type { SectionProps } from '../sections.ts';

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
