import { bytesToHex } from '@noble/hashes/utils.js';
import type { ByteSource } from 'pcap-ts-parser';
import type { ConnectionDetail } from '../analysis/connections/connection-detail.ts';
import { FLOW_ENDINGS } from '../analysis/connections/flow-endings.ts';
import type { Report } from '../analysis/report/report.ts';
import { conversationText } from '../evidence/conversation-text.ts';
import { placesOf, type Evidence, type FlowEnds } from '../evidence/evidence.ts';
import { evidenceText } from '../evidence/exchange-text.ts';
import { follow } from '../evidence/follow.ts';
import type { EvidenceSettings } from '../evidence/packets-of.ts';
import { readEvidence } from '../evidence/read-evidence.ts';
import type { ReportContent } from '../export/report.ts';
import { type NamedConnection, namedConnections } from '../export/paste/connection.ts';
import type { AnalyzeCommand } from './arguments.ts';

/** What a file is called that is to be JSON. */
export const JSON_NAME = /\.json$/i;

/** The first requests of the chosen connections as text, or as JSON where the file's name asks for it. */
export async function requestTexts(
  report: Report,
  chosen: ReportContent['chosen'],
  sources: readonly ByteSource[],
  { requests, settings }: AnalyzeCommand,
  warn: (problem: string) => void,
): Promise<string[]> {
  const connectionOf = namedConnections(report);
  const connections = chosen.map(({ row, detail }) => {
    const { source } = connectionOf(row);
    return placesOf(source, detail.ends, detail.sharesEnds ? detail : null);
  });
  const found = await readEvidence(sources, connections, settings);
  const unread = found[0]?.unread ?? '';
  if (unread !== '') warn(unread);
  if (requests !== null && JSON_NAME.test(requests)) {
    const objects = found.map((evidence, place) =>
      jsonOf(connectionOf(chosen[place].row), evidence, chosen[place].detail),
    );
    return [`${JSON.stringify(objects)}\n`];
  }
  return found.map((evidence, place) => {
    const { source, destination, port } = connectionOf(chosen[place].row);
    return `# ${source} -> ${destination} port ${port}\n${evidenceText(evidence)}\n`;
  });
}

/** A flow put together, as text. */
export async function followedText(
  ends: FlowEnds,
  sources: readonly ByteSource[],
  settings: EvidenceSettings,
): Promise<string> {
  const conversation = await follow(sources, [ends], settings);
  const { source, destination } = ends;
  const { sourcePort, port, packets, unread } = conversation;
  if (packets === 0)
    return `No payload between ${source} and ${destination} port ${port} in these files.${unread === '' ? '' : ` ${unread}`}\n`;
  return `# ${source} port ${sourcePort} -> ${destination} port ${port}\n${conversationText(conversation, 'text')}`;
}

/** A connection with its evidence, bytes as hexadecimal digits, and how each flow ended. */
function jsonOf(
  ends: NamedConnection,
  { packets, exchanges, more, firstSent, firstReceived }: Evidence,
  detail: ConnectionDetail,
): Record<string, unknown> {
  const flows = Array.from(detail.ending, (ending, flow) => ({
    client_port: detail.sourcePort[flow],
    server_port: detail.destinationPort[flow],
    first_ms: detail.startMs[flow],
    last_ms: detail.endMs[flow],
    ended: FLOW_ENDINGS[ending],
  }));
  const [first_sent, first_received] = [firstSent, firstReceived].map(bytesToHex);
  return { ...ends, packets, exchanges, more, first_sent, first_received, flows };
}
