/** One step of a score: its name, how it came about with the numbers put in, its value, and what it means. */
export interface Step {
  name: string;
  /** Null for what is read off the flows. */
  formula: string | null;
  value: number;
  meaning: string;
  /** Later steps are a mean or product of these: they stand out. */
  part?: boolean;
}

/** Steps that are about one thing. */
export interface StepGroup {
  title: string;
  steps: Step[];
}
