import { steadyMix } from '../../analysis/memory/hash.ts';
import { NAME_LIMIT } from '../../analysis/protocols/text.ts';
import { type PastedConnection, portedProtocol, type ProtocolPorts } from './connection.ts';

/** Ids for local rules (docs.suricata.io, "sid"): 1,000,000 to 1,999,999. */
const FIRST_LOCAL_ID = 1_000_000;
const LOCAL_IDS = 1_000_000;

/** What may stand in a rule as it is: everything else becomes hexadecimal. */
const PLAIN = /^[a-z0-9._ -]$/i;

/** Where a rule looks for a name, by how the name was found. */
const BUFFERS: Readonly<Record<string, { protocol: string; buffer: string; modifier: string }>> = {
  tls: { protocol: 'tls', buffer: 'tls.sni', modifier: 'nocase; ' },
  // It holds lower case only, and a rule that says nocase too is refused.
  http: { protocol: 'http', buffer: 'http.host', modifier: '' },
  dns: { protocol: 'dns', buffer: 'dns.query', modifier: 'nocase; ' },
};

/** Suricata rules for a connection: by its ends, a rule a protocol, and by its name where a rule can look for one. */
export function suricataRulesOf({ source, destinations, protocols, name, nameSource }: PastedConnection): string {
  const destination = listed(destinations);
  const whole = `ip ${source} any -> ${destination} any`;
  const ends =
    protocols.length === 0
      ? rule(whole, '', whole)
      : protocols.map((ports) => endsRule(source, destination, ports)).join('');
  const place = name === '' ? undefined : BUFFERS[nameSource];
  if (place === undefined) return ends;
  return (
    ends +
    rule(
      `${place.protocol} ${source} any -> any any`,
      `${place.buffer}; ${contentOf(name, place.modifier)} `,
      `${source} ${name}`,
    )
  );
}

function endsRule(source: string, destination: string, { protocol, ports }: ProtocolPorts): string {
  const ported = portedProtocol(protocol);
  const to = ports.length === 0 ? 'any' : listed(ports.map(String));
  const way = `${ported ?? 'ip'} ${source} any -> ${destination} ${to}`;
  const options = ported === null ? `ip_proto:${protocol}; ` : ported === 'tcp' ? 'flow:established,to_server; ' : '';
  return rule(way, options, `${protocol} ${way}`);
}

/** Several addresses or ports stand in brackets. */
function listed(texts: readonly string[]): string {
  return texts.length === 1 ? texts[0] : `[${texts.join(',')}]`;
}

function rule(way: string, options: string, identity: string): string {
  return (
    `alert ${way} (msg:"Beaconscope: a connection that was listed"; ${options}` +
    'threshold:type limit, track by_src, seconds 3600, count 1; ' +
    `sid:${FIRST_LOCAL_ID + idOf(identity)}; rev:1;)\n`
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

function idOf(identity: string): number {
  let hash = 0;
  for (let index = 0; index < identity.length; index++) hash = steadyMix(hash, identity.charCodeAt(index));
  return (hash >>> 0) % LOCAL_IDS;
}
