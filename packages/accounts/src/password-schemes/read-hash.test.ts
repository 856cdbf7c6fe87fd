import { describe, expect, test } from "vitest";
import { needsRehash, verifyPassword } from "../password-hash.ts";
import { readHash } from "./read-hash.ts";

/** Its NFKC form is another: the ligature becomes two letters. */
const PASSWORD = "Blue-Ötter-71-walks-ﬁrm";

/** Of PASSWORD, each made by the system or library named: Django 5.2, Werkzeug 3, passlib, … */
const made = {
  "Argon2id (argon2-cffi)":
    "$argon2id$v=19$m=256,t=1,p=2$LtT1YQXe+78SXw6Wjg7MUw$tJaHYT/2PNmOCtPnJZU//6bjNsbSEfgfD2X29FZVgFo",
  "Argon2i (argon2-cffi)":
    "$argon2i$v=19$m=256,t=1,p=2$RHQ7UnzJaB3JcCfIPX8/ag$EFmA28R8bRUc2w8O53WxijTn5IQiGJKQAS9NHf+yFiY",
  "Argon2d (argon2-cffi)":
    "$argon2d$v=19$m=256,t=1,p=2$RKIuSAIifAyi/m5YyECvfw$Zd8HZUJl6E0X08ZyL0Kr7uRztv2oJO1s1wjDM08H18E",
  "Argon2 (Django)":
    "argon2$argon2id$v=19$m=102400,t=2,p=8$OW90d2JibHdyN3UyTTBoRDFabGV2dQ$Fpwfa/FCLBTR7fz557bIOYoCcfzgD7U5djFS9/5Ha9g",
  "bcrypt 2a": "$2a$05$jwX1/vi3qlJF.CBDBR1ShuSjPDwLh9qlCZMjL9bWKhvza6nIJKv6O",
  "bcrypt 2b": "$2b$05$ANo88Snqa.tUDDpm8HX6q.WDUje4xJc0DxRuwSw.Q.B1gc1hYMLqm",
  "bcrypt 2y": "$2y$05$gI3Xjk2q4rD6ZP9qgOLlk.yCKVeoM.EXeAaF8leziXo6gG2lHqVe.",
  "bcrypt (Django)": "bcrypt$$2b$05$kxgTvWL5WmV23evWlTxvEudQ1t6PfzZ6CXzuMoY38TEWrHAtBsdXy",
  "bcrypt_sha256 (Django)":
    "bcrypt_sha256$$2b$05$qwktY1jFguO5oedgn8L6feCC5HFpa2BmfyLr2IIwWDwC9JHciBCmq",
  "scrypt (passlib)":
    "$scrypt$ln=10,r=8,p=1$AaCUkhLiHIPQ+r9XSqkVgg$TL9yCHIoaM5tZLFtLRqFfgQ93G2OOFe0IfnikPCM2Fk",
  "scrypt (Django)":
    "scrypt$16384$IB3ujmloVrnlDqIeHiFyUE$8$5$ceQV0T9VDOukuTYFhr75cQoRzoaBN/eDvzTZIIOFcVZi/IrKqZifsTNyM10twhQX+fukcc08+3wJI+tzWnKUeg==",
  "scrypt (Werkzeug)":
    "scrypt:1024:8:1$3vXmH6bnFedRk6dv$beb59e583f0fb6a1d88ccc4a6a74e79d7aace10b031b34df291f80e053f93624b541909b087c8e08a8df902bd19a3595793f63350291cae1a3b1ca024167bf22",
  "scrypt (Better Auth)":
    "1c50892c354da5b23ec3b5007649bc6e:95f684b0d1adc76a9c71bd985f48f88c6ad24342605f855d31230e56f325ac65f0643a092b3afde68d2e71cba2d5ffb8c32a41d1d48393a9ea41a5a0e5e3a3a0",
  "PBKDF2-SHA256 (Django)":
    "pbkdf2_sha256$2000$RXRL7BAoi0OB5g2jr7fDm1$/aZnwZUXq0LFFD4TdGclJ3L9HAKM2BDIZVmMBX0jTX8=",
  "PBKDF2-SHA1 (Django)": "pbkdf2_sha1$2000$bg6T4YAgYTSWNA0vy2xJDG$fgdIPXuPbMR5m5sMWPGgbuNnliA=",
  "PBKDF2-SHA256 (Werkzeug)":
    "pbkdf2:sha256:1000$okCd0IFG7EmZiOL9$e69cf5cb62a5138448e3c1ee4841ca66c414ee0163b427a166e8f6457ad823c9",
  "PBKDF2-SHA512 (Werkzeug)":
    "pbkdf2:sha512:1000$sf6Y5ECrXDXBhR3r$e9c35f9384fb2803f78941f00bc1f9d82992f74d8663b7b7b83a5362df6d92398b857a700e60861ea18a5016a993cc8ace2c8f6c5830da3f4b93a5d195d3d7ef",
  "PBKDF2-SHA1 (Werkzeug)":
    "pbkdf2:sha1:1000$nPAoThcQ1S8MD6WD$094598c3a7bdda8e59a1dadfcb1eff3721f1f757",
};

describe.each(Object.entries(made))("%s", (_name, hash) => {
  test("is verified, and is to be replaced by ours", async () => {
    expect(await verifyPassword(hash, PASSWORD)).toBe(true);
    expect(await verifyPassword(hash, `${PASSWORD}.`)).toBe(false);
    expect(await verifyPassword(hash, "")).toBe(false);
    expect(needsRehash(hash)).toBe(true);
  });

  test("matches nothing any more when a part of it is cut off", async () => {
    const digest = hash.search(/[^$:]+$/);
    for (const end of [-4, -9, -30, Math.floor(hash.length / 2), digest]) {
      const reading = readHash(hash.slice(0, end));
      if (reading.status === "readable") expect(await reading.matches(PASSWORD)).toBe(false);
    }
    expect(readHash(hash.slice(0, digest)).status).toBe("refused");
  });
});

test.each([
  [
    "$argon2id$v=19$m=4194304,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$8q4nZq7Jm2uH0c1m8oYbqkq0yB3b7r0oL9Yw3m2Jx1E",
  ],
  [
    "$argon2id$v=19$m=19456,t=4000000,p=1$c29tZXNhbHRzb21lc2FsdA$8q4nZq7Jm2uH0c1m8oYbqkq0yB3b7r0oL9Yw3m2Jx1E",
  ],
  ["$2b$20$ANo88Snqa.tUDDpm8HX6q.WDUje4xJc0DxRuwSw.Q.B1gc1hYMLqm"],
  ["$scrypt$ln=24,r=8,p=1$AaCUkhLiHIPQ+r9XSqkVgg$TL9yCHIoaM5tZLFtLRqFfgQ93G2OOFe0IfnikPCM2Fk"],
  [
    "scrypt:32768:8:999$3vXmH6bnFedRk6dv$beb59e583f0fb6a1d88ccc4a6a74e79d7aace10b031b34df291f80e053f93624",
  ],
  ["pbkdf2_sha256$90000000$RXRL7BAoi0OB5g2jr7fDm1$/aZnwZUXq0LFFD4TdGclJ3L9HAKM2BDIZVmMBX0jTX8="],
])("costs that would stall a sign-in are refused: %s", (hash) => {
  expect(readHash(hash)).toMatchObject({
    status: "refused",
    reason: expect.stringContaining("too costly"),
  });
});

test.each([
  ["md5$seasalt$3f86d0d3d465b7b458c231bf3555c0e3"],
  ["cff36ea83f5706ce9aa7454e63e431fc726b2dc8"],
  [
    "$6$rounds=5000$saltsalt$qFmFH.bQmmtXzyBY0s9v7Oicd2z4XSIecDzlB5KiA2/jctKu9YterLp8wwnSq.qc.eoxqOmSuNp2xS0ktL3nh/",
  ],
  ["!unusable"],
  ["$2b$05$ANo88Snqa.tUDDpm8HX6q.WDUje4xJc0DxRuwSw.Q.B1gc1hYMLq1"],
  ["hunter2-hunter2"],
  [""],
  ["scrypt:3:8:1$salt$beb59e583f0fb6a1d88ccc4a6a74e79d"],
  [`pbkdf2_sha256$1$salt$${"A".repeat(9000)}`],
])("what cannot be verified is refused, without repeating it: %s", (hash) => {
  const reading = readHash(hash);
  if (reading.status !== "refused") throw new Error("It was read");
  expect(reading.reason).toMatch(/hash/);
  if (hash.length > 8) expect(reading.reason).not.toContain(hash.slice(0, 24));
});

test("a stored hash that cannot be read matches no password", async () => {
  expect(await verifyPassword("!unusable", "!unusable")).toBe(false);
});
