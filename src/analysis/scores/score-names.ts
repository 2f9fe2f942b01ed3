/** The scores of a connection, each of which may have no value. */
export const SCORES = ['rhythm', 'rita', 'notebook', 'corrected'] as const;
export type ScoreName = (typeof SCORES)[number];
