/** Settings of a house whose rooms may ask for presence every two seconds. */
export const checksComeSoon = { NODE_OPTIONS: `--import=${new URL('shortChecks.ts', import.meta.url).href}` }
