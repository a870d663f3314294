/** A label as a small tag: its colour is a dot, its name is the meaning. */
export function LabelTag({ label }: { label: { name: string; color: string } }) {
  return (
    <span className="border-line text-quiet inline-flex h-5 max-w-40 items-center gap-1.5 rounded-full border px-1.5 text-[11.5px]">
      <span aria-hidden className="size-2 shrink-0 rounded-full" style={{ background: label.color }} />
      <span className="truncate">{label.name}</span>
    </span>
  );
}
