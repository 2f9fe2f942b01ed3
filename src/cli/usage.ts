import { ORDERS } from '../analysis/report/report.ts';
import { LISTED_POINTS } from '../analysis/triage/worth.ts';
import { DEFAULT_SETTINGS, GROUPINGS } from '../analysis/settings.ts';
import packageJson from '../../package.json' with { type: 'json' };

/** The version of the package that the program is part of. */
export const PROGRAM_VERSION = packageJson.version;

export const USAGE = `Finds beacons in packet captures: connections that call home on a rhythm.

Usage: beaconscope [options] FILE...   (in a clone: npm run --silent analyze -- [options] FILE...)

Files are captures (pcap, pcapng) or flows that already exist: NFStream's CSV, a flows CSV or Parquet written here,
Zeek's conn.log as text, JSON or CSV (with ssl.log, http.log, dns.log and quic.log for names), Suricata's eve.json.
They may be packed with gzip, zstd, lz4, xz or bzip2, and lie in ZIP and tar archives. A folder stands for all files in it and below, a pattern in quotes
("logs/**/conn.*") for those that it meets. Several are one analysis. A saved analysis is opened by itself. The
connections are in the order in which they are worth reading, with the reasons; a rhythm is that of their flows'
starts, or of the messages inside one session.

Options:
  --min-flows N         list connections with strictly more than N flows (default ${DEFAULT_SETTINGS.minFlows}), with
                        messages inside a session that can be scored, or with ${LISTED_POINTS} points or more for what
                        they say, and give the notebook's
                        scores to the same (default ${DEFAULT_SETTINGS.notebookMinFlows})
  --group-by KEY        what the flows of a connection share: ${GROUPINGS.join(' | ')} (default
                        ${DEFAULT_SETTINGS.grouping}); a destination without a name goes by its address. The notebook's
                        scores are for the default only
  --score SCORE         order by ${ORDERS.join(' | ')} (default triage): triage adds points for a
                        rhythm and for what else is known of a connection; corrected is the notebook's score with
                        its known faults put right
  --allow FILE          set aside, at the end, what goes to the addresses, networks and names of a list, one a line;
                        a name covers everything below it, "=" before it takes that back, "#" begins a comment
  --watch FILE          look for the addresses, networks, names and JA3 or JA4 fingerprints of a list: one a line, a CSV
                        with a column of them, STIX 2.1 or MISP JSON; what is met is listed with any number of flows
  --internal LIST       networks that are internal, between commas (default: private, shared, link-local and loopback,
                        and a public address that most flows are with)
  --password PASSWORD   open encrypted ZIP archives with it, besides "infected" and "infected_YYYYMMDD" with the date in
                        the archive's name; may be given several times
  --idle-timeout S      end a flow after S seconds without a packet (default ${DEFAULT_SETTINGS.idleTimeoutMs / 1000})
  --active-timeout S    end a flow S seconds after its first packet (default ${DEFAULT_SETTINGS.activeTimeoutMs / 1000})
  --open-tunnels        look into GRE, VXLAN, Geneve, Teredo, L2TP, AH ... too, which NFStream leaves closed
  --filter EXPRESSION   write only rows that meet it, in every list: words to search for, and fields with values, such as
                        'host contains cdn or port == 443', 'src in 10.0.0.0/8 and interval < 5m and not tls',
                        'ip.addr == 10.0.0.1 && tcp.port == 443' or 'beacon:>=90 sort:duration-desc'
  --nfstream            take flows exactly as NFStream makes them: the two directions of a conversation in different
                        VLANs stay apart, and packets that it leaves out do not count
  --live WHEN           show the first rows on standard error while files are read, drawn again in place as more is
                        read, and gone with the result: auto, if that is a terminal, or always
  --json                print one JSON object instead of the table
  --flows OUT           write the flows as CSV, with NFStream's column names; as Parquet where OUT ends in .parquet
  --connections OUT     write the listed connections as CSV, with the notebook's column names, all scores and triage;
                        as Parquet where OUT ends in .parquet
  --hosts OUT           write the hosts of the network as CSV, those to look at first before the others: addresses,
                        names, users, system, MAC address, points, and what each did in the order of time; as JSON
                        where OUT ends in .json
  --long OUT            write the sessions that were open for long as CSV, the longest first
  --dns OUT             write what clients asked resolvers for as CSV, by registrable domain, likely tunnels first
  --connection ENDS     choose the connection SRC,DST,PORT or, for all ports, SRC,DST; may be given several times
  --report OUT          write a report as one HTML file, with the chosen connections in full (or the first ten)
  --lines OUT           write what to paste into Wireshark, tcpdump, Zeek, Suricata and Sigma to find the chosen
                        connections
  --save OUT            write the analysis itself (OUT.beaconscope), which is opened later, here or in the page, without its
                        captures: all lists, details and flows, no payload
  --with-packets        with --save: put the first packets of the listed connections into it, 4,096 at most and 64 MB in
                        all, so that --requests, --follow and --carve work without the captures
  --from TIME, --to TIME  look only at flows that began in this time (2026-01-31T10:00, in UTC unless a zone is given),
                        and at the messages of sessions in it
  --baseline FILE       compare the connections with a baseline that was saved before: what it does not know is new, what
                        30 % of its hosts went to is excused; filter with "new == true"
  --case FILE           say of rows what a case says that was saved on the page: verdicts, notes and tags
  --save-baseline OUT   write a baseline: where hosts went, under which names, with which software, and when; with what
                        those named by --baseline say. No payload
  --requests OUT        write the first requests of the chosen connections (or the first ten) with their responses:
                        HTTP, DNS, TLS with certificates, QUIC; and their first bytes each way. As JSON where OUT ends
                        in .json
  --follow ENDS         print what both sides of the flow SRC,DST,PORT,CLIENTPORT said, put together, instead of the
                        table; the first flow with payload where the client's port is left out
  --indicators OUT      write where the connections go that are to be read, defanged, with reasons and ATT&CK techniques
  --stix OUT            write the same as a STIX 2.1 bundle
  --carve OUT           write the packets of the chosen connections as a pcapng file
  --help                print this
  --version             print the version

OUT may be - for standard output, which then takes the place of the table.

Exit status: 0 when the captures were read, warnings included; 1 when some of the files could not be read: they are
named, and the others analysed; 2 when none could, when a file cannot be written, or when an option is wrong.
`;
