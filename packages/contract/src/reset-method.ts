/** What the email of a requested reset carries. */
export const resetMethods = ["link", "code", "both"] as const;

export type ResetMethod = (typeof resetMethods)[number];
