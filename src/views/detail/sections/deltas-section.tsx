import { useMemo, useState } from 'react';
import type { WonSeries } from '../../../analysis/connections/won-series.ts';
import { bandMarks, BandLegend } from '../../charts/bands.tsx';
import { DeltaHistogram } from '../../charts/delta-histogram.tsx';
import { deltasOf, DELTA_SCALE_LABELS, DELTA_SCALES, scaleFor } from '../../charts/deltas.ts';
import { Choice } from '../../controls/choice.tsx';
import { Section, type SectionProps } from '../section.tsx';

/** What lies between the times of each kind of series. */
const TITLES: Readonly<Record<WonSeries['level'], string>> = {
  flow: 'Time between check-ins',
  inside: 'Time between messages',
  pooled: 'Time between session starts and messages',
};

/** The times of the series that the connection is ranked by, with the band of its rhythm and its multiples. */
export function DeltasSection({ detail, width }: SectionProps) {
  const { won, checkInsMs } = detail;
  const deltas = useMemo(() => deltasOf(won?.timesMs ?? checkInsMs), [won, checkInsMs]);
  const bands = useMemo(() => (won === null ? [] : bandMarks(won.rhythm)), [won]);
  const [scale, setScale] = useState(() => scaleFor(deltas));
  if (deltas.length === 0) return null;
  const title = won === null || (won.level === 'flow' && bands.length === 0) ? 'Time between flows' : TITLES[won.level];
  return (
    <Section
      title={title}
      end={
        <Choice legend="Bins" options={DELTA_SCALES} labels={DELTA_SCALE_LABELS} value={scale} onChange={setScale} />
      }
    >
      <DeltaHistogram
        deltas={deltas}
        bands={bands}
        scale={scale}
        width={width}
        title={`Histogram of the ${title.replace('Time', 'times')}`}
      />
      {bands.length > 0 && <BandLegend bands={bands} />}
    </Section>
  );
}
