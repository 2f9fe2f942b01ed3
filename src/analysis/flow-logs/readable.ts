/** All that can be read, for who gave something else. */
export const READABLE =
  'captures (pcap, pcapng), Zeek logs as text or JSON (conn, ssl, http, dns, quic, x509), eve.json of Suricata, and ' +
  'flow tables with the columns of NFStream as CSV or Parquet, each also packed with gzip, zstd, lz4, xz or bzip2, and in ZIP or tar archives';
