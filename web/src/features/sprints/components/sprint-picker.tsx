import { useQuery } from "@tanstack/react-query";
import { OptionList } from "@/components/ui/option-list";
import { sprintsQuery } from "@/data/sprints/sprints";

const NONE = "none";

/** Chooses the sprint that a task is planned for, or the backlog. */
export function SprintPicker({
  project,
  sprint,
  onChange,
}: {
  project: string;
  sprint: string | null;
  onChange: (sprint: string | null) => void;
}) {
  const { data } = useQuery(sprintsQuery(project));
  const open = data?.filter(({ id, state }) => state !== "closed" || id === sprint) ?? [];
  return (
    <OptionList
      label="Sprint"
      placeholder="Plan for"
      empty="No matching sprints."
      options={[
        ...open.map(({ id, name }) => ({ id, name, chosen: id === sprint })),
        { id: NONE, name: "Backlog", words: ["none", "no sprint"], chosen: sprint === null },
      ]}
      onChoose={(id) => onChange(id === NONE ? null : id)}
    />
  );
}

/** The name of the sprint that a task is in. */
export function SprintName({ project, sprint }: { project: string; sprint: string }) {
  const { data, isPending } = useQuery(sprintsQuery(project));
  const found = data?.find(({ id }) => id === sprint);
  if (isPending) return <span className="text-faint">Loading</span>;
  return <span className="truncate">{found?.name ?? "A deleted sprint"}</span>;
}
