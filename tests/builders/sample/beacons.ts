import { httpRequest, httpResponse } from '../payloads/http.ts';
import { seededRandom } from '../random.ts';
import { addressOf, SAMPLE_SECONDS, SAMPLE_START } from './hosts.ts';
import type { Office } from './office.ts';

export interface SampleBeacon {
  source: string;
  destination: string;
  port: number;
  /** What its TLS server name or its HTTP Host says. */
  name: string;
  /** Longest sleep between two check-ins. */
  intervalSeconds: number;
  /** Each sleep is drawn evenly from [(1 - jitter) interval, interval]. */
  jitter: number;
  /** Check-ins within the sample. */
  checkIns: number;
}

const FAST: SampleBeacon = {
  source: '10.0.0.104',
  destination: addressOf('updates.cdn.example.net'),
  port: 443,
  name: 'updates.cdn.example.net',
  intervalSeconds: 60,
  jitter: 0.2,
  checkIns: 259,
};
const PATCHY: SampleBeacon = {
  source: '10.0.0.102',
  destination: '203.0.113.9',
  port: 80,
  name: '203.0.113.9',
  intervalSeconds: 300,
  jitter: 0.02,
  checkIns: 41,
};
const SLOW: SampleBeacon = {
  source: '10.0.0.105',
  destination: addressOf('sync.telemetry.example.org'),
  port: 443,
  name: 'sync.telemetry.example.org',
  intervalSeconds: 1800,
  jitter: 0.1,
  checkIns: 9,
};

/** The three beacons in the sample: a fast one over TLS, one over HTTP that misses check-ins, a slow one over TLS. */
export const SAMPLE_BEACONS: readonly SampleBeacon[] = [FAST, PATCHY, SLOW];

/** Adds the check-ins of all three; each comes from a new source port. */
export function beacon(office: Office): void {
  const fast = seededRandom(901);
  for (const time of checkInTimes(FAST, 901, 437)) {
    const received = fast.chance(0.05) ? fast.integer(900, 5000) : 96;
    const rounds = [{ sent: fast.integer(288, 352), received }];
    if (received > 96) rounds.push({ sent: fast.integer(400, 2500), received: 48 });
    office.tls(FAST.source, FAST.name, time, rounds);
  }

  const patchy = seededRandom(912);
  for (const [index, time] of checkInTimes(PATCHY, 902, 655).entries()) {
    const asleep = index >= 20 && index < 23;
    if (asleep || patchy.chance(0.1)) continue;
    office.tcp(PATCHY.source, PATCHY.destination, PATCHY.port, time, [
      {
        from: 'client',
        bytes: httpRequest({
          method: 'POST',
          path: '/api/status',
          host: PATCHY.name,
          userAgent: 'Mozilla/5.0',
          bodyLength: patchy.integer(60, 140),
        }),
      },
      { from: 'server', bytes: httpResponse({ status: 200, bodyLength: 24 }), delay: 0.03 },
    ]);
  }

  const slow = seededRandom(913);
  for (const time of checkInTimes(SLOW, 903, 131)) {
    office.tls(SLOW.source, SLOW.name, time, [{ sent: slow.integer(500, 760), received: 210 }]);
  }
}

/** The times of a beacon that sleeps after each check-in, the first `first` seconds into the sample. */
function checkInTimes({ intervalSeconds, jitter }: SampleBeacon, seed: number, first: number): number[] {
  const random = seededRandom(seed);
  const times: number[] = [];
  for (let now = SAMPLE_START + first; now < SAMPLE_START + SAMPLE_SECONDS;) {
    times.push(now);
    now += random.uniform(intervalSeconds * (1 - jitter), intervalSeconds);
  }
  return times;
}
