#!/bin/sh
# Bring one town back as it was in a dump; all others stay untouched and go on working.
#   restore-town.sh DUMP SCHEMA      PG* variables name the server and the database
#
# The town is restored into a database of its own beside the first and looked at there. Only then, in one transaction,
# the damaged schema steps aside and the restored one takes its place. Nothing is deleted.
set -eu
: "${PGDATABASE:?names the database the town belongs to}"
dump=${1:?usage: restore-town.sh DUMP SCHEMA} schema=${2:?usage: restore-town.sh DUMP SCHEMA}
here=$(dirname "$0")

fail() {
    echo "$1" >&2
    exit 1
}

ask() { psql --no-psqlrc --quiet --tuples-only --no-align --set ON_ERROR_STOP=1 "$@"; }

# shape DATABASE SCHEMA: what makes two schemas the same, their migrations, and which constraints stand on which table.
shape() {
    ask --dbname="$1" --command="SELECT app, name FROM \"$2\".django_migrations ORDER BY 1, 2" --command="
        SELECT rel.relname, con.conname, con.contype,
            CASE con.contype WHEN 'x' THEN replace(pg_get_constraintdef(con.oid), '$2.', '') END
        FROM pg_constraint con JOIN pg_class rel ON rel.oid = con.conrelid
        WHERE con.connamespace = '\"$2\"'::regnamespace ORDER BY 1, 2, 3"
}

echo "$schema" | grep -Eqx 't_[a-z0-9]{8,40}' || fail "$schema is not the name of a town's schema"
[ -r "$dump" ] || fail "$dump cannot be read"

work=$(mktemp -d) beside="beside_$$_$(date +%s)"
trap 'dropdb --if-exists --force "$beside"; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP

echo "1. restoring $schema into the database $beside"
createdb --template=template0 "$beside"
ask --dbname="$beside" --file="$here/extensions.sql" --command="CREATE SCHEMA \"$schema\""
pg_restore --dbname="$beside" --schema="$schema" --no-owner --no-acl --exit-on-error --jobs=2 "$dump"

echo "2. looking at it"
tables=$(ask --dbname="$beside" --command="SELECT count(*) FROM pg_tables WHERE schemaname = '$schema'")
[ "$tables" -gt 0 ] || fail "the dump holds no schema $schema"
shape "$beside" "$schema" > "$work/restored"
guards=$(grep -c 'EXCLUDE USING gist' "$work/restored" || true)
[ "$guards" -gt 0 ] || fail "the constraint that keeps bookings apart is not in the restored schema; nothing was changed"
echo "   $tables tables, $guards exclusion constraint"
shape "$PGDATABASE" t_template00 > "$work/template"
pg_dump --dbname="$beside" --schema="$schema" --no-owner --no-acl --file="$work/town.sql"

echo "3. putting it in place"
aside="${schema}_$(date -u +%Y%m%d%H%M%S)"
exists=$(ask --command="SELECT 1 FROM pg_namespace WHERE nspname = '$schema'")
{
    echo "SET lock_timeout = '30s';"
    if [ -n "$exists" ]; then echo "ALTER SCHEMA \"$schema\" RENAME TO \"$aside\";"; fi
    cat "$work/town.sql"
} > "$work/swap.sql"
ask --single-transaction --file="$work/swap.sql" > /dev/null

echo "$schema is back."
if [ -n "$exists" ]; then echo "What was there is kept as $aside: DROP SCHEMA \"$aside\" CASCADE once all is well."; fi
if ! diff "$work/template" "$work/restored" > "$work/diff"; then
    echo "The dump is older than the last update. Run: python manage.py migrate_schemas --tenant --schema=$schema"
fi
uuid=$(ask --command="SELECT uuid FROM public.tenants_tenant WHERE schema_name = '$schema'" 2> /dev/null || true)
echo "Its files: tar -C /media -xzf ${dump%.dump}.media.tar.gz ./${uuid:-UUID}"
