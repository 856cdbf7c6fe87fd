/** How much of what. Every figure has a bound that suits a deployment with its limits on. */
export interface AttackOptions {
  /** The deployment's address, such as https://staging.example.com. */
  url: string;
  /** `http://…` of a mail catcher, or `smtp://host:port` to listen at; null: what the page tells. */
  inbox: string | null;
  /** The code in the deployment's ATTACK_CONFIRMATION; this machine needs none. */
  confirm: string | null;
  /** Domain of the addresses that are signed up. Its mail must arrive in the inbox. */
  domain: string;
  /** Ids of checks, or the part before the first "-" of many; empty: all. */
  only: readonly string[];
  /** Pairs of samples for each timing check; 0 skips them. */
  pairs: number;
  /** Uses of one link at once. */
  race: number;
  /** RATE_LIMIT_PER_IP of the deployment: one more than that must be refused. */
  networkLimit: number;
  /** SIGN_IN_LIMIT of the deployment, likewise. */
  signInLimit: number;
  /** The deployment's limits are off on purpose. */
  limitsOff: boolean;
  /** Waits out limits, cooldowns and the life of a link instead of skipping. */
  wait: boolean;
  maxRequests: number;
  /** Seconds in all. */
  maxTime: number;
  /** Milliseconds a mail may take to arrive. */
  mailPatience: number;
}

export const defaultOptions = {
  inbox: null,
  confirm: null,
  domain: "attack.example",
  only: [],
  pairs: 20,
  race: 50,
  networkLimit: 30,
  signInLimit: 10,
  limitsOff: false,
  wait: false,
  maxRequests: 5000,
  maxTime: 1800,
  mailPatience: 30_000,
} as const satisfies Omit<AttackOptions, "url">;
