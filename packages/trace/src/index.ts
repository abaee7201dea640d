export * from './coverage.ts';
export * from './filter.ts';
export * from './links.ts';
export * from './passage.ts';
export * from './recommendation.ts';
