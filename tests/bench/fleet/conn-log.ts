import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { seededRandom } from '../../builders/random.ts';

/** Flows of one log: what a site writes in an hour or a day. */
export const FLOWS_A_LOG = 1_000_000;
/** As many as the network of the design has: 50 million flows in 2.5 million connections. */
const FLOWS_A_CONNECTION = 20;
/** One connection in so many checks in on a rhythm. */
const CONNECTIONS_A_BEACON = 20;
const HOSTS = 2000;
const DAY_S = 86_400;
const LINES_A_PIECE = 5000;

/** Writes the log of that number of a network with so many flows in all: a conn.log as Zeek writes it. */
export async function writeConnLog(file: string, log: number, flows: number): Promise<void> {
  await pipeline(Readable.from(connLog(log, flows)), createWriteStream(file));
}

function* connLog(log: number, flows: number): Generator<string> {
  const random = seededRandom(20_261_129 + log);
  const fields = 'ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto duration orig_ip_bytes resp_ip_bytes';
  yield `#separator \\x09\n#path\tconn\n#fields\t${fields.replaceAll(' ', '\t')}\torig_pkts\tresp_pkts\n`;
  const connections = Math.ceil(flows / FLOWS_A_CONNECTION);
  const end = Math.min(flows, (log + 1) * FLOWS_A_LOG);
  let lines: string[] = [];
  for (let flow = log * FLOWS_A_LOG; flow < end; flow++) {
    const connection = flow % connections;
    const visit = Math.floor(flow / connections);
    const isBeacon = connection % CONNECTIONS_A_BEACON === 0;
    const at = isBeacon ? 60 * visit + (connection % 60) : random.uniform(0, DAY_S);
    const source = `10.${(connection % HOSTS) >> 8}.${(connection % HOSTS) & 0xff}.7`;
    const [high, low] = [20 + (connection >> 16), (connection >> 8) & 0xff];
    const destination = `${high}.${low}.${connection & 0xff}.${connection % 199}`;
    const bytes = isBeacon ? 512 : random.integer(100, 90_000);
    const start = (1_700_000_000 + at).toFixed(6);
    lines.push([start, `C${flow}`, source, 50_000, destination, 443, 'tcp', 1, bytes, 2 * bytes, 9, 12].join('\t'));
    if (lines.length < LINES_A_PIECE && flow < end - 1) continue;
    yield `${lines.join('\n')}\n`;
    lines = [];
  }
}
