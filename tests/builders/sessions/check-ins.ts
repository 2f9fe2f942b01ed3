import type { Sessions } from '../../../src/analysis/sessions/sessions.ts';
import { seededRandom } from '../random.ts';
import { feed, type Seen } from './feed.ts';

/** Sessions that can be scored, each another: 8 to 30 messages of its client at an interval of its own with some jitter. */
export function checkIns(count: number): Sessions {
  const random = seededRandom(7);
  const packets: Seen[] = [];
  for (let conversation = 0; conversation < count; conversation++) {
    const interval = random.uniform(10, 60);
    const jitter = random.uniform(0, 0.5);
    const messages = random.integer(8, 30);
    let at = 1_700_000_000;
    for (let message = 0; message < messages; message++) {
      packets.push({ at, bytes: 100, sequence: 100 * message, conversation });
      at += interval * (1 + random.uniform(-jitter, jitter));
    }
  }
  return feed(packets).finish();
}
