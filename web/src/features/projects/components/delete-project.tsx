import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { paths } from "@/lib/paths";
import { SectionHead } from "@/components/layout/page-head";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FormProblem, TextField } from "@/components/ui/field";
import { toast } from "@/components/ui/toast-store";
import { useWorkspace } from "@/data/session/auth-context";
import { rememberBoard } from "@/data/boards/last-board";
import { answer, api } from "@/lib/api/client";
import { formError } from "@/lib/api/problem";
import type { Project } from "@/lib/api/types";

/** Deletes a project, once its key has been typed. */
export function DeleteProject({ project }: { project: Project }) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { id: workspace } = useWorkspace();
  const remove = useMutation({
    mutationFn: () =>
      answer(api.DELETE("/api/projects/{project}", { params: { path: { project: project.key } } })),
    onSuccess: () => {
      rememberBoard(workspace, null);
      void navigate(paths.projects, { replace: true });
      cache.removeQueries({ queryKey: ["projects", project.key] });
      void cache.invalidateQueries({ queryKey: ["projects"] });
      toast(`Deleted the project ${project.name}`);
    },
  });
  return (
    <section>
      <SectionHead
        title="Delete this project"
        action={
          <Button className="text-danger" onClick={() => setOpen(true)}>
            Delete project
          </Button>
        }
      >
        Its boards, tasks and history are deleted too.
      </SectionHead>
      <Dialog
        open={open}
        onOpenChange={(next) => {
          setOpen(next);
          setTyped("");
          remove.reset();
        }}
        title={`Delete ${project.name}?`}
        description="This cannot be undone."
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (typed === project.key) remove.mutate();
          }}
        >
          <FormProblem>{formError(remove.error, [])}</FormProblem>
          <TextField
            label={`Type ${project.key} to confirm`}
            autoFocus
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <DialogActions>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button type="submit" look="danger" disabled={typed !== project.key} busy={remove.isPending}>
              Delete project
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </section>
  );
}
