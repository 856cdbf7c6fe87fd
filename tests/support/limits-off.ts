/** Settings under which nothing is limited. */
export const limitsOff = {
  RATE_LIMIT_PER_IP: "0",
  RATE_LIMIT_PER_EMAIL: "0",
  RESEND_COOLDOWN: "0",
  SIGN_IN_LIMIT: "0",
};
