import { Avatar } from "@/components/ui/avatar";
import type { Present } from "@/lib/api/types";

const MOST = 5;

/** Who looks at the board right now. */
export function PresentPeople({ people, me }: { people: readonly Present[]; me: string }) {
  const unique = [...new Map(people.map((person) => [person.id, person])).values()].filter(
    ({ id }) => id !== me,
  );
  if (unique.length === 0) return null;
  const rest = unique.length - MOST;
  return (
    <ul aria-label="People on this board" className="flex -space-x-1">
      {unique.slice(0, MOST).map((person) => (
        <li key={person.id} className="flex">
          <Avatar person={person} size={24} idle={person.state === "idle"} ring />
        </li>
      ))}
      {rest > 0 && (
        <li
          className="bg-column text-quiet ring-surface grid size-6 place-items-center rounded-full text-[10px] font-semibold ring-2"
          title={unique
            .slice(MOST)
            .map(({ name }) => name)
            .join(", ")}
        >
          +{rest}
        </li>
      )}
    </ul>
  );
}
