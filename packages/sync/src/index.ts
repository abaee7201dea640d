export * from './compaction.ts';
export * from './interfaces.ts';
export { MemoryLog } from './memory-log.ts';
export * from './merge.ts';
export * from './protocol.ts';
export { Room } from './room.ts';
export * from './rooms.ts';
