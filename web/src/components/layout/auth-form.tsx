import type { ReactNode, FormEvent } from "react";
import { PublicTitle } from "@/components/layout/public-layout";
import { Button } from "@/components/ui/button";
import { FormProblem } from "@/components/ui/field";

/** The frame that all forms about signing in share. */
export function AuthForm({
  title,
  intro,
  problem,
  submit,
  busy,
  onSubmit,
  children,
  footer,
}: {
  title: string;
  intro?: ReactNode;
  problem: string | null;
  submit: string;
  busy: boolean;
  onSubmit: () => void;
  children: ReactNode;
  footer?: ReactNode;
}) {
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <>
      <PublicTitle>{title}</PublicTitle>
      {intro && <p className="text-quiet text-reading mt-1">{intro}</p>}
      <form onSubmit={send} noValidate className="mt-5 flex flex-col gap-4">
        <FormProblem>{problem}</FormProblem>
        {children}
        <Button type="submit" look="primary" size="large" busy={busy} className="mt-1">
          {submit}
        </Button>
      </form>
      {footer && <p className="text-quiet mt-5">{footer}</p>}
    </>
  );
}

/** How links in and under forms look. */
export const linkClass = "text-accent-ink font-medium underline-offset-2 hover:underline";
