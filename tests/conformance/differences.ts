/** Quirks of the reference flows (`quirks.tsv`) that are defects of NFStream's flows, not to be copied. */
export const FLOW_DEFECTS: ReadonlySet<string> = new Set([
  'length-mod-65536',
  'stale-ports',
  'mixed-link-types',
  'packet-count',
  'model-differs',
]);

interface FlowDifference {
  reason: string;
  /** Flows that only one of the two has, each in one line (see `briefly`). */
  ours: readonly string[];
  theirs: readonly string[];
}

/** Captures on which flows differ from NFStream's on purpose. */
export const FLOW_DIFFERENCES: Readonly<Record<string, FlowDifference>> = {
  'ndpi_capwap.pcap': {
    reason: 'NFStream takes WLCCP frames inside CAPWAP for IP: seven flows between addresses that do not exist',
    ours: ['192.168.10.10 12380 > 192.168.10.9 5247, protocol 17, vlan 0, tunnel 0: 159 of 30463, 3 of 437'],
    theirs: [
      '171.167.242.19 0 > 157.0.0.6 0, protocol 0, vlan 0, tunnel 2: 1 of 267, 0 of 0',
      '36.215.141.14 0 > 100.0.0.26 0, protocol 0, vlan 0, tunnel 2: 1 of 151, 0 of 0',
      '128.153.119.245 0 > 196.1.0.50 0, protocol 0, vlan 0, tunnel 2: 1 of 122, 0 of 0',
      '0.110.106.141 0 > 198.1.0.44 0, protocol 0, vlan 0, tunnel 2: 1 of 122, 0 of 0',
      '30.223.221.33 0 > 15.0.0.7 0, protocol 0, vlan 0, tunnel 2: 1 of 209, 0 of 0',
      '7.249.240.118 0 > 20.0.0.7 0, protocol 0, vlan 0, tunnel 2: 1 of 209, 0 of 0',
      '171.167.242.19 0 > 157.0.0.18 0, protocol 0, vlan 0, tunnel 2: 1 of 296, 0 of 0',
    ],
  },
  'ndpi_fuzz-2006-09-29-28586.pcap': {
    reason: 'NFStream takes frames of unknown EtherTypes for IP when their first nibble fits',
    ours: [
      '172.20.3.13 80 > 172.20.3.5 2600, protocol 6, vlan 0, tunnel 0: 2 of 108, 1 of 60',
      '172.20.3.13 80 > 172.20.3.5 2601, protocol 6, vlan 0, tunnel 0: 3 of 166, 8 of 6283',
      '172.20.3.13 80 > 172.20.3.5 2608, protocol 6, vlan 0, tunnel 0: 1 of 58, 3 of 882',
    ],
    theirs: [
      '172.20.3.5 2600 > 172.20.3.13 80, protocol 6, vlan 0, tunnel 0: 2 of 120, 2 of 108',
      '172.20.3.5 2601 > 172.20.3.13 80, protocol 6, vlan 0, tunnel 0: 9 of 6343, 4 of 409',
      '172.20.3.13 80 > 76.20.3.5 2602, protocol 6, vlan 0, tunnel 0: 1 of 58, 0 of 0',
      '172.20.3.5 2608 > 172.20.3.13 80, protocol 6, vlan 0, tunnel 0: 4 of 942, 1 of 58',
    ],
  },
  'ndpi_someip_sd_sample.pcap': {
    reason: 'NFStream does not decode PPI; here it is decoded',
    ours: [
      '192.168.88.73 30490 > 235.2.3.5 30490, protocol 17, vlan 0, tunnel 0: 2 of 228, 0 of 0',
      '192.168.88.77 30490 > 192.168.88.73 30490, protocol 17, vlan 0, tunnel 0: 2 of 228, 2 of 204',
    ],
    theirs: [],
  },
  'synth_link_80211.pcap': {
    reason: 'NFStream reads no bare 802.11; here it is decoded',
    ours: ['10.0.0.1 1 > 10.0.0.2 2, protocol 17, vlan 0, tunnel 0: 1 of 90, 0 of 0'],
    theirs: [],
  },
  'synth_link_loop108.pcap': {
    reason: 'NFStream reads no link type 108 (LOOP); here it is decoded',
    ours: ['10.0.0.1 1 > 10.0.0.2 2, protocol 17, vlan 0, tunnel 0: 1 of 62, 0 of 0'],
    theirs: [],
  },
  'synth_link_ppp.pcap': {
    reason: 'NFStream misses PPP with address and control bytes; here it is decoded',
    ours: ['10.0.0.1 1 > 10.0.0.2 2, protocol 17, vlan 0, tunnel 0: 2 of 122, 0 of 0'],
    theirs: ['10.0.0.1 1 > 10.0.0.2 2, protocol 17, vlan 0, tunnel 0: 1 of 60, 0 of 0'],
  },
  'synth_link_sll2.pcap': {
    reason: 'NFStream reads no link type 276 (LINUX_SLL2); here it is decoded',
    ours: ['10.0.0.1 1 > 10.0.0.2 2, protocol 17, vlan 0, tunnel 0: 1 of 78, 0 of 0'],
    theirs: [],
  },
  'synth_llc_snap.pcap': {
    reason: 'NFStream takes a frame of an unknown EtherType for IP',
    ours: ['10.0.0.1 1 > 10.0.0.2 2, protocol 17, vlan 0, tunnel 0: 1 of 80, 0 of 0'],
    theirs: ['10.0.0.1 1 > 10.0.0.2 2, protocol 17, vlan 0, tunnel 0: 2 of 152, 0 of 0'],
  },
  'synth_ng_two_links.pcapng': {
    reason: 'NFStream reads all frames with the link type of the first interface; here each has its own',
    ours: ['10.0.0.1 1 > 10.0.0.2 2, protocol 17, vlan 0, tunnel 0: 3 of 182, 0 of 0'],
    theirs: ['10.0.0.1 1 > 10.0.0.2 2, protocol 17, vlan 0, tunnel 0: 2 of 124, 0 of 0'],
  },
  'synth_qinq_88a8.pcap': {
    reason: 'NFStream does not decode 802.1ad; here it is decoded like 802.1Q',
    ours: ['10.0.0.1 1 > 10.0.0.2 2, protocol 17, vlan 20, tunnel 0: 1 of 70, 0 of 0'],
    theirs: [],
  },
  'synth_snaplen_96.pcap': {
    reason: 'NFStream drops IPv6 packets that the snap length cut; here they are kept, like IPv4',
    ours: ['10.0.0.1 1 > 10.0.0.2 2, protocol 17, vlan 0, tunnel 0: 5 of 7210, 0 of 0'],
    theirs: ['10.0.0.1 1 > 10.0.0.2 2, protocol 17, vlan 0, tunnel 0: 3 of 4326, 0 of 0'],
  },
  'synth_snaplen_tcp.pcap': {
    reason: 'NFStream reads ports that were cut off from stale memory; here they are 0',
    ours: [
      '10.0.0.1 7 > 10.0.0.2 8, protocol 6, vlan 0, tunnel 0: 7 of 10178, 0 of 0',
      '10.0.0.1 0 > 10.0.0.2 0, protocol 6, vlan 0, tunnel 0: 1 of 1454, 0 of 0',
    ],
    theirs: ['10.0.0.1 7 > 10.0.0.2 8, protocol 6, vlan 0, tunnel 0: 8 of 11632, 0 of 0'],
  },
  'synth_wirelen_over_65535.pcap': {
    reason: 'NFStream keeps the wire length in 16 bits; here it is kept in full',
    ours: ['10.0.0.1 1 > 10.0.0.2 2, protocol 17, vlan 0, tunnel 0: 2 of 135536, 0 of 0'],
    theirs: ['10.0.0.1 1 > 10.0.0.2 2, protocol 17, vlan 0, tunnel 0: 2 of 4464, 0 of 0'],
  },
};

/** Files of `captures/formats` that are not read as the reference readers read them, each with the reason. */
export const FORMAT_DIFFERENCES: ReadonlyMap<string, string> = new Map([
  ['derived__ragdoll.lanalyzer.cap', 'a Novell LANalyzer capture is refused by name, with how to convert it'],
  ['derived__ragdoll.netmon2.cap', 'a Network Monitor capture is refused by name, with how to convert it'],
]);
