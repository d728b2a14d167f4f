// A CommonJS module, because only its exports can be getters. The required file lies next to the bundle.
Object.defineProperty(exports, '__esModule', { value: true })
Object.defineProperty(exports, 'ts', { enumerable: true, get: () => require('./typescript.cjs') })
