// Moves the camera in a short flight, or at once for people who do not want motion.
import { between, type Camera } from './geometry.ts'
import type { Stage } from './stage.ts'

const duration = 180

/** A function that takes the stage's camera somewhere; a new flight ends the one before. */
export function createFlight(stage: Stage): (to: Camera) => void {
  let frame = 0
  return to => {
    cancelAnimationFrame(frame)
    const from = stage.camera()
    if (wantsNoMotion()) {
      stage.look(to)
      return
    }
    const start = performance.now()
    const step = (now: number) => {
      const t = Math.min(1, Math.max(0, (now - start) / duration))
      stage.look(between(from, to, 1 - (1 - t) ** 3))
      if (t < 1) frame = requestAnimationFrame(step)
    }
    frame = requestAnimationFrame(step)
  }
}

/** As the system says it, or VS Code's own setting. */
const wantsNoMotion = () =>
  matchMedia('(prefers-reduced-motion: reduce)').matches || document.body.classList.contains('vscode-reduce-motion')
