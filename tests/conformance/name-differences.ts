/** Where NFStream reads names from protocols that are not read here: "application" of its flows. */
export const OTHER_NAME_PROTOCOLS: ReadonlySet<string> = new Set(['SD-RTN', 'collectd', 'Munin', 'FastCGI']);

/** Flows, as "capture flow", whose name is another one than NFStream's, and why. */
export const NAME_DIFFERENCES: Readonly<Record<string, string>> = {
  'ndpi_http_guessed_host_and_guessed.pcapng 0':
    'a lone segment out of the midst of an HTTP header; nothing says that it is one',
  'ndpi_telegram.pcap 2':
    'several multicast DNS messages before the first answer; NFStream has a later name of one of them, here it ' +
    'is the first',
};

/** Flows that have a name here and none in NFStream: what in their packets says so. */
export const NAMES_FOUND_HERE: Readonly<Record<string, string>> = {
  'ndpi_fuzz-2006-09-29-28586.pcap 4': 'Host header of a request in packet 19, damaged by the fuzzer: "%s?2.20.3.5"',
  'ndpi_mpeg-dash.pcap 2':
    'Host header of the request in packet 12; the flow begins with the response to an earlier one',
  'ndpi_ookla.pcap 2': 'Host header of its request; NFStream has recognised the service (Ookla) and reads no name',
  'ndpi_stun_signal.pcapng 3': 'REALM in the TURN server\'s "Unauthorized" (packet 19)',
  'ndpi_stun_signal.pcapng 7': 'REALM in the TURN server\'s "Unauthorized"',
  'ndpi_stun_signal.pcapng 12': 'REALM in the TURN server\'s "Unauthorized"',
  'ndpi_stun_signal.pcapng 19': 'REALM in the TURN server\'s "Unauthorized"',
  'ndpi_telegram.pcap 27':
    'DHCP option 12 in packet 597 ("pi3.ntop.org"); NFStream reads neither its name nor its options',
  'ndpi_tls_heur__vmess-tcp-tls.pcapng 0': 'a ClientHello inside a SOCKS connection, whose server name is in the clear',
  'synth_dns_names.pcap 6': 'a multicast DNS query from a port of its own (a one-shot query, RFC 6762, section 5.1)',
  'synth_http_host.pcap 8': 'Host header that is split over two segments',
  'synth_tls_sni.pcap 7': 'ClientHello whose second half comes before the first: joined by sequence numbers',
  'asyncrat-9596cf60.pcap 16': 'client FQDN option (39) of DHCPv6',
  'asyncrat-cd010953.pcap 18': 'client FQDN option (39) of DHCPv6',
};

/** Flows, as "column capture flow", whose fingerprint or header is another one than NFStream's, and why. */
export const TRACE_DIFFERENCES: Readonly<Record<string, string>> = {
  'user_agent ndpi_fuzz-2006-09-29-28586.pcap 19':
    'a byte that cannot be printed is a question mark here; NFStream leaves it out',
  'content_type ndpi_fuzz-2006-09-29-28586.pcap 27':
    'a byte that cannot be printed is a question mark here; NFStream leaves it out',
};
