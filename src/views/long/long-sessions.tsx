import { useMemo } from 'react';
import { formatDuration, formatSpan } from '../../analysis/durations.ts';
import { textsOf } from '../../analysis/memory/text-pool.ts';
import { protocolName } from '../../analysis/net/protocol-names.ts';
import type { Report } from '../../analysis/report/report.ts';
import { LONG_LEVELS_MS } from '../../analysis/sessions/long.ts';
import type { TimeZone } from '../../state/view.ts';
import { useReport, useTimeZone } from '../context.ts';
import { type ListColumn, ListTable } from '../controls/list-table.tsx';
import { exactDuration, formatBytes, formatCount, NO_VALUE } from '../text/format.ts';
import { exactTime } from '../text/timestamps.ts';
import listTableStyles from '../controls/list-table.module.css';
import textStyles from '../text/text.module.css';
import styles from './long-sessions.module.css';

interface Props {
  rows: readonly number[];
  selected: number | null;
  onOpen: (group: number) => void;
}

/** Sessions that were open for long, the longest first. */
export function LongSessionList({ rows, selected, onOpen }: Props) {
  const { report } = useReport();
  const timeZone = useTimeZone();
  const { long, connections } = report;
  const listed = useMemo(() => new Set(connections.group), [connections]);
  const columns = useMemo(() => columnsOf(report, timeZone), [report, timeZone]);
  return (
    <>
      <ListTable
        label="Long connections"
        columns={columns}
        rows={rows}
        empty="No connection was open for a minute or more."
        opener={(row) => (listed.has(long.group[row]) ? () => onOpen(long.group[row]) : null)}
        isOpen={(row) => selected === long.group[row]}
      />
      {rows.some((row) => !listed.has(long.group[row])) && (
        <p className={`${textStyles.note} ${listTableStyles.listNote}`}>
          A row without a link is of a connection that is not listed: it has too few flows. Lower the limit to open it.
        </p>
      )}
      {long.total > long.length && (
        <p className={`${textStyles.note} ${listTableStyles.listNote}`}>
          These are the {formatCount(long.length)} longest of {formatCount(long.total)} sessions of a minute or more.
        </p>
      )}
    </>
  );
}

/** "12 h or more", for the highest of RITA's levels that is reached; '' below the first. */
function levelWords(level: number): string {
  return level === 0 ? '' : `${LONG_LEVELS_MS[level - 1] / 3_600_000} h or more`;
}

function columnsOf({ long }: Report, timeZone: TimeZone): ListColumn[] {
  const addresses = textsOf(long.addresses);
  const names = textsOf(long.names);
  return [
    {
      label: 'Open for',
      meaning: 'From its first packet to its last, whatever the flow timeouts cut',
      cell: (row) => formatSpan(long.durationMs[row]),
      exact: (row) => exactDuration(long.durationMs[row]),
    },
    { label: 'Level', meaning: "RITA's thresholds: 1, 4, 8 and 12 hours", cell: (row) => levelWords(long.level[row]) },
    {
      label: 'State',
      meaning: 'Whether its end and its beginning were seen',
      cell: (row) =>
        [
          long.open[row] === 1 ? 'still open' : 'closed',
          ...(long.cutAtStart[row] === 1 ? ['begun before the capture'] : []),
        ].join(', '),
    },
    { label: 'Client', meaning: 'The end that began it', cell: (row) => addresses[long.client[row]] },
    {
      label: 'Server',
      meaning: 'The other end, with its name where one is known',
      cell: (row) => {
        const name = names[long.name[row]];
        const address = addresses[long.server[row]];
        return (
          <>
            <strong>{name || address}</strong>
            {name !== '' && name !== address && <span className={styles.address}>{address}</span>}
          </>
        );
      },
    },
    {
      label: 'Port',
      meaning: "The server's port and the protocol",
      number: true,
      cell: (row) => `${long.serverPort[row]} ${protocolName(long.protocol[row])}`,
    },
    {
      label: 'Idle',
      meaning: 'Share of its seconds without new payload',
      number: true,
      cell: (row) => `${Math.floor(100 * long.idleShare[row])} %`,
      exact: (row) => String(long.idleShare[row]),
    },
    {
      label: 'Keep-alive',
      meaning: 'Median silence before a keep-alive probe, and how many there were',
      number: true,
      cell: (row) =>
        long.probes[row] === 0
          ? NO_VALUE
          : `${formatDuration(1000 * long.keepAliveS[row])} (${formatCount(long.probes[row])})`,
    },
    {
      label: 'Messages',
      meaning: 'Payload after more than a second without any from the same side',
      number: true,
      cell: (row) => formatCount(long.messages[row]),
    },
    {
      label: 'Sent',
      meaning: 'Payload bytes of the client, each counted once',
      number: true,
      cell: (row) => formatBytes(long.bytesSent[row]),
      exact: (row) => `${formatCount(long.bytesSent[row])} bytes`,
    },
    {
      label: 'Received',
      meaning: 'Payload bytes of the server, each counted once',
      number: true,
      cell: (row) => formatBytes(long.bytesReceived[row]),
      exact: (row) => `${formatCount(long.bytesReceived[row])} bytes`,
    },
    {
      label: 'Flows',
      meaning: 'Flows that the timeouts cut it into',
      number: true,
      cell: (row) => formatCount(long.flows[row]),
    },
    { label: 'Since', meaning: 'Its first packet', cell: (row) => exactTime(long.startMs[row], timeZone).slice(0, 19) },
  ];
}
