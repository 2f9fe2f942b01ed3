import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ALL_OBSERVED } from '../../../src/analysis/flows/observed.ts';
import { SIGNS } from '../../../src/analysis/protocols/signs.ts';
import { CIRCUMSTANCES } from '../../../src/analysis/triage/columns.ts';
import type { Facts } from '../../../src/analysis/triage/facts.ts';
import { DEFAULT_INTERNAL, readInternal } from '../../../src/analysis/lists/internal-list.ts';
import { comparableName } from '../../../src/analysis/lists/name-text.ts';
import { NO_NAME_RHYTHM } from '../../../src/analysis/triage/facts.ts';
import { nameTraits } from '../../../src/analysis/triage/names/traits.ts';
import { trafficCategoryOf } from '../../../src/analysis/triage/traffic-category.ts';
import { sharedFolder } from '../shared.ts';

/** Facts as the vectors name them. */
export interface VectorFacts {
  n: number;
  src: string;
  dst: string;
  port: number;
  protocol: number;
  app: string;
  service: string;
  name: string;
  named: number;
  host_ip: number;
  failed: number;
  data: number;
  up: number;
  down: number;
  spread_up: number;
  spread_down: number;
  tls_seen: boolean;
  own_ja3: boolean;
  sources: number;
  all_sources: number;
  late: number;
  score: number | null;
  S: number | null;
  interval: number | null;
  siblings: number;
}

export interface VectorConnection {
  id: string;
  facts: VectorFacts;
  total: number;
  lines: [points: number, id: string, phrase: string][];
  level: string;
}

/** A flow as NFStream prints it. */
export interface VectorFlow {
  src_ip: string;
  dst_ip: string;
  dst_port: number;
  protocol: number;
  bidirectional_first_seen_ms: number;
  bidirectional_last_seen_ms: number;
  src2dst_packets: number;
  src2dst_bytes: number;
  dst2src_packets: number;
  dst2src_bytes: number;
  application_name: string;
  requested_server_name: string;
  client_fingerprint: string;
}

export type VectorKey = [source: string, destination: string, port: number];

export interface TriageVectors {
  points: Record<string, number>;
  connections: VectorConnection[];
  order: string[];
  fold: [head: string, folded: string[]][];
  order_with_allow: { allow: string[]; order: string[] };
  flows: {
    flows: VectorFlow[];
    rhythm: [VectorKey, { score: number; S: number; interval: number } | null][];
    facts: [VectorKey, VectorFacts][];
  };
}

export const triageFolder = sharedFolder('vectors');

/** The vectors as they lie there; empty ones where they are missing and the tests are skipped. */
export function readTriageVectors(): TriageVectors {
  if (triageFolder === null) {
    const flows = { flows: [], rhythm: [], facts: [] };
    return { points: {}, connections: [], order: [], fold: [], order_with_allow: { allow: [], order: [] }, flows };
  }
  return JSON.parse(readFileSync(path.join(triageFolder, 'triage_vectors.json'), 'utf8')) as TriageVectors;
}

/** nDPI names a flow "TLS.Google" where it knows who is behind it; applications here have the first half alone. */
export function firstHalf(application: string): string {
  return application.split('.', 1)[0];
}

const { places } = readInternal(DEFAULT_INTERNAL);

/** The facts of a vector under the names of the code. */
export function factsOf(vector: VectorFacts): Facts {
  const application = firstHalf(vector.app);
  const name = comparableName(vector.name);
  const saidHello = application === 'TLS' && vector.tls_seen;
  return {
    flows: vector.n,
    port: vector.port,
    protocol: vector.protocol,
    application,
    observed: ALL_OBSERVED,
    applicationSeen: application !== 'TLS' || vector.tls_seen,
    category: trafficCategoryOf(application, vector.protocol, vector.port),
    sourceZone: places.of(vector.src),
    destinationZone: places.of(vector.dst),
    name,
    isNamed: name !== '',
    traits: nameTraits(name),
    namedShare: vector.named,
    literalShare: vector.host_ip,
    failedShare: vector.failed,
    dataShare: vector.data,
    // The vectors count frames, which says the same of who sends more.
    measures: { payloadSent: vector.up, payloadReceived: vector.down, repliedFlows: 0 },
    spreadSent: vector.spread_up,
    spreadReceived: vector.spread_down,
    hosts: vector.sources,
    allHosts: vector.all_sources,
    late: vector.late,
    ownFingerprint: vector.own_ja3,
    score: vector.score ?? Number.NaN,
    strength: vector.S ?? Number.NaN,
    intervalS: vector.interval ?? Number.NaN,
    jitter: 0,
    byName: NO_NAME_RHYTHM,
    siblings: vector.siblings,
    servers: 0,
    samePort: 0,
    signs: saidHello ? SIGNS.hello : 0,
    circumstances: saidHello && vector.named < 0.5 ? CIRCUMSTANCES.namelessHello : 0,
    agentAge: 0,
    nobody: '',
    tunnelled: 0,
    generated: 0,
    tunnelDomain: '',
    staysInternal: false,
    novelty: 0,
    hostsBefore: 0,
    baseline: null,
    watched: '',
  };
}
