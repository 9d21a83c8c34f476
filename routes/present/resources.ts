import type { Request } from 'express'
import type { Resource, resources, Use } from '../../models/resource.ts'
import { speakerOf, spanInWords } from './moments.ts'
import { wordsIn } from './words.ts'

type Listed = Awaited<ReturnType<typeof resources>>[number]

export const resourceRow = (req: Request, resource: Listed) => ({
  href: `/${req.lang}/manage/resources/${resource.id}`,
  name: wordsIn(resource.name, req.lang),
  kind: req.t(`resources.kinds.${resource.kind}`),
  address: resource.address,
  capacity: resource.capacity,
  coming: resource.coming,
  retired: resource.retiredAt !== null,
})

export const resourceFields = ({ kind, name, address, capacity }: Resource) => ({
  kind,
  nameEn: name.en,
  nameRu: name.ru,
  address,
  capacity: capacity ?? '',
})

/** Coming sessions that hold it, each with the agenda where it is planned. */
export const useLines = (req: Request, uses: Use[]) =>
  uses.map(({ training, title, startsAt, endsAt, zone }) => ({
    href: `/${req.lang}/manage/trainings/${training}/agenda`,
    title: wordsIn(title, req.lang),
    training,
    when: spanInWords(speakerOf(req), startsAt, endsAt, zone),
  }))

export const kindOptions = (req: Request) =>
  (['room', 'link'] as const).map(value => ({
    value,
    label: req.t(`resources.kinds.${value}`),
    hint: req.t(`resources.kindHints.${value}`),
  }))
