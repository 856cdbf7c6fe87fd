import { useEffect, useState } from "react";
import {
  type DefaultValues,
  type FieldErrors,
  type FieldValues,
  type Resolver,
  useForm,
} from "react-hook-form";
import * as z from "zod/mini";
import { earlyValues, forgetEarlyInput } from "./early-input.ts";
import { fieldMessage } from "./field-message.ts";

/**
 * A form over a schema. Errors show on submit and live from then on, or with "onTouched" once a
 * field was left. The focus goes to the error summary, not to the field. What was typed before React
 * took over is in the form.
 */
export function useSchemaForm<Input extends FieldValues, Output>(
  schema: z.core.$ZodType<Output, Input>,
  defaultValues: DefaultValues<Input>,
  mode: "onSubmit" | "onTouched" = "onSubmit",
) {
  const [first] = useState(() => ({
    ...defaultValues,
    ...earlyValues(Object.keys(defaultValues)),
  }));
  useEffect(() => forgetEarlyInput, []);
  return useForm<Input, unknown, Output>({
    resolver: resolverOf(schema),
    defaultValues: first,
    mode,
    shouldFocusError: false,
  });
}

/** An error's `message` is the key of one, so that it is said in the language the page has by then. */
function resolverOf<Input extends FieldValues, Output>(
  schema: z.core.$ZodType<Output, Input>,
): Resolver<Input, unknown, Output> {
  return async (values) => {
    const parsed = await z.safeParseAsync(schema, values);
    if (parsed.success) return { values: parsed.data, errors: {} };
    const errors: FieldErrors = {};
    for (const issue of parsed.error.issues) {
      const field = String(issue.path[0]);
      errors[field] ??= { type: issue.code, message: fieldMessage(field, values[field], issue) };
    }
    return { values: {}, errors: errors as FieldErrors<Input> };
  };
}
