import { useSearchParams } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { useWorkspace } from "@/data/session/auth-context";
import { membersQuery } from "@/data/people/people";
import { labelsQuery } from "@/data/projects/projects";
import { teamsQuery } from "@/data/people/teams";
import { choiceFrom, choose, wrongDays, type ChoiceName } from "./filter";

/** What figures are narrowed down to, as the address says, and what there is to choose from; `own` is the project of a
 * page that shows one. */
export function useFiguresChoice(own?: string) {
  const workspace = useWorkspace();
  const member = workspace.role !== "guest";
  const [search, setSearch] = useSearchParams();
  const choice = choiceFrom(search);
  const project = own ?? choice.project;
  const members = useQuery({ ...membersQuery(workspace.id), enabled: member }).data ?? [];
  const teams = useQuery({ ...teamsQuery(workspace.id), enabled: member }).data ?? [];
  const labels = useQuery({ ...labelsQuery(project), enabled: project !== "" }).data ?? [];
  return {
    choice,
    asks: wrongDays(choice) === undefined,
    onChoose: (name: ChoiceName, value: string) =>
      setSearch((before) => choose(before, name, value), { replace: true }),
    people: members,
    teams,
    labels,
  };
}
