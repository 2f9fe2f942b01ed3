import { useMemo } from 'react';
import { hostText, nameWords } from '../../analysis/flows/name-sources.ts';
import { formatDuration, formatSpan } from '../../analysis/durations.ts';
import { textsOf } from '../../analysis/memory/text-pool.ts';
import { protocolName } from '../../analysis/net/protocol-names.ts';
import type { Report } from '../../analysis/report/report.ts';
import { longKeys } from '../../analysis/report/row-remarks.ts';
import { LONG_LEVELS_MS, stateWords } from '../../analysis/sessions/long.ts';
import type { TimeZone } from '../../state/view.ts';
import { useActions, useReport, useTimeZone } from '../context.ts';
import { type ListColumn, ListTable } from '../controls/list-table.tsx';
import { RemarkMark } from '../detail/remark-mark.tsx';
import { exactDuration, formatBytes, formatCount, formatCounted, NO_VALUE } from '../text/format.ts';
import { exactTime } from '../text/timestamps.ts';
import listTableStyles from '../controls/list-table.module.css';
import { Labels } from '../text/labels.tsx';
import textStyles from '../text/text.module.css';
import cellStyles from '../connections/cells/cells.module.css';

interface Props {
  rows: readonly number[];
  selected: number | null;
  onOpen: (group: number) => void;
}

/** Sessions that were open for long, the longest first. */
export function LongSessionList({ rows, selected, onOpen }: Props) {
  const { report } = useReport();
  const { relist } = useActions();
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
        total={long.length}
        empty="No connection was open for a minute or more."
        opener={(row) => () => {
          if (!listed.has(long.group[row])) relist({ minFlows: Math.max(0, long.flows[row] - 1) });
          onOpen(long.group[row]);
        }}
        isOpen={(row) => selected === long.group[row]}
      />
      {rows.some((row) => !listed.has(long.group[row])) && (
        <p className={`${textStyles.note} ${listTableStyles.listNote}`}>
          A row whose connection has too few flows to be listed lowers the limit when it is opened; now it is more than{' '}
          {formatCounted(report.settings.minFlows, 'flow')}.
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

function columnsOf(report: Report, timeZone: TimeZone): ListColumn[] {
  const { long } = report;
  const keyOf = longKeys(report);
  const addresses = textsOf(long.addresses);
  const names = textsOf(long.names);
  return [
    {
      label: 'Open for',
      key: (row) => long.durationMs[row],
      meaning: 'From its first packet to its last, whatever the flow timeouts cut',
      cell: (row) => formatSpan(long.durationMs[row]),
      exact: (row) => exactDuration(long.durationMs[row]),
    },
    {
      label: 'Level',
      from: 1400,
      key: (row) => long.level[row],
      meaning: "RITA's thresholds: 1, 4, 8 and 12 hours",
      cell: (row) => levelWords(long.level[row]),
    },
    {
      label: 'State',
      from: 560,
      words: true,
      key: (row) => long.open[row],
      meaning: 'Whether its end and its beginning were seen; UDP has neither, and flow logs tell of no ends',
      cell: (row) => stateWords(long, row).join(', ') || NO_VALUE,
    },
    {
      label: 'Client',
      key: (row) => addresses[long.client[row]],
      meaning: 'The end that began it',
      cell: (row) => addresses[long.client[row]],
    },
    {
      label: 'Server',
      words: true,
      key: (row) =>
        hostText(names[long.name[row]], long.nameSource[row], long.serverPort[row], addresses[long.server[row]]),
      meaning: 'The other end, with its name where one is known',
      cell: (row) => {
        const name = names[long.name[row]];
        const address = addresses[long.server[row]];
        const words = nameWords(long.nameSource[row], long.serverPort[row]);
        const below = words === '' ? address : `${words} ${name}`;
        return (
          <>
            <strong>
              <Labels name={words === '' ? name || address : address} />
            </strong>{' '}
            <RemarkMark keyOf={() => keyOf(row)} />
            {name !== '' && name !== address && (
              <span className={cellStyles.address}>
                <Labels name={below} />
              </span>
            )}
          </>
        );
      },
    },
    {
      label: 'Port',
      key: (row) => long.serverPort[row],
      meaning: "The server's port and the protocol",
      number: true,
      cell: (row) => `${long.serverPort[row]} ${protocolName(long.protocol[row])}`,
    },
    {
      label: 'Idle',
      from: 1200,
      key: (row) => long.idleShare[row],
      meaning: 'Share of its seconds without new payload',
      number: true,
      cell: (row) => (Number.isNaN(long.idleShare[row]) ? NO_VALUE : `${Math.floor(100 * long.idleShare[row])} %`),
      exact: (row) => String(long.idleShare[row]),
    },
    {
      label: 'Keep-alive',
      from: 1200,
      key: (row) => (long.probes[row] === 0 ? NaN : long.keepAliveS[row]),
      meaning: 'Median silence before a keep-alive probe, and how many there were',
      number: true,
      cell: (row) =>
        long.probes[row] === 0
          ? NO_VALUE
          : `${formatDuration(1000 * long.keepAliveS[row])} (${formatCount(long.probes[row])})`,
    },
    {
      label: 'Messages',
      from: 1200,
      key: (row) => long.messages[row],
      meaning: 'Payload after more than a second without any from the same side',
      number: true,
      cell: (row) => (Number.isNaN(long.messages[row]) ? NO_VALUE : formatCount(long.messages[row])),
    },
    {
      label: 'Sent',
      from: 860,
      key: (row) => long.bytesSent[row],
      meaning: 'Payload bytes of the client, each counted once',
      number: true,
      cell: (row) => formatBytes(long.bytesSent[row]),
      exact: (row) => `${formatCount(long.bytesSent[row])} bytes`,
    },
    {
      label: 'Received',
      from: 860,
      key: (row) => long.bytesReceived[row],
      meaning: 'Payload bytes of the server, each counted once',
      number: true,
      cell: (row) => formatBytes(long.bytesReceived[row]),
      exact: (row) => `${formatCount(long.bytesReceived[row])} bytes`,
    },
    {
      label: 'Flows',
      from: 1200,
      key: (row) => long.flows[row],
      meaning: 'Flows that the timeouts cut it into',
      number: true,
      cell: (row) => formatCount(long.flows[row]),
    },
    {
      label: 'Since',
      from: 860,
      key: (row) => long.startMs[row],
      meaning: 'Its first packet',
      cell: (row) => exactTime(long.startMs[row], timeZone).slice(0, 19),
    },
  ];
}
