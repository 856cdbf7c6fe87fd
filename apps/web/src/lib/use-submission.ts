import type { SubmitEvent } from "react";
import type {
  FieldErrors,
  FieldValues,
  MultipleFieldErrors,
  Path,
  UseFormReturn,
} from "react-hook-form";
import type { Problem } from "./explain-refusal.ts";
import { policyValues } from "./field-message.ts";
import type { Message, MessageKey, Values } from "./i18n/message.ts";
import { usePageConfig } from "./page-config.ts";
import { type Busy, type Explain, useCall } from "./use-call.ts";

export interface Submission {
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => Promise<void>;
  busy: Busy;
  problems: Problem[];
}

/**
 * Submits a form. What is wrong with it, on either side of the wire, comes back as `problems` and
 * stands at its field. `problems` stay as they were met until the next try, so that nothing moves
 * while a person types.
 */
export function useSubmission<Fields extends FieldValues, Output>(
  form: UseFormReturn<Fields, unknown, Output>,
  send: (values: Output) => Promise<void>,
  explain?: Explain,
): Submission {
  const { run, connected, busy, problems, setProblems } = useCall(send, explain);
  const values = policyValues(usePageConfig().passwordPolicy);

  async function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const names = Array.from(event.currentTarget.elements, (field) => field.getAttribute("name"));
    // Checked before the wait, and again after it: meanwhile it can be changed.
    if (await form.trigger()) await connected();
    await form.handleSubmit(
      async (output) => {
        for (const { field, message } of await run(output)) {
          if (field && names.includes(field))
            form.setError(field as Path<Fields>, toFieldError(message));
        }
      },
      (errors) => setProblems(inOrder(errors, names, values)),
    )(event);
  }

  return { onSubmit, busy, problems };
}

/** The values of the message travel in `types`, which the form library keeps as they are. */
function toFieldError({ key, values }: Message) {
  return { message: key, types: values as MultipleFieldErrors };
}

/** Errors in the order in which a reader meets the fields. */
function inOrder(errors: FieldErrors, names: (string | null)[], values: Values): Problem[] {
  return Object.entries(errors)
    .map(([field, error]) => ({ field, message: { key: error?.message as MessageKey, values } }))
    .sort((a, b) => names.indexOf(a.field) - names.indexOf(b.field));
}
