export * from './draft-text.ts';
export * from './format-error.ts';
export * from './mapping.ts';
export * from './process-folder.ts';
export * from './read-date.ts';
export * from './recommendations.ts';
export * from './table.ts';
