import { useFormContext } from "react-hook-form";

/** What a field of the surrounding form needs: its registration and what is wrong with it. */
export function useField(name: string, onChange?: () => void) {
  const { register, getFieldState, formState } = useFormContext();
  const { error } = getFieldState(name, formState);
  return {
    // A form has one field of a name and a page one form, so the name serves as the id.
    input: { id: name, ...register(name, onChange && { onChange }) },
    error: error?.message,
  };
}
