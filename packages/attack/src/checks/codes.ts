import { type Attacker, type ResetLink, told } from "../attacker.ts";
import { type Check, must, Skip } from "../check.ts";
import type { Answer } from "../target.ts";

interface ResetCode extends ResetLink {
  request: string;
  code: string;
}

/** Asks for a reset for an account of the attacker's own, by code. */
async function requestCode(attacker: Attacker): Promise<ResetCode> {
  if (attacker.deployment.resetMethod === "link") throw new Skip("emails carry no code here");
  const { email } = await attacker.signUp();
  const reset = await attacker.requestReset(email);
  const { request, code } = reset;
  must(request !== null, "requestReset answers without a handle");
  must(code !== null, "the email shows no code of eight digits");
  return { ...reset, request, code };
}

/** Eight digits that are not `code`. */
const notThe = (code: string) => String((Number(code) + 1) % 1e8).padStart(8, "0");

/** An answer without what names the request. */
const shown = ({ status, text }: Answer) => `${status} ${text}`;

const standards = ["CWE-307", "ASVS 6.3.1", "ASVS 6.5.5", "NIST SP 800-63B-4 3.1.3.2"];

export const codeChecks: Check[] = [
  {
    id: "code-alike",
    title: "Seven wrong codes are answered the same for a known and an unknown address",
    standards: ["CWE-204", "ASVS 6.3.8"],
    async run(attacker) {
      const known = await requestCode(attacker);
      const asked = await attacker.call("requestReset", { email: attacker.address() });
      const unknown = String(asked.data?.request);
      must(unknown.length === known.request.length, "the handles differ in length");
      for (let i = 1; i <= 7; i++) {
        const [ours, theirs] = await Promise.all(
          [known.request, unknown].map((request) =>
            attacker.call("redeemCode", { request, code: notThe(known.code) }),
          ),
        );
        must(
          ours !== undefined && theirs !== undefined && shown(ours) === shown(theirs),
          `wrong code ${i}: ${ours && told(ours)} for a known address, ${theirs && told(theirs)} for an unknown one`,
        );
      }
    },
  },
  {
    id: "code-attempts",
    title: "After five wrong codes the right one is refused, and the link still works",
    standards,
    async run(attacker) {
      const { request, code, token } = await requestCode(attacker);
      const right = await attacker.call("redeemCode", { request, code });
      must(right.data !== undefined, `the right code was answered ${told(right)}`);
      for (let i = 0; i < 5; i++) {
        await attacker.call("redeemCode", { request, code: notThe(code) });
      }
      const late = await attacker.call("redeemCode", { request, code });
      must(late.reason === "CODE_DEAD", `the right code after five wrong ones: ${told(late)}`);
      const used = await attacker.reset(token, attacker.password());
      must(used.data?.status === "reset", `the link was answered ${told(used)}`);
    },
  },
  {
    id: "code-handle",
    title: "A code is worth nothing with the handle of another request",
    standards,
    async run(attacker) {
      const victim = await requestCode(attacker);
      const other = await requestCode(attacker);
      const { code } = victim;
      const own = await attacker.call("redeemCode", { request: victim.request, code });
      must(own.data !== undefined, `with its own handle it was answered ${told(own)}`);
      const foreign = await attacker.call("redeemCode", { request: other.request, code });
      must(foreign.reason === "CODE_WRONG", `with another's handle: ${told(foreign)}`);
      const forged = await attacker.call("redeemCode", { request: `${victim.request}A`, code });
      must(forged.reason === "CODE_DEAD", `with an altered handle: ${told(forged)}`);
    },
  },
];
