/** Pictures in, text out. Runs apart from the page, so that the camera never stutters. */
import { prepareZXingModule, readBarcodes } from '../vendor/zxing/reader/index.js'

const WASM = new URL('../vendor/zxing/reader/zxing_reader.wasm', import.meta.url).href
const OPTIONS = {
  formats: ['QRCode'], maxNumberOfSymbols: 1, tryHarder: true, tryRotate: false, tryInvert: true, tryDownscale: true, downscaleFactor: 2,
}
const CENTRE = 720
let canvas

prepareZXingModule({
  overrides: { locateFile: (path, prefix) => (path.endsWith('.wasm') ? WASM : prefix + path) },
  fireImmediately: true,
}).then(
  () => postMessage({ ready: true }),
  (error) => postMessage({ failed: String(error) }),
)

addEventListener('message', async ({ data: { bitmap, isClose } }) => {
  const image = isClose ? centreOf(bitmap) : wholeOf(bitmap)
  bitmap.close()
  try {
    const [found] = await readBarcodes(image, OPTIONS)
    postMessage({ text: found?.text ?? null })
  } catch (error) {
    postMessage({ text: null, failed: String(error) })
  }
})

function wholeOf(bitmap) {
  return drawn(bitmap, 0, 0, bitmap.width, bitmap.height, 1)
}

/** The middle of the picture at twice its size: for small and distant codes. */
function centreOf(bitmap) {
  const side = Math.min(CENTRE, bitmap.width, bitmap.height)
  return drawn(bitmap, (bitmap.width - side) >> 1, (bitmap.height - side) >> 1, side, side, 2)
}

function drawn(bitmap, left, top, width, height, scale) {
  if (canvas?.width !== width * scale || canvas?.height !== height * scale) canvas = new OffscreenCanvas(width * scale, height * scale)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  context.drawImage(bitmap, left, top, width, height, 0, 0, canvas.width, canvas.height)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}
