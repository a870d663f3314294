/** An emoji on offer, with the words that find it. */
export interface Emoji {
  emoji: string;
  words: string;
}

/** What people react with most, in rows of eight. */
export const emoji: readonly Emoji[] = [
  { emoji: "👍", words: "thumbs up yes agree good" },
  { emoji: "👎", words: "thumbs down no disagree" },
  { emoji: "❤️", words: "heart love" },
  { emoji: "🎉", words: "party celebrate done" },
  { emoji: "😄", words: "smile happy laugh" },
  { emoji: "😕", words: "confused unsure" },
  { emoji: "🚀", words: "rocket ship launch" },
  { emoji: "👀", words: "eyes look watching" },
  { emoji: "✅", words: "check done approved" },
  { emoji: "❌", words: "cross no wrong" },
  { emoji: "🙏", words: "thanks please" },
  { emoji: "👏", words: "clap applause well done" },
  { emoji: "🔥", words: "fire hot great" },
  { emoji: "💯", words: "hundred perfect" },
  { emoji: "😂", words: "tears of joy laugh" },
  { emoji: "😍", words: "heart eyes love" },
  { emoji: "🤔", words: "thinking hmm" },
  { emoji: "😮", words: "surprised wow" },
  { emoji: "😢", words: "sad cry" },
  { emoji: "😡", words: "angry" },
  { emoji: "😅", words: "sweat phew" },
  { emoji: "🙌", words: "hands raised hooray" },
  { emoji: "💪", words: "strong muscle" },
  { emoji: "🤝", words: "handshake deal agreed" },
  { emoji: "💡", words: "idea light bulb" },
  { emoji: "🐛", words: "bug" },
  { emoji: "🔧", words: "wrench fix" },
  { emoji: "⏳", words: "hourglass wait" },
  { emoji: "⚠️", words: "warning careful" },
  { emoji: "❓", words: "question" },
  { emoji: "☕", words: "coffee break" },
  { emoji: "🎯", words: "target goal" },
];

/** How many stand in a row. */
export const EMOJI_A_ROW = 8;

/** The emoji that a word finds; all of them where nothing is typed. */
export function findEmoji(typed: string): readonly Emoji[] {
  const wanted = typed.trim().toLowerCase();
  if (!wanted) return emoji;
  const found = emoji.filter((item) => item.emoji === wanted || item.words.includes(wanted));
  // Any other emoji can be pasted or typed by the system's own picker.
  if (found.length === 0 && /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(wanted)) {
    return [{ emoji: wanted, words: "what you typed" }];
  }
  return found;
}
