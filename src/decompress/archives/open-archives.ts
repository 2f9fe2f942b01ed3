import { type ByteSource, CaptureError, type CaptureWarning } from 'pcap-ts-parser';
import { compressionOf } from '../compression.ts';
import { decompressed } from '../decompressed.ts';
import { type FaultySource, HeldFiles, HeldSource } from '../held-files.ts';
import { Slabs } from '../slabs.ts';
import { headOf, unreadableSource } from './member.ts';
import { passwordsFor } from './passwords.ts';
import { isTar, TAR_BLOCK } from './tar-header.ts';
import { MOST_HEAD_BYTES, tarMembers } from './tar.ts';
import { type ZipMember, zipMembers } from './zip.ts';

/** Files in all archives together that are looked at where nothing else is said. */
const MOST_FILES = 10_000;
/**
 * Files that are not small and turn out to be neither captures nor logs that can be read: so many are looked at, and one more for so many
 * bytes of what was given. Each unpacks to 64 KB and more for that, of however few bytes; texts take a tenth, not a hundredth.
 */
const FREE_LOOKS = 500;
const BYTES_A_LOOK = 1 << 12;
/** An archive in an archive in an archive is opened, and no further. */
const DEEPEST = 3;
/** Of so many locked files of an archive each is tried with every password. */
const MOST_TRIED = 20;
/** The keys of so many files are derived at once, which platforms do beside each other. */
const AHEAD = 4;
const TOO_MANY_OTHERS = 'too many before them are neither captures nor flow logs';
/** Names that are said one by one. */
const SAID = 3;

export interface ArchiveOptions {
  /** Passwords that were given for encrypted archives; `passwordsFor` knows others. */
  passwords: readonly string[];
  /** Whether a file of an archive is one to read, by its content: archives hold read-me files, too. */
  isWanted: (source: ByteSource) => boolean | Promise<boolean>;
  /** Whether a file that is wanted is so to be refused with words: of those as few are looked at as of others. */
  isRefused?: (source: ByteSource) => boolean;
  /** Files in all archives together that are looked at. */
  mostFiles?: number;
}

export interface Opened {
  /** What can be read in the place of what was given: files as they were, and of archives what is in them. */
  sources: ByteSource[];
  /** Files that none of the passwords opens; they are among the sources, and say so when they are read. */
  locked: string[];
}

/**
 * Looks into ZIP and tar archives, told by content and never by name, and into what is packed in them: the sources that
 * come back unpack what they are packed with as they are read, and can be read again. An archive that cannot be listed
 * is a source whose reading throws why.
 */
export async function openArchives(sources: readonly ByteSource[], options: ArchiveOptions): Promise<Opened> {
  const opener = new Opener(options, await HeldFiles.ready());
  const opened: ByteSource[] = [];
  for (const source of sources) {
    const found = await opener.open(source, 0);
    for (const inner of found) opened.push(inner);
    // Of several files each would be opened once more: what is found out is remembered.
    if (sources.length > 1 && found.length === 1) await options.isWanted(found[0]);
  }
  return { sources: opened, locked: [...opener.locked] };
}

/** What an archive holds, before it is known which of it is wanted. */
interface Listed {
  members: ByteSource[];
  /** What is to be said of the archive. */
  remarks: string[];
  fault: CaptureError | null;
}

class Opener {
  readonly locked = new Set<string>();
  private readonly options: ArchiveOptions;
  private readonly most: number;
  private left: number;
  private looksLeft = FREE_LOOKS;
  private readonly held: HeldFiles;
  private readonly heads = new Slabs(MOST_HEAD_BYTES);

  constructor(options: ArchiveOptions, held: HeldFiles) {
    this.options = options;
    this.held = held;
    this.most = options.mostFiles ?? MOST_FILES;
    this.left = this.most;
  }

  async open(given: ByteSource, depth: number): Promise<ByteSource[]> {
    if (depth === 0) this.looksLeft += (given.size ?? 0) / BYTES_A_LOOK;
    const held = await this.held.hold(given);
    const source = held ?? given;
    const unpacked = held === null ? decompressed(given) : await this.unpacked(held);
    const kind = depth < DEEPEST ? await archiveKind(unpacked) : null;
    if (kind === null) return [unpacked];
    try {
      const listed = kind === 'zip' ? await this.zip(source) : await this.tar(unpacked);
      return await this.wanted(source, listed, depth);
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      return [unreadableSource(source.name, error)];
    }
  }

  /** What a held file unpacks to, held, too, where that is small; the file itself where it is not packed. */
  private async unpacked(held: HeldSource | FaultySource): Promise<ByteSource> {
    if (compressionOf(held instanceof HeldSource ? held.bytes : held.beforeFault.bytes) === null) return held;
    const ready = held instanceof HeldSource ? this.held.unpacked(held) : null;
    if (ready !== null) return ready;
    const unpacked = decompressed(held);
    return (await this.held.hold(unpacked)) ?? unpacked;
  }

  /** What a held file is, or unpacks to, where that can be told at once and is no archive. */
  private plainFile(held: HeldSource): HeldSource | null {
    const unpacked = compressionOf(held.bytes) === null ? held : this.held.unpacked(held);
    return unpacked === null || kindOf(unpacked, unpacked.bytes) !== null ? null : unpacked;
  }

  private async wanted(archive: ByteSource, listed: Listed, depth: number): Promise<ByteSource[]> {
    const { members, remarks, fault } = listed;
    this.left -= members.length;
    const found: ByteSource[] = [];
    const others: string[] = [];
    let seen = 0;
    for (const member of members) {
      if (this.looksLeft < 1) break;
      seen++;
      const held = this.held.holdReady(member);
      const file = held === null ? null : this.plainFile(held);
      for (const inner of file === null ? await this.open(held ?? member, depth + 1) : [file]) {
        const isKnown = inner.size === 0 && this.locked.has(inner.name);
        if (isKnown || (await this.options.isWanted(inner))) {
          found.push(inner);
          if (file === null && this.options.isRefused?.(inner) === true) this.looksLeft--;
          continue;
        }
        others.push(inner.name.slice(archive.name.length + 1));
        if (file === null) this.looksLeft--;
      }
    }
    const unseen = members.length - seen;
    if (unseen > 0) remarks.push(`${unseen} files left out without a look at them: ${TOO_MANY_OTHERS}`);
    if (found.length === 0) {
      if (fault !== null) throw fault;
      const rest = unseen > 0 ? `, and ${unseen} files that were not looked at: ${TOO_MANY_OTHERS}` : '';
      throw new CaptureError('not-a-capture', 0, `the archive holds ${nothingBut(others)}${rest}`);
    }
    if (others.length > 0) remarks.push(`${namesOf(others)}: neither captures nor flow logs, passed over`);
    const warnings = remarks.map((message): CaptureWarning => {
      return { kind: 'archive', offset: null, message: `of the archive ${archive.name}: ${message}` };
    });
    if (fault !== null) warnings.push({ kind: fault.kind, offset: fault.offset, message: fault.message });
    return [withWarnings(found[0], warnings), ...found.slice(1)];
  }

  private async tar(source: ByteSource): Promise<Listed> {
    const { members, others, more, fault } = await tarMembers(source, this.left, this.heads);
    const remarks = more ? [moreThan(this.most)] : [];
    if (others > 0) remarks.push(`${others} links and other entries that are not files, passed over`);
    return { members, remarks: [...remarks, ...(source.warnings ?? []).map(({ message }) => message)], fault };
  }

  private async zip(source: ByteSource): Promise<Listed> {
    const { members, overlapping, more, fault } = await zipMembers(source, this.left);
    const remarks = more ? [moreThan(this.most)] : [];
    if (overlapping > 0)
      remarks.push(`${overlapping} left out whose bytes are those of other files, too, as in a ZIP bomb`);
    const passwords = passwordsFor(source.name, this.options.passwords);
    const opened: ByteSource[] = [];
    const proven = new Set<string>();
    let tried = 0;
    for (const [place, member] of members.entries()) {
      const isProven = member.isEncrypted && proven.has(passwords[0]);
      const held = isProven ? await this.decrypted(members.slice(place, place + AHEAD), passwords[0]) : null;
      if (held !== null) {
        opened.push(held);
        continue;
      }
      const password =
        member.isEncrypted && tried < MOST_TRIED ? await this.passwordOf(member, passwords, proven) : null;
      if (member.isEncrypted && password === null) {
        tried++;
        this.locked.add(member.name);
        const message =
          'it is encrypted, and none of the passwords that were tried opens it: give its own, in the terminal with --password';
        opened.push(unreadableSource(member.name, new CaptureError('locked', 0, message)));
      } else opened.push(member.source(password ?? undefined));
    }
    return { members: opened, remarks, fault };
  }

  /**
   * The first of these members, where it is small and the password of those before it opens it, read at once: to prove
   * the password and then read takes twice as long. Null for others.
   */
  private async decrypted(members: readonly ZipMember[], password: string): Promise<HeldSource | null> {
    const [derived] = members.map((member) => member.deriveKeys(password));
    await derived;
    const source = members[0].source(password);
    const held = this.held.holdReady(source) ?? (await this.held.hold(source));
    return held instanceof HeldSource && held.warnings.length === 0 ? held : null;
  }

  /** The password that opens a member, null for none of them; it comes first from then on. */
  private async passwordOf(member: ZipMember, passwords: string[], proven: Set<string>): Promise<string | null> {
    for (const [place, password] of passwords.entries()) {
      const isRight = await member.isOpenedBy(password);
      if (isRight === 'no') continue;
      const isProven = isRight === 'yes' || proven.has(password);
      if (!isProven && !(await this.options.isWanted(decompressed(member.source(password))))) continue;
      proven.add(password);
      passwords.splice(place, 1);
      passwords.unshift(password);
      return password;
    }
    return null;
  }
}

/** What archive a source is. A ZIP archive is listed at its end, which one that is packed itself has not at hand. */
async function archiveKind(unpacked: ByteSource): Promise<'zip' | 'tar' | null> {
  try {
    return kindOf(unpacked, unpacked.bytes ?? unpacked.beforeFault?.bytes ?? (await headOf(unpacked, TAR_BLOCK)));
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    return null;
  }
}

/** The same, told by the first bytes. */
function kindOf({ readAt }: ByteSource, head: Uint8Array): 'zip' | 'tar' | null {
  if (isTar(head)) return 'tar';
  return head[0] === 0x50 && head[1] === 0x4b && isZipRecord(head) && readAt !== undefined ? 'zip' : null;
}

/** A file, the end of an empty archive, or the mark of one in parts. */
function isZipRecord([, , third, fourth]: Uint8Array): boolean {
  return (third === 3 && fourth === 4) || (third === 5 && fourth === 6) || (third === 7 && fourth === 8);
}

function withWarnings(source: ByteSource, warnings: readonly CaptureWarning[]): ByteSource {
  if (warnings.length === 0) return source;
  return Object.create(source, { warnings: { get: () => [...warnings, ...(source.warnings ?? [])] } }) as ByteSource;
}

function moreThan(most: number): string {
  return `more than ${most} files: those behind are left out`;
}

function nothingBut(others: readonly string[]): string {
  return others.length === 0 ? 'no files' : `neither captures nor flow logs, but ${namesOf(others)}`;
}

function namesOf(names: readonly string[]): string {
  const more = names.length - SAID;
  return names.slice(0, SAID).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
