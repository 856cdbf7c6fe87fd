import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";

/** A message's arguments and how it uses each: `{name}`, `<link>`, `{count, plural}`, `{kind, select: a b other}`. */
export function argumentsOf(message: string, locale: string): string[] {
  return [...new Set(collect(parse(message), locale))].sort();
}

function collect(elements: readonly MessageFormatElement[], locale: string): string[] {
  return elements.flatMap((element) => {
    switch (element.type) {
      case TYPE.literal:
      case TYPE.pound:
        return [];
      case TYPE.tag:
        return [`<${element.value}>`, ...collect(element.children, locale)];
      case TYPE.plural: {
        const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
        const given = Object.keys(element.options).sort();
        if (String(given) !== String([...pluralCategories].sort())) {
          throw new Error(
            `{${element.value}, plural, …} needs the cases ${pluralCategories.join(", ")}`,
          );
        }
        return [`{${element.value}, plural}`, ...inner(element.options, locale)];
      }
      case TYPE.select: {
        const cases = Object.keys(element.options).sort().join(" ");
        return [`{${element.value}, select: ${cases}}`, ...inner(element.options, locale)];
      }
      default:
        return [`{${element.value}}`];
    }
  });
}

function inner(options: Record<string, { value: MessageFormatElement[] }>, locale: string) {
  return Object.values(options).flatMap(({ value }) => collect(value, locale));
}
