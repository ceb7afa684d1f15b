/** How records of the outbox go out: as the API wants them. */
export function makeSend(api, clock) {
  return async (type, records, { unsent, limit }) => {
    const answer =
      type === 'checkin'
        ? await api.checkins(records.map(checkinOf), { sentAt: clock.iso(), unsent, limit })
        : await api.walkIns(records.map(walkInOf), { unsent, limit })
    return answer.results ?? []
  }
}

function checkinOf({ id, sequence, body }) {
  return { id, sequence, ...body }
}

function walkInOf({ id, sequence, body }) {
  return { ...body, id, checkin: { ...body.checkin, sequence } }
}
