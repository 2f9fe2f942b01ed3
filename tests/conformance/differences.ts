/** Captures on which flows differ from NFStream's on purpose, with the reason. The test fails when one comes to be equal. */
export const FLOW_DIFFERENCES: Readonly<Record<string, string>> = {
  'ndpi_capwap.pcap': 'NFStream takes WLCCP frames inside CAPWAP for IP: six flows between addresses that do not exist',
  'ndpi_fuzz-2006-09-29-28586.pcap': 'NFStream takes frames of unknown EtherTypes for IP when their first nibble fits',
  'ndpi_someip_sd_sample.pcap': 'NFStream does not decode PPI; here it is decoded',
  'synth_link_80211.pcap': 'NFStream reads no bare 802.11; here it is decoded',
  'synth_link_loop108.pcap': 'NFStream reads no link type 108 (LOOP); here it is decoded',
  'synth_link_ppp.pcap': 'NFStream misses PPP with address and control bytes; here it is decoded',
  'synth_link_sll2.pcap': 'NFStream reads no link type 276 (LINUX_SLL2); here it is decoded',
  'synth_llc_snap.pcap': 'NFStream takes a frame of an unknown EtherType for IP',
  'synth_ng_two_links.pcapng': 'NFStream reads all frames with the link type of the first interface; here each has its own',
  'synth_qinq_88a8.pcap': 'NFStream does not decode 802.1ad; here it is decoded like 802.1Q',
  'synth_snaplen_96.pcap': 'NFStream drops IPv6 packets that the snap length cut; here they are kept, like IPv4',
  'synth_snaplen_tcp.pcap': 'NFStream reads ports that were cut off from stale memory; here they are 0',
  'synth_wirelen_over_65535.pcap': 'NFStream keeps the wire length in 16 bits; here it is kept in full',
};

/** Files of `captures/formats` that are not read as the reference readers read them, each with the reason. */
export const FORMAT_DIFFERENCES: ReadonlyMap<string, string> = new Map([
  ['derived__ragdoll.lanalyzer.cap', 'a Novell LANalyzer capture is refused by name, with how to convert it'],
  ['derived__ragdoll.netmon2.cap', 'a Network Monitor capture is refused by name, with how to convert it'],
]);
