/** What `fleet --help` prints. */
export const FLEET_USAGE = `Finds beacons in months of flows of many sensors, kept in ClickHouse.

Usage: beaconscope fleet load SOURCE... --to PLACE
       beaconscope fleet hunt --in PLACE [options]
       beaconscope fleet open SRC,DST,PORT --in PLACE
       beaconscope fleet verdict SRC,DST,PORT VERDICT --in PLACE

PLACE is a folder, for ClickHouse in this process (installed the first time: about 570 MB), or the URL of a server's
HTTP interface: http://HOST:8123/DATABASE, with ?cluster=NAME for tables on all servers of a cluster. The user and
password of a server are read from CLICKHOUSE_USER and CLICKHOUSE_PASSWORD.

load takes files, folders and patterns as an analysis does, packed or not: captures, Zeek's and Suricata's logs, tables of
flows, and ZIP and tar archives of them. A file that was loaded before changes nothing, under whatever name, also when it
was packed since; one that was begun is finished. Logs of one folder and hour are read together: ssl.log names what
conn.log has.
  --to PLACE            where the flows go
SOURCE may also be what ClickHouse reads itself: parquet:PATTERN (files in its own file system), s3://BUCKET/PATTERN (keys
from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; another server than Amazon's from AWS_ENDPOINT_URL), https://HOST/FILE.parquet, table:DATABASE.TABLE, or rita:DATABASE, a
database of RITA v5, which is only read. Tables are loaded an hour at a time; an hour with other rows than before is
loaded anew.
  --source PLACE        where those tables are (default: the place of --to)
  --map FIELD=COLUMN    which column of a table or of Parquet files has src_ip, dst_ip, dst_port, start, end, duration_s,
                        protocol, src2dst_bytes and so on, where it is not called so; several times
  --keep-days N         from now on let flows go N days after they began (default: as was said last, or keep them)
  --open-tunnels        look into GRE, VXLAN, Geneve, Teredo, L2TP, AH ... too
  --password PASSWORD   open encrypted ZIP archives with it; may be given several times

hunt groups, scores and triages as an analysis of files does, and writes its findings down in the database.
  --in PLACE            where the flows are
  --from T, --to T      only flows that begin from T on, or before T: 2026-11-28 or 2026-11-28T23:00, in UTC
  --since last          only connections with flows of files that the last hunt did not have
  --only KEY=VALUE      only flows with this source, destination (address or network), port (or 8000-8999), protocol,
                        name (with all below it), or of files with this in their name; != turns it round; several times
  --min-flows N, --group-by KEY, --score SCORE, --filter TEXT, --allow FILE, --watch FILE, --internal LIST
                        as for an analysis of files
  --json                print one JSON object instead of the table
  --connections OUT     write the connections as CSV, as Parquet where OUT ends in .parquet
  --hosts OUT           write the hosts of the network as CSV, as JSON where OUT ends in .json: points, findings, what
                        their user agents say, all flows from and to them, and what each did in the order of time
  --report OUT          write a report as one HTML file, with the first ten connections in full
  --lines OUT           write what to paste into Wireshark, tcpdump, Zeek, Suricata and Sigma to find those ten
  --indicators OUT      write where the connections go that are to be read, defanged, with reasons and ATT&CK techniques
  --stix OUT            write the same as a STIX 2.1 bundle
  --save OUT            save it as an analysis that the page and the terminal open without ClickHouse, all of it up to a
                        million flows, else the first connections by triage

open prints a connection with what hunts found of it over time and what analysts said.
  --report OUT          write it as one HTML file
  --flows OUT           write its flows as CSV, as Parquet where OUT ends in .parquet

verdict writes down what an analyst found: malicious, suspicious, benign or unknown. What was said last of a connection is
in the outputs of hunts beside it; who was found benign is no indicator.
  --note TEXT           why

OUT may be - for standard output, which then takes the place of the table.

Exit status: 0 when all was done; 1 when files were left out; 2 when an option is wrong or the place cannot be used.
`;
