import type { ReactNode } from "react";
import { Toaster } from "@/components/ui/toaster";
import { ButtonSpecimens } from "./button-specimens";
import { FieldSpecimens } from "./field-specimens";
import { FloatingSpecimens } from "./floating-specimens";
import { SignSpecimens } from "./sign-specimens";
import { StateSpecimens } from "./state-specimens";
import { Scheme, schemes, type SchemeName } from "./specimen";

const parts: readonly { title: string; show: (scheme: SchemeName) => ReactNode }[] = [
  { title: "Buttons", show: () => <ButtonSpecimens /> },
  { title: "Fields and forms", show: () => <FieldSpecimens /> },
  { title: "Signs", show: () => <SignSpecimens /> },
  { title: "Lists and charts", show: (scheme) => <StateSpecimens scheme={scheme} /> },
];

/** Every component of `components/ui` in its states, in the light and the dark scheme side by side. */
export function ComponentsPage() {
  return (
    <main className="mx-auto max-w-[1400px] px-6 py-8 max-sm:px-4">
      <h1 className="text-[20px] leading-7 font-semibold tracking-tight">Components</h1>
      <p className="text-quiet mt-1">
        What the pages of Millrace are made of, in every state. Only the server on your own machine has this
        page.
      </p>
      {parts.map(({ title, show }) => (
        <section key={title} className="mt-8">
          <h2 className="text-[15px] leading-6 font-semibold">{title}</h2>
          <div className="mt-3 grid gap-4 lg:grid-cols-2">
            {schemes.map((scheme) => (
              <Scheme key={scheme} scheme={scheme}>
                {show(scheme)}
              </Scheme>
            ))}
          </div>
        </section>
      ))}
      <section className="mt-8 mb-24">
        <h2 className="text-[15px] leading-6 font-semibold">What floats over the page</h2>
        <p className="text-quiet mt-0.5 mb-3">It opens in the scheme that your system asks for.</p>
        <FloatingSpecimens />
      </section>
      <Toaster />
    </main>
  );
}
