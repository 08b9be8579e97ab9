// What each button does to the text, and whether it is on.
import { canFold, toggleFold } from "./folds.js";

const table = { rows: 3, cols: 3, withHeaderRow: true };
const item = (editor) => (editor.isActive("taskItem") ? "taskItem" : "listItem");

export const COMMANDS = {
  heading: { run: (chain) => chain.toggleHeading({ level: 2 }), on: (editor) => editor.isActive("heading", { level: 2 }) },
  subheading: { run: (chain) => chain.toggleHeading({ level: 3 }), on: (editor) => editor.isActive("heading", { level: 3 }) },
  bold: { run: (chain) => chain.toggleBold(), on: (editor) => editor.isActive("bold") },
  italic: { run: (chain) => chain.toggleItalic(), on: (editor) => editor.isActive("italic") },
  code: { run: (chain) => chain.toggleCode(), on: (editor) => editor.isActive("code") },
  bullets: { run: (chain) => chain.toggleBulletList(), on: (editor) => editor.isActive("bulletList") },
  numbers: { run: (chain) => chain.toggleOrderedList(), on: (editor) => editor.isActive("orderedList") },
  tasks: { run: (chain) => chain.toggleTaskList(), on: (editor) => editor.isActive("taskList") },
  quote: { run: (chain) => chain.toggleBlockquote(), on: (editor) => editor.isActive("blockquote") },
  "code-block": { run: (chain) => chain.toggleCodeBlock(), on: (editor) => editor.isActive("codeBlock") },
  fold: { run: (chain, editor) => toggleFold(chain, editor), on: (editor) => editor.isActive("fold"), can: canFold },
  table: { run: (chain) => chain.insertTable(table), can: (editor) => !editor.isActive("table") },
  undo: { run: (chain) => chain.undo(), can: (editor) => editor.can().undo() },
  redo: { run: (chain) => chain.redo(), can: (editor) => editor.can().redo() },

  "further-in": { run: (chain, editor) => chain.sinkListItem(item(editor)), can: (editor) => editor.can().sinkListItem(item(editor)) },
  "further-out": { run: (chain, editor) => chain.liftListItem(item(editor)) },
  "row-below": { run: (chain) => chain.addRowAfter() },
  "column-after": { run: (chain) => chain.addColumnAfter() },
  "row-away": { run: (chain) => chain.deleteRow() },
  "column-away": { run: (chain) => chain.deleteColumn() },
  "header-row": { run: (chain) => chain.toggleHeaderRow() },
  "table-away": { run: (chain) => chain.deleteTable() },
};
