import { beforeEach, expect, it, vi } from "vitest";
import { openAdviser } from "./open-adviser.ts";
import type { Question } from "./strength.worker.ts";

const advice = { verdict: "strength.easy", suggestion: "strength.dates" } as const;

/** A worker that answers when it is told to. */
class PatientWorker extends EventTarget {
  questions: Question[] = [];
  terminate = vi.fn();
  postMessage = (question: Question) => void this.questions.push(question);
  answer({ number } = this.questions.at(-1) ?? { number: -1 }) {
    this.dispatchEvent(new MessageEvent("message", { data: { number, advice } }));
  }
}

let worker: PatientWorker;
const heard = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  heard.mockClear();
  worker = new PatientWorker();
  return () => vi.useRealTimers();
});

const open = () => openAdviser(worker as unknown as Worker, heard);

it("asks once, after a pause, about what stands there then", () => {
  const adviser = open();
  for (const typed of ["sun", "sunsh", "sunshine"]) {
    adviser.ask(typed, ["ada"]);
    vi.advanceTimersByTime(200);
  }
  expect(worker.questions).toEqual([]);
  vi.runAllTimers();
  expect(worker.questions).toMatchObject([{ password: "sunshine", own: ["ada"] }]);
  worker.answer();
  expect(heard).toHaveBeenCalledExactlyOnceWith(advice);
});

it("lets no answer to an older password through, neither while one types nor later", () => {
  const adviser = open();
  adviser.ask("sunshine", []);
  vi.runAllTimers();
  adviser.ask("sunshine and rain", []);
  worker.answer(worker.questions[0]);
  vi.runAllTimers();
  worker.answer(worker.questions[0]);
  expect(heard).not.toHaveBeenCalled();
  worker.answer();
  expect(heard).toHaveBeenCalledOnce();
});

it("says nothing more about what was dropped", () => {
  const adviser = open();
  adviser.ask("sunshine", []);
  vi.runAllTimers();
  adviser.drop();
  worker.answer();
  adviser.ask("sunshine", []);
  adviser.close();
  vi.runAllTimers();
  expect(worker.questions).toHaveLength(1);
  expect(heard).not.toHaveBeenCalled();
  expect(worker.terminate).toHaveBeenCalledOnce();
});
