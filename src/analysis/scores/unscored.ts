/** What a score gives for a connection it does not apply to: no value, and why. */
export interface Unscored {
  score: null;
  /** A few words, without a full stop: "fewer than 5 separate visits". */
  reason: string;
}
