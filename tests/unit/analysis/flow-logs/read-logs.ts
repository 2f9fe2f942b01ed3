import { bufferSource, type ByteSource } from 'pcap-ts-parser';
import type { Analysis } from '../../../../src/analysis/report/analysis.ts';
import { analyze } from '../../../../src/analysis/pipeline.ts';
import { firstMsOf, lastMsOf } from '../../../../src/analysis/flows/columns.ts';
import { NAME_SOURCES } from '../../../../src/analysis/flows/name-sources.ts';
import { DEFAULT_SETTINGS } from '../../../../src/analysis/settings.ts';
import { decompressed } from '../../../../src/decompress/decompressed.ts';

/** Files as page and terminal hand them to the analysis; a text is its bytes. */
export function files(...contents: (string | Uint8Array)[]): ByteSource[] {
  return contents.map((content, index) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    return decompressed(bufferSource(bytes, `file ${index}`));
  });
}

export function analyzeLogs(...contents: (string | Uint8Array)[]): Promise<Analysis> {
  return analyze(files(...contents), DEFAULT_SETTINGS);
}

/** The flows of an analysis, each as an object a test can compare. */
export function flowsOf({ flows }: Analysis) {
  return Array.from({ length: flows.length }, (_, flow) => ({
    source: flows.addresses.text(flows.source[flow]),
    destination: flows.addresses.text(flows.destination[flow]),
    sourcePort: flows.sourcePort[flow],
    destinationPort: flows.destinationPort[flow],
    protocol: flows.protocol[flow],
    vlanId: flows.vlanId[flow],
    firstMs: firstMsOf(flows, flow),
    lastMs: lastMsOf(flows, flow),
    packetsSent: flows.packetsSent[flow],
    packetsReceived: flows.packetsReceived[flow],
    bytesSent: flows.bytesSent[flow],
    bytesReceived: flows.bytesReceived[flow],
    name: flows.names[flows.name[flow]],
    nameSource: NAME_SOURCES[flows.nameSource[flow]],
  }));
}
