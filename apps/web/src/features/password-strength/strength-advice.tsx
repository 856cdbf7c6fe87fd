import { useTranslate } from "../../lib/i18n/language-context.tsx";
import type { Advice } from "./advise.ts";

/** Advice in words alone: whoever sees no colours, or sees nothing, misses none of it. */
export function StrengthAdvice({ verdict, suggestion }: Advice) {
  const t = useTranslate();
  return (
    <>
      <strong>{t(verdict)}</strong> {suggestion && <span>{t(suggestion)}</span>}
    </>
  );
}
