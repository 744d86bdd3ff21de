// publicodes: one rule a measure; the evaluated tree that evaluate() returns is the explanation.
// usage: node publicodes.mjs INPUT.json  → one JSON line, as peers/stopwatch.py prints
import { readFileSync } from 'node:fs'
import Engine from 'publicodes'

const { measures, firms, repeat } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const now = () => Number(process.hrtime.bigint()) / 1e9
const start = now()

const rules = {}
const names = {}
Object.entries(firms[0].values).forEach(([name, value], at) => {
  names[name] = `v${letters(at)}`
  rules[names[name]] = { 'par défaut': written(value) }
})

function letters(number) {
  return [...String(number)].map((digit) => 'abcdefghij'[digit]).join('')
}

function written(value) {
  if (typeof value === 'boolean') return value ? 'oui' : 'non'
  return typeof value === 'string' ? `'${value}'` : value
}

const SIGNS = { add: '+', sub: '-', mul: '*', div: '/' }
const parts = new Map()

// Operators take names and numbers only: anything larger becomes a rule of its own, made once.
function atom(form) {
  const plain = expression(form)
  if (typeof plain === 'string' && !plain.includes(' ')) return plain
  const key = JSON.stringify(plain)
  if (!parts.has(key)) {
    const name = `part ${letters(parts.size)}`
    parts.set(key, name)
    rules[name] = typeof plain === 'string' ? { valeur: plain } : plain
  }
  return parts.get(key)
}

function expression([kind, ...rest]) {
  switch (kind) {
    case 'and':
      return { 'toutes ces conditions': rest.map(expression) }
    case 'or':
      return { 'une de ces conditions': rest.map(expression) }
    case 'not':
      return `${atom(rest[0])} = non`
    case 'at_least': {
      const [least, ...conditions] = rest
      const ones = conditions.map((c) => ({ variations: [{ si: expression(c), alors: 1 }, { sinon: 0 }] }))
      const sum = `part ${letters(parts.size)}`
      parts.set(sum, sum)
      rules[sum] = { somme: ones }
      return `${sum} >= ${least}`
    }
    case 'cmp':
      return `${atom(rest[1])} ${rest[0]} ${atom(rest[2])}`
    case 'is':
      return `${names[rest[0]]} = '${rest[1]}'`
    case 'flag':
    case 'var':
      return names[rest[0]]
    case 'fixed':
      return rest[0] ? 'oui' : 'non'
    case 'num':
      return String(rest[0])
    case 'min':
      return { 'le minimum de': rest.map(expression) }
    case 'max':
      return { 'le maximum de': rest.map(expression) }
    case 'if':
      return { variations: [{ si: expression(rest[0]), alors: expression(rest[1]) }, { sinon: expression(rest[2]) }] }
    default:
      return `${atom(rest[0])} ${SIGNS[kind]} ${atom(rest[1])}`
  }
}

const titles = measures.map((_, at) => `measure ${letters(at)}`)
measures.forEach((measure, at) => {
  const amount = expression(measure.amount)
  const condition = { 'applicable si': expression(measure.condition) }
  rules[titles[at]] = { ...condition, ...(typeof amount === 'string' ? { valeur: amount } : amount) }
})
const engine = new Engine(rules, { logger: { log() {}, warn() {}, error() {} } })
const build_s = now() - start

function ask(firm) {
  const situation = {}
  for (const [name, value] of Object.entries(firm.values)) situation[names[name]] = written(value)
  engine.setSituation(situation)
  return titles.map((title) => engine.evaluate(title))
}

// How many evaluated nodes an answer holds; counted outside the clock.
function named(node, seen = new Set()) {
  if (!node || typeof node !== 'object' || seen.has(node)) return 0
  seen.add(node)
  let count = 'nodeValue' in node ? 1 : 0
  for (const inner of Object.values(node)) count += named(inner, seen)
  return count
}

ask(firms[0])
const seconds = []
let answers = []
for (let round = 0; round < repeat; round++) {
  answers = []
  for (const firm of firms) {
    const begin = now()
    const evaluated = ask(firm)
    seconds.push(now() - begin)
    answers.push(evaluated.map((e) => (typeof e.nodeValue === 'number' ? e.nodeValue : null)))
  }
}
let nodes = 0
for (const evaluated of ask(firms[0])) nodes += named(evaluated)
seconds.sort((a, b) => a - b)
const per = (s) => (s / measures.length) * 1e6
console.log(
  JSON.stringify({
    build_s,
    explained: {
      us_per_pair: per(seconds[Math.floor(seconds.length / 2)]),
      best_us_per_pair: per(seconds[0]),
      named_per_pair: nodes / measures.length,
      answers,
    },
  }),
)
