import { nested, setAt, valueAt } from './dotted.ts';
import { type JsonObject, objectOf } from './json-line.ts';

/** Where Elastic's integration for Suricata, and Filebeat's module, keep what its schema has no name for. */
const EVE = 'suricata.eve';
const EVENT_TYPE = `${EVE}.event_type`;

/**
 * What the schema has names for, by those of eve.json:
 * https://github.com/elastic/integrations/tree/main/packages/suricata. An address alone has no "ip" in some versions.
 */
const MOVED: readonly (readonly [eve: string, elastic: string])[] = [
  ['timestamp', '@timestamp'],
  ['src_ip', 'source.ip'],
  ['src_ip', 'source.address'],
  ['src_port', 'source.port'],
  ['dest_ip', 'destination.ip'],
  ['dest_ip', 'destination.address'],
  ['dest_port', 'destination.port'],
  ['proto', 'network.transport'],
  ['flow.pkts_toserver', 'source.packets'],
  ['flow.bytes_toserver', 'source.bytes'],
  ['flow.pkts_toclient', 'destination.packets'],
  ['flow.bytes_toclient', 'destination.bytes'],
  ['flow.start', 'event.start'],
  ['flow.end', 'event.end'],
  ['http.hostname', 'url.domain'],
  ['http.url', 'url.original'],
  ['http.http_method', 'http.request.method'],
  ['http.status', 'http.response.status_code'],
  ['http.http_user_agent', 'user_agent.original'],
  ['tls.sni', 'tls.client.server_name'],
  ['tls.subject', 'tls.server.subject'],
  ['tls.issuerdn', 'tls.server.issuer'],
  ['tls.ja3.hash', 'tls.client.ja3'],
  ['tls.ja3s.hash', 'tls.server.ja3s'],
  ['dns.rrname', 'dns.question.name'],
  ['dns.rrtype', 'dns.question.type'],
  ['dns.answers', 'dns.answers'],
];

/** Whether an object is an event of Suricata's in Elastic's schema. */
export function isElasticSuricata(object: JsonObject): boolean {
  return typeof valueAt(object, EVENT_TYPE) === 'string' && valueAt(object, '@timestamp') !== undefined;
}

/** The event of eve.json that an object is, also where a schema has moved its parts, or made one level of all. */
export function eveEvent(object: JsonObject): JsonObject {
  const type = object['event_type'];
  if (typeof type === 'string') return objectOf(object[type]) === null ? nested(object) : object;
  if (!isElasticSuricata(object)) return object;
  const whole = nested(object);
  const event = objectOf(valueAt(whole, EVE)) ?? {};
  for (const [name, moved] of MOVED) {
    const value = valueAt(event, name) === undefined ? valueAt(whole, moved) : undefined;
    if (value !== undefined) setAt(event, name, value);
  }
  return event;
}
