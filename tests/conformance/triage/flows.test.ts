import { describe, expect, it } from 'vitest';
import type { Application } from '../../../src/analysis/protocols/application-ids.ts';
import type { Report } from '../../../src/analysis/report/report.ts';
import { textsOf } from '../../../src/analysis/memory/text-pool.ts';
import type { Facts } from '../../../src/analysis/triage/facts.ts';
import { rowFactsOf } from '../../../src/analysis/report/row-facts.ts';
import type { FlowRow } from '../../unit/analysis/connections/flow-columns.ts';
import { reportOf } from '../../unit/export/report-of.ts';
import { factsOf, readTriageVectors, triageFolder, type VectorFlow } from './vectors.ts';

/** NFStream counts no payload: the vectors take bytes without 66 a packet for it. */
const HEADER_BYTES = 66;

function flowRow(flow: VectorFlow): FlowRow {
  const payload = (bytes: number, packets: number): number => Math.max(0, bytes - HEADER_BYTES * packets);
  return {
    source: flow.src_ip,
    destination: flow.dst_ip,
    port: flow.dst_port,
    protocol: flow.protocol,
    firstMs: flow.bidirectional_first_seen_ms,
    lastMs: flow.bidirectional_last_seen_ms,
    packetsSent: flow.src2dst_packets,
    packetsReceived: flow.dst2src_packets,
    bytesSent: flow.src2dst_bytes,
    bytesReceived: flow.dst2src_bytes,
    payloadSent: payload(flow.src2dst_bytes, flow.src2dst_packets),
    payloadReceived: payload(flow.dst2src_bytes, flow.dst2src_packets),
    failed:
      flow.dst2src_packets === 0 ||
      (flow.dst2src_packets <= flow.src2dst_packets &&
        payload(flow.src2dst_bytes, flow.src2dst_packets) + payload(flow.dst2src_bytes, flow.dst2src_packets) === 0),
    application: flow.application_name as Application,
    name: flow.requested_server_name,
    clientFingerprint: flow.client_fingerprint,
  };
}

/**
 * Facts that flows tell by themselves: a rhythm is given with the vectors, NFStream keeps no payload's signs, and the
 * vectors add up frames where we add up payload.
 */
function withoutRhythm(known: Facts): Partial<Facts> {
  const {
    score: _score,
    strength: _strength,
    intervalS: _interval,
    jitter: _jitter,
    signs: _signs,
    circumstances: _so,
    measures: _sums,
    ...facts
  } = known;
  return facts;
}

describe.skipIf(triageFolder === null)('facts of reference flows (../shared/vectors)', () => {
  const { flows, facts } = readTriageVectors().flows;
  const report: Report = reportOf(flows.map(flowRow), 0);
  const addresses = textsOf(report.addresses);
  const { connections } = report;

  it('are those of all connections', () => {
    expect(connections).toHaveLength(facts.length);
  });

  it.each(facts)('%j', (key, expected) => {
    const row = connections.source.findIndex((source, at) => {
      return (
        String([addresses[source], addresses[connections.destination[at]], connections.destinationPort[at]]) ===
        String(key)
      );
    });
    expect(withoutRhythm(rowFactsOf(report).of(row))).toEqual(withoutRhythm(factsOf(expected)));
  });
});
