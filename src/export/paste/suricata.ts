import { NAME_LIMIT } from '../../analysis/protocols/text.ts';
import { type PastedConnection, portedProtocol, type ProtocolPorts } from './connection.ts';
import { textNumber } from './ends.ts';

/** Ids for local rules (docs.suricata.io, "sid"): 1,000,000 to 1,999,999. */
const FIRST_LOCAL_ID = 1_000_000;
const LOCAL_IDS = 1_000_000;
const LONGEST_MESSAGE = 200;

/** What may stand in a rule as it is: everything else becomes hexadecimal. */
const PLAIN = /^[a-z0-9._ -]$/i;

/** Where a rule looks for a name, by how the name was found. */
const BUFFERS: Readonly<Record<string, { protocol: string; buffer: string; modifier: string }>> = {
  tls: { protocol: 'tls', buffer: 'tls.sni', modifier: 'nocase; ' },
  // It holds lower case only, and a rule that says nocase too is refused.
  http: { protocol: 'http', buffer: 'http.host', modifier: '' },
  dns: { protocol: 'dns', buffer: 'dns.query', modifier: 'nocase; ' },
};

/**
 * Suricata rules for a connection: by its ends, a rule a protocol, also where nothing is ever answered; by its name where
 * a rule can look for one; and by what its TLS client is known by, wherever that goes. JA4 takes Suricata 8.
 */
export function suricataRulesOf(connection: PastedConnection): string {
  const { source, destinations, protocols, name, nameSource, fingerprints } = connection;
  const destination = listed(destinations);
  const whole = `ip ${source} any -> ${destination} any`;
  const to = destinations[0] ?? 'any address';
  const called = name === '' ? to : `${to}, ${name}`;
  const rules =
    protocols.length === 0
      ? [rule(whole, `${source} to ${called}`, '')]
      : protocols.map((ports) => endsRule(source, destination, ports, called));
  const place = name === '' ? undefined : BUFFERS[nameSource];
  if (place !== undefined) {
    const way = `${place.protocol} ${source} any -> any any`;
    rules.push(rule(way, `${source} to ${name}`, `${place.buffer}; ${contentOf(name, place.modifier)} `));
  }
  for (const kind of ['ja3', 'ja4'] as const) {
    const [print] = fingerprints[kind];
    if (print === undefined) continue;
    const message = `TLS client with ${kind.toUpperCase()} ${print}, as ${source} to ${called}`;
    rules.push(rule('tls any any -> any any', message, `${kind}.hash; content:"${print}"; `));
  }
  return rules.join('');
}

function endsRule(source: string, destination: string, { protocol, ports }: ProtocolPorts, called: string): string {
  const ported = portedProtocol(protocol);
  const to = ports.length === 0 ? 'any' : listed(ports.map(String));
  const options = ported === null ? `ip_proto:${protocol}; ` : ported === 'tcp' ? 'flow:to_server; ' : '';
  const message = `${source} to ${called}${ports.length === 0 ? '' : ` port ${ports.join(' ')}`}`;
  return rule(`${ported ?? 'ip'} ${source} any -> ${destination} ${to}`, message, options);
}

/** Several addresses or ports stand in brackets. */
function listed(texts: readonly string[]): string {
  return texts.length === 0 ? 'any' : texts.length === 1 ? texts[0] : `[${texts.join(',')}]`;
}

/** A message's other characters could end it. */
function rule(way: string, message: string, options: string): string {
  const text = Array.from(message.slice(0, LONGEST_MESSAGE), (letter) => (/[\w .:,()-]/.test(letter) ? letter : '?'));
  return (
    `alert ${way} (msg:"Beaconscope: ${text.join('')}"; ${options}` +
    'threshold:type limit, track by_src, seconds 3600, count 1; ' +
    `sid:${FIRST_LOCAL_ID + (textNumber(`${way} ${options}`) % LOCAL_IDS)}; rev:1;)\n`
  );
}

/** A name that was cut keeps its end only. */
function contentOf(name: string, modifier: string): string {
  const text = Array.from(name, (character) => (PLAIN.test(character) ? character : hexOf(character))).join('');
  return `content:"${text}"; ${modifier}${name.length >= NAME_LIMIT ? 'endswith;' : `bsize:${name.length};`}`;
}

function hexOf(character: string): string {
  return `|${character.charCodeAt(0).toString(16).padStart(2, '0')}|`;
}
