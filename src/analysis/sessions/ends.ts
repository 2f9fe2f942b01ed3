import { sourceIndex } from '../flows/name-sources.ts';
import { PROTOCOL_TCP, PROTOCOL_UDP } from 'pcap-ts-parser';
import { type FlowColumns, NO_CONVERSATION } from '../flows/columns.ts';
import { DEFAULT_INTERNAL, readInternal } from '../lists/internal-list.ts';
import { servesAt } from '../protocols/service-ports.ts';
import { ConversationTimes } from './conversation-times.ts';
import type { Sessions } from './sessions.ts';

const [ONE, MANY] = [1, 2];

/** Who is at the ends of sessions, and which flows are pieces of them. */
export class SessionEnds {
  readonly sessions: Sessions;
  readonly flows: FlowColumns;
  /**
   * Flows by conversation: those of conversation `c` are `order[offsets[c]]` up to `order[offsets[c + 1]]`, by
   * emission.
   */
  private readonly order: Uint32Array;
  private readonly offsets: Uint32Array;
  /** By address: `ONE` or `MANY`, once it was asked whether it is a group. */
  private readonly kinds: Uint8Array;
  private readonly times: ConversationTimes;
  private readonly zones = readInternal(DEFAULT_INTERNAL).places;

  constructor(sessions: Sessions, flows: FlowColumns) {
    this.sessions = sessions;
    this.flows = flows;
    this.kinds = new Uint8Array(flows.addresses.length);
    this.times = new ConversationTimes(flows);
    this.offsets = new Uint32Array(sessions.conversations + 1);
    for (const conversation of flows.conversation) {
      if (conversation !== NO_CONVERSATION) this.offsets[conversation + 1]++;
    }
    for (let index = 1; index < this.offsets.length; index++) this.offsets[index] += this.offsets[index - 1];
    const next = this.offsets.slice();
    this.order = new Uint32Array(next[sessions.conversations]);
    for (let flow = 0; flow < flows.conversation.length; flow++) {
      const conversation = flows.conversation[flow];
      if (conversation !== NO_CONVERSATION) this.order[next[conversation]++] = flow;
    }
  }

  /** Index into `FlowColumns.addresses` of the end of a side. */
  address(session: number, side: number): number {
    const flow = this.anyFlow(session);
    return this.flows.swapped[flow] === side ? this.flows.source[flow] : this.flows.destination[flow];
  }

  /** Port of the end of a side. */
  port(session: number, side: number): number {
    const flow = this.anyFlow(session);
    return this.flows.swapped[flow] === side ? this.flows.sourcePort[flow] : this.flows.destinationPort[flow];
  }

  protocol(session: number): number {
    return this.flows.protocol[this.anyFlow(session)];
  }

  /** Whether it is TCP or UDP between two hosts: what is said to many is no connection. */
  isConnection(session: number): boolean {
    const protocol = this.protocol(session);
    if (protocol !== PROTOCOL_TCP && protocol !== PROTOCOL_UDP) return false;
    return !this.isGroup(this.address(session, 0)) && !this.isGroup(this.address(session, 1));
  }

  /**
   * Which side of a session began it: the SYN's sender or the SYN-ACK's receiver; without either the end whose port is no
   * service's where the other's is one; else the one that was first seen to send.
   */
  client(session: number): number {
    const { sessions } = this;
    if (sessions.synSeen(session)) return sessions.firstSender(session);
    const [lower, higher] = [this.port(session, 0), this.port(session, 1)];
    if (servesAt(higher, lower)) return 0;
    return servesAt(lower, higher) ? 1 : sessions.firstSender(session);
  }

  /** Whether it is TCP and its SYN was not seen. */
  isCutAtStart(session: number): boolean {
    return this.protocol(session) === PROTOCOL_TCP && !this.sessions.synSeen(session);
  }

  /**
   * The name that the first of its flows with a name carries, else what the capture's own name blocks call the server;
   * with its source, an index into `NAME_SOURCES`.
   */
  name(session: number): { name: string; nameSource: number } {
    const { flows } = this;
    const named = this.pieces(session).find((flow) => flows.name[flow] !== 0);
    if (named !== undefined) return { name: flows.names[flows.name[named]], nameSource: flows.nameSource[named] };
    const name = flows.hostName[this.address(session, 1 - this.client(session))];
    return { name: flows.names[name], nameSource: name === 0 ? 0 : sourceIndex('capture') };
  }

  /** The flows that lie within a session, in order of emission: more than one where a timeout cut it. */
  pieces(session: number): Uint32Array {
    const { sessions } = this;
    const startMs = Math.floor(sessions.startMs(session));
    const endMs = startMs + sessions.durationMs(session) + 1;
    return this.times.within(sessions.conversationOf(session), this.flowsOf(session), startMs, endMs);
  }

  /** The flow whose connection the session belongs to: of its pieces the first that the client began. */
  homeFlow(session: number): number {
    if (this.flowCount(session) === 1) return this.anyFlow(session);
    const pieces = this.pieces(session);
    const client = this.client(session);
    return pieces.find((flow) => this.flows.swapped[flow] === client) ?? pieces[0] ?? this.flowsOf(session)[0];
  }

  /** How many flows a session's conversation has. */
  flowCount(session: number): number {
    const conversation = this.sessions.conversationOf(session);
    return this.offsets[conversation + 1] - this.offsets[conversation];
  }

  /** All flows of a session's conversation, in order of emission. */
  flowsOf(session: number): Uint32Array {
    const conversation = this.sessions.conversationOf(session);
    return this.order.subarray(this.offsets[conversation], this.offsets[conversation + 1]);
  }

  private isGroup(address: number): boolean {
    this.kinds[address] ||= this.zones.ofAddress(this.flows.addresses.address(address)) === 'multicast' ? MANY : ONE;
    return this.kinds[address] === MANY;
  }

  private anyFlow(session: number): number {
    return this.order[this.offsets[this.sessions.conversationOf(session)]];
  }
}
