/** What a fault gets to know of its round. */

import type { ChildProcess } from "node:child_process";
import type { Mood } from "./relay.ts";
import type { Takeovers } from "./takeovers.ts";
import type { Setup, World } from "./world.ts";

export interface Round extends Setup {
  world: World;
  workers: ChildProcess[];
  /** How the relay behaves when nothing is wrong. */
  calm: Mood;
  random(): number;
  tally: { kills: number; restarts: number };
  takeovers: Takeovers;
  /** What a killed worker held must be taken over soon: another one is there, and sees that the process is gone. */
  prompt: boolean;
  /** Starts a worker in the place of one that was killed. */
  replace(index: number): void;
}

/** It happens for a while, at a random moment. */
export type Fault = (round: Round) => Promise<void>;
