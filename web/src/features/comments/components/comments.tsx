import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Failure, SkeletonRows } from "@/components/ui/states";
import { problemToast } from "@/components/ui/toast-store";
import { useAccount } from "@/data/session/auth-context";
import { useBoardView, useOpenBoard } from "@/data/boards/board-context";
import { projectQuery } from "@/data/projects/projects";
import { explain } from "@/lib/api/problem";
import type { Comment } from "@/lib/api/types";
import { commentsQuery } from "@/data/comments/comment-query";
import { postComment } from "../api/comment-writes";
import { threads } from "@/data/comments/comment-state";
import { keepDraft } from "../drafts";
import { toStored, toTyped } from "../mention-text";
import { CommentItem } from "./comment-item";
import { Composer } from "./composer";

/** A comment that shows already and that the server has not answered yet. */
interface Posting {
  comment: Comment;
  /** The newest comment that was known: one with these words after it is this one. */
  after: string;
}

/** What people say about a task. */
export function Comments({ task, editable, reacts }: { task: string; editable: boolean; reacts: boolean }) {
  const { user } = useAccount();
  const { project } = useOpenBoard();
  const { people } = useBoardView();
  const query = useQuery(commentsQuery(task));
  const { data: about } = useQuery(projectQuery(project));
  const [posting, setPosting] = useState<Posting[]>([]);
  const [answering, setAnswering] = useState<string | null>(null);

  const known = query.data ?? [];
  const arrived = ({ comment, after }: Posting) =>
    known.some(({ id, author, body }) => id > after && author === user.id && body === comment.body);
  const shown = threads([...known, ...posting.filter((one) => !arrived(one)).map(({ comment }) => comment)]);
  const count = known.filter(({ body }) => body !== null).length;
  const draftKey = (thread: string | null) => `${user.id}.${task}.${thread ?? "new"}`;

  const post = async (typed: string, thread: string | null) => {
    const body = toStored(typed, people);
    const id = `posting-${crypto.randomUUID()}`;
    const comment: Comment = {
      id,
      task,
      author: user.id,
      body,
      reply_to: thread,
      reply_count: 0,
      mentions: [],
      reactions: [],
      earlier: [],
      version: 0,
      created_at: new Date().toISOString(),
      edited_at: null,
    };
    const after = known.at(-1)?.id ?? "";
    setPosting((now) => [...now, { comment, after }]);
    try {
      await postComment(task, body, thread);
      setAnswering((now) => (now === thread ? null : now));
    } catch (error) {
      // The panel may be closed by now: the words are found again when it opens.
      keepDraft(draftKey(thread), typed);
      problemToast(`Your comment was not posted. ${explain(error)}`);
      throw error;
    } finally {
      setPosting((now) => now.filter((one) => one.comment.id !== id));
    }
  };

  const item = (comment: Comment, thread: string) => (
    <CommentItem
      key={comment.id}
      comment={comment}
      me={user.id}
      editable={editable}
      removable={editable && (comment.author === user.id || about?.role === "admin")}
      reacts={reacts}
      typed={toTyped(comment.body ?? "", people)}
      toStored={(text) => toStored(text, people)}
      onReply={() => setAnswering(thread)}
    />
  );

  return (
    <section aria-label="Comments" className="border-line mt-8 border-t pt-4">
      <h3 className="mb-2 font-semibold">
        Comments{count > 0 && <span className="text-faint ml-1.5 font-normal tabular-nums">{count}</span>}
      </h3>
      {query.isPending && <SkeletonRows rows={2} label="Loading the comments" />}
      {query.isError && !query.data && (
        <Failure error={query.error} title="The comments did not load" onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && shown.length === 0 && (
        <p className="text-faint mb-2">
          {editable ? "No comments yet. Ask, decide or explain here." : "No comments."}
        </p>
      )}
      <ol className="flex flex-col gap-1">
        {shown.map(({ first, replies }) => (
          <li key={first.id}>
            {item(first, first.id)}
            {(replies.length > 0 || answering === first.id) && (
              <ol
                aria-label="Replies"
                className="border-line mt-0.5 ml-2.5 flex flex-col gap-0.5 border-l pl-5"
              >
                {replies.map((reply) => (
                  <li key={reply.id}>{item(reply, first.id)}</li>
                ))}
                {answering === first.id && editable && (
                  <li className="py-1.5">
                    <Composer
                      label="Reply"
                      placeholder="Write a reply"
                      draftKey={draftKey(first.id)}
                      autoFocus
                      onSend={(typed) => post(typed, first.id)}
                      onCancel={() => setAnswering(null)}
                    />
                  </li>
                )}
              </ol>
            )}
          </li>
        ))}
      </ol>
      {editable && query.isSuccess && (
        <div className="mt-2">
          <Composer
            key={task}
            label="Comment"
            placeholder="Write a comment. @ mentions someone, Markdown works."
            draftKey={draftKey(null)}
            onSend={(typed) => post(typed, null)}
          />
        </div>
      )}
    </section>
  );
}
