import type { Endpoint } from '../conversation.ts';
import { ntpClient, ntpServer } from '../payloads/ntp.ts';
import { seededRandom } from '../random.ts';
import {
  addressOf,
  DOMAIN_CONTROLLER,
  FILE_SERVER,
  NTP_NAMES,
  SAMPLE_SECONDS,
  SAMPLE_START,
  WORKSTATIONS,
} from './hosts.ts';
import type { Office } from './office.ts';

/** Polls double from 64 s after eight of each, up to 1024 s, as a clock that settles does (RFC 5905, section 7.3). */
function settling(count: number): number {
  return Math.min(1024, 64 * 2 ** Math.floor(count / 8));
}

/**
 * Clocks: the domain controller settles on three servers, the file server polls one steadily, workstations ask it once
 * an hour.
 */
export function keepTime(office: Office): void {
  NTP_NAMES.forEach((name, index) => {
    poll(office, 300 + index, name, DOMAIN_CONTROLLER, 12 + index * 2, settling, () =>
      office.newPort(DOMAIN_CONTROLLER),
    );
  });
  poll(
    office,
    310,
    NTP_NAMES[1],
    FILE_SERVER,
    100,
    () => 256,
    () => office.endpoint(FILE_SERVER, 123),
  );
  WORKSTATIONS.forEach(({ address, arrives }, index) => {
    poll(
      office,
      320 + index,
      null,
      address,
      arrives + 5,
      () => 3600,
      () => office.endpoint(address, 123),
    );
  });
}

/** Polls the named server, or the domain controller for null; the first lookup comes before the first poll. */
function poll(
  office: Office,
  seed: number,
  name: string | null,
  client: string,
  first: number,
  interval: (count: number) => number,
  port: () => Endpoint,
): void {
  const random = seededRandom(seed);
  const server = name === null ? DOMAIN_CONTROLLER : addressOf(name);
  let now = SAMPLE_START + first;
  if (name !== null) now = office.resolve(client, name, now);
  for (let count = 0; now < SAMPLE_START + SAMPLE_SECONDS; count += 1) {
    office.udp(port(), server, 123, now, [
      { from: 'client', bytes: ntpClient() },
      { from: 'server', bytes: ntpServer() },
    ]);
    now += interval(count) + random.uniform(-1, 1);
  }
}
