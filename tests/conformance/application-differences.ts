const GAME = 'a game: nDPI takes four bytes, or two datagrams without a common source, for enough';
const HP_VIRTGRP = 'no XMPP: nDPI calls the same service on port 5223 HP_VIRTGRP in its other flows';

/** Flows that have another name here than nDPI gives their protocol: both names, and why. */
export const APPLICATION_DIFFERENCES: Readonly<Record<string, readonly [names: string, reason: string]>> = {
  'ndpi_ftp.pcap #1': [
    'FTP_DATA, here Unknown',
    'nDPI takes a listing of files for enough; a shell that is controlled from afar prints the same',
  ],
  'ndpi_gaijin_warthunder.pcap #0': ['RTP, here Unknown', GAME],
  'ndpi_hpvirtgrp.pcap #1': ['Jabber, here Unknown', HP_VIRTGRP],
  'ndpi_hpvirtgrp.pcap #11': ['Jabber, here Unknown', HP_VIRTGRP],
  'ndpi_http_guessed_host_and_guessed.pcapng #0': [
    'POP3, here BGP',
    'made-up ports 110 and 179, both guesses: here the destination counts first',
  ],
  'ndpi_ipv6_in_gtp.pcap #0': ['RTP, here Unknown', 'one datagram: here two have to go together'],
  'ndpi_lol_wild_rift_udp.pcap #0': ['WireGuard, here Unknown', GAME],
  'ndpi_lol_wild_rift_udp.pcap #1': ['WireGuard, here Unknown', GAME],
  'ndpi_lol_wild_rift_udp.pcap #2': ['WireGuard, here Unknown', GAME],
  'ndpi_ookla.pcap #0': [
    'HTTP, here HTTP_Proxy',
    'a speed test that says HI and HELLO on port 8080, not HTTP: here guessed by that port',
  ],
  'ndpi_ossfuzz_seed_fake_traces_1.pcapng #9': [
    'Gnutella, here TLS',
    'a made-up mixture whose second packet is a ClientHello',
  ],
  'ndpi_pop3_stls.pcap #0': ['POPS, here POP3', 'nDPI renames the flow when TLS begins; here what it began as counts'],
  'ndpi_telegram.pcap #25': ['OpenVPN, here Unknown', 'random bytes both ways, no opcode of OpenVPN'],
};
