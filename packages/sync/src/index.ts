export * from './interfaces.ts';
export * from './protocol.ts';
export { Connection, Room } from './room.ts';
export * from './rooms.ts';
