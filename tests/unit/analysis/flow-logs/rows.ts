/** A row of Zeek's conn.log as JSON, the `at`th of some. */
export function zeekRow(at: number): object {
  const ends = { 'id.orig_h': '10.0.0.5', 'id.orig_p': 40_000 + at, 'id.resp_h': '203.0.113.7', 'id.resp_p': 443 };
  return { _path: 'conn', ts: 1_700_000_000 + at, uid: `C${at}`, ...ends, proto: 'tcp', conn_state: 'SF' };
}

/** A flow event of Suricata's eve.json, the `at`th of some. */
export function eveFlow(at: number): object {
  const time = `2023-11-14T22:13:2${at}.000000+0000`;
  const ends = { src_ip: '10.0.0.5', src_port: 40_000 + at, dest_ip: '203.0.113.7', dest_port: 443, proto: 'TCP' };
  const counts = { pkts_toserver: 5, pkts_toclient: 4, bytes_toserver: 600, bytes_toclient: 500 };
  return { timestamp: time, event_type: 'flow', flow_id: at, ...ends, flow: { ...counts, start: time, end: time } };
}
