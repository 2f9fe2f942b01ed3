import type { ByteSource } from 'pcap-ts-parser';

/** How much of a source its latest reading has taken. */
export interface Taken {
  bytes: number;
}

/** A source that counts what is taken of it, in bytes of the file where they are packed. */
export function countedSource(source: ByteSource): { source: ByteSource; taken: Taken } {
  let read = 0;
  const taken = {
    get bytes() {
      return source.packedBytesRead ?? read;
    },
  };
  const counted: ByteSource = {
    name: source.name,
    size: source.size,
    get compression() {
      return source.compression ?? null;
    },
    get packedBytesRead() {
      return source.packedBytesRead ?? null;
    },
    get warnings() {
      return source.warnings ?? [];
    },
    get readAt() {
      return source.readAt;
    },
    open() {
      const reader = source.open();
      read = 0;
      return {
        async read(space) {
          const piece = await reader.read(space);
          read += piece.length;
          return piece;
        },
        close: () => reader.close(),
      };
    },
  };
  return { source: counted, taken };
}

/** Does some work now and then until it is stopped, never twice at a time. */
export class Heartbeat {
  private readonly timer: ReturnType<typeof setInterval>;
  private beating: Promise<void> | null = null;

  /** @param beat may fail: what else is done with the engine tells that */
  constructor(everyMs: number, beat: () => Promise<void>) {
    this.timer = setInterval(() => {
      this.beating ??= beat().then(
        () => this.ended(),
        () => this.ended(),
      );
    }, everyMs);
  }

  /** Resolves when no beat is going on and none will come. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.beating;
  }

  private ended(): void {
    this.beating = null;
  }
}
