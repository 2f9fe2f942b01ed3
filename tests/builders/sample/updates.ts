import { httpRequest, httpResponse } from '../payloads/http.ts';
import { seededRandom } from '../random.ts';
import {
  addressOf,
  ANTIVIRUS_NAME,
  FILE_SERVER,
  PACKAGES_NAME,
  SAMPLE_SECONDS,
  SAMPLE_START,
  WORKSTATIONS,
} from './hosts.ts';
import type { Office } from './office.ts';

const END = SAMPLE_START + SAMPLE_SECONDS;

/**
 * The file server asks for package lists over HTTP, workstations for virus definitions over TLS, each about once an
 * hour.
 */
export function checkForUpdates(office: Office): void {
  const packages = seededRandom(800);
  for (let now = SAMPLE_START + packages.uniform(60, 900); now < END; now += packages.uniform(2400, 4800)) {
    const start = office.resolve(FILE_SERVER, PACKAGES_NAME, now);
    office.tcp(
      FILE_SERVER,
      addressOf(PACKAGES_NAME),
      80,
      start,
      ['stable', 'stable-updates', 'stable-security'].flatMap((suite) => [
        {
          from: 'client' as const,
          bytes: httpRequest({
            method: 'GET',
            path: `/dists/${suite}/InRelease`,
            host: PACKAGES_NAME,
            userAgent: 'apt/2.6',
          }),
        },
        {
          from: 'server' as const,
          bytes: httpResponse({ status: 200, bodyLength: packages.integer(900, 4000) }),
          delay: 0.01,
        },
      ]),
    );
  }
  WORKSTATIONS.forEach(({ address, arrives }, index) => {
    const random = seededRandom(810 + index);
    for (let now = SAMPLE_START + arrives + random.uniform(30, 600); now < END; now += random.uniform(3000, 4200)) {
      const received = random.chance(0.3) ? random.integer(3000, 9000) : 380;
      office.tls(address, ANTIVIRUS_NAME, now, [{ sent: 410, received }]);
    }
  });
}
