/** Local model servers: Ollama and LM Studio, found, probed and made ready. */

export {};
