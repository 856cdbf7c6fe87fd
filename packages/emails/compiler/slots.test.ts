import { expect, test } from "vitest";
import { fillSlots } from "./slots.ts";

test("a slot is filled with its partial, and the slots of that partial too", () => {
  const slots = new Map([
    ["greeting", "Hello, [[tone.word]]"],
    ["tone.word", "$& {{name}}"],
  ]);
  expect(fillSlots("<p>[[greeting]]</p>", slots, "a.mjml")).toBe("<p>Hello, $& {{name}}</p>");
});

test("an unknown slot fails with the file and the slot", () => {
  expect(() => fillSlots("[[greting]]", new Map(), "templates/a.mjml")).toThrow(
    "templates/a.mjml: [[greting]] is neither a partial in templates/shared nor a value of design.ts.",
  );
});

test("a partial that contains itself fails", () => {
  const slots = new Map([
    ["a", "[[b]]"],
    ["b", "[[a]]"],
  ]);
  expect(() => fillSlots("[[a]]", slots, "x")).toThrow("x: [[a]] contains itself.");
});
