import type { Connect, Plugin } from "vite";

const pages: Readonly<Record<string, string>> = {
  "/dev/pages": "/gallery/page.html",
  "/dev/pages/story": "/gallery/story.html",
};

const atItsAddress: Connect.NextHandleFunction = (request, _response, next) => {
  const [path = "", query = ""] = (request.url ?? "").split("?");
  const page = pages[path];
  if (page) request.url = `${page}?${query}`;
  next();
};

/**
 * Shows every page in every state at `/dev/pages` of the development server. It is part of no build:
 * production does not have the path.
 */
export const pageGallery: Plugin = {
  name: "page-gallery",
  configureServer: ({ middlewares }) => void middlewares.use(atItsAddress),
  configurePreviewServer: ({ middlewares }) => void middlewares.use(atItsAddress),
};
