/** Its own types are not where its exports point. */
declare module 'y-leveldb' {
  export class LeveldbPersistence {
    constructor(location: string);
    storeUpdate(name: string, update: Uint8Array): Promise<number>;
    destroy(): Promise<void>;
  }
}
