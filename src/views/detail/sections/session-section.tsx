import { useMemo } from 'react';
import { asSentence } from '../../../export/phrases.ts';
import { BandLegend, bandMarks } from '../../charts/bands.tsx';
import { DeltaHistogram } from '../../charts/delta-histogram.tsx';
import { scaleFor, deltasOf } from '../../charts/deltas.ts';
import { SessionStrip } from '../../charts/session-strip.tsx';
import { SizeHistogram } from '../../charts/size-histogram.tsx';
import { useReport } from '../../context.ts';
import { Facts } from '../facts.tsx';
import { Section, type SectionProps } from '../section.tsx';
import { piecesSentence, sessionFacts } from '../session-facts.ts';
import textStyles from '../../text/text.module.css';

/** Fewer visits than this make no shape. */
const LEAST_VISITS = 4;

/**
 * What goes on inside the connection: its best session message by message, the rhythm of them, and what flows are
 * pieces of.
 */
export function SessionSection({ row, detail, width }: SectionProps) {
  const {
    report: { connections },
  } = useReport();
  const { session } = detail;
  // The lead of the detail is this sentence already, and its histogram the one above.
  const isLead = detail.won?.level === 'inside';
  const pieces = piecesSentence(connections.pieces[row], connections.piecedSessions[row]);
  const best = session?.inner?.best ?? null;
  const deltas = useMemo(() => (best === null ? new Float64Array(0) : deltasOf(best.timesMs)), [best]);
  const visits = useMemo(() => visitSizes(session?.visitBytes ?? new Uint32Array(0)), [session]);
  if (session === null)
    return pieces === '' ? null : (
      <Section title="Inside the connection">
        <p>{pieces}</p>
      </Section>
    );
  const bands = best === null ? [] : bandMarks(best.rhythm);
  return (
    <Section title="Inside the connection">
      {session.sentence !== null && !isLead && <p>{asSentence(session.sentence)}</p>}
      {pieces !== '' && <p className={textStyles.note}>{pieces}</p>}
      <SessionStrip session={session} width={width} />
      <Facts facts={sessionFacts(session)} />
      {deltas.length > 0 && !isLead && (
        <>
          <h4>Time between messages</h4>
          <DeltaHistogram
            deltas={deltas}
            bands={bands}
            scale={scaleFor(deltas)}
            width={width}
            title="Histogram of the times between messages"
          />
          {bands.length > 0 && <BandLegend bands={bands} />}
        </>
      )}
      {visits.length >= LEAST_VISITS && (
        <>
          <h4>Bytes a visit, both sides together</h4>
          <SizeHistogram
            sizes={visits}
            width={width}
            counted="visit"
            title="Histogram of the bytes of visits: all between two messages after silence"
          />
        </>
      )}
    </Section>
  );
}

/** Bytes of both sides by visit. */
function visitSizes(visitBytes: Uint32Array): Float64Array {
  return Float64Array.from(
    { length: visitBytes.length / 2 },
    (_, visit) => visitBytes[2 * visit] + visitBytes[2 * visit + 1],
  );
}
