/** From this score of rhythm on there is one to speak of; below, its interval would be that of chance. */
export const WEAK_RHYTHM = 0.3;

/** From this score on it is called steady: `npm run bench:detection` measures how many without a rhythm reach it. */
export const STEADY_RHYTHM = 0.5;
