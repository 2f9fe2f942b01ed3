import type { Random } from '../../../builders/random.ts';
import type { Talk } from './talk.ts';

/** How an implant reaches its server. */
export interface Channel {
  channel: string;
  address: string;
  talk: Talk;
}

/** Ways that implants use, one as often as another: a network says nothing of how often each is met. */
const CHANNELS: Record<string, (random: Random) => Talk> = {
  'TLS with a name': (random) => ({
    port: 443,
    protocol: 6,
    application: 'TLS',
    name: `${random.pick(['cdn', 'api', 'www'])}.quiet-garden.example`,
    answer: 1,
  }),
  'TLS with a random name': () => ({
    port: 443,
    protocol: 6,
    application: 'TLS',
    name: 'k3x9d2m7q.example',
    answer: 1,
  }),
  'TLS without a name': (random) => ({
    port: 443,
    protocol: 6,
    application: 'TLS',
    answer: random.uniform(0.2, 2),
    answerSpread: 0,
  }),
  'HTTP to an address': (random) => ({
    port: random.pick([80, 8080]),
    protocol: 6,
    application: 'HTTP',
    name: ADDRESS,
    answer: random.uniform(0.2, 2),
    answerSpread: 0,
  }),
  'TLS on another port': (random) => ({
    port: random.pick([447, 4443, 8531, 50_050]),
    protocol: 6,
    application: 'TLS',
    answer: 1,
  }),
  'a protocol of its own': (random) => ({
    port: random.pick([4444, 6606, 1177, 443]),
    protocol: 6,
    application: 'Unknown',
    answer: 0.3,
    answerSpread: 0,
  }),
  'a server that is gone': (random) => ({
    port: random.pick([443, 449, 8080]),
    protocol: 6,
    application: 'Unknown',
    answer: 0,
  }),
};

const ADDRESS = '192.0.2.77';

export function drawChannel(random: Random): Channel {
  const channel = random.pick(Object.keys(CHANNELS));
  return { channel, address: ADDRESS, talk: CHANNELS[channel](random) };
}
