import { useQuery } from "@tanstack/react-query";
import type { BoardState } from "@/data/boards/board-state";
import { boardsQuery } from "@/data/projects/projects";
import { fieldsQuery } from "@/data/projects/fields";
import { sprintsQuery } from "@/data/sprints/sprints";
import type { Names } from "./history-sentence";

const named = (all: readonly { id: string; name: string }[]) =>
  new Map(all.map(({ id, name }) => [id, name]));

/** The names that ids in a project's events stand for, as a board of it and its lists know them. */
export function useNames(view: BoardState | undefined): Names {
  const project = view?.board.project ?? "";
  const enabled = view !== undefined;
  const fields = useQuery({ ...fieldsQuery(project), enabled });
  const sprints = useQuery({ ...sprintsQuery(project), enabled });
  const boards = useQuery({ ...boardsQuery(project), enabled });
  return {
    people: named(view?.people ?? []),
    labels: named(view?.labels ?? []),
    columns: named(view?.columns ?? []),
    tasks: new Map([...(view?.cards.values() ?? [])].map(({ key, title }) => [key, title])),
    fields: fields.data && new Map(fields.data.fields.map((field) => [field.id, field])),
    sprints: sprints.data && named(sprints.data),
    boards: boards.data && named(boards.data),
  };
}
