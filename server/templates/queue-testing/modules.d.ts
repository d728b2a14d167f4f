// What the files of this folder find in Node.

declare function setImmediate(task: (value: undefined) => void): unknown
