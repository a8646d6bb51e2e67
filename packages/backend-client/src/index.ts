/** The ChatGPT backend's endpoints: usage, tasks, requirements. */

export {};
