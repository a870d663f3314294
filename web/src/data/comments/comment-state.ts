import { eventData, type BoardEvent, type Comment, type Reaction } from "@/lib/api/types";

/** A comment with the replies to it. */
export interface Thread {
  first: Comment;
  replies: Comment[];
}

/** Sorts comments into threads, oldest first. */
export function threads(comments: readonly Comment[]): Thread[] {
  const found = new Map<string, Thread>();
  for (const comment of comments) {
    if (comment.reply_to === null) found.set(comment.id, { first: comment, replies: [] });
  }
  for (const comment of comments) {
    if (comment.reply_to !== null) found.get(comment.reply_to)?.replies.push(comment);
  }
  // A removed comment stays for its replies alone.
  return [...found.values()].filter(({ first, replies }) => first.body !== null || replies.length > 0);
}

/** Puts a comment where it belongs by its id, which sorts by time; an older version than the one known is dropped. */
export function putComment(comments: readonly Comment[], comment: Comment): Comment[] {
  const known = comments.find(({ id }) => id === comment.id);
  if (known && known.version > comment.version) return [...comments];
  if (known) return comments.map((other) => (other.id === comment.id ? comment : other));
  const place = comments.findIndex(({ id }) => id > comment.id);
  return place < 0
    ? [...comments, comment]
    : [...comments.slice(0, place), comment, ...comments.slice(place)];
}

/** Takes a comment away; one with replies leaves its place. */
export function removeComment(comments: readonly Comment[], id: string): Comment[] {
  const replied = comments.some(({ reply_to }) => reply_to === id);
  if (!replied) return comments.filter((comment) => comment.id !== id);
  return comments.map((comment) =>
    comment.id === id ? { ...comment, body: null, mentions: [], earlier: [], reactions: [] } : comment,
  );
}

/** The reactions with a person's own added or taken back. */
export function withReaction(
  reactions: readonly Reaction[],
  emoji: string,
  person: string,
  reacts: boolean,
): Reaction[] {
  const known = reactions.find((reaction) => reaction.emoji === emoji);
  if (!known) return reacts ? [...reactions, { emoji, people: [person] }] : [...reactions];
  const others = known.people.filter((id) => id !== person);
  const people = reacts ? [...others, person] : others;
  return reactions
    .map((reaction) => (reaction.emoji === emoji ? { emoji, people } : reaction))
    .filter((reaction) => reaction.people.length > 0);
}

/** The comments after an event; null where only the server knows what came of it. */
export function applyCommentEvent(comments: readonly Comment[], event: BoardEvent): Comment[] | null {
  const { comment: told, emoji } = eventData(event);
  if (!told) return null;
  const known = comments.find(({ id }) => id === told.id);
  switch (event.type) {
    case "comment.added":
      if (!told.whole) return null;
      return known ? [...comments] : putComment(comments, { ...told, reactions: [], earlier: [] });
    case "comment.updated": {
      if (!known || !told.whole) return null;
      if (known.version >= told.version) return [...comments];
      const said =
        known.body === null ? [] : [{ body: known.body, since: known.edited_at ?? known.created_at }];
      // Of edits that were missed in between only the server knows.
      if (told.version !== known.version + 1) return null;
      return putComment(comments, {
        ...told,
        reactions: known.reactions,
        earlier: [...known.earlier, ...said],
      });
    }
    case "comment.removed":
      return removeComment(comments, told.id);
    case "reaction.added":
    case "reaction.removed": {
      const person = event.actor.id;
      if (!known || !emoji || !person) return null;
      const reacts = event.type === "reaction.added";
      return comments.map((comment) =>
        comment.id === known.id
          ? { ...comment, reactions: withReaction(comment.reactions, emoji, person, reacts) }
          : comment,
      );
    }
    default:
      return [...comments];
  }
}
