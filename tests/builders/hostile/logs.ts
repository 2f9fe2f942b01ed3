import { eveJson, flowEvent } from '../logs/suricata.ts';
import { CONN_FIELDS, connRow, zeekJson, zeekTsv } from '../logs/zeek.ts';

const FIRST_SECOND = 1_772_438_400;
const DNS = '#path\tdns\n#fields\tts\tuid\tid.orig_h\tid.resp_h\tquery\tanswers\trcode\n';
const FEW_COLUMNS = 'src_ip,dst_ip,dst_port,bidirectional_first_seen_ms\n';
/** Characters of a line, which may have 2 ** 20. */
const LONG = 1_000_000;

/** Lines behind a first one, as many as make a text of about so many bytes. */
function lines(bytes: number, first: string, line: (index: number) => string): string {
  const made: string[] = [first];
  for (let length = first.length; length < bytes; length += made[made.length - 1].length) made.push(line(made.length));
  return made.join('');
}

const rowAt = (index: number) =>
  connRow({ ts: `${FIRST_SECOND + index}.5`, uid: `C${index}`, 'id.orig_p': 1025 + (index % 60_000) });
const within = (depth: number): string => `${'[0,'.repeat(depth)}0${']'.repeat(depth)}`;

/** A log as it should be. */
export function honestLog(bytes: number): string {
  const head = zeekTsv('conn', CONN_FIELDS, []);
  return lines(bytes, head, (index) => `${CONN_FIELDS.map((field) => rowAt(index)[field] ?? '-').join('\t')}\n`);
}

/** Logs that were made to be slow to read, by what they are made of, of about so many bytes each. */
export const HOSTILE_LOGS: Readonly<Record<string, (bytes: number) => string>> = {
  'names of a million labels': (bytes) =>
    lines(bytes, DNS, (index) => {
      const name = 'a.'.repeat(LONG / 4);
      return `${FIRST_SECOND + index}\tC${index}\t10.0.0.1\t10.0.0.2\t${name}\t${'1.1.1.1,'.repeat(LONG / 16)}\t0\n`;
    }),
  'headers of Zeek': (bytes) => lines(bytes, zeekTsv('conn', CONN_FIELDS, []), () => '#fields\tx\n'),
  'lines that are no JSON': (bytes) => lines(bytes, zeekJson([rowAt(0)]), () => '{\n'),
  'objects of nothing': (bytes) => lines(bytes, `[${zeekJson([rowAt(0)]).replace('{', '{\n')},`, () => '{},'),
  'lists within lists': (bytes) =>
    lines(bytes, eveJson([flowEvent()]), () =>
      eveJson([flowEvent({ src_port: 'HERE' })]).replace('"HERE"', within(LONG / 8)),
    ),
  'keys without end': (bytes) =>
    lines(bytes, zeekJson([rowAt(0)]), (index) => {
      const keys = Array.from({ length: LONG / 20 }, (_, key) => `"${index * LONG + key}k":1`);
      return `{${keys.join(',')}}\n`;
    }),
  'rows of a few bytes': (bytes) =>
    lines(bytes, FEW_COLUMNS, (index) => `::${1 + (index % 9)},::1,1,${1000 + (index % 9000)}\n`),
  'rows of a few bytes, each to another host': (bytes) =>
    lines(bytes, FEW_COLUMNS, (index) => `::1,${(index >> 16).toString(16)}:${(index & 0xffff).toString(16)}::,1,1\n`),
  'Zeek rows of a few bytes': (bytes) =>
    lines(bytes, zeekTsv('conn', ['ts', 'id.orig_h', 'id.resp_h'], []), (index) => `${index % 9000}\t::1\t::2\n`),
  'halves without another': (bytes) =>
    lines(bytes, '', (index) =>
      eveJson([
        { timestamp: '1', flow_id: index, event_type: 'netflow', src_ip: '::1', dest_ip: '::2', netflow: { start: 1 } },
      ]),
    ),
  'quotes that do not end': (bytes) =>
    lines(bytes, `${FEW_COLUMNS}::1,::2,1,1000\n`, () => `"${'""'.repeat(LONG / 4)}\n`),
  'names with dots without end': (bytes) =>
    lines(bytes, eveJson([flowEvent()]), (index) =>
      eveJson([{ timestamp: '1', event_type: 'flow', [`flow${'.a'.repeat(LONG / 4)}`]: index }]),
    ),
  'rows of a few bytes in a schema': (bytes) =>
    lines(bytes, zeekJson([rowAt(0)]), (index) => `{"@timestamp":${index},"source.ip":"::1","destination.ip":"::2"}\n`),
  'tabs at the ends of lines': (bytes) =>
    lines(bytes, zeekTsv('conn', CONN_FIELDS, [rowAt(0)]), (index) => `${index}${'\t'.repeat(LONG / 4)}\n`),
};
