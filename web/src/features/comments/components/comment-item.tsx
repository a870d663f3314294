import { Ellipsis, History, Pencil, Reply, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { IconButton } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Menu, MenuItem } from "@/components/ui/menu";
import { Skeleton } from "@/components/ui/states";
import { problemToast } from "@/components/ui/toast-store";
import { useOpenBoard } from "@/data/boards/board-context";
import { explain } from "@/lib/api/problem";
import type { Comment } from "@/lib/api/types";
import { fromNow, fullMoment } from "@/lib/dates";
import { deleteComment, editComment } from "../api/comment-writes";
import { keepDraft } from "../drafts";
import { CommentHistory } from "./comment-history";
import { Composer } from "./composer";
import { EmojiPicker, Reactions } from "./reactions";

const Markdown = lazy(() => import("@/components/ui/markdown"));

/** One comment, with what can be done about it. */
export function CommentItem({
  comment,
  me,
  editable,
  removable,
  reacts,
  typed,
  toStored,
  onReply,
}: {
  comment: Comment;
  me: string;
  editable: boolean;
  removable: boolean;
  reacts: boolean;
  /** What it says, as a person types it. */
  typed: string;
  toStored: (typed: string) => string;
  onReply: () => void;
}) {
  const { people } = useOpenBoard();
  const [editing, setEditing] = useState(false);
  const [asking, setAsking] = useState(false);
  const [history, setHistory] = useState(false);
  const author = people.get(comment.author) ?? { id: comment.author, name: "Former member" };
  const posting = comment.version === 0;
  const own = comment.author === me;
  const draftKey = `${me}.${comment.id}`;

  if (comment.body === null) return <p className="text-faint py-1.5 italic">This comment was removed.</p>;

  const save = async (text: string) => {
    setEditing(false);
    try {
      await editComment(comment.task, comment, toStored(text));
    } catch (error) {
      keepDraft(draftKey, text);
      setEditing(true);
      problemToast(`The comment was not changed. ${explain(error)}`);
      throw error;
    }
  };

  return (
    <article
      aria-label={`Comment by ${author.name}`}
      data-comment={comment.id}
      className="group flex gap-2.5 py-1.5"
    >
      <Avatar person={author} />
      <div className="min-w-0 flex-1">
        <header className="flex min-h-7 flex-wrap items-center gap-x-2">
          <span className="font-medium">{author.name}</span>
          <time
            dateTime={comment.created_at}
            title={fullMoment(comment.created_at)}
            className="text-faint text-meta"
          >
            {posting ? "Posting" : fromNow(comment.created_at)}
          </time>
          {comment.edited_at && (
            <button
              type="button"
              title={fullMoment(comment.edited_at)}
              onClick={() => setHistory(true)}
              className="text-faint text-meta hover:text-text touch:min-h-11"
            >
              edited
            </button>
          )}
          <span className="flex-1" />
          {!posting && !editing && (
            <span className="flex opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 has-data-[state=open]:opacity-100 touch:opacity-100">
              {reacts && <EmojiPicker comment={comment} me={me} />}
              {editable && (
                <IconButton label="Reply" onClick={onReply}>
                  <Reply size={14} aria-hidden />
                </IconButton>
              )}
              {((own && editable) || removable || comment.earlier.length > 0) && (
                <Menu
                  align="end"
                  trigger={
                    <IconButton label="Comment actions">
                      <Ellipsis size={14} aria-hidden />
                    </IconButton>
                  }
                >
                  {own && editable && (
                    <MenuItem icon={<Pencil size={14} aria-hidden />} onSelect={() => setEditing(true)}>
                      Edit
                    </MenuItem>
                  )}
                  {comment.earlier.length > 0 && (
                    <MenuItem icon={<History size={14} aria-hidden />} onSelect={() => setHistory(true)}>
                      Show edits
                    </MenuItem>
                  )}
                  {removable && (
                    <MenuItem danger icon={<Trash2 size={14} aria-hidden />} onSelect={() => setAsking(true)}>
                      Remove
                    </MenuItem>
                  )}
                </Menu>
              )}
            </span>
          )}
        </header>
        {editing ? (
          <Composer
            label="Edit the comment"
            placeholder="Write a comment"
            draftKey={draftKey}
            initial={typed}
            sendLabel="Save"
            autoFocus
            onSend={save}
            onCancel={() => setEditing(false)}
          />
        ) : (
          <div className={posting ? "opacity-70" : undefined}>
            <Suspense fallback={<Skeleton className="h-4 w-3/4" />}>
              <Markdown text={comment.body} />
            </Suspense>
          </div>
        )}
        <Reactions comment={comment} me={me} reacts={reacts && !posting} />
      </div>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Remove this comment?"
        description={
          comment.reply_count > 0 ? "Its replies stay. This cannot be undone." : "This cannot be undone."
        }
        confirm="Remove comment"
        onConfirm={() => {
          setAsking(false);
          void deleteComment(comment.task, comment);
        }}
      />
      <CommentHistory comment={comment} open={history} onOpenChange={setHistory} />
    </article>
  );
}
