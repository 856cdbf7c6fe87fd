import { findHoles, parts } from "../support/find-holes.ts";

findHoles(...parts.limits);
