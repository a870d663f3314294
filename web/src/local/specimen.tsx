import type { ReactNode } from "react";

/** The colour schemes, in the order they are shown. */
export const schemes = ["light", "dark"] as const;

/** A colour scheme. */
export type SchemeName = (typeof schemes)[number];

/** Shows what is in it in one scheme, whichever the page has. */
export function Scheme({ scheme, children }: { scheme: SchemeName; children: ReactNode }) {
  return (
    <div
      style={{ colorScheme: scheme }}
      className="bg-page text-text border-line flex min-w-0 flex-col gap-5 rounded-card border p-5"
    >
      {children}
    </div>
  );
}

/** One component in its states, under its name. */
export function Specimen({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <h3 className="text-faint text-meta mb-2 font-medium">{name}</h3>
      <div className="flex flex-wrap items-center gap-3">{children}</div>
    </div>
  );
}
