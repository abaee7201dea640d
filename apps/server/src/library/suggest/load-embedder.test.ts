import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadEmbedder } from './load-embedder.ts';
import { Vectors } from './vectors.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zerodraft-model-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a sentence model', () => {
  it('says which library is missing and how to install it', async () => {
    await expect(loadEmbedder(folder)).rejects.toThrow(
      /needs the library @huggingface\/transformers\. Install it/,
    );
  });
  it('says which folder is missing', async () => {
    await expect(loadEmbedder(join(folder, 'none'))).rejects.toThrow(/which is no folder/);
  });
  it('is read from its folder alone, never from elsewhere', async () => {
    const env: Record<string, unknown> = {};
    const asked: unknown[] = [];
    const embedder = await loadEmbedder(folder, async () => ({
      env,
      pipeline: async (...names: unknown[]) => {
        asked.push(...names);
        return async (texts: string[]) => ({
          // As the library's tensors: the numbers are its own.
          rows: texts.map((text) => [text.length, 0]),
          tolist() {
            return this.rows;
          },
        });
      },
    }));
    expect(env).toEqual({ allowRemoteModels: false, localModelPath: dirname(folder) });
    expect(asked).toEqual(['feature-extraction', basename(folder)]);
    expect(await embedder.embed(['abc'])).toEqual([Float32Array.from([3, 0])]);
  });
});

describe('what texts mean', () => {
  it('is read little by little, and used once it is', async () => {
    const batches: number[] = [];
    const embed = async (texts: readonly string[]) => {
      batches.push(texts.length);
      return texts.map(() => Float32Array.from([1]));
    };
    const vectors = new Vectors({ embed }, () => undefined);
    const texts = Array.from({ length: 40 }, (_, at): [string, string] => [String(at), `text ${at}`]);
    expect(vectors.of(texts)).toEqual([]);
    await expect.poll(() => vectors.of(texts).length).toBe(40);
    expect(batches).toEqual([16, 16, 8]);
  });
  it('is unknown when the model fails, which is told', async () => {
    const told: unknown[] = [];
    const embed = async (): Promise<Float32Array[]> => Promise.reject(new Error('no memory'));
    const vectors = new Vectors({ embed }, (error) => told.push(error));
    expect(await vectors.now('text')).toBeNull();
    expect(vectors.of([['a', 'text']])).toEqual([]);
    await expect.poll(() => told.length).toBe(2);
  });
});
