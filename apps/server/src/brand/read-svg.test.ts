import { describe, expect, test } from "vitest";
import { readSvg } from "./read-svg.ts";

const svg = (inside: string, attributes = "") =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 96 32" ${attributes}>${inside}</svg>`;

test("a drawing is read with its natural size", () => {
  const source = `<?xml version="1.0" encoding="UTF-8"?>
<!-- drawn by hand -->
${svg(`
  <title>Acme</title>
  <style>.a { fill: #7a1fa2 } @media (prefers-color-scheme: dark) { .a { fill: url(#g) } }</style>
  <defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs>
  <path class="a" d="M0 0h96v32H0z" style="stroke: none"/>
  <use href="#g"/><use xlink:href="#g"/><rect fill="url('#g')" width="1" height="1"/>`)}`;
  expect(readSvg(source)).toEqual({ status: "read", svg: { source, width: 96, height: 32 } });
});

describe("what does more than draw is refused and named with its line", () => {
  test.each([
    ["a script", svg("\n<script>alert(1)</script>"), "line 2: <script> is not allowed"],
    [
      "a script under another prefix",
      svg('<x:script xmlns:x="http://www.w3.org/2000/svg"/>'),
      "<x:script> is not allowed",
    ],
    ["foreign content", svg("<foreignObject/>"), "<foreignObject> is not allowed"],
    ["HTML", svg('<body xmlns="http://www.w3.org/1999/xhtml"/>'), "<body> is not allowed"],
    [
      "a drawing element's name from elsewhere",
      svg('<style xmlns="http://www.w3.org/1999/xhtml"/>'),
      "<style> is not allowed",
    ],
    ["a picture", svg('<image href="data:,"/>'), "<image> is not allowed"],
    ["a link", svg('<a href="#x"/>'), "<a> is not allowed"],
    [
      "an animation that sets a link",
      svg('<use href="#x"><set attributeName="href" to="https://evil.example"/></use>'),
      "<set> is not allowed",
    ],
    ["an event handler", svg("", 'onload="alert(1)"'), "the attribute onload is not allowed"],
    [
      "an outside reference",
      svg('<use href="https://evil.example/x#y"/>'),
      "href refers to something outside",
    ],
    ["a data reference", svg('<use xlink:href="data:image/svg+xml,"/>'), "xlink:href refers to"],
    [
      "a script reference",
      svg('<use href=" javascript:alert(1)"/>'),
      "href refers to something outside",
    ],
    [
      "a fetched fill",
      svg('<path fill="url(//evil.example/x)"/>'),
      "fill refers to something outside",
    ],
    [
      "a fetched style",
      svg('<path style="fill:URL (x.svg)"/>'),
      "style refers to something outside",
    ],
    ["an imported style", svg("<style>@import 'x.css';</style>"), "that refer to other files"],
    [
      "an escaped import",
      svg("<style><![CDATA[@\\69mport 'x.css';]]></style>"),
      "that refer to other files",
    ],
    ["entities", `<!DOCTYPE svg [<!ENTITY x "y">]>${svg("")}`, "a DOCTYPE is not allowed"],
    [
      "a stylesheet",
      `<?xml-stylesheet href="x.css"?>${svg("")}`,
      "<?xml-stylesheet?> is not allowed",
    ],
    [
      "editor's notes",
      svg('<g xmlns:i="http://inkscape.org/" i:label="x"/>'),
      "the attribute i:label is",
    ],
  ])("%s", (_what, source, problem) => {
    expect(readSvg(source)).toEqual({
      status: "refused",
      problems: expect.arrayContaining([expect.stringContaining(problem)]),
    });
  });
});

test.each([
  ["no XML", "GIF89a", "not well-formed XML"],
  ["HTML", "<!doctype html><p>Acme", "not well-formed XML"],
  ["an SVG without its namespace", '<svg viewBox="0 0 1 1"/>', "expected <svg xmlns="],
  ["an SVG without a size", '<svg xmlns="http://www.w3.org/2000/svg"/>', "needs a viewBox"],
  ["a photograph", svg(`<path d="${"M0 0".repeat(20_000)}"/>`), "more than 50 kB"],
  ["an unfinished one", svg("<g>"), "not well-formed XML"],
])("%s is refused", (_what, source, problem) => {
  expect(readSvg(source)).toEqual({
    status: "refused",
    problems: expect.arrayContaining([expect.stringContaining(problem)]),
  });
});
