import type { Random } from '../../../builders/random.ts';
import type { FlowRow } from '../../../unit/analysis/connections/flow-columns.ts';
import { APERIODIC } from '../models/aperiodic.ts';
import { drawBeacon, inCapture } from '../models/beacons.ts';
import { PERIODIC } from '../models/periodic.ts';
import type { Series } from '../series.ts';
import { HABITS, modelOf, site, SITES } from './benign.ts';
import { drawChannel } from './infection.ts';
import { flowsOf, type Talk } from './talk.ts';

/** A network as a capture at its edge sees it, with one infected host. */
export interface Network {
  flows: FlowRow[];
  /** How the implant talks, and where to. */
  channel: string;
  server: string;
}

/** Enough for prevalence to count. */
export const HOSTS = 20;
const SITES_A_HOST = 6;
/** A host has up to this many programs that no other has. */
const OWN_PROGRAMS = 3;
/** Captures of longer than an hour take long and say the same. */
const LONGEST_S = 3600;

export function drawNetwork(random: Random): Network {
  const beacon = drawShort(random);
  const { captureS } = beacon;
  const hosts = Array.from({ length: HOSTS }, (_, host) => `10.0.0.${10 + host}`);
  const flows = hosts.flatMap((host) => [
    ...readingFlows(random, host, captureS),
    ...habitFlows(random, host, captureS),
    ...ownFlows(random, host, captureS),
  ]);
  const { channel, address, talk } = drawChannel(random);
  const sizes = beacon.bytesSent.values();
  flows.push(...flowsOf(random, random.pick(hosts), address, talk, beacon.startsMs, () => sizes.next().value ?? 60));
  return { flows: flows.toSorted((a, b) => (a.firstMs ?? 0) - (b.firstMs ?? 0)), channel, server: address };
}

function drawShort(random: Random): Series {
  for (;;) {
    const series = drawBeacon(random);
    if (series !== null && series.captureS <= LONGEST_S) return series;
  }
}

function readingFlows(random: Random, host: string, captureS: number): FlowRow[] {
  return Array.from({ length: SITES_A_HOST }, () => {
    // A few sites are read by many, most by few.
    const { to, talk } = site(Math.floor(SITES * random.uniform() ** 3));
    const startsMs = inCapture(APERIODIC.browsing.draw(random, captureS), captureS);
    return flowsOf(random, host, to, talk, startsMs, APERIODIC.browsing.sizes(random));
  }).flat();
}

/**
 * Programs that only this host has, each with a server of its own that it asks on a rhythm: what an infection looks
 * like.
 */
function ownFlows(random: Random, host: string, captureS: number): FlowRow[] {
  const model = PERIODIC['polled interfaces'];
  return Array.from({ length: random.integer(0, OWN_PROGRAMS) }, () => {
    const number = random.integer(0, 0xffff);
    const talk: Talk = { port: 443, protocol: 6, application: 'TLS', name: `api.${words(number)}.example`, answer: 4 };
    const startsMs = inCapture(model.draw(random, captureS), captureS);
    return flowsOf(random, host, `198.18.${number >> 8}.${number & 255}`, talk, startsMs, model.sizes(random));
  }).flat();
}

/** A name that is no letter salad, one for each number. */
function words(number: number): string {
  const syllables = ['ba', 'do', 'fi', 'gu', 'ka', 'lo', 'mi', 'nu', 'pa', 'ro', 'si', 'tu', 've', 'wo', 'xa', 'zi'];
  return [12, 8, 4, 0].map((shift) => syllables[(number >> shift) & 15]).join('');
}

function habitFlows(random: Random, host: string, captureS: number): FlowRow[] {
  return HABITS.filter(({ share }) => random.chance(share)).flatMap((habit) => {
    const model = modelOf(habit);
    const startsMs = inCapture(model.draw(random, captureS), captureS);
    return flowsOf(random, host, random.pick(habit.to), habit.talk, startsMs, model.sizes(random));
  });
}
