import type { Conversations } from '../flows/conversations.ts';
import type { Sessions } from './sessions.ts';

/** Ports below this belong to services (RFC 6335, section 6): who has one did not begin. */
const FIRST_FREE_PORT = 1024;

/**
 * Which side of a session began it: the SYN's sender or the SYN-ACK's receiver; without either the end with a port from
 * 1024 on where the other's is below; else the one that was first seen to send.
 */
export function clientSide(sessions: Sessions, session: number, ports: Pick<Conversations, 'port'>): number {
  if (sessions.synSeen(session)) return sessions.firstSender(session);
  const conversation = sessions.conversationOf(session);
  const isLowFree = ports.port(conversation, 0) >= FIRST_FREE_PORT;
  const isHighFree = ports.port(conversation, 1) >= FIRST_FREE_PORT;
  if (isLowFree === isHighFree) return sessions.firstSender(session);
  return isLowFree ? 0 : 1;
}
