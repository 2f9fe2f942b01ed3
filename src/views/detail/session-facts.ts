import { PROTOCOL_TCP } from 'pcap-ts-parser';
import { formatDuration, formatSpan } from '../../analysis/durations.ts';
import type { Series } from '../../analysis/sessions/series.ts';
import { OPEN } from '../../analysis/sessions/sessions.ts';
import type { SessionStrip } from '../../analysis/sessions/strip.ts';
import { exactDuration, formatBytes, formatCount, formatCounted, formatScore } from '../text/format.ts';
import type { Fact } from './facts.tsx';

/** What is said of the series that the rhythm was found in. */
const SERIES_WORDS: Readonly<Record<Series, string>> = {
  any: 'messages after silence on both sides',
  c2s: 'all messages of the client',
  s2c: 'all messages of the server',
  'c2s=': "the client's messages of its commonest size",
  's2c=': "the server's messages of its commonest size",
};

/** Flows that are pieces of sessions: "4 flows are pieces of 1 connection"; '' without any. */
export function piecesSentence(pieces: number, sessions: number): string {
  if (pieces < 2) return '';
  return (
    `${formatCounted(pieces, 'flow')} are pieces of ${formatCounted(sessions, 'connection')} that the timeouts ` +
    'cut: they are not reconnects.'
  );
}

export function sessionFacts(session: SessionStrip): Fact[] {
  const {
    startMs,
    endMs,
    protocol,
    closed,
    isCutAtStart,
    length,
    seen,
    bytesSent,
    bytesReceived,
    retransmitted,
    inner,
  } = session;
  const durationMs = endMs - startMs;
  const state = [closed === OPEN ? 'still open' : 'closed', ...(isCutAtStart ? ['begun before the capture'] : [])].join(
    ', ',
  );
  const isTcp = protocol === PROTOCOL_TCP;
  return [
    {
      term: 'open for',
      value: formatSpan(durationMs),
      exact: exactDuration(durationMs),
      meaning: isTcp ? state : 'From its first packet to its last: UDP opens and closes nothing',
    },
    {
      term: 'messages',
      value: formatCount(seen),
      meaning:
        seen > length
          ? `Payload after more than a second without any from the same side; the first ${formatCount(length)} were kept`
          : 'Payload after more than a second without any from the same side',
    },
    {
      term: 'bytes',
      value: `${formatBytes(bytesSent)} / ${formatBytes(bytesReceived)}`,
      exact: `${formatCount(bytesSent)} sent, ${formatCount(bytesReceived)} received`,
      meaning: `New payload of client and server; ${formatCounted(retransmitted, 'segment')} sent again are not counted`,
    },
    ...(inner?.best == null || inner.verdict !== 'scored'
      ? []
      : [
          {
            term: 'score',
            value: formatScore(inner.score),
            exact: String(inner.score),
            meaning:
              `Looked at: ${SERIES_WORDS[inner.best.series]}; payload came in ` +
              `${Math.round(100 * inner.busyShare)} % of its seconds`,
          },
        ]),
    ...keepAliveFacts(session),
  ];
}

function keepAliveFacts({ probesSent, probesReceived, keepAliveS }: SessionStrip): Fact[] {
  if (probesSent + probesReceived === 0) return [];
  return [
    {
      term: 'keep-alive',
      value: formatDuration(1000 * keepAliveS),
      exact: exactDuration(1000 * keepAliveS),
      meaning:
        `Median silence before a probe: ${formatCount(probesSent)} of the client, ${formatCount(probesReceived)} ` +
        'of the server. Probes are not messages',
    },
  ];
}
