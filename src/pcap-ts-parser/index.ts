export { CaptureError, type FaultKind } from './errors.ts';
export { linkTypeName } from './link/names.ts';
export { Packet } from './packet.ts';
export { PcapngWriter } from './pcapng-writer.ts';
export { PROTOCOL_ICMP, PROTOCOL_ICMPV6, PROTOCOL_TCP, PROTOCOL_UDP } from './protocols.ts';
export { type CaptureInfo, type ReadOptions, readPackets, readPacketsIn } from './read.ts';
export { type BlobLike, blobSource } from './blob-source.ts';
export { beginsAsCapture } from './sniff.ts';
export {
  type BeforeFault,
  bufferSource,
  type ByteReader,
  type ByteSource,
  type FileHandleLike,
  fileHandleSource,
} from './source.ts';
export type { CaptureWarning } from './warnings.ts';
