/** The sentences of the page, which the server words (flask-babel); facts stand in them as %(name)s. */
export function makeWords(sentences) {
  return (key, facts = {}) => {
    const sentence = sentences[key]
    if (sentence === undefined) throw new Error(`no sentence: ${key}`)
    return sentence.replace(/%\((\w+)\)s/g, (_, name) => facts[name] ?? '')
  }
}
