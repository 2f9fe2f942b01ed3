import type { Application } from '../../../../src/analysis/protocols/application-ids.ts';
import { SIGNS } from '../../../../src/analysis/protocols/signs.ts';
import type { Random } from '../../../builders/random.ts';
import type { FlowRow } from '../../../unit/analysis/connections/flow-columns.ts';

/** How two ends talk, whatever the time. */
export interface Talk {
  port: number;
  protocol: 6 | 17;
  application: Application;
  /** The name in the flows, '' for none. */
  name?: string;
  /** Answers are larger than requests by this factor on average; 0 for no answer at all. */
  answer: number;
  /** Share by which an answer's size varies. */
  answerSpread?: number;
}

const HEADERS = { 6: 66, 17: 42 };

/** What a capture shows of a flow's first bytes. */
function signsOf(application: Application): number {
  if (application === 'TLS') return SIGNS.hello;
  return application === 'Unknown' ? SIGNS.unrecognised : 0;
}

/** One connection's flows from its starts and the bytes that each sends. */
export function flowsOf(
  random: Random,
  source: string,
  destination: string,
  talk: Talk,
  startsMs: Float64Array,
  nextSize: () => number,
): FlowRow[] {
  const { port, protocol, application, name = '', answer, answerSpread = 0.3 } = talk;
  const reply = random.integer(200, 1500) * answer;
  return Array.from(startsMs, (firstMs) => {
    const sent = nextSize();
    const received = Math.round(reply * (1 + random.uniform(-answerSpread, answerSpread)));
    const packets = 2 + Math.ceil(sent / 1400);
    const answers = answer === 0 ? 0 : 2 + Math.ceil(received / 1400);
    const header = HEADERS[protocol];
    return {
      source,
      destination,
      port,
      protocol,
      firstMs,
      lastMs: firstMs + 200,
      application,
      name,
      applicationGuessed: answer === 0 && protocol === 6 ? 1 : 0,
      packetsSent: packets,
      packetsReceived: answers,
      bytesSent: answer === 0 ? packets * header : sent + packets * header,
      bytesReceived: received + answers * header,
      payloadSent: answer === 0 && protocol === 6 ? 0 : sent,
      payloadReceived: received,
      failed: answer === 0 && protocol === 6,
      signs: answer === 0 ? 0 : signsOf(application),
    };
  });
}
