import { problemToast, toast } from "@/components/ui/toast-store";
import { rereadBoard, updateBoard } from "@/data/boards/board-query";
import { putCard } from "@/data/boards/board-state";
import { drawWrite } from "@/data/boards/pending-store";
import { boardView } from "@/data/boards/use-board";
import { announce } from "@/lib/announce";
import { answer, api, once, unchangedSince } from "@/lib/api/client";
import { explain } from "@/lib/api/problem";
import type { Card, NewSprint, Sprint, SprintChange, SprintReport } from "@/lib/api/types";
import { refreshSprints } from "./sprints";

/** The most tasks that one call moves. */
const AT_ONCE = 100;

/** Plans a sprint. */
export async function createSprint(project: string, sprint: NewSprint): Promise<Sprint> {
  const params = { path: { project }, header: once() };
  const made = await answer(api.POST("/api/projects/{project}/sprints", { params, body: sprint }));
  refreshSprints(project);
  return made;
}

/** Changes a sprint's plan. */
export async function changeSprint(sprint: Sprint, change: SprintChange): Promise<Sprint> {
  const params = { path: { sprint_id: sprint.id }, header: unchangedSince(sprint.version) };
  const changed = await answer(api.PATCH("/api/sprints/{sprint_id}", { params, body: change }));
  refreshSprints(sprint.project);
  return changed;
}

/** Deletes a sprint that was never started; its tasks go back to the backlog. */
export async function deleteSprint(sprint: Sprint): Promise<void> {
  await answer(api.DELETE("/api/sprints/{sprint_id}", { params: { path: { sprint_id: sprint.id } } }));
  refreshSprints(sprint.project);
}

/** Starts a sprint. */
export async function startSprint(sprint: Sprint): Promise<Sprint> {
  const params = { path: { sprint_id: sprint.id } };
  const started = await answer(api.POST("/api/sprints/{sprint_id}/start", { params }));
  refreshSprints(sprint.project);
  return started;
}

/** Closes a sprint; what is not done goes to `unfinished`. */
export async function closeSprint(sprint: Sprint, unfinished: string): Promise<SprintReport> {
  const params = { path: { sprint_id: sprint.id } };
  const report = await answer(api.POST("/api/sprints/{sprint_id}/close", { params, body: { unfinished } }));
  refreshSprints(sprint.project);
  return report;
}

async function send(sprint: string, change: { add?: string[]; remove?: string[] }): Promise<Card[]> {
  const params = { path: { sprint_id: sprint } };
  return (await answer(api.PUT("/api/sprints/{sprint_id}/tasks", { params, body: change }))).tasks;
}

/**
 * Plans tasks for a sprint, or puts them back into the backlog where it is null. It shows at once, and goes back
 * visibly where the server refuses.
 */
export async function planTasks(
  board: string,
  project: string,
  tasks: readonly string[],
  sprint: Sprint | null,
  options: { undoing?: boolean } = {},
): Promise<boolean> {
  const view = boardView(board);
  const wanted = sprint?.id ?? null;
  const cards = tasks.flatMap((key) => view?.cards.get(key) ?? []);
  const moved = cards.filter((card) => (card.sprint_id ?? null) !== wanted);
  if (moved.length === 0) return false;
  const where = sprint?.name ?? "the backlog";
  const what = moved.length === 1 ? (moved[0]?.key ?? "") : `${moved.length} tasks`;
  const undraw = moved.map((card) =>
    drawWrite(board, { kind: "change", task: card.key, change: { sprint_id: wanted } }),
  );
  announce(`${what} moved to ${where}`);
  try {
    const keys = moved.map(({ key }) => key);
    for (let from = 0; from < keys.length; from += AT_ONCE) {
      const part = keys.slice(from, from + AT_ONCE);
      for (const answered of await Promise.all(callsFor(part, moved, wanted))) {
        updateBoard(board, (known) => answered.reduce(putCard, known));
      }
    }
    undraw.forEach((take) => take());
    refreshSprints(project);
    if (!options.undoing) {
      toast(`Moved ${what} to ${where}`, {
        action: { label: "Undo", run: () => void putBack(board, project, moved) },
      });
    }
    return true;
  } catch (error) {
    undraw.forEach((take) => take());
    void rereadBoard(board);
    refreshSprints(project);
    problemToast(`${what} ${moved.length === 1 ? "was" : "were"} not moved. ${explain(error)}`);
    return false;
  }
}

/** The calls that move `keys`: into a sprint one, to the backlog one for each sprint that they leave. */
function callsFor(keys: string[], cards: readonly Card[], sprint: string | null): Promise<Card[]>[] {
  if (sprint !== null) return [send(sprint, { add: keys })];
  const from = new Map<string, string[]>();
  for (const card of cards) {
    if (!card.sprint_id || !keys.includes(card.key)) continue;
    from.set(card.sprint_id, [...(from.get(card.sprint_id) ?? []), card.key]);
  }
  return [...from].map(([left, remove]) => send(left, { remove }));
}

async function putBack(board: string, project: string, before: readonly Card[]) {
  const sprints = new Set(before.map((card) => card.sprint_id ?? null));
  for (const sprint of sprints) {
    const keys = before.filter((card) => (card.sprint_id ?? null) === sprint).map(({ key }) => key);
    const target = sprint === null ? null : ({ id: sprint, name: "its sprint" } as Sprint);
    await planTasks(board, project, keys, target, { undoing: true });
  }
}
