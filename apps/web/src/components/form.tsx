import type { ReactNode } from "react";
import { type FieldValues, FormProvider, type UseFormReturn } from "react-hook-form";
import type { Submission } from "../lib/use-submission.ts";
import { ErrorSummary } from "./error-summary.tsx";
import styles from "./form.module.css";

interface FormProps<Values extends FieldValues, Output> {
  form: UseFormReturn<Values, unknown, Output>;
  submission: Submission;
  /** The heading of the error box if no field is to blame. */
  failure?: string;
  children: ReactNode;
}

/** A form whose fields find their own values and errors, with what went wrong above them. */
export function Form<Values extends FieldValues, Output>({
  form,
  submission: { problems, onSubmit },
  failure,
  children,
}: FormProps<Values, Output>) {
  return (
    <FormProvider {...form}>
      <ErrorSummary problems={problems} title={failure} />
      {/* POST, so that a form sent before its JavaScript is there puts nothing into an address. */}
      <form noValidate method="post" onSubmit={onSubmit} className={styles.form}>
        {children}
      </form>
    </FormProvider>
  );
}
