import type { Page } from 'playwright-core';

/** A connection as the exported JSON has it, as far as filters ask for it here. */
export interface JsonConnection {
  src_ip: string;
  dst_ip: string;
  dst_port: number;
  protocol: number;
  requested_server_name: string | null;
  requested_server_name_source: string | null;
  ConnectionCount: number;
  bidirectional_first_seen_ms: number;
  bidirectional_last_seen_ms: number;
  src2dst_bytes: number;
  dst2src_bytes: number;
  rita: { score: number | null };
  joined: { interval_s: number | null };
  triage: { total: number; badge: string };
}

const TCP = 6;
const UDP = 17;
const named = ({ requested_server_name: name }: JsonConnection): string => name ?? '';
const bytes = ({ src2dst_bytes: sent, dst2src_bytes: received }: JsonConnection): number => sent + received;
const seconds = (one: JsonConnection): number =>
  (one.bidirectional_last_seen_ms - one.bidirectional_first_seen_ms) / 1000;

/** A filter of each form, with what it asks of a connection as a plain program would write it. */
export const FILTERS: readonly [string, (connection: JsonConnection) => boolean][] = [
  ['stage.example', (one) => named(one).endsWith('.stage.example')],
  ['"dn.sta"', (one) => named(one).includes('dn.sta')],
  ['10.0.0.5', (one) => [one.src_ip, one.dst_ip].includes('10.0.0.5')],
  ['port == 8443', (one) => one.dst_port === 8443],
  ['port != 80', (one) => one.dst_port !== 80],
  ['port in (80, 4444)', (one) => [80, 4444].includes(one.dst_port)],
  ['dst in 203.0.113.0/24', (one) => one.dst_ip.startsWith('203.0.113.')],
  ['flows > 10', (one) => one.ConnectionCount > 10],
  ['flows <= 1', (one) => one.ConnectionCount <= 1],
  ['bytes >= 20kB', (one) => bytes(one) >= 20_000],
  ['duration > 30m', (one) => seconds(one) > 1800],
  ['interval >= 1m', (one) => (one.joined.interval_s ?? 0) >= 60],
  ['points >= 6', (one) => one.triage.total >= 6],
  ['badge == "read next"', (one) => one.triage.badge === 'read next'],
  ['name contains "stage"', (one) => named(one).includes('stage')],
  ['name matches "^cdn[.]"', (one) => /^cdn[.]/.test(named(one))],
  ['first >= 2023-11-14T22:18', (one) => one.bidirectional_first_seen_ms >= Date.UTC(2023, 10, 14, 22, 18)],
  ['proto == udp and not port == 88', (one) => one.protocol === UDP && one.dst_port !== 88],
  ['not (port == 80 or port == 4444)', (one) => one.dst_port !== 80 && one.dst_port !== 4444],
  ['ip.addr == 10.0.9.14 && tcp.port == 4444', (one) => one.src_ip === '10.0.9.14' && one.dst_port === 4444],
  ['tcp', (one) => one.protocol === TCP],
  ['http.host contains "203"', (one) => one.requested_server_name_source === 'http' && named(one).includes('203')],
  ['src:10.0.7.23', (one) => one.src_ip === '10.0.7.23'],
  ['beacon:>=50', (one) => (one.rita.score ?? 0) >= 0.5],
];

/** The ends of the rows in the document, sorted. */
export async function shownConnections(page: Page): Promise<string[]> {
  const rows = await page.locator('[role=grid] tbody tr[aria-rowindex]').evaluateAll((all) =>
    all.map((row) => {
      const cells = [...row.querySelectorAll('td')];
      const [, , , source, destination, port] = cells;
      // Name and address, the address alone, or a sentence where the flows name the address itself.
      const told = destination.title.split('\n').at(-1) ?? '';
      const address = told.includes(' ') ? destination.innerText.split(/\s/)[0] : told;
      return `${source.innerText} ${address} ${Number.parseInt(port.innerText, 10)}`;
    }),
  );
  return rows.sort();
}
