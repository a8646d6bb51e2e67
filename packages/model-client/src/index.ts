/** Talks to models: Responses over SSE and websocket, the Chat wire, retries, the model catalogue, record and replay. */

export {};
