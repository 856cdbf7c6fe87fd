import { expect, type Page } from "@playwright/test";
import { storyAddress } from "@rekey/web/gallery/choice";
import { storiesByPage } from "@rekey/web/gallery/stories";
import { test } from "./gallery-fixture.ts";

test.use({ trace: "off" });

/**
 * Does to a page what a browser's translation does: puts every text into an element of its own, now and
 * whenever text appears. React then holds text nodes that are no longer where it put them.
 */
function imitateTranslation() {
  const translate = () => {
    if (!document.body) return;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    for (const text of texts) {
      const parent = text.parentElement;
      if (parent === null || text.data.trim() === "") continue;
      if (parent.closest("font, script, style, noscript, select")) continue;
      const font = document.createElement("font");
      text.replaceWith(font);
      font.append(document.createTextNode(text.data));
    }
  };
  new MutationObserver(translate).observe(document, {
    characterData: true,
    childList: true,
    subtree: true,
  });
}

async function complaintsOf(page: Page, story: string): Promise<string[]> {
  const complaints: string[] = [];
  const complain = (error: Error) => void complaints.push(`${story}: ${error.message}`);
  page.on("pageerror", complain);
  await page.goto(storyAddress({ story }));
  const root = page.locator("html[data-story]");
  await root.waitFor();
  const told = await root.getAttribute("data-story");
  if (told !== "told") complaints.push(`${story}: ${told}`);
  page.off("pageerror", complain);
  return complaints;
}

for (const [name, stories] of storiesByPage) {
  test(`a translated page goes on working: ${name}`, async ({ page }) => {
    await page.addInitScript(imitateTranslation);
    const complaints: string[] = [];
    for (const [story, { breaks = false }] of stories) {
      if (!breaks) complaints.push(...(await complaintsOf(page, story)));
    }
    expect(complaints).toEqual([]);
  });
}
