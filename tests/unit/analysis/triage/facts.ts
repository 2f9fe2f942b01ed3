import { ALL_OBSERVED } from '../../../../src/analysis/flows/observed.ts';
import { LINE_WORDS } from '../../../../src/analysis/triage/columns.ts';
import type { Facts } from '../../../../src/analysis/triage/facts.ts';
import { RULES } from '../../../../src/analysis/triage/lines.ts';
import { NO_NAME_RHYTHM } from '../../../../src/analysis/triage/facts.ts';
import { nameTraits } from '../../../../src/analysis/triage/names/traits.ts';
import { trafficCategoryOf } from '../../../../src/analysis/triage/traffic-category.ts';

/** Facts of a named TLS connection with a steady rhythm and nothing else about it, changed as a test says. */
export function someFacts(changes: Partial<Facts> = {}): Facts {
  const facts = {
    flows: 60,
    port: 443,
    protocol: 6,
    application: 'TLS',
    applicationSeen: true,
    observed: ALL_OBSERVED,
    sourceZone: 'internal' as const,
    destinationZone: 'external' as const,
    name: 'www.example.com',
    namedShare: 1,
    literalShare: 0,
    failedShare: 0,
    dataShare: 1,
    measures: { payloadSent: 40_000, payloadReceived: 200_000, repliedFlows: 60 },
    spreadSent: 0.2,
    spreadReceived: 0.3,
    hosts: 1,
    allHosts: 3,
    late: 0,
    ownFingerprint: false,
    score: 0.9,
    strength: 27,
    intervalS: 61.3,
    jitter: 0,
    byName: NO_NAME_RHYTHM,
    siblings: 0,
    servers: 0,
    samePort: 0,
    signs: 0,
    circumstances: 0,
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
    ...changes,
  };
  return {
    category: trafficCategoryOf(facts.application, facts.protocol, facts.port),
    traits: nameTraits(facts.name),
    isNamed: facts.name !== '',
    ...facts,
  };
}

/** The ids of the lines that apply to a row, in the table's order. */
export function lineIds(lines: Uint32Array, row: number): string[] {
  return RULES.filter((_, place) => (lines[row * LINE_WORDS + (place >> 5)] & (1 << (place & 31))) !== 0).map(
    ({ id }) => id,
  );
}
