import { watchFragmentToken } from "../lib/fragment-token.ts";

/** Made while modules load, so that the token is out of the address bar before the first render. */
export const fragmentTokens = watchFragmentToken(window);
