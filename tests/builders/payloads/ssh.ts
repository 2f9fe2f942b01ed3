import { concat, filler, latin1, u32 } from './bytes.ts';

/**
 * An SSH_MSG_KEXINIT packet (RFC 4253, sections 6 and 7.1) with these name-lists, in the order of the RFC; those that
 * are missing are empty.
 */
export function kexInit(lists: readonly string[]): Uint8Array {
  const content = concat(
    ...Array.from({ length: 10 }, (_, list) => {
      const names = latin1(lists[list] ?? '');
      return concat(u32(names.length), names);
    }),
  );
  const message = concat([20], filler(16), content, [0, 0, 0, 0, 0]);
  const padding = 4;
  return concat(u32(1 + message.length + padding), [padding], message, filler(padding));
}

/** The identification line (section 4.2). */
export function sshIdentification(software: string): Uint8Array {
  return latin1(`SSH-2.0-${software}\r\n`);
}
