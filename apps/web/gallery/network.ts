import type { Answer, Answers, Refused } from "./answers.ts";

const API = "/trpc/";

/** What a page may ask in any story. */
const everywhere: Answers = { me: { account: null }, setLanguage: { status: "set" } };

/**
 * Answers the page's calls in place of the server; everything else goes its way. `onUnexpected` hears
 * of a call that the story has no answer for.
 */
export function answerCalls(answers: Answers, onUnexpected: (procedure: string) => void): void {
  const left = new Map<string, Answer<unknown>[]>(
    Object.entries({ ...everywhere, ...answers }).map(([procedure, answer]) => [
      procedure,
      [answer].flat(),
    ]),
  );
  const ownFetch = window.fetch;
  window.fetch = async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input, location.href);
    if (!pathname.startsWith(API)) return ownFetch(input, init);
    const procedure = pathname.slice(API.length);
    const given = left.get(procedure);
    const answer = given && given.length > 1 ? given.shift() : given?.[0];
    if (answer === undefined) onUnexpected(procedure);
    return respond(answer);
  };
}

async function respond(answer: Answer<unknown> | undefined): Promise<Response> {
  switch (answer) {
    case "never":
      return new Promise(() => {});
    case undefined:
    case "unreachable":
      throw new TypeError("Failed to fetch");
    case "malformed":
      return Response.json({ result: { data: null } });
    default:
      return isRefused(answer)
        ? Response.json(
            { error: { message: "", code: -32600, data: answer.refusal } },
            { status: 400 },
          )
        : Response.json({ result: { data: answer } });
  }
}

function isRefused(answer: unknown): answer is Refused {
  return typeof answer === "object" && answer !== null && "refusal" in answer;
}
