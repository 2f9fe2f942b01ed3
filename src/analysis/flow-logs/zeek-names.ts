/** How a row calls Zeek's fields. */
export interface ZeekNaming {
  /** What a field goes by; of several names the first that is there counts. */
  names: (field: string) => readonly string[];
  /** One of these has to be there, too, where the names of both ends are anybody's. */
  tells: readonly string[];
}

/** What a time goes by, whatever the others do. */
const TIMES = ['ts', '@timestamp', 'timestamp'];
const ENDS = ['id.orig_h', 'id.resp_h'];

/** What tables of data sets call them, such as ToN-IoT's. */
const OF_DATA_SETS: ReadonlyMap<string, string> = new Map([
  ['id.orig_h', 'src_ip'],
  ['id.orig_p', 'src_port'],
  ['id.resp_h', 'dst_ip'],
  ['id.resp_p', 'dst_port'],
  ['orig_bytes', 'src_bytes'],
  ['resp_bytes', 'dst_bytes'],
  ['orig_pkts', 'src_pkts'],
  ['resp_pkts', 'dst_pkts'],
  ['orig_ip_bytes', 'src_ip_bytes'],
  ['resp_ip_bytes', 'dst_ip_bytes'],
]);

/**
 * Fields in Elastic's common schema, as its integration for Zeek (and Filebeat's module) has them, and Security Onion:
 * https://github.com/elastic/integrations/tree/main/packages/zeek,
 * https://github.com/Security-Onion-Solutions/securityonion/tree/2.4/main/salt/elasticsearch/files/ingest.
 */
const OF_ELASTIC: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    uid: ['zeek.session_id', 'log.id.uid'],
    'id.orig_h': ['source.ip', 'source.address'],
    'id.orig_p': ['source.port'],
    'id.resp_h': ['destination.ip', 'destination.address'],
    'id.resp_p': ['destination.port'],
    proto: ['network.transport'],
    service: ['network.protocol', 'network.application'],
    duration: ['event.duration'],
    orig_bytes: ['client.bytes'],
    resp_bytes: ['server.bytes'],
    orig_pkts: ['source.packets', 'client.packets'],
    resp_pkts: ['destination.packets', 'server.packets'],
    orig_ip_bytes: ['source.bytes', 'client.ip_bytes'],
    resp_ip_bytes: ['destination.bytes', 'server.ip_bytes'],
    conn_state: ['zeek.connection.state', 'connection.state'],
    history: ['zeek.connection.history', 'connection.history'],
    local_orig: ['zeek.connection.local_orig', 'connection.local.originator'],
    local_resp: ['zeek.connection.local_resp', 'connection.local.responder'],
    missed_bytes: ['zeek.connection.missed_bytes', 'connection.bytes.missed'],
    vlan: ['zeek.connection.vlan', 'network.vlan.id'],
    inner_vlan: ['zeek.connection.inner_vlan'],
    server_name: ['zeek.ssl.server.name', 'ssl.server_name'],
    validation_status: ['zeek.ssl.validation.status', 'ssl.validation_status'],
    subject: ['tls.server.subject', 'ssl.certificate.subject'],
    issuer: ['tls.server.issuer', 'ssl.certificate.issuer'],
    ja3: ['tls.client.ja3', 'hash.ja3'],
    ja3s: ['tls.server.ja3s', 'hash.ja3s'],
    ja4: ['hash.ja4'],
    ja4s: ['hash.ja4s'],
    host: ['url.domain', 'http.virtual_host'],
    method: ['http.request.method', 'http.method'],
    uri: ['url.original', 'http.uri'],
    user_agent: ['user_agent.original', 'http.useragent'],
    status_code: ['http.response.status_code', 'http.status_code'],
    resp_mime_types: ['zeek.http.resp_mime_types', 'file.resp_mime_types'],
    query: ['zeek.dns.query', 'dns.query.name'],
    qtype: ['zeek.dns.qtype', 'dns.query.type'],
    qtype_name: ['zeek.dns.qtype_name', 'dns.query.type_name'],
    rcode: ['zeek.dns.rcode', 'dns.response.code'],
    answers: ['zeek.dns.answers', 'dns.answers.name'],
  }),
);

/** What Elastic's schema says an event is of, and by which program. */
const DATASET = 'event.dataset';
const MODULE = 'event.module';
/** The state of a connection in Elastic's integration, which counts durations in nanoseconds; Security Onion's own are seconds. */
const ELASTIC_STATE = 'zeek.connection.state';
const NANOSECONDS = 1e9;

/** Names in Elastic's schema. */
export const ELASTIC: ZeekNaming = {
  names: (field) => OF_ELASTIC.get(field) ?? [],
  tells: [DATASET, ELASTIC_STATE, 'connection.state'],
};

/** Zeek's own names. */
export const AS_ZEEK: ZeekNaming = { names: (field) => [field], tells: ENDS };

/** The others have them without dots, which not everything can keep. */
const NAMINGS: readonly ZeekNaming[] = [
  AS_ZEEK,
  { names: (field) => [field.replace('.', '_')], tells: ['id_orig_h'] },
  { names: (field) => [field.replace('id.', '')], tells: ['orig_h'] },
  { names: (field) => [OF_DATA_SETS.get(field) ?? field], tells: ['conn_state'] },
  ELASTIC,
];

/** How a row, or a header, calls Zeek's fields, by the names that it has; null where it does not have them. */
export function namingOf(has: (name: string) => boolean): ZeekNaming | null {
  if (!TIMES.some(has)) return null;
  return NAMINGS.find(({ names, tells }) => ENDS.every((end) => names(end).some(has)) && tells.some(has)) ?? null;
}

/** A row's value for one of Zeek's fields, by what the naming calls it; `valueOf` gives that of a name. */
export function namedValue(
  naming: ZeekNaming,
  field: string,
  valueOf: (name: string) => string | undefined,
): string | undefined {
  if (naming === AS_ZEEK && field !== 'ts') return valueOf(field);
  for (const name of field === 'ts' ? TIMES : naming.names(field)) {
    const value = valueOf(name);
    if (value !== undefined) return field === 'duration' && name !== field ? seconds(value, valueOf) : value;
  }
  return undefined;
}

/** What log of Zeek's a row in Elastic's schema is of, by its path; '' where rows do not say it, null for none of Zeek's. */
export function pathOf(naming: ZeekNaming | null, valueOf: (name: string) => string | undefined): string | null {
  if (naming !== ELASTIC) return '';
  const dataset = valueOf(DATASET);
  if (dataset === undefined) return 'conn';
  const [program, log] = dataset.includes('.') ? dataset.split('.') : [valueOf(MODULE), dataset];
  return program === 'zeek' ? log.replace('connection', 'conn') : null;
}

function seconds(duration: string, valueOf: (name: string) => string | undefined): string {
  const isElastic = valueOf(ELASTIC_STATE) !== undefined || valueOf(DATASET) === 'zeek.connection';
  return isElastic ? String(Number(duration) / NANOSECONDS) : duration;
}
