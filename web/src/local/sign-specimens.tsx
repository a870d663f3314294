import { Avatar } from "@/components/ui/avatar";
import { LabelTag } from "@/components/ui/label-tag";
import Markdown from "@/components/ui/markdown";
import { PriorityIcon } from "@/components/ui/priority-icon";
import { StatusIcon } from "@/components/ui/status-icon";
import { categories, priorities } from "@/lib/task-words";
import { Specimen } from "./specimen";

const people = ["Mara Lindqvist", "Alex Okafor", "Sam Ito", "Noor", "Ivo Petrov"].map((name) => ({
  id: name,
  name,
}));
const [someone = { id: "", name: "" }] = people;
const picture =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Crect width='8' height='8' fill='%23578'/%3E%3Ccircle cx='4' cy='3' r='2' fill='%23fff'/%3E%3C/svg%3E";

const text = `A paragraph with **strong**, *soft* and \`code\`, a [link](https://example.com) and @Mara.

- first
- second

1. one
2. two

> A quotation.

| Column | Figure |
| ------ | -----: |
| Rows   |     12 |

\`\`\`
a block of code
\`\`\`
`;

/** What stands for a person, a state, a priority or a label, and how Markdown is set. */
export function SignSpecimens() {
  return (
    <>
      <Specimen name="Avatar: colours, away, with a picture, larger, in a stack">
        {people.map((person) => (
          <Avatar key={person.id} person={person} />
        ))}
        <Avatar person={someone} idle />
        <Avatar person={{ ...someone, avatar_url: picture }} />
        <Avatar person={someone} size={40} />
        <span className="flex -space-x-0.5">
          {people.slice(0, 3).map((person) => (
            <Avatar key={person.id} person={person} ring />
          ))}
        </span>
      </Specimen>
      <Specimen name="StatusIcon">
        {categories.map((category) => (
          <StatusIcon key={category} category={category} />
        ))}
      </Specimen>
      <Specimen name="PriorityIcon">
        {priorities.map((priority) => (
          <PriorityIcon key={priority} priority={priority} />
        ))}
      </Specimen>
      <Specimen name="LabelTag">
        <LabelTag label={{ name: "Bug", color: "#dc2626" }} />
        <LabelTag label={{ name: "A label whose name is too long for its tag", color: "#2563eb" }} />
      </Specimen>
      <Specimen name="Markdown">
        <Markdown text={text} />
      </Specimen>
    </>
  );
}
