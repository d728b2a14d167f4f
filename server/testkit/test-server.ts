// A server that knows the rules of tests, to be started as a process.
import { serve } from '../src/lsp/serve.ts'
import { testProgram } from './test-rules.ts'

serve(testProgram)
