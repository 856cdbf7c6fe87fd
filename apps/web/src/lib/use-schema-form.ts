import { zodResolver } from "@hookform/resolvers/zod";
import { type DefaultValues, type FieldValues, useForm } from "react-hook-form";
import type * as z from "zod/mini";

/**
 * A form over a schema. Errors show on submit and live from then on, or with "onTouched" once a
 * field was left. The focus goes to the error summary, not to the field.
 */
export function useSchemaForm<Input extends FieldValues, Output>(
  schema: z.core.$ZodType<Output, Input>,
  defaultValues: DefaultValues<Input>,
  mode: "onSubmit" | "onTouched" = "onSubmit",
) {
  return useForm<Input, unknown, Output>({
    resolver: zodResolver(schema),
    defaultValues,
    mode,
    shouldFocusError: false,
  });
}
