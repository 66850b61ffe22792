"""The raw limit: plain SQL on the same tables, what PostgreSQL alone can do.

Not here: who runs it (``systems`` through psycopg, ``floor`` through Django).
"""

SEARCH = """
SELECT resource.uuid::text FROM catalog_resource resource
JOIN catalog_location place ON place.id = resource.location_id
WHERE (resource.capacity IS NULL OR resource.capacity >= %(capacity)s) AND %(amenity)s = ANY(resource.amenities)
  AND NOT EXISTS (
    SELECT 1 FROM reservations_occupancy occupancy JOIN catalog_resourceunit claim ON claim.unit_id = occupancy.unit_id
    WHERE claim.resource_id = resource.id
      AND upper(occupancy.span) - lower(occupancy.span) <= interval '24 hours'
      AND lower(occupancy.span) < %(end)s::timestamptz AND upper(occupancy.span) > %(start)s::timestamptz
      AND lower(occupancy.span) > %(start)s::timestamptz - interval '24 hours')
ORDER BY place.position, place.name, resource.position, resource.name, resource.id
"""
# What is taken of a hundred units between two instants.
DAY = """
SELECT unit_id, lower(span), upper(span) FROM reservations_occupancy
WHERE upper(span) - lower(span) <= interval '24 hours'
  AND lower(span) < %(end)s::timestamptz AND upper(span) > %(start)s::timestamptz
  AND lower(span) > %(start)s::timestamptz - interval '24 hours'
  AND unit_id = ANY(%(units)s::bigint[])
ORDER BY unit_id, lower(span)
"""
# The free stretches of one unit between two days, open from 8 to 22 by the clock in Berlin.
MONTH = """
SELECT lower(free), upper(free) FROM (
    SELECT unnest(
        (SELECT range_agg(tstzrange((day + interval '8 hours') AT TIME ZONE 'Europe/Berlin',
                                    (day + interval '22 hours') AT TIME ZONE 'Europe/Berlin'))
         FROM generate_series(%(first)s::timestamp, %(last)s::timestamp, interval '1 day') day)
        - coalesce((SELECT range_agg(span) FROM reservations_occupancy
                    WHERE unit_id = %(unit)s::bigint
                      AND span && tstzrange(%(first)s::timestamptz, %(last)s::timestamptz + interval '1 day')),
                   '{}'::tstzmultirange)
    ) AS free) times
"""
LOCK = "SELECT id FROM catalog_unit WHERE id = %(unit)s FOR NO KEY UPDATE"
# One booking with its item and its time in one statement; every other column as plain as it may be.
BOOK = """
WITH number AS MATERIALIZED (SELECT nextval(pg_get_serial_sequence('reservations_booking', 'id')) AS id),
booking AS (
    INSERT INTO reservations_booking (id, uuid, number, party_id, state, source, title, purpose, customer_group, extras,
        facts, message, staff_note, language, contact_name, contact_email, contact_phone, contact_street,
        contact_postal_code, contact_city, organisation_name, quote, total_cents, deposit_cents, currency,
        requested_at, decision_reason, sequence, version)
    OVERRIDING SYSTEM VALUE
    SELECT id, gen_random_uuid(), 'R-' || id, %(party)s::bigint, 'requested', 'api', 'Probe', '', '', '{}',
        '{}', '', '', 'de', 'Erika Mustermann', 'erika@example.org', '', '', '',
        '', '', '{}', 0, 0, 'EUR', now(), '', 0, 1 FROM number),
item AS (
    INSERT INTO reservations_bookingitem (booking_id, resource_id, span, quantity)
    SELECT id, %(room)s::bigint, tstzrange(%(start)s, %(end)s), 1 FROM number RETURNING id)
INSERT INTO reservations_occupancy (unit_id, pieces, span, item_id)
SELECT %(unit)s::bigint, '[0,1)', tstzrange(%(start)s, %(end)s), id FROM item
"""
# What measuring has stored, so that every run starts from the same ground; in this order.
CLEAN = (
    "DELETE FROM reservations_occupancy USING reservations_bookingitem item"
    " WHERE item.id = item_id AND item.booking_id > %(last)s",
    "DELETE FROM reservations_bookingevent WHERE booking_id > %(last)s",
    "DELETE FROM reservations_bookingitem WHERE booking_id > %(last)s",
    "DELETE FROM reservations_booking WHERE id > %(last)s",
    "DELETE FROM messaging_outboxmessage",
    "DELETE FROM workflows_idempotentanswer",
)
STORED = """
SELECT count(*) FROM reservations_occupancy JOIN reservations_bookingitem item ON item.id = item_id
WHERE item.booking_id > %(last)s
"""
