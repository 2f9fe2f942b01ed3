/** A flow event of eve.json (Suricata 7); `flow` and the rest may be overridden. */
export function flowEvent(
  event: Record<string, unknown> = {},
  flow: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    timestamp: '2017-04-07T22:24:37.251547+0100',
    flow_id: 586_497_171_462_735,
    in_iface: 'eth0',
    event_type: 'flow',
    src_ip: '192.168.2.14',
    src_port: 50_096,
    dest_ip: '209.53.113.5',
    dest_port: 80,
    proto: 'TCP',
    app_proto: 'http',
    flow: {
      pkts_toserver: 5,
      pkts_toclient: 4,
      bytes_toserver: 620,
      bytes_toclient: 1400,
      start: '2017-04-07T22:24:30.101999+0100',
      end: '2017-04-07T22:24:36.500000+0100',
      age: 6,
      state: 'closed',
      reason: 'timeout',
      alerted: false,
      ...flow,
    },
    ...event,
  };
}

/** An event of an application protocol on the same flow. */
export function protocolEvent(
  type: string,
  content: Record<string, unknown>,
  event: Record<string, unknown> = {},
): Record<string, unknown> {
  const { flow: _, ...common } = flowEvent();
  return { ...common, event_type: type, [type]: content, ...event };
}

export function eveJson(events: readonly Record<string, unknown>[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}
