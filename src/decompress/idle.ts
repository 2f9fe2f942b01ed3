/**
 * What one file was unpacked or checked with and is free for the next: of thousands of small files each would have it made,
 * which takes longer than all else for them.
 */
export class Idle<Tool> {
  private readonly tools: Tool[] = [];
  private readonly make: () => Tool | Promise<Tool>;
  private readonly most: number;

  /** @param most how many are kept: of large ones few */
  constructor(make: () => Tool | Promise<Tool>, most = Number.POSITIVE_INFINITY) {
    this.make = make;
    this.most = most;
  }

  async take(): Promise<Tool> {
    return this.tools.pop() ?? this.make();
  }

  /** One that is free already, null where there is none. */
  takeReady(): Tool | null {
    return this.tools.pop() ?? null;
  }

  give(...tools: Tool[]): void {
    for (const tool of tools) if (this.tools.length < this.most) this.tools.push(tool);
  }
}
