// Loaded into a process before all else (`node --import`): its wall clock is off by CLOCK_SHIFT
// milliseconds, and by as much again from each SIGUSR2 on. Timers run as ever, as they do when a real
// clock is set.
const step = Number(process.env.CLOCK_SHIFT);
let shift = process.env.CLOCK_SHIFTED === "later" ? 0 : step;

process.on("SIGUSR2", () => {
  shift += step;
});

globalThis.Date = new Proxy(Date, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [target.now() + shift] : given, newTarget),
  apply: (target) => new target(target.now() + shift).toString(),
  get: (target, name) => (name === "now" ? () => target.now() + shift : Reflect.get(target, name)),
});
