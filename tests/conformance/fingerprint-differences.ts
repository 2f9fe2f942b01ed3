/** The columns of NFStream that say what made a flow's messages. */
export const COLUMNS = ['client_fingerprint', 'server_fingerprint', 'user_agent', 'content_type'] as const;
export type Column = (typeof COLUMNS)[number];

const AFTER_PLAIN =
  'TLS begins after messages of the database in the clear, or of a proxy; NFStream does not look there';
const SERVICE_KNOWN = 'the response says so; NFStream stops looking when the request has named the service';

/** Flows of which NFStream says something else than what is found here, by column, each with the reason. */
export const FINGERPRINT_DIFFERENCES: Readonly<Record<Column, Readonly<Record<string, string>>>> = {
  client_fingerprint: {
    'ndpi_mysql.pcapng #1': AFTER_PLAIN,
    'ndpi_pgsql2.pcapng #0': AFTER_PLAIN,
    'ndpi_stun_dtls_unidirectional_client.pcap #0': 'a ClientHello of DTLS after STUN, which is all that NFStream sees',
    'ndpi_telegram.pcap #27':
      'a request of DHCP with its list of options behind a host name, which NFStream leaves out too',
    'ndpi_tls_heur__vmess-tcp-tls.pcapng #0': AFTER_PLAIN,
    'synth_tls_sni.pcap #7': 'a ClientHello whose segments come in the wrong order, put right here',
  },
  server_fingerprint: {
    'ndpi_KakaoTalk_chat.pcap #37': 'a ServerHello in a record whose rest is missing, for which NFStream waits',
    'ndpi_doq.pcapng #0': 'the ServerHello of QUIC, decrypted here',
    'ndpi_mysql.pcapng #1': AFTER_PLAIN,
    'ndpi_pgsql2.pcapng #0': AFTER_PLAIN,
    'ndpi_tls_heur__vmess-tcp-tls.pcapng #0': AFTER_PLAIN,
    'nfstream_quic_0RTT.pcap #0': 'the ServerHello of QUIC, decrypted here',
  },
  user_agent: {
    'ndpi_mpeg-dash.pcap #2': 'the capture begins with a response; NFStream reads no request after it',
    'ndpi_rtsp_setup_http.pcapng #0': 'a header of RTSP; NFStream reads those of HTTP alone',
    'ndpi_ookla.pcap #2': 'NFStream stops at the Host header, which names the service, before the header comes',
  },
  content_type: {
    'ndpi_mpeg-dash.pcap #0': SERVICE_KNOWN,
    'ndpi_netflix.pcap #24': SERVICE_KNOWN,
    'ndpi_netflix.pcap #29': SERVICE_KNOWN,
    'ndpi_netflix.pcap #30': SERVICE_KNOWN,
    'ndpi_netflix.pcap #31': SERVICE_KNOWN,
    'ndpi_netflix.pcap #32': SERVICE_KNOWN,
    'ndpi_netflix.pcap #33': SERVICE_KNOWN,
    'ndpi_netflix.pcap #34': SERVICE_KNOWN,
    'ndpi_netflix.pcap #35': SERVICE_KNOWN,
    'ndpi_netflix.pcap #36': SERVICE_KNOWN,
    'ndpi_netflix.pcap #37': SERVICE_KNOWN,
    'ndpi_netflix.pcap #38': SERVICE_KNOWN,
    'ndpi_netflix.pcap #39': SERVICE_KNOWN,
    'ndpi_netflix.pcap #40': SERVICE_KNOWN,
    'ndpi_netflix.pcap #41': SERVICE_KNOWN,
    'ndpi_netflix.pcap #42': SERVICE_KNOWN,
    'ndpi_netflix.pcap #43': SERVICE_KNOWN,
    'ndpi_netflix.pcap #44': SERVICE_KNOWN,
    'ndpi_netflix.pcap #49': SERVICE_KNOWN,
    'ndpi_netflix.pcap #50': SERVICE_KNOWN,
  },
};
