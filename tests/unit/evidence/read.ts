import { bufferSource } from 'pcap-ts-parser';
import type { Conversation, Evidence, FlowEnds } from '../../../src/evidence/evidence.ts';
import { follow } from '../../../src/evidence/follow.ts';
import { readEvidence } from '../../../src/evidence/read-evidence.ts';
import { type Message, tcpConversation, type TcpConversation } from '../../builders/conversation.ts';
import { type PacketRecord, pcap } from '../../builders/pcap.ts';

export const CLIENT = { address: '10.0.0.5', port: 50_000 };
export const SERVER = { address: '203.0.113.9', port: 8080 };
export const START = 1_700_000_000;
const SETTINGS = { openTunnels: false };

export const ENDS: FlowEnds = {
  source: CLIENT.address,
  destination: SERVER.address,
  port: null,
  sourcePort: null,
  protocol: null,
  spanMs: null,
};

/** What the packets between client and server say. */
export async function evidenceOf(...captures: (readonly PacketRecord[])[]): Promise<Evidence> {
  const sources = captures.map((packets, index) => bufferSource(pcap({ packets }), `capture ${index}`));
  const [found] = await readEvidence(sources, [[ENDS]], SETTINGS);
  return found;
}

/** The flow between client and server, put together. */
export function followed(packets: readonly PacketRecord[], ends: Partial<FlowEnds> = {}): Promise<Conversation> {
  return follow([bufferSource(pcap({ packets }))], [{ ...ENDS, ...ends }], SETTINGS);
}

/** The packets of a TCP connection between client and server. */
export function talk(messages: readonly Message[], more: Partial<TcpConversation> = {}) {
  return tcpConversation({ client: CLIENT, server: SERVER, start: START, messages, ...more });
}

/** What one of them says. */
export function said(from: Message['from'], bytes: Uint8Array): Message {
  return { from, bytes };
}
