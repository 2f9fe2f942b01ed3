import { useMemo, useRef, useState } from 'react';
import type { ConnectionDetail } from '../../../analysis/connections/connection-detail.ts';
import { FLOW_ENDINGS, type FlowEnding } from '../../../analysis/connections/flow-endings.ts';
import { formatDuration } from '../../../analysis/durations.ts';
import { CONTINUED, RESUMED } from '../../../analysis/flows/columns.ts';
import type { TimeZone } from '../../../state/view.ts';
import { deltasOf } from '../../charts/deltas.ts';
import { useReport, useTimeZone } from '../../context.ts';
import { usePrinting, useVirtualRows } from '../../controls/layout.ts';
import { exactDuration, formatCount, formatCounted } from '../../text/format.ts';
import { dateDetailOf, exactTime, formatTime, zoneName, type DateDetail } from '../../text/timestamps.ts';
import { hasPackets } from '../../panels/export/carved.ts';
import { FollowPanel } from '../follow-panel.tsx';
import { Section, type SectionProps } from '../section.tsx';
import buttonStyles from '../../controls/button.module.css';
import textStyles from '../../text/text.module.css';
import plainTableStyles from '../plain-table.module.css';
import styles from './flows-section.module.css';

/** Every flow of the connection with its times, sizes and end. */
export function FlowsSection({ row, detail }: SectionProps) {
  const { report } = useReport();
  const [followed, setFollowed] = useState<number | null>(null);
  const opener = useRef<HTMLElement | null>(null);
  const timeZone = useTimeZone();
  const deltas = useMemo(() => deltasOf(detail.startMs), [detail]);
  const dateDetail = dateDetailOf(detail.captureFirstMs, detail.captureLastMs, timeZone);
  const follow = (flow: number, button: HTMLElement): void => {
    opener.current = button;
    setFollowed(flow);
  };
  return (
    <Section title="Flows">
      <FlowList
        detail={detail}
        deltas={deltas}
        timeZone={timeZone}
        dateDetail={dateDetail}
        followed={followed}
        onFollow={hasPackets(report) ? follow : null}
      />
      {followed !== null && (
        <FollowPanel
          key={followed}
          row={row}
          detail={detail}
          flow={followed}
          onClose={() => {
            setFollowed(null);
            opener.current?.focus();
          }}
        />
      )}
    </Section>
  );
}

const ROW = 24;

const ENDINGS: Readonly<Record<FlowEnding, { word: string; meaning: string }>> = {
  silence: { word: 'silence', meaning: 'No more packets came before the idle timeout' },
  cut: { word: 'cut', meaning: 'The active timeout cut it; the next flow goes on with it' },
  closed: { word: 'FIN', meaning: 'Closed by a FIN' },
  reset: { word: 'RST', meaning: 'Closed by a reset' },
  open: { word: 'open', meaning: 'Its end was not seen: the capture ended before the idle timeout was over' },
  logged: { word: '–', meaning: 'How a flow ended is read from packets, not from flow logs' },
  'no answer': { word: 'no answer', meaning: 'A call without an answer, or refused at once' },
};

interface Props {
  detail: ConnectionDetail;
  deltas: Float64Array;
  timeZone: TimeZone;
  dateDetail: DateDetail;
  /** The flow that is followed; null for none. */
  followed: number | null;
  /** Follows a flow; null where there are no packets. */
  onFollow: ((flow: number, button: HTMLElement) => void) | null;
}

/** All flows of the connection in order of start; only those in sight are in the document. */
function FlowList({ detail, deltas, timeZone, dateDetail, followed, onFollow }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const printing = usePrinting();
  const severalPorts = detail.destinationPort.some((port) => port !== detail.destinationPort[0]);
  const { places, before, after } = useVirtualRows(detail.length, ROW, scroller, printing);
  return (
    <>
      <div className={styles.flowsScroller} ref={scroller} role="region" aria-label="Flows">
        <table className={`${plainTableStyles.plainTable} ${styles.flows}`} aria-rowcount={detail.length + 1}>
          <thead>
            <tr aria-rowindex={1}>
              <th className={textStyles.number} title="NFStream's number of the flow">
                id
              </th>
              <th className={textStyles.number}>start ({zoneName(timeZone)})</th>
              <th className={textStyles.number} title="Time since the start of the flow before">
                delta
              </th>
              <th className={textStyles.number}>lasted</th>
              <th>ended</th>
              <th className={textStyles.number}>bytes sent</th>
              <th className={textStyles.number}>received</th>
              <th className={textStyles.number}>from port</th>
              {severalPorts && <th className={textStyles.number}>to port</th>}
              <th title="Failed: a call without an answer, or refused at once. Resumed: went on without a handshake after the idle timeout. Went on: a piece of a flow that the active timeout cut">
                note
              </th>
            </tr>
          </thead>
          <tbody aria-hidden="true">
            <tr style={{ height: before }} />
          </tbody>
          <tbody>
            {places.map((at) => {
              const lasted = detail.endMs[at] - detail.startMs[at];
              const ending = FLOW_ENDINGS[detail.ending[at]];
              return (
                <tr key={at} aria-rowindex={at + 2} style={{ height: ROW }}>
                  <td className={textStyles.number}>
                    {onFollow === null ? (
                      detail.id[at]
                    ) : (
                      <button
                        type="button"
                        className={buttonStyles.link}
                        aria-label={`Follow flow ${detail.id[at]}`}
                        aria-expanded={followed === at}
                        title="Follow: what both sides said, put together"
                        onClick={(event) => onFollow(at, event.currentTarget)}
                      >
                        {detail.id[at]}
                      </button>
                    )}
                  </td>
                  <td className={textStyles.number} title={exactTime(detail.startMs[at], timeZone)}>
                    {formatTime(detail.startMs[at], timeZone, dateDetail)}
                  </td>
                  <td className={textStyles.number} title={at === 0 ? undefined : exactDuration(deltas[at - 1])}>
                    {at === 0 ? '' : formatDuration(deltas[at - 1])}
                  </td>
                  <td className={textStyles.number} title={exactDuration(lasted)}>
                    {formatDuration(lasted)}
                  </td>
                  <td title={ENDINGS[ending].meaning}>{ENDINGS[ending].word}</td>
                  <td className={textStyles.number} title={formatCounted(detail.packetsSent[at], 'packet')}>
                    {formatCount(detail.bytesSent[at])}
                  </td>
                  <td className={textStyles.number} title={formatCounted(detail.packetsReceived[at], 'packet')}>
                    {formatCount(detail.bytesReceived[at])}
                  </td>
                  <td className={textStyles.number}>{detail.sourcePort[at]}</td>
                  {severalPorts && <td className={textStyles.number}>{detail.destinationPort[at]}</td>}
                  <td>{noteOf(detail, at)}</td>
                </tr>
              );
            })}
          </tbody>
          <tbody aria-hidden="true">
            <tr style={{ height: after }} />
          </tbody>
        </table>
      </div>
      {printing && places.length < detail.length && (
        <p className={textStyles.note}>
          Printed: {places.length} of {detail.length} flows.
        </p>
      )}
    </>
  );
}

/** What is particular about a flow, "" for nothing. */
function noteOf({ begin, failed, pieceOf }: ConnectionDetail, at: number): string {
  if (failed[at] === 1) return 'failed';
  // What a timeout cut out of a session that stayed open is no reconnect.
  if (pieceOf[at] > 0) return 'a piece';
  if (begin[at] === RESUMED) return 'resumed';
  return begin[at] === CONTINUED ? 'went on' : '';
}
