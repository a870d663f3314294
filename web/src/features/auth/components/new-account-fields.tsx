import { TextField } from "@/components/ui/field";

/** Fields of a form that makes an account. */
interface NewFieldProps {
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
}

/** What someone wants to be called. */
export function YourNameField({ value, onChange, error }: NewFieldProps) {
  return (
    <TextField
      label="Your name"
      name="name"
      autoComplete="name"
      autoFocus
      required
      value={value}
      onChange={(event) => onChange(event.target.value)}
      error={error}
    />
  );
}

/** A password that someone chooses. */
export function NewPasswordField({
  label = "Password",
  autoFocus = false,
  value,
  onChange,
  error,
}: NewFieldProps & { label?: string; autoFocus?: boolean }) {
  return (
    <TextField
      label={label}
      type="password"
      name="password"
      autoComplete="new-password"
      autoFocus={autoFocus}
      required
      value={value}
      onChange={(event) => onChange(event.target.value)}
      error={error}
      hint="At least 8 characters. A phrase works well."
    />
  );
}
