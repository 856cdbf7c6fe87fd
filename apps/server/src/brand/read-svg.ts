import { SaxesParser, type SaxesTagNS } from "saxes";

/** An SVG that draws and does nothing else, and its natural size. */
export interface Svg {
  source: string;
  width: number;
  height: number;
}

export type SvgReading = { status: "read"; svg: Svg } | { status: "refused"; problems: string[] };

const SVG = "http://www.w3.org/2000/svg";
const XML = "http://www.w3.org/XML/1998/namespace";
const XMLNS = "http://www.w3.org/2000/xmlns/";
const XLINK = "http://www.w3.org/1999/xlink";

/** In bytes; more is a photograph or an export with the drawing program's own notes in it. */
const LARGEST = 50_000;

/** What draws. Left out on purpose: script, foreignObject, image, a, and animations of attributes. */
const DRAWING = new Set(
  [
    "svg g defs symbol use title desc style switch marker pattern",
    "path rect circle ellipse line polyline polygon text tspan",
    "linearGradient radialGradient stop clipPath mask filter feBlend feColorMatrix feComposite",
    "feDropShadow feFlood feGaussianBlur feMerge feMergeNode feOffset",
  ].flatMap((line) => line.split(" ")),
);

/** What makes CSS fetch: everything but a reference within the file; an escape could spell any of it. */
const FETCHING = /url\s*\((?!\s*['"]?#)|@import|@font-face|image-set\s*\(|src\s*\(|\\/i;

/**
 * Reads an SVG that pages will show. Refuses what could run, fetch or embed something, by a list of
 * what may stand in it rather than of what may not, and what has no size.
 */
export function readSvg(source: string): SvgReading {
  const problems = new Set<string>();
  const parser = new SaxesParser({ xmlns: true });
  const refuse = (what: string) => problems.add(`line ${parser.line}: ${what}`);
  let size: Omit<Svg, "source"> | null = null;
  let depth = 0;

  parser.on("doctype", () => refuse("a DOCTYPE is not allowed; delete it"));
  parser.on("processinginstruction", ({ target }) => refuse(`<?${target}?> is not allowed`));
  parser.on("opentag", (tag) => {
    if (depth++ === 0) {
      if (tag.local !== "svg" || tag.uri !== SVG) {
        refuse(`expected <svg xmlns="${SVG}"> around everything`);
      }
      size = sizeOf(tag);
    }
    for (const problem of problemsOf(tag)) refuse(problem);
  });
  parser.on("closetag", () => depth--);
  const style = (text: string) => {
    if (FETCHING.test(text)) refuse("text or styles that refer to other files are not allowed");
  };
  parser.on("text", style);
  parser.on("cdata", style);
  parser.on("error", (error) => problems.add(`it is not well-formed XML (${error.message})`));

  if (Buffer.byteLength(source) > LARGEST) {
    return { status: "refused", problems: [`it has more than ${LARGEST / 1000} kB`] };
  }
  parser.write(source).close();
  if (size === null && problems.size === 0) {
    problems.add('<svg> needs a viewBox like "0 0 32 32": it says the size');
  }
  return size === null || problems.size > 0
    ? { status: "refused", problems: [...problems] }
    : { status: "read", svg: { source, ...(size as Omit<Svg, "source">) } };
}

function problemsOf(tag: SaxesTagNS): string[] {
  const problems: string[] = [];
  if (tag.uri !== SVG || !DRAWING.has(tag.local)) {
    problems.push(
      `<${tag.name}> is not allowed; an export as plain or optimised SVG leaves it out`,
    );
  }
  for (const { name, local, uri, value } of Object.values(tag.attributes)) {
    if (uri === XMLNS || uri === XML) continue;
    const link = local === "href" && (uri === "" || uri === XLINK);
    if ((uri !== "" && !link) || /^on/i.test(local)) {
      problems.push(`the attribute ${name} is not allowed`);
    } else if (link ? !value.startsWith("#") : FETCHING.test(value)) {
      problems.push(`${name} refers to something outside of the file, which is not allowed`);
    }
  }
  return problems;
}

function sizeOf(tag: SaxesTagNS): Omit<Svg, "source"> | null {
  const [, , width = 0, height = 0] = (tag.attributes.viewBox?.value ?? "")
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  return width > 0 && height > 0 && width < 1e5 && height < 1e5 ? { width, height } : null;
}
