/** Whether the long form is wanted: `FAULTS=full pnpm test:faults`. */
export const full = process.env.FAULTS === "full";
