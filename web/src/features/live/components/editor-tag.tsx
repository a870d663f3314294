import { Avatar } from "@/components/ui/avatar";
import { personColor } from "@/components/ui/person-color";
import type { Editor } from "@/data/live/edit-store";

/** On a card: who writes at its task. */
export function CardEditors({ editors }: { editors: readonly Editor[] }) {
  const people = [...new Map(editors.map(({ person }) => [person.id, person])).values()];
  const [first] = people;
  if (!first) return null;
  const rest = people.length - 1;
  return (
    <span
      // The card's menu takes the corner while the card is pointed at.
      className="text-quiet text-meta ml-auto flex min-w-0 items-center gap-1 group-focus-within/card:pr-6 group-hover/card:pr-6 touch:pr-6"
      title={people.map(({ name }) => name).join(", ")}
    >
      <Avatar person={first} size={16} />
      <span className="truncate">
        {rest > 0 ? `${first.name} and ${rest} more are editing` : `${first.name} is editing`}
      </span>
    </span>
  );
}

/** On a field: who has it, in their colour, and what to do. */
export function FieldEditor({ editor }: { editor: Editor | null }) {
  if (!editor) return null;
  const { id, name } = editor.person;
  return (
    <p
      role="status"
      className="text-quiet text-meta mt-1 flex min-w-0 flex-wrap items-center gap-x-1.5 gap-y-0.5"
    >
      <span
        className="max-w-56 truncate rounded-full px-1.5 py-px text-[11px] leading-4 font-medium text-white"
        style={{ background: personColor(id) }}
      >
        {name} is editing
      </span>
      You can write here when they are done.
    </p>
  );
}

/** The border of a field that somebody else has. */
export function editorBorder(editor: Editor | null) {
  return editor ? { boxShadow: `0 0 0 1.5px ${personColor(editor.person.id)}` } : undefined;
}
