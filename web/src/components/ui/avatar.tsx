import { classNames } from "@/lib/class-names";
import { initials, personColor } from "./person-color";

/** A person as a small disc: their picture, or initials on their colour. */
export function Avatar({
  person,
  size = 20,
  idle = false,
  ring = false,
}: {
  person: { id: string; name: string; avatar_url?: string | null };
  size?: number;
  idle?: boolean;
  ring?: boolean;
}) {
  return (
    <span
      role="img"
      aria-label={person.name}
      title={idle ? `${person.name} (away)` : person.name}
      className={classNames(
        "inline-grid shrink-0 place-items-center overflow-hidden rounded-full font-semibold select-none",
        // Away is an outline: fading would make the initials unreadable.
        idle ? "bg-page text-quiet" : "text-white",
        ring && "ring-surface ring-2",
      )}
      style={{
        width: size,
        height: size,
        fontSize: size <= 20 ? 9 : size * 0.42,
        ...(idle
          ? { border: `1.5px solid ${personColor(person.id)}` }
          : { background: personColor(person.id) }),
      }}
    >
      {person.avatar_url ? (
        <img src={person.avatar_url} alt="" className="size-full object-cover" />
      ) : (
        <span aria-hidden>{initials(person.name)}</span>
      )}
    </span>
  );
}
