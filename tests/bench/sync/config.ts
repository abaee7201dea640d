/** The sizes of one run of the bench; all of it is bounded by them and by `deadline`. */
export interface Sizes {
  rounds: number;
  /** Seconds of steady load in each latency scenario; a server that cannot keep up falls behind further in more of them. */
  seconds: number;
  /** Single-character edits a second in a room, of all its writers together. */
  editsPerSecond: number;
  rooms: readonly number[];
  burst: { edits: number; readers: number; writers: number };
  cursors: { people: number; movesPerSecond: number; seconds: number };
  storm: { clients: number; bytes: number };
  idleRooms: number;
  /** Edits in the history of the draft that is opened cold. */
  history: number;
  /** Milliseconds in which a scenario must be over. */
  deadline: number;
}

export const FULL: Sizes = {
  rounds: 5,
  seconds: 2.5,
  editsPerSecond: 40,
  rooms: [2, 20, 100, 300],
  burst: { edits: 5_000, readers: 20, writers: 20 },
  cursors: { people: 100, movesPerSecond: 25, seconds: 1 },
  storm: { clients: 150, bytes: 4_000_000 },
  idleRooms: 1_000,
  history: 100_000,
  deadline: 60_000,
};

export const QUICK: Sizes = {
  rounds: 1,
  seconds: 2,
  editsPerSecond: 40,
  rooms: [2, 20, 100],
  burst: { edits: 2_000, readers: 20, writers: 20 },
  cursors: { people: 40, movesPerSecond: 25, seconds: 1 },
  storm: { clients: 30, bytes: 1_000_000 },
  idleRooms: 100,
  history: 5_000,
  deadline: 60_000,
};

/** Cursor moves of each client a second, where the scenario does not say otherwise. */
export const MOVES_PER_SECOND = 1;
/** Most people who type at once in a latency scenario. */
export const WRITERS = 8;
/** The draft that people edit: blocks of text, as the sample's. */
export const DRAFT = { blocks: 200, length: 400 } as const;
/** The draft of an idle room. */
export const SMALL_DRAFT = { blocks: 20, length: 200 } as const;
