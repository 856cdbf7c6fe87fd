import { expect, test } from "vitest";
import { createMailLog } from "./mail-log.ts";

test("mails that nobody gets are logged by id and kind; a storm is counted", () => {
  const lines: object[] = [];
  const warn = (fields: object, msg: string) => void lines.push({ ...fields, msg });
  const log = createMailLog({ warn } as Parameters<typeof createMailLog>[0]);
  const end = (id: number, state: "sent" | "bounced" | "expired" | "dead" | "skipped") =>
    log.ended({ id: String(id), kind: "reset-password", state, seconds: 1 });
  end(0, "sent");
  end(0, "skipped");
  for (let id = 1; id <= 500; id++) end(id, "expired");
  for (let id = 501; id <= 510; id++) end(id, "dead");
  expect(lines).toHaveLength(10);
  expect(lines[0]).toEqual({
    mailId: "1",
    kind: "reset-password",
    state: "expired",
    msg: "mail not delivered",
  });
  log.flush();
  log.flush();
  const msg = "more mails not delivered";
  expect(lines.slice(10)).toEqual([
    { kind: "reset-password", state: "expired", count: 490, msg },
    { kind: "reset-password", state: "dead", count: 10, msg },
  ]);
  end(511, "bounced");
  expect(lines).toHaveLength(13);
  log.flush();
});
