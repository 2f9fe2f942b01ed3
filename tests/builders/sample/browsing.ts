import type { Random } from '../random.ts';
import { seededRandom } from '../random.ts';
import { MAIL_NAME, SAMPLE_SECONDS, SAMPLE_START, SITES, THIRD_PARTIES, WORKSTATIONS } from './hosts.ts';
import type { Office, TlsRound } from './office.ts';

/** A server keeps an idle connection this long, so a page opened within it needs no new one. */
const KEEP_ALIVE = 60;

/** People browse in sittings: some pages of a site, a while of reading between them, then other work. */
export function browse(office: Office): void {
  WORKSTATIONS.forEach(({ address, arrives }, index) => {
    const random = seededRandom(100 + index);
    const connectedUntil = new Map<string, number>();
    let now = SAMPLE_START + arrives;
    while (now < SAMPLE_START + SAMPLE_SECONDS) {
      const site = popular(random, SITES);
      for (let pages = random.integer(1, 3); pages > 0; pages -= 1) {
        openPage(office, random, address, site, now, connectedUntil);
        now += 4 + random.exponential(45);
      }
      now += random.exponential(1900);
    }
  });
}

/** Mail programs look for mail about every ten minutes; now and then a message is sent. */
export function readMail(office: Office): void {
  WORKSTATIONS.slice(0, 2).forEach(({ address, arrives }, index) => {
    const random = seededRandom(200 + index);
    let now = SAMPLE_START + arrives + 20;
    while (now < SAMPLE_START + SAMPLE_SECONDS) {
      const received = random.chance(0.25) ? random.integer(1200, 5000) : random.integer(180, 320);
      office.tls(
        address,
        MAIL_NAME,
        now,
        [
          { sent: 60, received: 110 },
          { sent: 130, received },
        ],
        993,
      );
      if (random.chance(0.2)) sendMail(office, random, address, now + random.uniform(20, 200));
      now += 600 + random.exponential(12);
    }
  });
}

/** Submission over implicit TLS (RFC 8314). */
function sendMail(office: Office, random: Random, address: string, time: number): void {
  office.tls(
    address,
    MAIL_NAME,
    time,
    [
      { sent: 60, received: 160 },
      { sent: 90, received: 60 },
      { sent: Math.floor(800 + random.exponential(1500)), received: 60 },
    ],
    465,
  );
}

function openPage(
  office: Office,
  random: Random,
  client: string,
  site: string,
  time: number,
  connectedUntil: Map<string, number>,
): void {
  const names = [site, ...THIRD_PARTIES.filter(() => random.chance(0.2))];
  let at = time;
  for (const name of names) {
    if (at >= (connectedUntil.get(name) ?? 0)) {
      const ended = office.tls(client, name, at, rounds(random));
      connectedUntil.set(name, ended + KEEP_ALIVE);
    }
    at += 0.08 + random.exponential(0.15);
  }
}

function rounds(random: Random): TlsRound[] {
  return Array.from({ length: 1 + Math.min(4, Math.floor(random.exponential(0.9))) }, (_, index) => ({
    sent: random.integer(160, 520),
    received: Math.min(12_000, Math.floor(280 * Math.exp(random.normal(0, 1.1)))),
    pause: index === 0 ? 0 : random.exponential(0.8),
  }));
}

/** Popularity falls off with rank as in Zipf's law, roughly. */
function popular<T>(random: Random, choices: readonly T[]): T {
  return choices[Math.floor(choices.length ** random.uniform()) - 1];
}
