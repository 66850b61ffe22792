#!/bin/sh
# Dump database and files now and then every night at two (UTC); keep them for BACKUP_KEEP_DAYS days.
# A dump is written beside its place and moved there when it is whole, so what ends in .dump can be restored.
set -eu

backup() {
    stamp=$(date -u +%Y-%m-%dT%H%MZ)
    pg_dump --format=custom --file=/backups/part
    pg_restore --list /backups/part > /dev/null
    mv /backups/part "/backups/$stamp.dump"
    tar -C /media -czf /backups/part .
    mv /backups/part "/backups/$stamp.media.tar.gz"
    find /backups -name '*Z.*' -mtime "+$BACKUP_KEEP_DAYS" -delete
    echo "backup $stamp is whole: $(du -sh /backups | cut -f1) in all"
}

while true; do
    backup || echo "BACKUP FAILED, trying again in an hour" >&2
    if [ -n "$(find /backups -name '*.dump' -mmin -30)" ]; then
        now=$(date -u +%s)
        sleep $(((now / 86400 + 1) * 86400 + 7200 - now))
    else
        sleep 3600
    fi
done
