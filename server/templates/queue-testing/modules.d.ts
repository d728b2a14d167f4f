// What the files of this folder find in Node and in jest.

declare function setImmediate(task: (value: undefined) => void): unknown
