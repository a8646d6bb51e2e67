/** A local proxy that lets through what the network policy allows. */

export {};
