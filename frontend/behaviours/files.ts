// Everything about chosen files, for file_hooks.ts.

export { addPreviews, carryFiles, clearFiles, hasChosen } from "./chosen_files";
export { enhanceDropzones, keepListsInStep } from "./dropzone";
export { filesAreReady } from "./files_question";
export { postFiles } from "./post_files";
export { progressBar } from "./progress_bar";
