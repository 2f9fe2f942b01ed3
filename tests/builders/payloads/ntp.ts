import { concat, u32 } from './bytes.ts';

/** Seconds from 1900 to 1970: NTP's era 0 begins in 1900 (RFC 5905, section 6). */
const NTP_EPOCH_OFFSET = 2_208_988_800;
const timestamp = [...u32(NTP_EPOCH_OFFSET + 1_700_000_000), 0x80, 0, 0, 0];

/** A client's request: version 4, mode 3, only the transmit time filled in (RFC 5905, section 7.3). */
export function ntpClient(): Uint8Array {
  return concat([0x23, 0, 6, 0xec], new Uint8Array(36), timestamp);
}

/** A stratum 2 server's reply: version 4, mode 4. */
export function ntpServer(): Uint8Array {
  return concat(
    [0x24, 2, 6, 0xec],
    u32(0x00000400),
    u32(0x00000200),
    [192, 0, 2, 123],
    timestamp,
    timestamp,
    timestamp,
    timestamp,
  );
}
