import { TemplateProblem } from "./problem.ts";

const SLOT = /\[\[([\w.-]+)\]\]/g;

/**
 * Fills the slots `[[name]]` of a template while it is compiled: partials and design values. What
 * fills a slot may have slots of its own. `where` names the file for the message about an unknown one.
 */
export function fillSlots(
  template: string,
  slots: ReadonlyMap<string, string>,
  where: string,
  inside: readonly string[] = [],
): string {
  return template.replace(SLOT, (_, name: string) => {
    const filling = slots.get(name);
    if (filling === undefined) {
      throw new TemplateProblem(
        `${where}: [[${name}]] is neither a partial in templates/shared nor a value of design.ts.`,
      );
    }
    if (inside.includes(name)) {
      throw new TemplateProblem(`${where}: [[${name}]] contains itself.`);
    }
    return fillSlots(filling, slots, where, [...inside, name]);
  });
}
