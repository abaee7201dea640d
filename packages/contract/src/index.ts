export * from './api.ts';
export * from './permissions.ts';
