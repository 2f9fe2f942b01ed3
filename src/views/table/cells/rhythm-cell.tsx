import { exactDuration, NO_VALUE } from '../../format.ts';
import { rhythmOf } from '../../rhythm-words.ts';
import { unscoredReason } from '../../unscored-reason.ts';
import type { CellProps } from '../row-context.ts';

/** "60 s ± 20 %" over "228 of 233" (where there is little room, "60 s" over "± 20 %"), or that there is no rhythm. */
export function RhythmCell({ context: { report, layout }, row }: CellProps) {
  const words = rhythmOf(report.connections.rhythm, row);
  if (words === null) {
    const reason = unscoredReason(report, 'rhythm', row);
    return <td className="text" title={reason === '' ? 'No steady rhythm' : `Not scored: ${reason}`}><span className="quiet">{reason === '' ? 'none' : NO_VALUE}</span></td>;
  }
  const second = layout === 'narrow' ? words.jitter : words.presence;
  return (
    <td className="text" title={`${exactDuration(words.intervalMs)}; ${words.presence} check-ins present`}>
      <span className="rhythm-line">{layout === 'narrow' ? words.interval : `${words.interval} ${words.jitter}`}</span>
      <span className="address">{second}</span>
    </td>
  );
}
