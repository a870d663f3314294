import { problemToast, toast } from "@/components/ui/toast-store";
import { inTurn } from "@/lib/in-turn";
import { announce } from "@/lib/announce";
import { answer, api, once, unchangedSince } from "@/lib/api/client";
import { explain } from "@/lib/api/problem";
import type { Comment } from "@/lib/api/types";
import { queryClient } from "@/lib/query-client";
import { putComment, removeComment, withReaction } from "@/data/comments/comment-state";
import { commentsQuery } from "@/data/comments/comment-query";

function change(task: string, draw: (comments: readonly Comment[]) => Comment[]) {
  queryClient.setQueryData(commentsQuery(task).queryKey, (known) => (known ? draw(known) : known));
}

function reread(task: string) {
  void queryClient.invalidateQueries({ queryKey: commentsQuery(task).queryKey });
}

/** Posts a comment. Throws where the server refuses, so that what was typed stays. */
export async function postComment(task: string, body: string, replyTo: string | null): Promise<void> {
  const posted = await answer(
    api.POST("/api/tasks/{task}/comments", {
      params: { path: { task }, header: once() },
      body: { body, ...(replyTo === null ? {} : { reply_to: replyTo }) },
    }),
  );
  change(task, (known) => putComment(known, posted));
  announce("Comment posted");
}

/** Says something else in a comment. Throws where the server refuses, so that what was typed stays. */
export async function editComment(task: string, comment: Comment, body: string): Promise<void> {
  const edited = await answer(
    api.PATCH("/api/tasks/{task}/comments/{comment_id}", {
      params: { path: { task, comment_id: comment.id }, header: unchangedSince(comment.version) },
      body: { body },
    }),
  );
  change(task, (known) => putComment(known, edited));
}

/** Removes a comment; it goes at once, and comes back where the server refuses. */
export async function deleteComment(task: string, comment: Comment): Promise<void> {
  change(task, (known) => removeComment(known, comment.id));
  try {
    await answer(
      api.DELETE("/api/tasks/{task}/comments/{comment_id}", {
        params: { path: { task, comment_id: comment.id } },
      }),
    );
    toast("Removed the comment");
  } catch (error) {
    reread(task);
    problemToast(`The comment was not removed. ${explain(error)}`);
  }
}

/** Reacts to a comment, or takes that back; it shows at once, and goes back where the server refuses. */
export async function react(
  task: string,
  comment: Comment,
  emoji: string,
  me: string,
  reacts: boolean,
): Promise<void> {
  const draw = (shown: boolean) =>
    change(task, (known) =>
      known.map((other) =>
        other.id === comment.id
          ? { ...other, reactions: withReaction(other.reactions, emoji, me, shown) }
          : other,
      ),
    );
  draw(reacts);
  const params = { path: { task, comment_id: comment.id, emoji } };
  const path = "/api/tasks/{task}/comments/{comment_id}/reactions/{emoji}";
  try {
    await inTurn(`${comment.id} ${emoji}`, () =>
      answer(reacts ? api.PUT(path, { params }) : api.DELETE(path, { params })),
    );
  } catch (error) {
    draw(!reacts);
    problemToast(`Your reaction was not ${reacts ? "added" : "removed"}. ${explain(error)}`);
  }
}
