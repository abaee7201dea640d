export * from './clause-index.ts';
export * from './embedder.ts';
export * from './features.ts';
export * from './likely.ts';
export * from './outline.ts';
export * from './recommendation-index.ts';
export * from './text-index.ts';
export * from './words.ts';
