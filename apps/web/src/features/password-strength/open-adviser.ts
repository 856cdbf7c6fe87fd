import type { Advice } from "./advise.ts";
import type { Answer, Question } from "./strength.worker.ts";

/** A pause in typing, in milliseconds: nobody is interrupted in the middle of a word. */
const PAUSE = 700;

export interface Adviser {
  /** Asks for advice, once a pause has shown that no more is being typed. */
  ask(password: string, own: string[]): void;
  /** Has nothing more said about what was asked. */
  drop(): void;
  close(): void;
}

/** Asks `worker`, and hands on its answer to the newest question only. */
export function openAdviser(worker: Worker, onAdvice: (advice: Advice) => void): Adviser {
  let newest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
    if (data.number === newest) onAdvice(data.advice);
  });

  function drop() {
    clearTimeout(timer);
    newest += 1;
  }

  return {
    ask(password, own) {
      drop();
      const question: Question = { number: newest, password, own };
      timer = setTimeout(() => worker.postMessage(question), PAUSE);
    },
    drop,
    close() {
      drop();
      worker.terminate();
    },
  };
}
