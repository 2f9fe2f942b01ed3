/** How Zeek's ASCII writer is set up; the defaults are Zeek's. */
export interface ZeekStyle {
  separator?: string;
  emptyField?: string;
  unsetField?: string;
}

/** One row of a Zeek log: values by field; undefined is an unset field. */
export type ZeekRow = Record<string, string | number | undefined>;

export const CONN_FIELDS = [
  'ts',
  'uid',
  'id.orig_h',
  'id.orig_p',
  'id.resp_h',
  'id.resp_p',
  'proto',
  'service',
  'duration',
  'orig_bytes',
  'resp_bytes',
  'conn_state',
  'local_orig',
  'local_resp',
  'missed_bytes',
  'history',
  'orig_pkts',
  'orig_ip_bytes',
  'resp_pkts',
  'resp_ip_bytes',
  'tunnel_parents',
];
export const SSL_FIELDS = [
  'ts',
  'uid',
  'id.orig_h',
  'id.orig_p',
  'id.resp_h',
  'id.resp_p',
  'version',
  'cipher',
  'server_name',
  'resumed',
];
export const DNS_FIELDS = [
  'ts',
  'uid',
  'id.orig_h',
  'id.orig_p',
  'id.resp_h',
  'id.resp_p',
  'proto',
  'trans_id',
  'query',
  'qtype_name',
];
export const HTTP_FIELDS = [
  'ts',
  'uid',
  'id.orig_h',
  'id.orig_p',
  'id.resp_h',
  'id.resp_p',
  'trans_depth',
  'method',
  'host',
  'uri',
];

/** A row of conn.log: a TLS connection of 192.168.4.76, unless told otherwise. */
export function connRow(row: ZeekRow = {}): ZeekRow {
  return {
    ts: '1591367999.305988',
    uid: 'CMdzit1AMNsmfAIiQc',
    'id.orig_h': '192.168.4.76',
    'id.orig_p': 36844,
    'id.resp_h': '31.3.245.133',
    'id.resp_p': 443,
    proto: 'tcp',
    service: 'ssl',
    duration: '0.254115',
    orig_bytes: 620,
    resp_bytes: 4800,
    conn_state: 'SF',
    missed_bytes: 0,
    history: 'ShADadFf',
    orig_pkts: 9,
    orig_ip_bytes: 1096,
    resp_pkts: 8,
    resp_ip_bytes: 5224,
    ...row,
  };
}

/** A log as Zeek's ASCII writer has it, with its header and closing lines. */
export function zeekTsv(
  path: string,
  fields: readonly string[],
  rows: readonly ZeekRow[],
  style: ZeekStyle = {},
): string {
  const { separator = '\t', emptyField = '(empty)', unsetField = '-' } = style;
  const escaped = Array.from(
    separator,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  ).join('');
  const line = (...cells: string[]): string => `${cells.join(separator)}\n`;
  return [
    `#separator ${escaped}\n`,
    line('#set_separator', ','),
    line('#empty_field', emptyField),
    line('#unset_field', unsetField),
    line('#path', path),
    line('#open', '2020-06-05-14-40-05'),
    line('#fields', ...fields),
    line('#types', ...fields.map(() => 'string')),
    ...rows.map((row) => line(...fields.map((field) => String(row[field] ?? unsetField)))),
    line('#close', '2020-06-05-14-41-05'),
  ].join('');
}

/** A log as JSON lines, as Zeek has it with `LogAscii::use_json`: unset fields are left out, times are numbers. */
export function zeekJson(rows: readonly ZeekRow[]): string {
  const numbers = new Set(['ts', 'duration']);
  return rows
    .map((row) => {
      const values = Object.entries(row).filter(([, value]) => value !== undefined);
      const typed = values.map(([field, value]) => [field, numbers.has(field) ? Number(value) : value] as const);
      return `${JSON.stringify(Object.fromEntries(typed))}\n`;
    })
    .join('');
}
