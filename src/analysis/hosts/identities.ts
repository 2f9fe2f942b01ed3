import { firstMsOf, type FlowColumns } from '../flows/columns.ts';
import { type Sighting, SIGHTING_SOURCES, type SightingKind } from '../inspect/hosts/host-sightings.ts';
import type { HostNumbers } from './host-numbers.ts';
import { agentSystem, classSystem } from './systems.ts';

/** One thing that one protocol told of who a host is. MAC addresses are told apart: see `Host`. */
export type Identity = Omit<Sighting, 'address'>;

/** By host: what was told of it, the surest first. What was told of no host's address is left out. */
export function identitiesOf(flows: FlowColumns, sightings: readonly Sighting[], numbers: HostNumbers): Identity[][] {
  const identities: Identity[][] = numbers.hosts.map(() => []);
  for (const { address, ...said } of sightings) {
    const host = numbers.ofText.get(address);
    if (host === undefined || said.kind === 'mac') continue;
    const isClass = said.kind === 'system' && said.source === 'dhcp';
    identities[host].push(isClass ? { ...said, text: classSystem(said.text) } : said);
  }
  addAgents(flows, numbers, identities);
  // What came first stays first: the systems of user agents are in the order of their flows.
  for (const list of identities) list.sort((a, b) => rankOf(a) - rankOf(b));
  return identities;
}

function rankOf({ source }: Identity): number {
  return SIGHTING_SOURCES.indexOf(source);
}

/** The systems that the user agents of each host name, those of most flows first. */
function addAgents(flows: FlowColumns, { ofAddress }: HostNumbers, identities: Identity[][]): void {
  const systems = new Map<number, string>();
  const found = new Map<string, { host: number; flows: number; identity: Identity }>();
  for (let flow = 0; flow < flows.length; flow++) {
    const agent = flows.userAgent[flow] ?? 0;
    const host = agent === 0 ? -1 : ofAddress[flows.source[flow]];
    if (host < 0) continue;
    let text = systems.get(agent);
    if (text === undefined) systems.set(agent, (text = agentSystem(flows.texts[agent])));
    if (text === '') continue;
    const key = `${host} ${text}`;
    const atMs = firstMsOf(flows, flow);
    const known = found.get(key);
    if (known === undefined) {
      const identity: Identity = { kind: 'system', source: 'http', text, firstMs: atMs, lastMs: atMs };
      found.set(key, { host, flows: 1, identity });
      continue;
    }
    known.flows++;
    known.identity.firstMs = Math.min(known.identity.firstMs, atMs);
    known.identity.lastMs = Math.max(known.identity.lastMs, atMs);
  }
  for (const { host, identity } of [...found.values()].sort((a, b) => b.flows - a.flows))
    identities[host].push(identity);
}

/** The texts of one kind, each once, in any case; of a name and the same with its domain, the longer one. */
export function textsOfKind(identities: readonly Identity[], kind: SightingKind): string[] {
  const texts = identities.filter((one) => one.kind === kind).map(({ text }) => text);
  const lower = texts.map((text) => text.toLowerCase());
  const isShort = (text: string): boolean => kind === 'name' && lower.some((other) => other.startsWith(`${text}.`));
  return texts.filter((_, at) => lower.indexOf(lower[at]) === at && !isShort(lower[at]));
}
