import { SectionHead } from "@/components/layout/page-head";
import { classNames } from "@/lib/class-names";
import { accents, setAppearance, useAppearance, type Theme } from "@/lib/appearance";

const themes: readonly { id: Theme; name: string }[] = [
  { id: "system", name: "System" },
  { id: "light", name: "Light" },
  { id: "dark", name: "Dark" },
];

const choiceClass = (chosen: boolean) =>
  classNames(
    "flex h-9 cursor-pointer items-center gap-2 rounded-small border px-3 has-focus-visible:outline-2 touch:h-11",
    chosen ? "border-accent-line bg-accent-soft font-medium" : "border-line hover:border-line-strong",
  );

/** How the page looks on this machine. */
export function AppearanceSettings() {
  const { theme, contrast, accent, cursors } = useAppearance();
  return (
    <section>
      <SectionHead title="Appearance">Saved in this browser.</SectionHead>
      <div className="flex flex-col gap-5">
        <fieldset>
          <legend className="text-quiet mb-1.5 font-medium">Theme</legend>
          <div className="flex flex-wrap gap-2">
            {themes.map(({ id, name }) => (
              <label key={id} className={choiceClass(theme === id)}>
                <input
                  type="radio"
                  name="theme"
                  className="sr-only"
                  checked={theme === id}
                  onChange={() => setAppearance({ theme: id })}
                />
                {name}
              </label>
            ))}
          </div>
        </fieldset>
        <fieldset>
          <legend className="text-quiet mb-1.5 font-medium">Accent</legend>
          <div className="flex flex-wrap gap-2">
            {accents.map(({ id, name }) => (
              <label key={id} className={choiceClass(accent === id)}>
                <input
                  type="radio"
                  name="accent"
                  className="sr-only"
                  checked={accent === id}
                  onChange={() => setAppearance({ accent: id })}
                />
                <span
                  aria-hidden
                  className="size-3.5 rounded-full"
                  style={{ background: `var(--accent-${id})` }}
                />
                {name}
              </label>
            ))}
          </div>
        </fieldset>
        <label className="flex items-center gap-2.5">
          <input
            type="checkbox"
            className="size-4 accent-(--accent)"
            checked={contrast === "more"}
            onChange={(event) => setAppearance({ contrast: event.target.checked ? "more" : "system" })}
          />
          High contrast
        </label>
        <label className="flex items-center gap-2.5">
          <input
            type="checkbox"
            className="size-4 accent-(--accent)"
            checked={cursors}
            onChange={(event) => setAppearance({ cursors: event.target.checked })}
          />
          Show other people’s cursors
        </label>
      </div>
    </section>
  );
}
