import { headerValue } from './http.ts';

export const SSDP_PORT = 1900;

/** The Host of an SSDP message (UPnP Device Architecture 2.0, section 1), with its port; '' without one. */
export function ssdpHost(bytes: Uint8Array, start: number, end: number): string {
  return headerValue(bytes, start, end, 'host') ?? '';
}
