import { normalizePassword, passwordShapeProblem } from "@rekey/contract/password";
import { useEffect, useRef, useState } from "react";
import { usePageConfig } from "../../lib/page-config.ts";
import type { Advice } from "./advise.ts";
import { type Adviser, openAdviser } from "./open-adviser.ts";
import { ownWords } from "./own-words.ts";

/**
 * Advice on the strength of a password that is being chosen. `start` fetches what it takes, in a worker;
 * where that does not come, there is no advice, and the server's rule stands alone.
 */
export function useStrength() {
  const { passwordPolicy, brand } = usePageConfig();
  const [advice, setAdvice] = useState<Advice | null>(null);
  const adviser = useRef<Adviser | null>(null);

  useEffect(
    () => () => {
      adviser.current?.close();
      adviser.current = null;
    },
    [],
  );

  function start() {
    if (adviser.current !== null) return;
    const worker = new Worker(new URL("./strength.worker.ts", import.meta.url), { type: "module" });
    adviser.current = openAdviser(worker, setAdvice);
  }

  /** `about` is what the person told us of themselves. */
  function judge(password: string, about: readonly string[]) {
    if (passwordShapeProblem(password, passwordPolicy) === null) {
      adviser.current?.ask(normalizePassword(password), ownWords([...about, brand.name]));
      return;
    }
    adviser.current?.drop();
    setAdvice(null);
  }

  return { advice, start, judge };
}
