import { DEFAULT_SETTINGS } from '../analysis/settings.ts';

/** What `--help` prints. */
export const USAGE = `Finds beacons in packet captures: connections that call home on a rhythm.

Usage: npm run --silent analyze -- [options] FILE...

Captures are pcap or pcapng, as they are or packed with gzip, zstd, lz4 or xz. Several are one analysis. The connections are ranked by the notebook's score, highest first.

Options:
  --min-flows N         list connections with strictly more than N flows (default ${DEFAULT_SETTINGS.minFlows})
  --idle-timeout S      end a flow after S seconds without a packet (default ${DEFAULT_SETTINGS.idleTimeoutMs / 1000})
  --active-timeout S    end a flow S seconds after its first packet (default ${DEFAULT_SETTINGS.activeTimeoutMs / 1000})
  --open-tunnels        look into GRE, VXLAN, Geneve, Teredo and AH too, which NFStream leaves closed
  --json                print one JSON object instead of the table
  --flows OUT           write the flows as CSV, with NFStream's column names
  --connections OUT     write the listed connections as CSV, with the notebook's column names
  --help                print this
  --version             print the version

OUT may be - for standard output, which then takes the place of the table.

Exit status: 0 when the captures were read, warnings included; 2 when a file is no capture or cannot be read or
written, or when an option is wrong.
`;
