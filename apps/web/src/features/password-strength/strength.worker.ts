import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";
import { type Advice, createAdvise } from "./advise.ts";

/** `number` says which question an answer is to. */
export interface Question {
  number: number;
  password: string;
  own: string[];
}

export interface Answer {
  number: number;
  advice: Advice;
}

let advise = createAdvise(dictionary, adjacencyGraphs);
let last: Question | null = null;

addEventListener("message", ({ data }: MessageEvent<Question>) => {
  last = data;
  answer(data);
});

function answer({ number, password, own }: Question): void {
  postMessage({ number, advice: advise(password, own) } satisfies Answer);
}

if (!savesData()) void addEnglish();

/** Adds the words of a language to the common ones, which go on serving where these cannot be had. */
async function addEnglish(): Promise<void> {
  const english = await import("@zxcvbn-ts/language-en").catch(() => null);
  if (english === null) return;
  advise = createAdvise({ ...dictionary, ...english.dictionary }, adjacencyGraphs);
  if (last !== null) answer(last);
}

/** Half a megabyte is too much for who counts them, or waits for them. Only Chromium tells. */
function savesData(): boolean {
  const { connection } = navigator as Navigator & {
    connection?: { saveData: boolean; effectiveType: string };
  };
  return connection !== undefined && (connection.saveData || connection.effectiveType !== "4g");
}
